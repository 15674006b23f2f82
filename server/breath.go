package server

import (
	"fmt"
	"os"
)

// breath finds out when the process has looked at its connections.
//
// Go's scheduler asks the operating system which connections can be read when it has
// nothing else to run, and else every ten milliseconds. On a machine that is busy with
// free requests a paid one would lie unread for that long, although it would be served
// at once. A pipe is a connection too: a byte that is sent through it arrives when the
// scheduler has looked, and then it has seen the paid requests as well.
type breath struct {
	in, out *os.File
	ended   chan struct{}
}

// newBreath calls taken after every ask, when the connections have been looked at.
func newBreath(taken func()) (*breath, error) {
	out, in, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("a pipe to breathe through: %w", err)
	}
	b := &breath{in: in, out: out, ended: make(chan struct{})}
	go func() {
		defer close(b.ended)
		var one [1]byte
		for {
			if _, err := out.Read(one[:]); err != nil {
				return // closed
			}
			taken()
		}
	}()
	return b, nil
}

// ask writes a byte, which the pipe always has room for: nobody asks twice before it
// is taken.
func (b *breath) ask() { b.in.Write([]byte{0}) } //nolint:errcheck // the market goes on without it

func (b *breath) close() {
	b.in.Close()
	<-b.ended
	b.out.Close()
}
