package marketwire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Promise pays over a channel that was established in this session: [reqID, id, promise]. Promises are
// cumulative, so none has to wait for the answer to another.
type Promise struct {
	Tag
	Channel Hash
	Promise []byte // by the method's text, 1 to MaxPromise bytes
}

// Code implements Message.
func (*Promise) Code() uint64 { return CodePromise }

func (q *Promise) fields(dst []byte) []byte {
	dst = codec.AppendHash(q.append(dst), q.Channel)
	return codec.AppendString(dst, q.Promise)
}

func (q *Promise) decode(r *codec.Reader) {
	q.read(r)
	q.Channel = r.Hash()
	q.Promise = readBytes(r, "promise", MaxPromise)
	r.Some("bytes of a promise", uint64(len(q.Promise)), MaxPromise)
}

// Accepted answers a promise that is on the seller's disk: [reqID, id, cumulative, credited]. It is not signed;
// the account that was credited is.
type Accepted struct {
	Tag
	Channel    Hash
	Cumulative unit.Amount // the highest that was accepted over the channel until now
	Credited   unit.Amount // by this promise; nothing if it was no higher than one before
}

// Code implements Message.
func (*Accepted) Code() uint64 { return CodeAccepted }

func (p *Accepted) fields(dst []byte) []byte {
	dst = codec.AppendHash(p.append(dst), p.Channel)
	return appendAmount(appendAmount(dst, p.Cumulative), p.Credited)
}

func (p *Accepted) decode(r *codec.Reader) {
	p.read(r)
	p.Channel = r.Hash()
	p.Cumulative, p.Credited = readAmount(r), readAmount(r)
}
