package server

import (
	"os"
	"sync"
)

// breath finds out when the process has looked at its connections.
//
// Go's scheduler asks the operating system which connections can be read when it has
// nothing else to run, and else every ten milliseconds. On a machine that is busy with
// free requests a paid one would lie unread for that long, although it would be served
// at once. A pipe is a connection too: a byte that is sent through it arrives when the
// scheduler has looked, and then it has seen the paid requests as well.
type breath struct {
	taken   func() // called after every ask
	in, out *os.File
	ended   sync.WaitGroup
}

// ask has taken called when the connections have been looked at. It is not called again
// before that.
func (b *breath) ask() {
	if b.in == nil && b.open() != nil { // out of file descriptors: then late is better than never
		b.ended.Go(b.taken)
		return
	}
	b.in.Write([]byte{0}) //nolint:errcheck // there is always room for one; the market goes on without it
}

// open makes the pipe, which most servers never need.
func (b *breath) open() (err error) {
	if b.out, b.in, err = os.Pipe(); err != nil {
		return err
	}
	out := b.out
	b.ended.Go(func() {
		var one [1]byte
		for {
			if _, err := out.Read(one[:]); err != nil {
				return // closed
			}
			b.taken()
		}
	})
	return nil
}

func (b *breath) close() {
	if b.in != nil {
		b.in.Close()
		defer b.out.Close()
	}
	b.ended.Wait()
}
