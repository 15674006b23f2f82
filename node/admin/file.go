package admin

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/server"
)

const (
	// FileName is the file in which an office keeps what the operator has decided.
	FileName = "operator.json"
	// format is the version of that file. It only ever grows.
	format = 1
)

// document is the content of the file. What the operator never decided is not in it,
// so that flags and defaults hold for that.
type document struct {
	Format          int     `json:"format"`
	ReservePermille *uint64 `json:"reservePermille,omitempty"`
	FreePermille    *uint64 `json:"freePermille,omitempty"`
	Grants          []Grant `json:"grants"` // oldest first
}

// Grant is a standing order: as many units for a client, whenever it is connected.
type Grant struct {
	Client ID     `json:"client"`
	Units  uint64 `json:"units"`
	// Since is when the client was first granted units, without a pause since.
	Since time.Time `json:"since"`
}

// A FileError says that the file of an office cannot be used, and why. It is never
// replaced by defaults: they would take away what was promised.
type FileError struct {
	Path string
	Err  error
}

func (e *FileError) Error() string {
	return fmt.Sprintf("%s, which says what clients were granted, cannot be used (%v): correct it, or move it away to start without grants", e.Path, e.Err)
}

// Unwrap returns what is wrong with it.
func (e *FileError) Unwrap() error { return e.Err }

// load reads the document and the bytes that it was made of; both are empty where
// there is no file yet.
func load(d disk) (document, []byte, error) {
	raw, err := d.read(FileName)
	if errors.Is(err, fs.ErrNotExist) {
		return document{Format: format}, nil, nil
	}
	if err != nil {
		return document{}, nil, reason(err)
	}
	doc, err := decode(raw)
	return doc, raw, err
}

// decode reads a document and refuses all that encode would not have written: what is
// not understood here would be lost at the next change.
func decode(raw []byte) (document, error) {
	var doc document
	dec := json.NewDecoder(bytes.NewReader(raw))
	// The version first: a newer file may have anything in it.
	var version struct{ Format int }
	switch err := json.Unmarshal(raw, &version); {
	case len(bytes.TrimSpace(raw)) == 0:
		return doc, errors.New("it is empty")
	case err != nil:
		return doc, err
	case version.Format != format:
		return doc, fmt.Errorf("its format is %d, this version of candela knows %d", version.Format, format)
	}
	dec.DisallowUnknownFields()
	if err := dec.Decode(&doc); err != nil {
		return doc, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return doc, errors.New("something follows its end")
	}
	return doc, doc.check()
}

func (d *document) check() error {
	seen := make(map[ID]bool)
	for _, g := range d.Grants {
		switch {
		case g.Units == 0:
			return fmt.Errorf("client %v is granted 0 units", g.Client)
		case seen[g.Client]:
			return fmt.Errorf("client %v is granted units twice", g.Client)
		}
		seen[g.Client] = true
	}
	if s := d.shares(Shares{}); !s.Valid() {
		return fmt.Errorf("reserve and free share are more than all: %d and %d of %d", s.ReservePermille, s.FreePermille, whole)
	}
	return nil
}

// grant puts a standing order in its place: that of the client's earlier one, or the
// last. One of no units is taken away.
func (d *document) grant(order Grant) error {
	i := slices.IndexFunc(d.Grants, func(g Grant) bool { return g.Client == order.Client })
	switch {
	case i < 0 && order.Units == 0:
		return noGrant(order.Client)
	case i < 0:
		d.Grants = append(d.Grants, order)
	case order.Units == 0:
		d.Grants = slices.Delete(d.Grants, i, i+1)
	default:
		d.Grants[i].Units = order.Units
	}
	return nil
}

// encode returns the bytes of the file.
func (d *document) encode() ([]byte, error) {
	if d.Grants == nil {
		d.Grants = []Grant{}
	}
	raw, err := json.MarshalIndent(d, "", "  ")
	return append(raw, '\n'), err
}

// shares are those that the operator decided, over what holds without that.
func (d *document) shares(base Shares) Shares {
	if d.ReservePermille != nil {
		base.ReservePermille = *d.ReservePermille
	}
	if d.FreePermille != nil {
		base.FreePermille = *d.FreePermille
	}
	return base
}

// settings are what a server is told.
func (d *document) settings(base Shares) server.Settings {
	shares := d.shares(base)
	s := server.Settings{ReservePermille: shares.ReservePermille, FreePermille: shares.FreePermille}
	for _, g := range d.Grants {
		s.Grants = append(s.Grants, server.Grant{ID: market.ID(g.Client), Units: g.Units})
	}
	return s
}
