package devp2p

import (
	"fmt"
	"net"
	"strconv"

	"github.com/ethereum/go-ethereum/p2p/enode"
)

// ParseURL reads an enode URL that can be dialed: with a key, a host (an IP
// address or a name) and a TCP port.
func ParseURL(url string) (*enode.Node, error) {
	n, err := enode.ParseV4(url)
	if err == nil && Address(n) == "" {
		err = fmt.Errorf("it has no host or no port to connect to")
	}
	if err != nil {
		return nil, fmt.Errorf("%q is no enode URL as enode://KEY@HOST:PORT: %w", shorten(url), err)
	}
	return n, nil
}

// Address is the host:port under which a node accepts connections, empty if it
// does not say.
func Address(n *enode.Node) string {
	switch {
	case n.TCP() == 0:
		return ""
	case n.Hostname() != "":
		return net.JoinHostPort(n.Hostname(), strconv.Itoa(n.TCP()))
	case n.IPAddr().IsValid():
		return net.JoinHostPort(n.IPAddr().String(), strconv.Itoa(n.TCP()))
	default:
		return ""
	}
}

// shorten leaves out the middle of what is too long to be read in a message.
func shorten(s string) string {
	const head, tail = 24, 40
	if len(s) <= head+tail {
		return s
	}
	return s[:head] + "…" + s[len(s)-tail:]
}
