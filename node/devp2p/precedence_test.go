package devp2p

import (
	"net"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// pair returns both ends of a TCP connection.
func pair(t *testing.T) (ours, theirs net.Conn) {
	t.Helper()
	var config net.ListenConfig
	l, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var dialer net.Dialer
	if theirs, err = dialer.DialContext(t.Context(), "tcp", l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { theirs.Close() })
	if ours, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ours.Close() })
	return ours, theirs
}

func newPrecedence(t *testing.T) *Precedence {
	t.Helper()
	p, err := NewPrecedence()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// On a machine that always has something else to do, what comes on a preferred
// connection is read before the next piece of that is done.
func TestPrecedence(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	p := newPrecedence(t)
	ours, theirs := pair(t)
	conn := newSocket(ours, p)
	conn.prefer(true)
	var read atomic.Int64
	done := make(chan struct{})
	go func() {
		defer close(done)
		var one [1]byte
		for {
			if _, err := conn.Read(one[:]); err != nil {
				conn.prefer(false)
				return
			}
			read.Add(1)
		}
	}()
	var stop atomic.Bool
	busy := make(chan struct{})
	go func() { // other work: there is always somebody to run
		defer close(busy)
		for !stop.Load() {
			p.GiveWay()
			runtime.Gosched()
		}
	}()
	const messages = 1000
	late := 0
	for i := range int64(messages) {
		if _, err := theirs.Write([]byte{0}); err != nil {
			t.Fatal(err)
		}
		// The system may take a moment to deliver it, and who waits for the same look goes on
		// in no particular order.
		for tries := 0; read.Load() <= i; tries++ {
			if tries == 3 {
				late++
			}
			p.GiveWay()
			runtime.Gosched()
		}
	}
	if late > messages/10 {
		t.Errorf("%d of %d messages waited for several pieces of other work", late, messages)
	}
	stop.Store(true)
	<-busy
	theirs.Close()
	<-done
	if n := p.preferred.Load(); n != 0 {
		t.Errorf("%d connections are preferred at the end", n)
	}
	p.Close()
	p.GiveWay()
}

// Nobody waits for what nobody reads, nor for a connection that is gone.
func TestPrecedenceOfNobody(t *testing.T) {
	p := newPrecedence(t)
	ours, theirs := pair(t)
	conn := newSocket(ours, p)
	conn.prefer(true)
	conn.prefer(true)
	if n := p.preferred.Load(); n != 1 {
		t.Errorf("%d preferred, not one", n)
	}
	p.GiveWay()
	if _, err := theirs.Write([]byte{0}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Millisecond)
	p.GiveWay()
	p.GiveWay()
	ours.Close()
	p.GiveWay()
	conn.prefer(false)
	if n := p.preferred.Load(); n != 0 {
		t.Errorf("%d preferred, not none", n)
	}
	p.Close()
}
