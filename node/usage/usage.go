// Package usage marks errors in what was asked for, as opposed to errors in doing
// it. The command line ends with another exit status for them, so that a script
// can tell a typing mistake from a server that is down.
package usage

import (
	"errors"
	"fmt"
)

// Error is an error in what was asked for: a flag, or a key of the configuration
// file. Its message is one sentence that names the flag and says what fits.
type Error struct{ err error }

// Errorf makes an Error, as fmt.Errorf does.
func Errorf(format string, args ...any) error {
	return &Error{fmt.Errorf(format, args...)}
}

// Is reports whether an error, or one that it wraps, is of this kind.
func Is(err error) bool {
	var e *Error
	return errors.As(err, &e)
}

// Error implements error.
func (e *Error) Error() string { return e.err.Error() }

// Unwrap returns what was wrong.
func (e *Error) Unwrap() error { return e.err }
