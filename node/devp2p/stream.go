package devp2p

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/ethereum/go-ethereum/p2p"

	"github.com/candela-les/candela/wire"
)

// errConnectionLost is what a session sees when its connection has ended.
var errConnectionLost = errors.New("connection lost")

// stream adapts the messages of p2p, which runs dialed connections, to wire.Conn.
type stream struct {
	rw p2p.MsgReadWriter
	is wire.Peer
	// fault: the other end has broken a rule of the transport. A handler may return while
	// its reader has not.
	fault atomic.Bool
}

// ReadMsg returns the next message. Its code and size are checked against the limits
// before the payload is taken over.
func (s *stream) ReadMsg() (code uint64, payload []byte, err error) {
	msg, err := s.rw.ReadMsg()
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %w", errConnectionLost, err)
	}
	if err := s.check(&msg); err != nil {
		s.fault.Store(true)
		return 0, nil, err
	}
	payload = make([]byte, msg.Size)
	if _, err := io.ReadFull(msg.Payload, payload); err != nil {
		return 0, nil, fmt.Errorf("%w: %w", errConnectionLost, err)
	}
	return msg.Code, payload, nil
}

func (s *stream) check(msg *p2p.Msg) error {
	if err := checkCode(&s.is, msg.Code); err != nil {
		return err
	}
	if most := maxPayload(&s.is, msg.Code); int64(msg.Size) > int64(most) {
		return fmt.Errorf("message of %d bytes, code %#x: %w", msg.Size, msg.Code, wire.ErrTooLarge)
	}
	return nil
}

// WriteMsg sends a message; the payload is free again when it returns.
func (s *stream) WriteMsg(code uint64, payload []byte) error {
	if err := checkCode(&s.is, code); err != nil {
		return err
	}
	err := s.rw.WriteMsg(p2p.Msg{Code: code, Size: uint32(len(payload)), Payload: bytes.NewReader(payload)}) //nolint:gosec // wire bounds payloads
	if err != nil {
		return fmt.Errorf("%w: %w", errConnectionLost, err)
	}
	return nil
}
