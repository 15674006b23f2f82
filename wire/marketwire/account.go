package marketwire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// Balance is what a seller says of one client's account at a moment.
type Balance struct {
	Market  Hash
	Client  Address
	Epoch   uint64
	AtNs    uint64
	Seq     uint64      // number of the curve that held then
	Number  uint64      // of the account's last entry, 0 if it has none yet
	Balance unit.Amount // after that entry: what the seller owes the client
	Owed    unit.Amount // of it, used since and not entered yet, rounded down
	Held    unit.Amount // of it, set aside for the standing bid, Owed included
	Units   uint64      // allocated
	Rate    unit.Price  // what they cost now
	// DepletesNs is when the balance is used up if nothing changes; 0 is never.
	DepletesNs uint64
}

func (b Balance) frame() frame {
	return frame{domain: BalanceDomain, market: b.Market, client: &b.Client}
}

func (b Balance) fields(dst []byte) []byte {
	dst = codec.AppendHash(dst, b.Market)
	dst = codec.AppendAddress(dst, b.Client)
	for _, x := range []uint64{b.Epoch, b.AtNs, b.Seq, b.Number} {
		dst = codec.AppendUint(dst, x)
	}
	for _, x := range []unit.Amount{b.Balance, b.Owed, b.Held} {
		dst = appendAmount(dst, x)
	}
	dst = codec.AppendUint(dst, b.Units)
	return codec.AppendUint(appendPrice(dst, b.Rate), b.DepletesNs)
}

func (b *Balance) read(r *codec.Reader) {
	*b = Balance{Market: r.Hash(), Client: r.Address()}
	for _, to := range []*uint64{&b.Epoch, &b.AtNs, &b.Seq, &b.Number} {
		*to = r.Uint()
	}
	for _, to := range []*unit.Amount{&b.Balance, &b.Owed, &b.Held} {
		*to = readAmount(r)
	}
	b.Units = r.Uint()
	r.Limit("units", b.Units, MaxUnits)
	b.Rate, b.DepletesNs = readPrice(r), r.Uint()
}

// GetAccount asks for the client's own account: [reqID].
type GetAccount struct{ Tag }

// Code implements Message.
func (*GetAccount) Code() uint64 { return CodeGetAccount }

func (q *GetAccount) fields(dst []byte) []byte { return q.append(dst) }

func (q *GetAccount) decode(r *codec.Reader) { q.read(r) }

// Account answers GetAccount, and comes unasked, with id 0, when something was
// credited: [reqID, account].
type Account struct {
	Tag
	Balance Signed[Balance]
}

// Code implements Message.
func (*Account) Code() uint64 { return CodeAccount }

func (p *Account) fields(dst []byte) []byte { return p.Balance.append(p.append(dst)) }

func (p *Account) decode(r *codec.Reader) {
	p.read(r)
	p.Balance = readSigned[Balance](r)
}

// BalanceLow tells a client once that its balance lasts for less than the terms' refill
// span: [account].
type BalanceLow struct {
	Balance Signed[Balance]
}

// Code implements Message.
func (*BalanceLow) Code() uint64 { return CodeBalanceLow }

func (p *BalanceLow) fields(dst []byte) []byte { return p.Balance.append(dst) }

func (p *BalanceLow) decode(r *codec.Reader) { p.Balance = readSigned[Balance](r) }
