package devp2p

import (
	"net"
	"net/netip"
)

// What one network is, for fairness: the smallest that is commonly handed out with
// all its addresses to one customer, or a little more.
const (
	groupBits4 = 24
	groupBits6 = 48
	hostBits6  = 64 // one machine has all of these
)

// groupOf returns the network that an address counts as. Within a private network,
// and on this machine, every host counts by itself: there an address stands for a
// machine that somebody has set up (or for a proxy with many clients behind it), and
// is not to be had by the thousand.
func groupOf(addr net.Addr) netip.Prefix {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return netip.Prefix{} // not of a network: all such are one group
	}
	ip, ok := netip.AddrFromSlice(tcp.IP)
	if !ok {
		return netip.Prefix{}
	}
	ip = ip.Unmap()
	local := ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
	bits := groupBits6
	switch {
	case ip.Is4() && local:
		bits = ip.BitLen()
	case ip.Is4():
		bits = groupBits4
	case local:
		bits = hostBits6
	}
	prefix, err := ip.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}
