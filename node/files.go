package node

import (
	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/node/usage"
)

// filesBeside is how many file descriptors a server takes besides its light clients:
// the chain's database and peers, nodes' connections, discovery, metrics.
const filesBeside = 512

// filesFor is how many file descriptors a server for so many clients may need at once.
func filesFor(clients int) uint64 {
	return uint64(maxConnections(clients) + maxPending(clients) + filesBeside) //nolint:gosec // not negative
}

// maxPending is how many connections may be on their way: as many as there are clients,
// within bounds, so that a small server needs few file descriptors.
func maxPending(clients int) int { return min(max(clients, 256), devp2p.DefaultMaxPending) }

// checkFiles sees to it that the system lets this process have as many file descriptors
// as so many clients need. Without, a full server could accept nobody, open no
// file of its chain, and would say so at the worst time.
func checkFiles(clients int) error { return enoughFiles(clients, raiseFiles) }

// enoughFiles is checkFiles with a system that grants what it can of what is asked for.
func enoughFiles(clients int, raise func(want uint64) (have uint64, ok bool)) error {
	want := filesFor(clients)
	have, known := raise(want)
	if !known || have >= want {
		return nil
	}
	return usage.Errorf("--max-clients %d needs %d open files, and the system lets this process have %d: "+
		"raise that limit (ulimit -n %d, or LimitNOFILE=%d in a systemd unit), or choose fewer clients", clients, want, have, want, want)
}
