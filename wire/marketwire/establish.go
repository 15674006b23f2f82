package marketwire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Establish names a channel that the client has opened by a method of the terms: [reqID, method, opening]. A
// session knows no channel before; asked again, it asks how the two stand.
type Establish struct {
	Tag
	Method  string
	Opening []byte // by the method's text, at most MaxOpening bytes
}

// Code implements Message.
func (*Establish) Code() uint64 { return CodeEstablish }

func (q *Establish) fields(dst []byte) []byte {
	dst = codec.AppendString(q.append(dst), q.Method)
	return codec.AppendString(dst, q.Opening)
}

func (q *Establish) decode(r *codec.Reader) {
	q.read(r)
	q.Method = readName(r, "method", MaxMethodName)
	q.Opening = readBytes(r, "opening", MaxOpening)
}

// Increase says that more is locked for a channel, so the seller is to look at the chain now: [reqID, id].
type Increase struct {
	Tag
	Channel Hash
}

// Code implements Message.
func (*Increase) Code() uint64 { return CodeIncrease }

func (q *Increase) fields(dst []byte) []byte { return codec.AppendHash(q.append(dst), q.Channel) }

func (q *Increase) decode(r *codec.Reader) {
	q.read(r)
	q.Channel = r.Hash()
}

// Standing answers Establish and Increase: [reqID, method, id, cumulative, cover, last, state]. It is not
// signed: what binds the client is in Last, by the client's own signature.
type Standing struct {
	Tag
	Method     string
	Channel    Hash
	Cumulative unit.Amount // accepted, over the channel, from its beginning on
	Cover      unit.Amount // up to what cumulative amount promises are accepted now
	Last       []byte      // the client's own last promise that was accepted; empty if there is none
	State      []byte      // by the method's text, at most MaxState bytes
}

// Code implements Message.
func (*Standing) Code() uint64 { return CodeStanding }

func (p *Standing) fields(dst []byte) []byte {
	dst = codec.AppendString(p.append(dst), p.Method)
	dst = codec.AppendHash(dst, p.Channel)
	dst = appendAmount(appendAmount(dst, p.Cumulative), p.Cover)
	return codec.AppendString(codec.AppendString(dst, p.Last), p.State)
}

func (p *Standing) decode(r *codec.Reader) {
	p.read(r)
	p.Method, p.Channel = readName(r, "method", MaxMethodName), r.Hash()
	p.Cumulative, p.Cover = readAmount(r), readAmount(r)
	p.Last = readBytes(r, "promise", MaxPromise)
	p.State = readBytes(r, "state", MaxState)
}
