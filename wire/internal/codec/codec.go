// Package codec reads and appends RLP for the messages of the wire, and makes and
// checks their signatures.
//
// Nothing reflects, and nothing is allocated for a count or a length before it was
// held against its limit. A decoder reads all its fields through a Reader and looks
// at Err once:
//
//	r := codec.Reader{Rest: payload}
//	l := r.List()
//	m.Number, m.Hash = l.Uint(), l.Hash()
//	r.Leave(&l)
//	r.End()
//	return r.Err
//
// Only wire and the folders below it can import this package; what others need of
// it, errors above all, is declared there again.
package codec

import (
	"errors"
	"fmt"
)

// Hash is a Keccak-256 hash, Address an account's address.
type (
	Hash    = [32]byte
	Address = [20]byte
)

// Errors of decoding and checking; package wire says what they mean to a peer.
var (
	ErrMalformed = errors.New("malformed message")
	ErrOverLimit = errors.New("over limit")
	ErrSignature = errors.New("invalid signature")
)

// LimitError says which limit a message breaks. A request that asks for nothing
// at all breaks its limit from below: Have is 0 then. In les/4 such a request is
// dropped without an answer, in les/5 and market/1 it is refused.
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

// Malformed returns an ErrMalformed with the detail of what is wrong.
func Malformed(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, args...))
}

// CheckLimit requires 1 ≤ have ≤ most.
func CheckLimit(reqID uint64, what string, have, most uint64) error {
	if have == 0 || have > most {
		return &LimitError{ReqID: reqID, What: what, Have: have, Max: most}
	}
	return nil
}
