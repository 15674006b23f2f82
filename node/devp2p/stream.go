package devp2p

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ethereum/go-ethereum/p2p"

	"github.com/candela-les/candela/wire"
)

// errConnectionLost is what a session sees when its connection has ended.
var errConnectionLost = errors.New("connection lost")

// stream adapts the messages of p2p, which runs dialed connections, to wire.Conn.
type stream struct{ rw p2p.MsgReadWriter }

// ReadMsg returns the next message. Its size is checked against the protocol's
// limit before the payload is taken over.
func (s *stream) ReadMsg() (code uint64, payload []byte, err error) {
	msg, err := s.rw.ReadMsg()
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %w", errConnectionLost, err)
	}
	if msg.Size > wire.MaxMessage {
		return 0, nil, fmt.Errorf("message of %d bytes: %w", msg.Size, wire.ErrTooLarge)
	}
	payload = make([]byte, msg.Size)
	if _, err := io.ReadFull(msg.Payload, payload); err != nil {
		return 0, nil, fmt.Errorf("%w: %w", errConnectionLost, err)
	}
	return msg.Code, payload, nil
}

// WriteMsg sends a message; the payload is free again when it returns.
func (s *stream) WriteMsg(code uint64, payload []byte) error {
	err := s.rw.WriteMsg(p2p.Msg{Code: code, Size: uint32(len(payload)), Payload: bytes.NewReader(payload)}) //nolint:gosec // wire bounds payloads
	if err != nil {
		return fmt.Errorf("%w: %w", errConnectionLost, err)
	}
	return nil
}
