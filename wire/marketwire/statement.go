package marketwire

import (
	"fmt"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// EntryKind says why an entry is in an account.
type EntryKind uint64

// The kinds of entries. A receiver shows one that it does not know by its number.
const (
	Deposit    EntryKind = 1 // money came in: a payment, or by the operator's hand
	Charge     EntryKind = 2 // units, from SinceNs to AtNs
	Fee        EntryKind = 3 // a changed bid; Reference is the order's digest
	Refund     EntryKind = 4 // money went back to the client
	Correction EntryKind = 5 // by the operator's hand, either way
)

func (k EntryKind) String() string {
	switch k {
	case Deposit:
		return "deposit"
	case Charge:
		return "charge"
	case Fee:
		return "fee"
	case Refund:
		return "refund"
	case Correction:
		return "correction"
	}
	return fmt.Sprintf("kind %d", uint64(k))
}

// Entry is one line of an account.
type Entry struct {
	Number    uint64 // from 1, without a gap, for as long as there is the account
	AtNs      uint64
	SinceNs   uint64 // of a charge, else AtNs
	Kind      EntryKind
	Debit     bool // it makes the balance less
	Amount    unit.Amount
	Balance   unit.Amount // after it
	Reference []byte      // what it belongs to, at most MaxReference bytes, or empty
}

// Page is a part of a client's account.
type Page struct {
	Market  Hash
	Client  Address
	AtNs    uint64  // when this was said
	Newest  uint64  // number of the account's last entry then
	Entries []Entry // at most MaxEntries, ascending
}

func (p Page) frame() frame { return frame{domain: PageDomain, market: p.Market, client: &p.Client} }

func (p Page) fields(dst []byte) []byte {
	dst = codec.AppendHash(dst, p.Market)
	dst = codec.AppendAddress(dst, p.Client)
	dst = codec.AppendUint(codec.AppendUint(dst, p.AtNs), p.Newest)
	dst, at := codec.OpenList(dst)
	for i := range p.Entries {
		dst = p.Entries[i].append(dst)
	}
	return codec.CloseList(dst, at)
}

func (e *Entry) append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	for _, x := range []uint64{e.Number, e.AtNs, e.SinceNs, uint64(e.Kind)} {
		dst = codec.AppendUint(dst, x)
	}
	dst = codec.AppendBool(dst, e.Debit)
	dst = appendAmount(appendAmount(dst, e.Amount), e.Balance)
	return codec.CloseList(codec.AppendString(dst, e.Reference), at)
}

func (p *Page) read(r *codec.Reader) {
	*p = Page{Market: r.Hash(), Client: r.Address(), AtNs: r.Uint(), Newest: r.Uint()}
	l := r.List()
	if n := l.Count("entries", MaxEntries); n > 0 {
		p.Entries = make([]Entry, n)
		for i := range p.Entries {
			p.Entries[i].read(&l)
		}
	}
	r.Leave(&l)
}

func (e *Entry) read(outer *codec.Reader) {
	r := outer.List()
	*e = Entry{
		Number: r.Uint(), AtNs: r.Uint(), SinceNs: r.Uint(), Kind: EntryKind(r.Uint()), Debit: r.Bool(),
		Amount: readAmount(&r), Balance: readAmount(&r),
	}
	e.Reference = readBytes(&r, "reference", MaxReference)
	outer.Leave(&r)
}

// Check returns an error that wraps ErrSenseless unless the numbers have no gap, no time
// is charged twice, and each balance is the one before with the entry's amount added or
// taken off.
func (p *Page) Check() error {
	var charged uint64 // until then
	for i := range p.Entries {
		e := &p.Entries[i]
		if e.Number == 0 || e.Number > p.Newest || e.SinceNs > e.AtNs || e.AtNs > p.AtNs {
			return senseless("entry %d cannot be in this account", e.Number)
		}
		if e.Kind == Charge {
			if e.SinceNs < charged {
				return senseless("entry %d charges again what was charged before", e.Number)
			}
			charged = e.AtNs
		}
		if i == 0 {
			continue
		}
		last := &p.Entries[i-1]
		if e.Number != last.Number+1 {
			return senseless("entry %d after entry %d", e.Number, last.Number)
		}
		want, ok := last.Balance.Add(e.Amount)
		if e.Debit {
			want, ok = last.Balance.Sub(e.Amount)
		}
		if !ok || want != e.Balance {
			return senseless("entry %d: the balance is not %v", e.Number, e.Balance)
		}
	}
	return nil
}

// GetStatement asks for entries of the client's own account: [reqID, first, max].
type GetStatement struct {
	Tag
	First uint64 // the lowest number, at least 1
	Max   uint64 // how many at most, 1 to MaxEntries
}

// Code implements Message.
func (*GetStatement) Code() uint64 { return CodeGetStatement }

func (q *GetStatement) fields(dst []byte) []byte {
	return codec.AppendUint(codec.AppendUint(q.append(dst), q.First), q.Max)
}

func (q *GetStatement) decode(r *codec.Reader) {
	q.read(r)
	q.First, q.Max = r.Uint(), r.Uint()
	r.Some("entries", q.Max, MaxEntries)
	if r.Err == nil && q.First == 0 {
		r.Fail(codec.Malformed("entries are numbered from 1"))
	}
}

// Statement answers GetStatement: [reqID, page], the page beginning with the entry
// that was asked for, or the oldest after it that the seller still has.
type Statement struct {
	Tag
	Page Signed[Page]
}

// Code implements Message.
func (*Statement) Code() uint64 { return CodeStatement }

func (p *Statement) fields(dst []byte) []byte { return p.Page.append(p.append(dst)) }

func (p *Statement) decode(r *codec.Reader) {
	p.read(r)
	p.Page = readSigned[Page](r)
}
