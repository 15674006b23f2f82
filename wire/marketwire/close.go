package marketwire

import (
	"fmt"

	"github.com/candela-les/candela/wire/internal/codec"
)

// Close ends a client's business on this connection: [reqID]. Its bid falls at once and
// what it owes is charged. Whatever else runs on the connection goes on.
type Close struct{ Tag }

// Code implements Message.
func (*Close) Code() uint64 { return CodeClose }

func (q *Close) fields(dst []byte) []byte { return q.append(dst) }

func (q *Close) decode(r *codec.Reader) { q.read(r) }

// End says why business has ended.
type End uint64

// The ends. A receiver takes one that it does not know as Stopping.
const (
	Asked    End = 1 // by Close
	Stopping End = 2 // the seller stops, or sells nothing any more
	Broken   End = 3 // the client broke the protocol
)

func (e End) String() string {
	switch e {
	case Asked:
		return "asked"
	case Stopping:
		return "stopping"
	case Broken:
		return "protocol broken"
	}
	return fmt.Sprintf("end %d", uint64(e))
}

// Closed answers Close, and comes unasked, with id 0, when a seller ends business:
// [reqID, end, [account?]].
type Closed struct {
	Tag
	End     End
	Balance *Signed[Balance] // with nothing owed; nil if the client has no account
}

// Code implements Message.
func (*Closed) Code() uint64 { return CodeClosed }

func (p *Closed) fields(dst []byte) []byte {
	dst = codec.AppendUint(p.append(dst), uint64(p.End))
	dst, at := codec.OpenList(dst)
	if p.Balance != nil {
		dst = p.Balance.append(dst)
	}
	return codec.CloseList(dst, at)
}

func (p *Closed) decode(r *codec.Reader) {
	p.read(r)
	p.End = End(r.Uint())
	if r.Err == nil && p.End == 0 {
		r.Fail(codec.Malformed("closed without a reason"))
	}
	l := r.List()
	if l.More() {
		b := readSigned[Balance](&l)
		p.Balance = &b
	}
	r.Leave(&l)
}
