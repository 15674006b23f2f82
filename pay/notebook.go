package pay

import (
	"context"
	"errors"
	"fmt"
)

// Notebook is the notes of one method, by its channels' IDs. N is a note with what the method has in Data taken apart. Its methods may be called from
// many goroutines.
type Notebook[N any] struct {
	notes   Notes
	method  string
	decode  func(Note) (N, error)
	encode  func(N) (Note, error)
	editing Turns
}

// NewNotebook returns the notes of a method. What encode makes of a note decode makes the same of again.
func NewNotebook[N any](notes Notes, method string, decode func(Note) (N, error), encode func(N) (Note, error)) *Notebook[N] {
	return &Notebook[N]{notes: notes, method: method, decode: decode, encode: encode}
}

// ErrSame is what an edit returns by which nothing is to be changed.
var ErrSame = errors.New("the note stays as it is")

// Find returns a channel's note; ok is false if there is none.
func (b *Notebook[N]) Find(ctx context.Context, id Hash) (n N, ok bool, err error) {
	note, ok, err := b.notes.Load(ctx, b.method, id)
	if err == nil && ok {
		n, err = b.decode(note)
	}
	if err != nil {
		return n, false, fmt.Errorf("the note of channel %x: %w", id, err)
	}
	return n, ok, nil
}

// Load is Find of a channel of which there has to be a note. Errors: a *Refusal with NoChannel if there is none.
func (b *Notebook[N]) Load(ctx context.Context, id Hash) (N, error) {
	n, ok, err := b.Find(ctx, id)
	if err == nil && !ok {
		err = Refuse(NoChannel, "channel %x is not known here", id)
	}
	return n, err
}

// All returns all notes of the method.
func (b *Notebook[N]) All(ctx context.Context) (list []N, err error) {
	all, err := b.notes.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("all notes: %w", err)
	}
	for _, note := range all {
		if note.Method != b.method {
			continue
		}
		n, err := b.decode(note)
		if err != nil {
			return nil, fmt.Errorf("the note of channel %x: %w", note.ID, err)
		}
		list = append(list, n)
	}
	return list, nil
}

// Change changes a channel's note, which is on disk when it returns. Errors: those of Load, and change's but for ErrSame.
func (b *Notebook[N]) Change(ctx context.Context, id Hash, change func(N) error) error {
	return b.Edit(ctx, id, func(n N, known bool) (N, error) {
		if !known {
			return n, Refuse(NoChannel, "channel %x is not known here", id)
		}
		return n, change(n)
	})
}

// Edit is Change of a channel of which there may be no note: edit returns what is to be noted. Nobody else changes the note meanwhile.
func (b *Notebook[N]) Edit(ctx context.Context, id Hash, edit func(n N, known bool) (N, error)) error {
	release, err := b.editing.Take(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	was, known, err := b.Find(ctx, id)
	if err != nil {
		return err
	}
	is, err := edit(was, known)
	switch {
	case errors.Is(err, ErrSame):
		return nil
	case err != nil:
		return err
	}
	note, err := b.encode(is)
	if err == nil {
		err = b.notes.Save(ctx, note)
	}
	if err != nil {
		return fmt.Errorf("noting channel %x: %w", id, err)
	}
	return nil
}
