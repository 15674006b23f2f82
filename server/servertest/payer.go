package servertest

import (
	"slices"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Establish makes a channel known, which must be taken.
func (b *Shopper) Establish(method, opening string) *marketwire.Standing {
	b.T.Helper()
	m := b.Ask(&marketwire.Establish{Method: method, Opening: []byte(opening)})
	s, ok := m.(*marketwire.Standing)
	if !ok || s.Method != method {
		b.T.Fatalf("%s establishes %q: %+v", b.Name, opening, m)
	}
	return s
}

// Pay sends a promise, which must be accepted, and must be worth so much more than those before.
func (b *Shopper) Pay(channel marketwire.Hash, promise []byte, credited uint64) *marketwire.Accepted {
	b.T.Helper()
	m := b.Ask(&marketwire.Promise{Channel: channel, Promise: promise})
	a, ok := m.(*marketwire.Accepted)
	if !ok || a.Channel != channel || a.Credited != unit.NewAmount(credited) {
		b.T.Fatalf("%s promises what is worth %d more: %+v", b.Name, credited, m)
	}
	return a
}

// Increase has the server look at the chain.
func (b *Shopper) Increase(channel marketwire.Hash) *marketwire.Standing {
	b.T.Helper()
	m := b.Ask(&marketwire.Increase{Channel: channel})
	s, ok := m.(*marketwire.Standing)
	if !ok || s.Channel != channel {
		b.T.Fatalf("%s increases: %+v", b.Name, m)
	}
	return s
}

// Settle takes back what is left.
func (b *Shopper) Settle(channel marketwire.Hash) *marketwire.Settled {
	b.T.Helper()
	m := b.Ask(&marketwire.Settle{Channel: channel})
	s, ok := m.(*marketwire.Settled)
	if !ok || s.Channel != channel {
		b.T.Fatalf("%s settles: %+v", b.Name, m)
	}
	return s
}

// SendAll sends requests at once and returns the answers in the order in which they came, and which request each of them is for.
func (b *Shopper) SendAll(reqs ...marketwire.Request) (answers []marketwire.Message, of []int) {
	b.T.Helper()
	first := b.nextID + 1
	for _, req := range reqs {
		b.nextID++
		req.SetID(b.nextID)
		b.Tell(req)
	}
	for len(answers) < len(reqs) {
		m := b.Read()
		answer, ok := m.(interface{ ID() uint64 })
		if !ok || answer.ID() < first {
			b.note(m)
			continue
		}
		if i := int(answer.ID() - first); slices.Contains(of, i) { //nolint:gosec // few
			b.T.Fatalf("%s: request %d is answered twice", b.Name, i)
		}
		answers, of = append(answers, m), append(of, int(answer.ID()-first)) //nolint:gosec // few
	}
	return answers, of
}
