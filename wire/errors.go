package wire

import (
	"errors"
	"fmt"
)

// Errors of decoding; match with errors.Is.
var (
	// ErrMalformed: the payload is not what its code says. The sender broke the
	// protocol and may be disconnected.
	ErrMalformed = errors.New("malformed message")
	// ErrUnknownCode: this version has no such message, or not in this direction.
	ErrUnknownCode = errors.New("unknown message code")
	// ErrTooLarge: the message is longer than MaxMessage.
	ErrTooLarge = errors.New("message too large")
	// ErrOverLimit: more was asked or sent than the protocol permits; errors.As
	// with *LimitError says what.
	ErrOverLimit = errors.New("over limit")
	// ErrSignature: a signed announcement does not verify.
	ErrSignature = errors.New("invalid announcement signature")
	// ErrWrongChain: a signed head is of another chain or configuration.
	ErrWrongChain = errors.New("head of another chain")
	// ErrMissingKey: a Status lacks a key that it must have.
	ErrMissingKey = errors.New("status key missing")
)

// DecodeError says which message could not be decoded, and why. It wraps one of
// the sentinels above.
type DecodeError struct {
	Version uint
	Code    uint64
	Err     error
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("les/%d %s: %v", e.Version, CodeName(e.Version, e.Code), e.Err)
}

// Unwrap returns the reason.
func (e *DecodeError) Unwrap() error { return e.Err }

// LimitError says which limit a message breaks. A request that asks for nothing
// at all breaks its limit from below: Have is 0 then. In les/4 such a request is
// dropped without an answer, in les/5 it is refused.
type LimitError struct {
	ReqID     uint64 // the request's id, 0 if it was not reached
	What      string // a name from the table of limits in the specification
	Have, Max uint64
}

func (e *LimitError) Error() string {
	if e.Have == 0 {
		return fmt.Sprintf("over limit: no %s asked", e.What)
	}
	return fmt.Sprintf("over limit: %s %d, at most %d", e.What, e.Have, e.Max)
}

// Is makes errors.Is(err, ErrOverLimit) true.
func (e *LimitError) Is(target error) bool { return target == ErrOverLimit }

// malformed returns an ErrMalformed with the detail of what is wrong.
func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, args...))
}

// wrapDecode adds version and code to a decoder's error.
func wrapDecode(version uint, code uint64, err error) error {
	if err == nil {
		return nil
	}
	return &DecodeError{Version: version, Code: code, Err: err}
}
