package client

import (
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// bareSession is a session of a client that does nothing.
func bareSession(market bool) *session {
	c := &Client{cfg: Config{Clock: time.Now}, log: slog.New(slog.DiscardHandler), started: time.Now(), roster: newRoster(time.Now)}
	c.line = newLine(c)
	s := &session{
		c: c, srv: c.roster.get([32]byte{1}), peer: wire.Peer{Version: wire.LES5, Market: market},
		out: make(chan message, outboxSize), quit: make(chan struct{}),
	}
	s.mu.pending = make(map[uint64]*pending)
	s.mu.flow = flow.NewClient(0, flow.Params{Limit: 1000, Recharge: 1})
	return s
}

// Stop is about questions of les: what waits to be sent about business is sent all the same, in its order.
func TestStopKeepsBusiness(t *testing.T) {
	s := bareSession(true)
	for n := range uint64(outboxSize / 2) {
		s.out <- message{code: wire.CodeGetHeaders}
		if err := (business{s}).Send(n%7, []byte{byte(n)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := (business{s}).Send(1, nil); !errors.Is(err, errNoRoom) {
		t.Errorf("a full queue: %v", err)
	}
	s.stopped()
	if len(s.out) != outboxSize/2 {
		t.Fatalf("%d messages are left", len(s.out))
	}
	for n := range byte(outboxSize / 2) {
		if m := <-s.out; m.code != wire.FirstMarket+uint64(n%7) || m.payload[0] != n {
			t.Errorf("message %d is %+v", n, m)
		}
	}
	s.mu.ended = true
	if err := (business{s}).Send(1, nil); !errors.Is(err, errEnded) {
		t.Errorf("after the end: %v", err)
	}
}

// Few messages about business may come before a Status.
func TestEarlyBusinessIsBounded(t *testing.T) {
	s := bareSession(true)
	for range maxEarly {
		if err := s.keepTraded(1, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.keepTraded(1, nil); !errors.Is(err, ErrHandshake) {
		t.Errorf("one more: %v", err)
	}
}

// What is measured of a server is handed out once.
func TestMeasured(t *testing.T) {
	s := bareSession(false)
	m := customer{s.c}
	r := s.c.roster
	r.answered(s.srv, time.Millisecond, 5)
	r.answered(s.srv, time.Minute, 7)
	r.failed(s.srv, 0.25, nil) // slow: it may still come
	r.failed(s.srv, 2, errHard)
	r.lied(s.srv, errHard)
	got := m.Measured(s.srv.id)
	if got.Served != 12 || got.Answers != 2 || got.Late != 1 || got.Failed != 1 || got.Lies != 1 {
		t.Errorf("%+v", got)
	}
	if again := m.Measured(s.srv.id); again.Answers != 0 || again.Served != unit.Cost(0) || again.Lies != 0 {
		t.Errorf("again: %+v", again)
	}
	if nobody := m.Measured([32]byte{9}); nobody.Answers != 0 {
		t.Errorf("of nobody: %+v", nobody)
	}
	m.Try([32]byte{9})
	m.Try(s.srv.id)
	for n := trialQuestions; n >= 0; n-- {
		if s.srv.trial != n {
			t.Fatalf("%d questions are left of the trial, want %d", s.srv.trial, n)
		}
		r.asked(s.srv)
	}
	if s.srv.trial != 0 {
		t.Error("a trial without an end")
	}
}
