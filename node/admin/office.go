package admin

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/server"
)

// lockName is the file whose lock says that a process has the office.
const lockName = "admin.lock"

// Config is what an office is made of. All but Shares is required.
type Config struct {
	Dir string // an existing directory, of this office alone
	// Shares hold until the operator decides others at the office.
	Shares Shares
	Now    func() time.Time
	Logger *slog.Logger
}

// Market is what an office asks of the server that it decides for: a *server.Server.
type Market interface {
	// Settings returns what was last applied.
	Settings() server.Settings
	// Check says whether settings could be kept, with an *market.OversoldError if they
	// promise more than there is. It changes nothing, and lets what promises less pass.
	Check(server.Settings) error
	// Apply makes settings hold.
	Apply(server.Settings)
	Capacity() server.Capacity
	// Clients returns who is connected.
	Clients() []server.ClientInfo
	// Freeze tells a client to stop for a while.
	Freeze(id [32]byte) error
	// Drop ends a client's connection and tells it when to come again.
	Drop(id [32]byte, retryAfter time.Duration) error
}

// Office is where an operator decides. Its methods may be called from many goroutines.
type Office struct {
	cfg  Config
	lock *flock.Flock
	disk disk

	// deciding is held while a decision is made, disk and all: one after the other is
	// the point of it. Nothing else takes it.
	deciding struct {
		sync.Mutex
		raw []byte // what is on disk; nil where there is no file
	}
	mu struct {
		sync.Mutex
		doc document // what holds; its parts never change
	}
}

// Open takes a directory for this process and reads what was decided there before. It
// returns a *FileError if that cannot be understood, and an error if another process has
// the directory. Close gives it back.
func Open(cfg Config) (_ *Office, err error) {
	d := &Office{cfg: cfg, lock: flock.New(filepath.Join(cfg.Dir, lockName), flock.SetPermissions(0o600)), disk: folder(cfg.Dir)}
	switch locked, err := d.lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be locked: %w", d.lock.Path(), reason(err))
	case !locked:
		return nil, fmt.Errorf("data directory is in use by another process: %s", filepath.Clean(cfg.Dir))
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close())
		}
	}()
	if d.mu.doc, d.deciding.raw, err = load(d.disk); err != nil {
		return nil, &FileError{d.path(FileName), err}
	}
	if err := d.overridden(); err != nil {
		return nil, err
	}
	return d, nil
}

// overridden says where the file has other shares than the flags, and fails if the two
// together make no sense.
func (d *Office) overridden() error {
	base := d.cfg.Shares
	s := d.mu.doc.shares(base)
	if !s.Valid() {
		return &FileError{d.path(FileName), fmt.Errorf("with the flags, a reserve of %s and a free share of %s are more than all",
			Percent(s.ReservePermille), Percent(s.FreePermille))}
	}
	if s != base {
		d.cfg.Logger.Info("shares are as candela admin has set them", "file", d.path(FileName),
			"reserve", Percent(s.ReservePermille), "free", Percent(s.FreePermille))
	}
	return nil
}

func (d *Office) path(name string) string { return filepath.Join(d.cfg.Dir, name) }

// Settings returns what a server has to begin with.
func (d *Office) Settings() server.Settings {
	doc := d.decided()
	return doc.settings(d.cfg.Shares)
}

// decided returns what holds.
func (d *Office) decided() document {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.mu.doc
}

// Close gives the directory back.
func (d *Office) Close() error { return d.lock.Close() }

// decide changes the document: checked, written, applied. Where one fails, nothing has
// changed. What oversells is answered with tooMuch of what there would be for sale.
func (d *Office) decide(m Market, change func(*document) error, tooMuch func(document, market.OversoldError) error) error {
	d.deciding.Lock()
	defer d.deciding.Unlock()
	next := d.decided()
	next.Grants = slices.Clone(next.Grants)
	if err := change(&next); err != nil {
		return err
	}
	settings := next.settings(d.cfg.Shares)
	if err := m.Check(settings); err != nil {
		if much, ok := errors.AsType[*market.OversoldError](err); ok {
			return tooMuch(next, *much)
		}
		return invalid("%v", err)
	}
	raw, err := next.encode()
	if err != nil {
		return err
	}
	if err := replace(d.disk, FileName, d.deciding.raw, raw); err != nil {
		d.cfg.Logger.Error("a decision could not be written and does not hold", "file", d.path(FileName), "err", err)
		return notSaved(d.path(FileName), reason(err))
	}
	d.deciding.raw = raw
	d.mu.Lock()
	d.mu.doc = next
	d.mu.Unlock()
	m.Apply(settings)
	return nil
}
