package paytest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// Client is who pays.
type Client struct {
	*process
	Funds   *watch.Key // has the tokens, and the ether
	Session *watch.Key // signs promises
	Notes   *Notes     // on its disk
	Line    *Line      // to the server

	Payer pay.Payer // since it was started
}

// Channel is one that a client has opened.
type Channel struct {
	ID      pay.Hash
	Opening []byte
}

// NewClient makes a client with so many tokens.
func (w *World) NewClient(tokens uint64) *Client {
	w.T.Helper()
	w.clients++
	name := fmt.Sprintf("client %d", w.clients)
	funds := w.Key("funds of " + name)
	w.Fund(funds.Address())
	w.Mint(funds.Address(), tokens+w.Method.Escrowed)
	c := &Client{process: newProcess(w, name, funds), Funds: funds, Session: w.Key("session of " + name), Notes: newNotes()}
	c.Line = &Line{c: c}
	c.Start()
	w.T.Cleanup(c.stop)
	return c
}

// Start starts the client from what is on its disk. One that runs ends first.
func (c *Client) Start() {
	c.w.T.Helper()
	c.stop()
	c.start()
	var err error
	if c.Payer, err = c.w.Method.Payer(c); err != nil {
		c.w.T.Fatal(err)
	}
	c.Look()
}

// World is where it is.
func (c *Client) World() *World { return c.w }

// Address is by which the server knows it.
func (c *Client) Address() pay.Address { return pay.Address(c.Session.Address()) }

// NotesOf is what a payer of a process that starts notes on: each note is a step.
func (c *Client) NotesOf() pay.Notes { return &steppedNotes{c.Notes, c.process, c.dead} }

// Call has the client call a contract, and returns when that is sure.
func (c *Client) Call(ctx context.Context, name string, contract common.Address, data []byte) error {
	_, err := c.Sender.Do(ctx, name, func(context.Context) (watch.Call, error) { return watch.Call{To: &contract, Data: data}, nil })
	return err
}

// Open opens a channel under a name and agrees with the server about it.
func (c *Client) Open(ctx context.Context, name string, deposit uint64) (ch Channel, err error) {
	if ch.ID, ch.Opening, err = c.Payer.Open(ctx, name, c.w.Server.Payee(), unit.NewAmount(deposit)); err != nil {
		return ch, err
	}
	return ch, c.Establish(ctx, ch)
}

// Establish agrees with the server about a channel, after the server has seen as much of the chain as the client.
func (c *Client) Establish(ctx context.Context, ch Channel) error {
	s, err := c.Line.Establish(ctx, c.Payer.Method(), ch.Opening)
	if err != nil {
		return err
	}
	return c.Payer.Agree(ctx, ch.ID, ch.Opening, s)
}

// Pay promises until it comes to an amount, and returns what the server has answered.
func (c *Client) Pay(ctx context.Context, ch Channel, cumulative uint64) (pay.Accepted, error) {
	if c.w.Method.Once != 0 {
		return c.payByParts(ctx, ch, unit.NewAmount(cumulative))
	}
	promise, _, err := c.Payer.Promise(ctx, ch.ID, unit.NewAmount(cumulative))
	if err != nil {
		return pay.Accepted{}, err
	}
	return c.Line.Promise(ctx, ch.ID, promise)
}

// payByParts pays by a method of chances: a promise may carry only so much, and counts up to its first winner.
func (c *Client) payByParts(ctx context.Context, ch Channel, cumulative unit.Amount) (all pay.Accepted, err error) {
	for all.Cumulative.Cmp(cumulative) < 0 {
		promise, _, err := c.Payer.Promise(ctx, ch.ID, cumulative)
		if r, refused := errors.AsType[*pay.Refusal](err); refused && r.Reason == pay.TooMuch {
			promise, _, err = c.Payer.Promise(ctx, ch.ID, r.Most)
		}
		if err != nil {
			return all, err
		}
		a, err := c.Line.Promise(ctx, ch.ID, promise)
		if err != nil {
			return all, err
		}
		all = pay.Accepted{Cumulative: a.Cumulative, Credited: all.Credited.Plus(a.Credited)}
		if err := c.Establish(ctx, ch); err != nil {
			return all, err
		}
	}
	return all, nil
}

// Increase locks more and tells the server.
func (c *Client) Increase(ctx context.Context, ch Channel, total uint64) error {
	if err := c.Payer.Increase(ctx, ch.ID, unit.NewAmount(total)); err != nil {
		return err
	}
	s, err := c.Line.Increase(ctx, ch.ID)
	if err != nil {
		return err
	}
	return c.Payer.Agree(ctx, ch.ID, ch.Opening, s)
}

// Settle has the server give back what was not spent, and takes it.
func (c *Client) Settle(ctx context.Context, ch Channel) (pay.Settled, error) {
	s, err := c.Line.Settle(ctx, ch.ID)
	if err != nil {
		return s, err
	}
	return s, c.Payer.Close(ctx, ch.ID, s.Data)
}

// Has is how many tokens it has, beside those for an escrow.
func (c *Client) Has() unit.Amount {
	has := c.w.Has(c.Funds.Address())
	if c.w.Method.Escrow != nil {
		has = has.Plus(c.w.Method.Escrow(c))
	}
	return has.Minus(unit.NewAmount(c.w.Method.Escrowed))
}

// Line is a client's line to the server. Each request, and each answer, is a step of both.
type Line struct {
	c *Client
	// Silent, unless nil, says whether the server does not answer a request.
	Silent func(request string) bool
	// Change, unless nil, changes what the server says of how the two stand: a lying server.
	Change func(s *pay.Standing)
}

// errSilent: there was no answer.
var errSilent = errors.New("the server does not answer")

func (l *Line) ask(request string, do func() error) error {
	if l.Silent != nil && l.Silent(request) {
		return errSilent
	}
	return l.c.step(l.c.dead, request, do)
}

// Establish asks how the two stand.
func (l *Line) Establish(ctx context.Context, method string, opening []byte) (s pay.Standing, err error) {
	err = l.ask("establish", func() (err error) {
		s, err = l.c.w.Server.Cashier.Establish(ctx, l.c.Address(), method, opening)
		return err
	})
	l.change(&s)
	return s, err
}

func (l *Line) change(s *pay.Standing) {
	if l.Change != nil {
		s.Last = slices.Clone(s.Last)
		l.Change(s)
	}
}

// Promise pays.
func (l *Line) Promise(ctx context.Context, id pay.Hash, promise []byte) (a pay.Accepted, err error) {
	err = l.ask("promise", func() (err error) {
		a, err = l.c.w.Server.Cashier.Promise(ctx, l.c.Address(), id, promise)
		return err
	})
	return a, err
}

// Increase says that more is locked.
func (l *Line) Increase(ctx context.Context, id pay.Hash) (s pay.Standing, err error) {
	err = l.ask("increase", func() (err error) {
		s, err = l.c.w.Server.Cashier.Increase(ctx, l.c.Address(), id)
		return err
	})
	l.change(&s)
	return s, err
}

// Settle asks for what was not spent.
func (l *Line) Settle(ctx context.Context, id pay.Hash) (s pay.Settled, err error) {
	err = l.ask("settle", func() (err error) {
		s, err = l.c.w.Server.Cashier.Settle(ctx, l.c.Address(), id)
		return err
	})
	return s, err
}

// Notes are those of a client, on its disk.
type Notes struct {
	mu    sync.Mutex
	notes map[pay.Hash]pay.Note
}

func newNotes() *Notes { return &Notes{notes: map[pay.Hash]pay.Note{}} }

// Lose loses all notes.
func (n *Notes) Lose() {
	n.mu.Lock()
	defer n.mu.Unlock()
	clear(n.notes)
}

// Restore has a note be what it once was.
func (n *Notes) Restore(old pay.Note) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.notes[old.ID] = old
}

// Save implements pay.Notes.
func (n *Notes) Save(_ context.Context, note pay.Note) error {
	note.Opening, note.Promise, note.Data = slices.Clone(note.Opening), slices.Clone(note.Promise), slices.Clone(note.Data)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.notes[note.ID] = note
	return nil
}

// Load implements pay.Notes.
func (n *Notes) Load(_ context.Context, method string, id pay.Hash) (note pay.Note, ok bool, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	note, ok = n.notes[id]
	return note, ok && note.Method == method, nil
}

// All implements pay.Notes.
func (n *Notes) All(context.Context) (all []pay.Note, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, note := range n.notes {
		all = append(all, note)
	}
	slices.SortFunc(all, func(a, b pay.Note) int { return cmp.Compare(a.Name, b.Name) })
	return all, nil
}

// steppedNotes are notes of a process that may crash.
type steppedNotes struct {
	*Notes
	p    *process
	dead *atomic.Bool
}

// Save implements pay.Notes.
func (n *steppedNotes) Save(ctx context.Context, note pay.Note) error {
	return n.p.step(n.dead, "note a channel", func() error { return n.Notes.Save(ctx, note) })
}
