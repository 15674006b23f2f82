package devp2p

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
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

// countedConn counts its bytes.
type countedConn struct {
	net.Conn
	stats *counters
}

// Read counts what was read.
func (c *countedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.stats.bytesIn.Add(uint64(max(n, 0))) //nolint:gosec // not negative
	return n, err
}

// Write counts what was written.
func (c *countedConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.stats.bytesOut.Add(uint64(max(n, 0))) //nolint:gosec // not negative
	return n, err
}
