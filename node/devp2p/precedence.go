package devp2p

import (
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
)

// Precedence has what comes on preferred connections noticed at once, even while there
// is more to do for others than can be done.
//
// Go's scheduler asks the operating system which connections can be read when it has
// nothing else to run, and else every ten milliseconds. On a machine that is busy with
// free requests a paid one would lie unread for that long. So whoever works for others
// calls GiveWay now and then. It asks the system about the preferred connections alone,
// which takes a fraction of a microsecond, and if there is something it waits until the
// scheduler has looked too.
type Precedence struct {
	preferred atomic.Int32 // connections
	heard     heard

	// A pipe is a connection too: a byte that is sent through it arrives when the
	// scheduler has looked, and then it has seen the others as well.
	in, out *os.File
	asked   atomic.Pointer[chan struct{}] // closed when it has looked; nil if nobody waits for that
	asking  sync.Mutex
	ended   sync.WaitGroup
}

// NewPrecedence makes one for a process. Close it after the hosts that use it.
func NewPrecedence() (*Precedence, error) {
	p := new(Precedence)
	if err := p.heard.open(); err != nil {
		return nil, err
	}
	var err error
	if p.out, p.in, err = os.Pipe(); err != nil {
		p.heard.close()
		return nil, err
	}
	p.ended.Go(p.listen)
	return p, nil
}

// Close ends what was started. Nothing may be preferred any more.
func (p *Precedence) Close() {
	p.in.Close()
	p.ended.Wait()
	p.out.Close()
	p.heard.close()
}

// GiveWay lets preferred connections be read first, if there is anything to read, and
// reports whether there was. It is for those who have nothing in hand that others wait for.
func (p *Precedence) GiveWay() (gave bool) {
	if p.preferred.Load() == 0 {
		return false
	}
	looked := p.asked.Load()
	if looked == nil {
		if !p.heard.any() {
			return false
		}
		looked = p.ask()
	}
	<-*looked
	return true
}

// ask returns what is closed when the scheduler has looked at the connections.
func (p *Precedence) ask() *chan struct{} {
	p.asking.Lock()
	defer p.asking.Unlock()
	if looked := p.asked.Load(); looked != nil {
		return looked
	}
	looked := make(chan struct{})
	p.asked.Store(&looked)
	if _, err := p.in.Write([]byte{0}); err != nil { // closed
		p.answer()
	}
	return &looked
}

func (p *Precedence) answer() {
	if looked := p.asked.Swap(nil); looked != nil {
		close(*looked)
	}
}

// listen answers those who ask, until the pipe is closed.
func (p *Precedence) listen() {
	defer p.answer()
	var one [1]byte
	for {
		if _, err := p.out.Read(one[:]); err != nil {
			return
		}
		// Now those can run that read preferred connections, but whoever is made ready here would
		// run before them, and then those that he makes ready, and so on. Last in the
		// scheduler's queue for all processors the others come first. It looks there out of
		// turn too now and then, but not twice in a row.
		runtime.Gosched()
		runtime.Gosched()
		p.answer()
	}
}

// prefer makes a connection a preferred one, or ends that. It reports whether that was
// possible.
func (p *Precedence) prefer(conn syscall.RawConn, on bool) (done bool) {
	err := conn.Control(func(fd uintptr) { done = p.heard.set(fd, on) })
	switch {
	case err != nil && on: // closed
		return false
	case !on: // a closed one is forgotten by the system
		p.preferred.Add(-1)
		return true
	case done:
		p.preferred.Add(1)
	}
	return done
}
