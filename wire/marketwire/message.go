package marketwire

import (
	"fmt"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Message is one of this package's message types, used as a pointer.
type Message interface {
	// Code is the message's code.
	Code() uint64

	fields(dst []byte) []byte
	decode(r *codec.Reader)
}

// Request is a message that a buyer sends and that is answered by one message with the
// same id: its own reply or Refused.
type Request interface {
	Message
	ID() uint64
	SetID(id uint64)
}

// Tag is the id that a request and its answer carry. In an answer 0 says that it was
// not asked for.
type Tag struct {
	ReqID uint64
}

// ID returns the id.
func (t *Tag) ID() uint64 { return t.ReqID }

// SetID sets the id.
func (t *Tag) SetID(id uint64) { t.ReqID = id }

func (t *Tag) append(dst []byte) []byte { return codec.AppendUint(dst, t.ReqID) }

func (t *Tag) read(r *codec.Reader) {
	t.ReqID = r.Uint()
	r.ReqID = t.ReqID
}

// Append appends a message's payload to dst.
func Append(dst []byte, m Message) []byte {
	dst, at := codec.OpenList(dst)
	return codec.CloseList(m.fields(dst), at)
}

// Decode decodes a message. It returns a *DecodeError that wraps wire.ErrUnknownCode,
// wire.ErrTooLarge, wire.ErrMalformed or a *wire.LimitError. The message shares no
// memory with the payload.
func Decode(code uint64, payload []byte) (Message, error) {
	k, ok := kindOf(code)
	if !ok {
		return nil, &DecodeError{Code: code, Err: wire.ErrUnknownCode}
	}
	if len(payload) > MaxMessage {
		return nil, &DecodeError{Code: code, Err: wire.ErrTooLarge}
	}
	m := k.made()
	outer := codec.Reader{Rest: payload}
	r := outer.List()
	m.decode(&r)
	outer.Leave(&r)
	outer.End()
	if outer.Err != nil {
		return nil, &DecodeError{Code: code, ReqID: r.ReqID, Err: outer.Err}
	}
	return m, nil
}

// DecodeError says which message could not be decoded, and why. A request whose id
// was reached is answered by Refused.
type DecodeError struct {
	Code  uint64
	ReqID uint64 // 0 if it was not reached
	Err   error
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("market/%d %s: %v", Version, CodeName(e.Code), e.Err)
}

// Unwrap returns the reason.
func (e *DecodeError) Unwrap() error { return e.Err }

func appendPrice(dst []byte, p unit.Price) []byte {
	hi, lo := p.Words()
	return codec.AppendWide(dst, hi, lo)
}

func readPrice(r *codec.Reader) unit.Price {
	return unit.PriceOfWords(r.Wide("price"))
}

func appendAmount(dst []byte, a unit.Amount) []byte {
	hi, lo := a.Words()
	return codec.AppendWide(dst, hi, lo)
}

func readAmount(r *codec.Reader) unit.Amount {
	return unit.AmountOfWords(r.Wide("amount"))
}

func appendPrices(dst []byte, prices []unit.Price) []byte {
	dst, at := codec.OpenList(dst)
	for _, p := range prices {
		dst = appendPrice(dst, p)
	}
	return codec.CloseList(dst, at)
}

func readPrices(r *codec.Reader, what string, most uint64) []unit.Price {
	l := r.List()
	var out []unit.Price
	if n := l.Count(what, most); n > 0 {
		out = make([]unit.Price, n)
		for i := range out {
			out[i] = readPrice(&l)
		}
	}
	r.Leave(&l)
	return out
}

// readBytes reads a string into memory of its own, nil if it is empty.
func readBytes(r *codec.Reader, what string, most int) []byte {
	return append([]byte(nil), r.Bytes(what, most)...)
}

// readName reads a short name: 1 to so many bytes of printable ASCII without spaces,
// so that it can be shown to people as it is.
func readName(r *codec.Reader, what string, most int) string {
	name := string(r.Bytes(what, most))
	for i := range len(name) {
		if name[i] <= ' ' || name[i] > '~' {
			r.Fail(codec.Malformed("%s %q", what, name))
			return ""
		}
	}
	if name == "" {
		r.Fail(codec.Malformed("%s is empty", what))
	}
	return name
}
