package marketwire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Settle asks for what is left of the account, by the method of a channel that was established in this session:
// [reqID, id]. No bid may stand.
type Settle struct {
	Tag
	Channel Hash
}

// Code implements Message.
func (*Settle) Code() uint64 { return CodeSettle }

func (q *Settle) fields(dst []byte) []byte { return codec.AppendHash(q.append(dst), q.Channel) }

func (q *Settle) decode(r *codec.Reader) {
	q.read(r)
	q.Channel = r.Hash()
}

// Settled answers Settle when what it says is on the seller's disk: [reqID, id, spent, unspent, data].
type Settled struct {
	Tag
	Channel Hash
	Spent   unit.Amount // of what was promised over the channel: no more than that will be collected
	Unspent unit.Amount // the rest, which was taken out of the account
	Data    []byte      // what the client closes the channel with, by the method's text; at most MaxSettled bytes
}

// Code implements Message.
func (*Settled) Code() uint64 { return CodeSettled }

func (p *Settled) fields(dst []byte) []byte {
	dst = codec.AppendHash(p.append(dst), p.Channel)
	dst = appendAmount(appendAmount(dst, p.Spent), p.Unspent)
	return codec.AppendString(dst, p.Data)
}

func (p *Settled) decode(r *codec.Reader) {
	p.read(r)
	p.Channel = r.Hash()
	p.Spent, p.Unspent = readAmount(r), readAmount(r)
	p.Data = readBytes(r, "data", MaxSettled)
}
