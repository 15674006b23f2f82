package fake

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/candela-les/candela/pay"
)

// Disk is a client's disk in memory: notes and purses, which survive that a wallet ends.
type Disk struct {
	// Step, unless nil, is called before each write, and after it; its error is what the write ends with.
	Step func(what string) error

	mu    sync.Mutex
	notes map[string]pay.Note
	purse map[pay.Asset][]byte
}

var (
	_ pay.Notes = (*Disk)(nil)
	_ pay.Purse = (*Disk)(nil)
)

// NewDisk returns an empty one.
func NewDisk() *Disk { return &Disk{notes: map[string]pay.Note{}, purse: map[pay.Asset][]byte{}} }

func (d *Disk) write(what string, do func()) error {
	if d.Step != nil {
		if err := d.Step(what); err != nil {
			return err
		}
	}
	d.mu.Lock()
	do()
	d.mu.Unlock()
	if d.Step != nil {
		return d.Step(what + ", done")
	}
	return nil
}

// Save implements pay.Notes.
func (d *Disk) Save(_ context.Context, n pay.Note) error {
	return d.write("note", func() { d.notes[n.Method+string(n.ID[:])] = n })
}

// Load implements pay.Notes.
func (d *Disk) Load(_ context.Context, method string, id pay.Hash) (pay.Note, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, ok := d.notes[method+string(id[:])]
	return n, ok, nil
}

// All implements pay.Notes.
func (d *Disk) All(context.Context) (all []pay.Note, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, n := range d.notes {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b pay.Note) int { return cmp.Or(cmp.Compare(a.Method, b.Method), cmp.Compare(a.Name, b.Name)) })
	return all, nil
}

// SavePurse implements pay.Purse.
func (d *Disk) SavePurse(_ context.Context, of pay.Asset, kept []byte) error {
	return d.write("purse", func() { d.purse[of] = bytes.Clone(kept) })
}

// LoadPurse implements pay.Purse.
func (d *Disk) LoadPurse(_ context.Context, of pay.Asset) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return bytes.Clone(d.purse[of]), nil
}

// Lose loses all that is on it.
func (d *Disk) Lose() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.notes)
	clear(d.purse)
}
