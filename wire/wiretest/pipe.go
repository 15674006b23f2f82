// Package wiretest holds what the tests of the wire and of other rooms need: a
// connection in memory, and messages in a form that people can read.
//
// Pipe's two ends copy what is written, as a socket would, so that a test finds
// out if somebody keeps or changes a payload that is not theirs. A pipe runs no
// goroutine of its own and leaves nothing behind.
package wiretest

import (
	"bytes"
	"io"
	"sync"
)

// Depth is how many messages one direction of a pipe holds before WriteMsg waits
// for a reader.
const Depth = 64

type message struct {
	code    uint64
	payload []byte
}

// End is one end of a pipe; it implements wire.Conn. Its methods may be called
// from many goroutines.
type End struct {
	in, out chan message
	shut    *closer
}

type closer struct {
	once sync.Once
	done chan struct{}
}

// Pipe returns the two ends of a connection. Closing either closes both.
func Pipe() (a, b *End) {
	ab, ba := make(chan message, Depth), make(chan message, Depth)
	shut := &closer{done: make(chan struct{})}
	return &End{in: ba, out: ab, shut: shut}, &End{in: ab, out: ba, shut: shut}
}

// ReadMsg returns the next message, waiting for one. Messages that were written
// before Close are still delivered; then it returns io.EOF.
func (e *End) ReadMsg() (code uint64, payload []byte, err error) {
	select {
	case m := <-e.in:
		return m.code, m.payload, nil
	default:
	}
	select {
	case m := <-e.in:
		return m.code, m.payload, nil
	case <-e.shut.done:
	}
	select { // written just before the close
	case m := <-e.in:
		return m.code, m.payload, nil
	default:
		return 0, nil, io.EOF
	}
}

// WriteMsg sends a message, waiting while the pipe is full. After Close it
// returns io.ErrClosedPipe.
func (e *End) WriteMsg(code uint64, payload []byte) error {
	select {
	case <-e.shut.done:
		return io.ErrClosedPipe
	default:
	}
	select {
	case e.out <- message{code, bytes.Clone(payload)}:
		return nil
	case <-e.shut.done:
		return io.ErrClosedPipe
	}
}

// Close closes both ends and wakes everybody who waits at them.
func (e *End) Close() error {
	e.shut.once.Do(func() { close(e.shut.done) })
	return nil
}
