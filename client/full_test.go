package client_test

import (
	"errors"
	"testing"
	"time"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// sentAway gives the client a session with a trusted server that says this instead
// of a Status, and returns what the client makes of it.
func sentAway(t *testing.T, w *world, code uint64, payload []byte) error {
	t.Helper()
	ours, theirs := wiretest.Pipe()
	done := make(chan error, 1)
	go func() { done <- w.client.Serve(t.Context(), w.servers[0].Peer(), theirs) }()
	if err := ours.WriteMsg(code, payload); err != nil {
		t.Fatal(err)
	}
	err := <-done
	ours.Close()
	theirs.Close()
	return err
}

func refusal(reason wire.Reason, retry uint64) []byte {
	return (&wire.Refused{Reason: reason, RetryAfterMs: retry, Text: "no place"}).Append(nil)
}

// A server that is full says so, and for how long; the status shows when it will be
// tried again, until it has been.
func TestServerIsFull(t *testing.T) {
	w := build(3, 1)
	w.open(t)
	err := sentAway(t, w, wire.CodeRefused, refusal(wire.Busy, 90_000))
	var full *client.FullError
	if !errors.Is(err, client.ErrFull) || !errors.As(err, &full) || full.RetryAfter != 90*time.Second {
		t.Fatalf("got %v", err)
	}
	at := w.client.Status().Servers[0].RetryAt
	if wait := time.Until(at); wait < 80*time.Second || wait > 90*time.Second {
		t.Errorf("tried again at %v", at)
	}
	w.servers[0].Connect(t, w.client)
	w.waitHead(t, w.head())
	if at := w.client.Status().Servers[0].RetryAt; !at.IsZero() {
		t.Errorf("connected, and still waits until %v", at)
	}
}

// Nobody is believed that he will be full for ever.
func TestServerIsFullForEver(t *testing.T) {
	w := build(3, 1)
	w.open(t)
	err := sentAway(t, w, wire.CodeRefused, refusal(wire.Busy, 1<<64-1))
	var full *client.FullError
	if !errors.As(err, &full) || full.RetryAfter != client.LongestRetry {
		t.Fatalf("got %v", err)
	}
}

// What is no such refusal is a failed handshake.
func TestOtherFirstMessages(t *testing.T) {
	w := build(3, 1)
	w.open(t)
	for name, m := range map[string]struct {
		code    uint64
		payload []byte
	}{
		"another reason": {wire.CodeRefused, refusal(wire.Unsupported, 0)},
		"malformed":      {wire.CodeRefused, []byte{0xc0}},
		"other reply":    {wire.CodeHeaders, []byte{0xc3, 1, 1, 0xc0}},
	} {
		err := sentAway(t, w, m.code, m.payload)
		if !errors.Is(err, client.ErrHandshake) || errors.Is(err, client.ErrFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A client that is connected and sent away knows when it may come again, and does not
// take it for the answer to a question.
func TestSentAwayLater(t *testing.T) {
	w := build(3, 1)
	w.open(t)
	sess := w.servers[0].Connect(t, w.client)
	w.waitHead(t, w.head())
	w.servers[0].Send(wire.CodeRefused, refusal(wire.Busy, 90_000))
	var full *client.FullError
	if err := sess.Wait(t); !errors.As(err, &full) || full.RetryAfter != 90*time.Second {
		t.Fatalf("got %v", err)
	}
	if wait := time.Until(w.client.Status().Servers[0].RetryAt); wait < 80*time.Second || wait > 90*time.Second {
		t.Errorf("tried again in %v", wait)
	}
}
