package market

import (
	"errors"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// ID names a client: its devp2p node id.
type ID [32]byte

// Grant is a standing order: so many units for a client whenever they are there.
type Grant struct {
	ID    ID
	Units uint64
}

// Settings are what an operator decides.
type Settings struct {
	// ReservePermille of the capacity is promised to nobody: for what measuring does
	// not foresee. Free clients use it while it is not needed.
	ReservePermille uint64
	// FreePermille of the capacity is never sold: what free clients are promised
	// together.
	FreePermille uint64
	// Grants, oldest first. When there are fewer units than were granted, the youngest
	// get fewer.
	Grants []Grant
}

// Defaults of Settings.
const (
	DefaultReservePermille = 200
	DefaultFreePermille    = 100
)

// DefaultSettings sell seven tenths of the capacity, and grant nothing.
func DefaultSettings() Settings {
	return Settings{ReservePermille: DefaultReservePermille, FreePermille: DefaultFreePermille}
}

// MaxGrant is the most units that one grant may be for.
const MaxGrant = 1 << 32

// Errors of Check.
var (
	// ErrSettings: the settings contradict themselves.
	ErrSettings = errors.New("settings make no sense")
	// ErrOversold: more units are granted than there are.
	ErrOversold = errors.New("more units granted than there are")
)

// OversoldError says by how much.
type OversoldError struct {
	Granted, Units uint64 // what the settings ask for, and what there is
}

func (e *OversoldError) Error() string {
	return fmt.Sprintf("%v: %d granted, %d to grant", ErrOversold, e.Granted, e.Units)
}

// Unwrap returns ErrOversold.
func (e *OversoldError) Unwrap() error { return ErrOversold }

// valid finds what cannot be meant, whatever the capacity is.
func (s *Settings) valid() error {
	if s.ReservePermille > 1000 || s.FreePermille > 1000 || s.ReservePermille+s.FreePermille > 1000 {
		return fmt.Errorf("%w: a reserve of %d ‰ and a free share of %d ‰ are more than there is",
			ErrSettings, s.ReservePermille, s.FreePermille)
	}
	seen := make(map[ID]bool, len(s.Grants))
	for _, g := range s.Grants {
		switch {
		case g.Units == 0 || g.Units > MaxGrant:
			return fmt.Errorf("%w: a grant of %d units to %x", ErrSettings, g.Units, g.ID[:4])
		case seen[g.ID]:
			return fmt.Errorf("%w: two grants to %x", ErrSettings, g.ID[:4])
		}
		seen[g.ID] = true
	}
	return nil
}

// granted is the sum of all units granted.
func (s *Settings) granted() (sum uint64) {
	for _, g := range s.Grants {
		sum += g.Units
	}
	return sum
}

// clone returns settings that share nothing with s.
func (s *Settings) clone() Settings {
	out := *s
	out.Grants = append([]Grant(nil), s.Grants...)
	return out
}

// units is how many units of the given size can be promised of a capacity.
func (s *Settings) units(capacity, size unit.Cost) uint64 {
	kept := min(s.ReservePermille, 1000) + min(s.FreePermille, 1000)
	sellable := capacity / 1000 * unit.Cost(1000-min(kept, 1000))
	return uint64(sellable / max(size, 1))
}

// reserve is how many the reserve would be.
func (s *Settings) reserve(capacity, size unit.Cost) uint64 {
	return uint64(capacity / 1000 * unit.Cost(min(s.ReservePermille, 1000)) / max(size, 1))
}
