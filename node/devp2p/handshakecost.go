package devp2p

import (
	"bytes"
	"crypto/ecdsa"
	"io"
	"math"
	"net"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/rlpx"

	"github.com/candela-les/candela/node/devp2p/link"
)

// connectionCost is what a connection takes from accept to its first request, in
// hundredths of what agreeing on keys takes: Hello, goroutines, Status, and its end.
// docs/bench/attacks.md has the figures it is from.
const connectionCost = 220

// calibrations is how often the handshake is measured. The quickest counts: everything
// that disturbs it makes it slower.
const calibrations = 8

// measureHandshake returns the processor time that a node with this key takes for its part
// in agreeing on keys.
func measureHandshake(key *ecdsa.PrivateKey) (time.Duration, error) {
	remote, err := crypto.GenerateKey()
	if err != nil {
		return 0, err
	}
	// The other side writes its first message and gives up when no answer comes.
	var auth recorded
	rlpx.NewConn(&auth, &key.PublicKey).Handshake(remote) //nolint:errcheck // as said
	best := time.Duration(math.MaxInt64)
	for range calibrations {
		var conn recorded
		began := time.Now()
		if _, err := link.Accept(&conn, auth.out.Bytes(), key); err != nil {
			return 0, err
		}
		best = min(best, time.Since(began))
	}
	return max(best, time.Microsecond), nil
}

// recorded is a connection without a network: there is nothing to read, and what is
// written is kept.
type recorded struct {
	net.Conn
	out bytes.Buffer
}

func (r *recorded) Read([]byte) (int, error)    { return 0, io.EOF }
func (r *recorded) Write(p []byte) (int, error) { return r.out.Write(p) }
