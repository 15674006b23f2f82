package wire

import (
	"errors"
	"fmt"

	"github.com/candela-les/candela/wire/internal/codec"
)

// Errors of decoding; match with errors.Is.
var (
	// ErrMalformed: the payload is not what its code says. The sender broke the
	// protocol and may be disconnected.
	ErrMalformed = codec.ErrMalformed
	// ErrUnknownCode: this version has no such message, or not in this direction.
	ErrUnknownCode = errors.New("unknown message code")
	// ErrTooLarge: the message is longer than MaxMessage.
	ErrTooLarge = errors.New("message too large")
	// ErrOverLimit: more was asked or sent than the protocol permits; errors.As
	// with *LimitError says what.
	ErrOverLimit = codec.ErrOverLimit
	// ErrSignature: a signed announcement or statement does not verify.
	ErrSignature = codec.ErrSignature
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

// LimitError says which limit a message breaks.
type LimitError = codec.LimitError

// wrapDecode adds version and code to a decoder's error.
func wrapDecode(version uint, code uint64, err error) error {
	if err == nil {
		return nil
	}
	return &DecodeError{Version: version, Code: code, Err: err}
}
