package devp2p

import (
	"net"
	"testing"
)

func TestGroups(t *testing.T) {
	for _, tt := range []struct{ addr, want string }{
		{"203.0.113.7", "203.0.113.0/24"},
		{"203.0.113.250", "203.0.113.0/24"},
		{"::ffff:203.0.113.7", "203.0.113.0/24"},
		{"2001:db8:1:2::3", "2001:db8:1::/48"},
		{"2001:db8:1:ffff::3", "2001:db8:1::/48"},
		{"127.0.0.1", "127.0.0.1/32"},
		{"127.0.0.2", "127.0.0.2/32"},
		{"192.168.1.9", "192.168.1.9/32"},
		{"10.0.0.1", "10.0.0.1/32"},
		{"172.17.0.1", "172.17.0.1/32"},
		{"100.64.1.2", "100.64.1.0/24"}, // a provider's NAT: of the internet, to us
		{"::1", "::/64"},
		{"fe80::1", "fe80::/64"},
		{"fd00:1:2:3::4", "fd00:1:2:3::/64"},
	} {
		if got := groupOf(&net.TCPAddr{IP: net.ParseIP(tt.addr)}); got.String() != tt.want {
			t.Errorf("%s is of %s, want %s", tt.addr, got, tt.want)
		}
	}
	if a, b := groupOf(&net.UnixAddr{}), groupOf(&net.TCPAddr{}); a != b || a.IsValid() {
		t.Errorf("what has no address is of %s and %s, want one group for all", a, b)
	}
}
