package proof

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// What can be wrong with an answer; match with errors.Is.
var (
	// ErrMissingNode: a trie node on the path that was asked for was not given.
	ErrMissingNode = errors.New("trie node missing")
	// ErrMismatch: the data is well formed, but it is not the data asked for.
	ErrMismatch = errors.New("does not match its commitment")
	// ErrMalformed: the data cannot be what it claims to be.
	ErrMalformed = errors.New("malformed")
	// ErrConfig: the chain configuration does not fit the chain's own headers, so
	// that nothing which depends on it can be derived.
	ErrConfig = errors.New("chain configuration does not fit the block")
)

// MissingNodeError says which node of which trie a proof lacks. It is an
// ErrMissingNode, and it is no proof of absence.
type MissingNodeError struct {
	What string      // what was looked for, such as "account 0x…"
	Root common.Hash // the trie
	Hash common.Hash // the missing node; equal to Root if nothing was given
	Path []byte      // nibbles from the root down to the missing node
}

// Error implements error.
func (e *MissingNodeError) Error() string {
	return fmt.Sprintf("%s: %v %x at depth %d under root %x", e.What, ErrMissingNode, e.Hash, len(e.Path), e.Root)
}

// Is reports whether target is ErrMissingNode.
func (e *MissingNodeError) Is(target error) bool { return target == ErrMissingNode }

// MismatchError says which commitment was not met. It is an ErrMismatch.
type MismatchError struct {
	What      string // what was committed to, such as "transaction root"
	Got, Want string
}

// Error implements error.
func (e *MismatchError) Error() string {
	return fmt.Sprintf("%s: %v: got %s, want %s", e.What, ErrMismatch, e.Got, e.Want)
}

// Is reports whether target is ErrMismatch.
func (e *MismatchError) Is(target error) bool { return target == ErrMismatch }

// MalformedError says what could not be understood. It is an ErrMalformed.
type MalformedError struct {
	What string // what the bytes should have been
	Err  error  // why they are not
}

// Error implements error.
func (e *MalformedError) Error() string {
	return fmt.Sprintf("%s: %v: %v", e.What, ErrMalformed, e.Err)
}

// Unwrap returns the reason.
func (e *MalformedError) Unwrap() error { return e.Err }

// Is reports whether target is ErrMalformed.
func (e *MalformedError) Is(target error) bool { return target == ErrMalformed }

func hashMismatch(what string, got, want common.Hash) error {
	return &MismatchError{What: what, Got: got.Hex(), Want: want.Hex()}
}

func mismatch(what string, got, want any) error {
	return &MismatchError{What: what, Got: fmt.Sprint(got), Want: fmt.Sprint(want)}
}

func malformed(what string, err error) error {
	return &MalformedError{What: what, Err: err}
}

func malformedf(what, format string, args ...any) error {
	return malformed(what, fmt.Errorf(format, args...))
}
