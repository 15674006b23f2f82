package devp2p

import (
	"strings"
	"testing"
)

func TestParseURL(t *testing.T) {
	// The public key of the private key 1.
	const key = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" +
		"483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
	for _, tt := range []struct{ url, address, fault string }{
		{url: "enode://" + key + "@10.0.0.1:30403", address: "10.0.0.1:30403"},
		{url: "enode://" + key + "@[::1]:30403?discport=0", address: "[::1]:30403"},
		{url: "enode://" + key + "@server.example:30403", address: "server.example:30403"},
		{url: "enode://" + key + "@10.0.0.1", fault: "port"},
		{url: "enode://" + key + "@10.0.0.1:0", fault: "no host or no port"},
		{url: "enode://" + key, fault: "no host or no port"},
		{url: "enode://aabb@10.0.0.1:30403", fault: "wrong length"},
		{url: "http://10.0.0.1", fault: "scheme"},
		{url: "", fault: "scheme"},
	} {
		n, err := ParseURL(tt.url)
		switch {
		case tt.fault != "":
			if err == nil || !strings.Contains(err.Error(), tt.fault) {
				t.Errorf("%s: error %v, want one about %s", tt.url, err, tt.fault)
			}
		case err != nil:
			t.Errorf("%s: %v", tt.url, err)
		case Address(n) != tt.address:
			t.Errorf("%s: address %s, want %s", tt.url, Address(n), tt.address)
		}
	}
}
