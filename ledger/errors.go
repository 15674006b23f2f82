package ledger

import (
	"errors"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// What a call can fail with; match with errors.Is. Except after ErrUnknown, a call that
// failed has changed nothing.
var (
	// ErrInvalid: the call breaks a rule that does not depend on what is in the ledger.
	ErrInvalid = errors.New("invalid")
	// ErrUnbalanced: the legs of a posting do not add up to zero in each token.
	ErrUnbalanced = errors.New("the postings do not add up to zero")
	// ErrInsufficient: an account or hold has less than what is to be taken out of it; an
	// *InsufficientError says how much it has.
	ErrInsufficient = errors.New("not enough money")
	// ErrOverflow: an account would come to more than 2¹²⁸ − 1 base units, or less than minus that.
	ErrOverflow = errors.New("an account would exceed 2¹²⁸ − 1")
	// ErrConflict: the key, the charge's number, the claim or the promise's channel was used before,
	// for something else.
	ErrConflict = errors.New("was used before, for something else")
	// ErrFenced: the owner's epoch has been raised since; a *FencedError says to what.
	ErrFenced = errors.New("the owner's epoch is over")
	// ErrNoHold: the owner holds nothing of this account in its present epoch.
	ErrNoHold = errors.New("no such hold")
	// ErrExpired: the hold's time is over.
	ErrExpired = errors.New("the hold has expired")
	// ErrGap: promises before this one are missing; a *GapError says up to what they have come.
	ErrGap = errors.New("promises before this one are missing")
	// ErrSettled: the channel was settled since the caller has read it.
	ErrSettled = errors.New("the channel was settled since")
	// ErrNoChannel: nothing was promised over the channel.
	ErrNoChannel = errors.New("no such channel")
	// ErrNoClaim: there is no such claim.
	ErrNoClaim = errors.New("no such claim")
)

// What keeps a ledger from working; match with errors.Is.
var (
	ErrClosed      = errors.New("the ledger is closed")
	ErrFull        = errors.New("the ledger cannot grow: the disk is full")
	ErrUnavailable = errors.New("the ledger's database cannot be used")
	ErrDamaged     = errors.New("the ledger's database is damaged; restore it from a backup")
	ErrNewer       = errors.New("the ledger was written by a newer version; update Candela")
	// ErrUnknown: the answer got lost. The call may or may not have been carried out, and
	// repeating it tells.
	ErrUnknown = errors.New("it is not known whether this was written; repeat it")
)

// InsufficientError says how much there is of what was asked for. It is ErrInsufficient.
type InsufficientError struct {
	Have, Need unit.Amount
}

func (e *InsufficientError) Error() string {
	return fmt.Sprintf("%v: there are %s, and %s are needed", ErrInsufficient, e.Have, e.Need)
}

// Is makes it ErrInsufficient.
func (e *InsufficientError) Is(target error) bool { return target == ErrInsufficient }

// FencedError says which epoch an owner is in. It is ErrFenced.
type FencedError struct {
	Owner   Owner
	Epoch   Epoch // of the call
	Present Epoch
}

func (e *FencedError) Error() string {
	return fmt.Sprintf("%v: %s is in epoch %d, and no longer in %d", ErrFenced, e.Owner, e.Present, e.Epoch)
}

// Is makes it ErrFenced.
func (e *FencedError) Is(target error) bool { return target == ErrFenced }

// GapError says up to what a channel has promised, and what a promise of it goes on from. It is ErrGap.
type GapError struct {
	Present, From unit.Amount
}

func (e *GapError) Error() string {
	return fmt.Sprintf("%v: they have come to %s, and it goes on from %s", ErrGap, e.Present, e.From)
}

// Is makes it ErrGap.
func (e *GapError) Is(target error) bool { return target == ErrGap }
