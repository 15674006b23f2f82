package devp2p

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
)

// maxAuth is the longest first message of RLPx that is taken, as in go-ethereum.
const maxAuth = 2048

var errAuthTooLong = errors.New("first message is too long")

// readAuth reads the message that a handshake begins with (EIP-8: two bytes of length,
// then as many), and nothing of what follows. Until it is there, a connection has
// cost next to nothing.
func readAuth(conn net.Conn) ([]byte, error) {
	var prefix [2]byte
	if _, err := io.ReadFull(conn, prefix[:]); err != nil {
		return nil, err
	}
	size := int(binary.BigEndian.Uint16(prefix[:]))
	if size > maxAuth {
		return nil, errAuthTooLong
	}
	auth := make([]byte, len(prefix)+size)
	copy(auth, prefix[:])
	_, err := io.ReadFull(conn, auth[len(prefix):])
	return auth, err
}

// authConn is an accepted connection whose first message has been read already. It
// says when the dear part of its handshake is over, and counts its bytes.
type authConn struct {
	net.Conn
	auth   []byte // what is to be read first
	once   sync.Once
	keyed  func() // called once, when keys are agreed upon or never will be
	closed func() // called when the connection is
	stats  *counters

	agreed atomic.Bool // keys are
}

// Read gives the first message, and the connection's own after that: who reads on has
// agreed upon keys.
func (c *authConn) Read(p []byte) (int, error) {
	if len(c.auth) > 0 {
		n := copy(p, c.auth)
		if c.auth = c.auth[n:]; len(c.auth) == 0 {
			c.auth = nil
		}
		return n, nil
	}
	c.once.Do(func() {
		c.agreed.Store(true)
		c.keyed()
	})
	n, err := c.Conn.Read(p)
	c.stats.bytesIn.Add(uint64(max(n, 0))) //nolint:gosec // not negative
	return n, err
}

// Write counts.
func (c *authConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.stats.bytesOut.Add(uint64(max(n, 0))) //nolint:gosec // not negative
	return n, err
}

// Close ends the handshake's claim, and the session's, too.
func (c *authConn) Close() error {
	c.once.Do(c.keyed)
	c.closed()
	return c.Conn.Close()
}
