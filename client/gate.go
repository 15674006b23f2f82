package client

import (
	"errors"
	"time"
)

const (
	// headRate and headBurst bound how many announced heads of one server are looked
	// at, per second and at once. A chain makes one a second at most, but for reorgs
	// and for those that make blocks on demand.
	headRate  = 8
	headBurst = 24
)

var errFlood = errors.New("server announces heads faster than any chain makes them")

// gate lets announced heads through at a bounded rate. What comes too fast is held
// back until there is room, the newest only: that is what counts then. It belongs
// to the goroutine that handles what comes in.
type gate struct {
	room float64 // heads that may pass at once
	at   time.Time
	held func() error
	wake *time.Timer // when the held one may pass
}

func newGate(now time.Time) *gate {
	wake := time.NewTimer(time.Hour)
	wake.Stop()
	return &gate{room: headBurst, at: now, wake: wake}
}

// pass takes in a head now, or later. Superseded says that one was dropped which had
// had to wait.
func (g *gate) pass(now time.Time, take func() error) (superseded bool, err error) {
	g.room = min(g.room+headRate*max(now.Sub(g.at), 0).Seconds(), headBurst)
	g.at = now
	superseded = g.held != nil
	g.held = nil
	if g.room >= 1 {
		g.room--
		g.wake.Stop()
		return superseded, take()
	}
	g.held = take
	if !superseded {
		g.wake.Reset(time.Second / headRate)
	}
	return superseded, nil
}

// release takes in the head that was held back, if there is one.
func (g *gate) release() error {
	take := g.held
	g.held = nil
	if take == nil {
		return nil
	}
	g.room--
	return take()
}

// headed takes in an announced head at the rate that is permitted.
func (s *session) headed(take func() error) error {
	superseded, err := s.gate.pass(s.c.now(), take)
	if superseded {
		s.c.roster.failed(s.srv, 0.1, errFlood)
	}
	return err
}
