package fake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Method is a provider. Its fields are not to be changed once it is used.
type Method struct {
	Name  string
	Chain *Chain
	// Verified, unless nil, is called with each promise that is being verified.
	Verified func(promise []byte)
	// Signed, unless nil, checks the promise's last bytes in place of the checksum.
	Signed func(client pay.Address, text, signature []byte) bool
	// Chance has promises be worth an expectation.
	Chance bool
	// NoConsent has channels that cannot be settled.
	NoConsent bool
}

var _ pay.Provider = (*Method)(nil)

// Method implements pay.Provider.
func (m *Method) Method() string { return m.Name }

// Info implements pay.Provider.
func (m *Method) Info() []byte { return []byte("fake") }

// Opening is what a client says of a channel.
func Opening(id pay.Hash) []byte { return id[:] }

// Open implements pay.Provider.
func (m *Method) Open(ctx context.Context, client pay.Address, opening []byte) (pay.Channel, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(opening) != len(pay.Hash{}) {
		return nil, pay.Refuse(pay.Malformed, "an opening of %d bytes", len(opening))
	}
	return m.channel(client, pay.Hash(opening))
}

func (m *Method) channel(client pay.Address, id pay.Hash) (pay.Channel, error) {
	l, err := m.Chain.look(id)
	if err != nil {
		return nil, err
	}
	if l.client != client {
		return nil, pay.Refuse(pay.WrongClient, "the channel is another client's")
	}
	c := &channel{method: m, id: id, client: client}
	if m.NoConsent {
		return struct{ pay.Channel }{c}, nil
	}
	return c, nil
}

// Restore implements pay.Provider. The evidence is the promise.
func (m *Method) Restore(_ context.Context, client pay.Address, evidence []byte) (pay.Channel, []byte, error) {
	p, err := parse(evidence)
	if err != nil {
		return nil, nil, err
	}
	c := &channel{method: m, id: p.ID, client: client}
	if m.NoConsent {
		return struct{ pay.Channel }{c}, evidence, nil
	}
	return c, evidence, nil
}

// Promise is a promise before it is signed.
type Promise struct {
	ID               pay.Hash
	From, Cumulative uint64
	Wins             []uint64 // amounts of claims, whose keys are made of the promise and their place
}

const (
	headSize = 32 + 16 + 16 + 1
	signSize = 65
)

// Text is what is signed.
func (p Promise) Text() []byte {
	from, cumulative := unit.NewAmount(p.From).Bytes(), unit.NewAmount(p.Cumulative).Bytes()
	b := append(p.ID[:], from[:]...)
	b = append(append(b, cumulative[:]...), byte(len(p.Wins)))
	for _, n := range p.Wins {
		win := unit.NewAmount(n).Bytes()
		b = append(b, win[:]...)
	}
	return b
}

// Sign returns a promise with its checksum.
func (p Promise) Sign() []byte { return append(p.Text(), checksum(p.Text())...) }

// Forge returns a promise with a wrong one.
func (p Promise) Forge() []byte { return append(p.Text(), make([]byte, signSize)...) }

func checksum(text []byte) []byte {
	sum := sha256.Sum256(append([]byte("the fake method's key"), text...))
	return append(sum[:], make([]byte, signSize-len(sum))...)
}

// parsed is a promise as it was read.
type parsed struct {
	ID               pay.Hash
	from, cumulative unit.Amount
	wins             []unit.Amount
	text, signature  []byte
}

func parse(b []byte) (p parsed, err error) {
	if len(b) < headSize+signSize || len(b) != headSize+16*int(b[headSize-1])+signSize {
		return p, pay.Refuse(pay.Malformed, "a promise of %d bytes", len(b))
	}
	p.ID = pay.Hash(b[:32])
	p.from, p.cumulative = unit.AmountOfBytes([16]byte(b[32:48])), unit.AmountOfBytes([16]byte(b[48:64]))
	for i := range int(b[headSize-1]) {
		p.wins = append(p.wins, unit.AmountOfBytes([16]byte(b[headSize+16*i:headSize+16*i+16])))
	}
	p.text, p.signature = b[:len(b)-signSize], b[len(b)-signSize:]
	return p, nil
}

// channel is a pay.Settler.
type channel struct {
	method *Method
	id     pay.Hash
	client pay.Address

	mu     sync.Mutex
	out    refund // what was handed out last
	handed bool   // something was
}

var _ pay.Settler = (*channel)(nil)

func (c *channel) ID() pay.Hash { return c.id }

func (c *channel) Read(promise []byte) (unit.Amount, error) {
	p, err := parse(promise)
	return p.cumulative, err
}

func (c *channel) Verify(promise []byte) (pay.Promised, error) {
	if c.method.Verified != nil {
		c.method.Verified(promise)
	}
	p, err := parse(promise)
	if err != nil {
		return pay.Promised{}, err
	}
	if p.ID != c.id {
		return pay.Promised{}, pay.Refuse(pay.NoChannel, "a promise of another channel")
	}
	good := bytes.Equal(p.signature, checksum(p.text))
	if c.method.Signed != nil {
		good = c.method.Signed(c.client, p.text, p.signature)
	}
	if !good {
		return pay.Promised{}, pay.Refuse(pay.BadSign, "a wrong checksum")
	}
	out := pay.Promised{From: p.from, Cumulative: p.cumulative, Evidence: promise, Chance: c.method.Chance}
	for i, n := range p.wins {
		key := sha256.Sum256(append(slices.Clip(p.text), byte(i)))
		out.Claims = append(out.Claims, pay.Claim{Key: key, Amount: n, Data: []byte{byte(i)}})
	}
	return out, nil
}

// Cover counts what was handed out as taken, until the chain has seen the refund that it is good for.
func (c *channel) Cover() (unit.Amount, error) {
	l, err := c.method.Chain.look(c.id)
	if err != nil {
		return unit.Amount{}, err
	}
	if l.closingS != 0 {
		return unit.Amount{}, pay.Refuse(pay.Closing, "the client takes its deposit back")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.handed || c.out.number != l.refunds {
		return l.left(), nil
	}
	cover, _ := l.left().Sub(c.out.amount)
	return cover, nil
}

// Collected implements pay.Accountable.
func (c *channel) Collected() unit.Amount {
	l, err := c.method.Chain.look(c.id)
	if err != nil {
		return unit.Amount{}
	}
	return l.collected
}

func (c *channel) State() []byte { return []byte("state") }

func (c *channel) Settle(ctx context.Context, spent, unspent unit.Amount) ([]byte, error) {
	l, err := c.method.Chain.look(c.id)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	rest, _ := l.left().Sub(spent)
	if c.handed && c.out.number == l.refunds && c.out.spent == spent && c.out.amount == rest {
		return c.out.sign(), ctx.Err()
	}
	return refund{id: c.id, spent: spent, unspent: unspent, amount: rest, number: l.refunds}.sign(), ctx.Err()
}

// Remember implements pay.Settler. Of one number, what is handed out later is never less: promises that were accepted
// since were covered beyond what it took.
func (c *channel) Remember(settled []byte) error {
	r, ok := parseRefund(settled)
	if !ok || r.id != c.id {
		return pay.Refuse(pay.Malformed, "this was never handed out")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.out, c.handed = r, true
	return nil
}

// refund is what a client is handed out: it gets amount back if it was the first to bring refund number.
type refund struct {
	id                     pay.Hash
	spent, unspent, amount unit.Amount
	number                 uint64
}

const refundSize = 32 + 4*16

func (r refund) sign() []byte {
	text := append([]byte(nil), r.id[:]...)
	for _, n := range []unit.Amount{r.spent, r.unspent, r.amount, unit.NewAmount(r.number)} {
		b := n.Bytes()
		text = append(text, b[:]...)
	}
	return append(text, checksum(text)...)
}

func parseRefund(data []byte) (r refund, ok bool) {
	if len(data) != refundSize+signSize || !bytes.Equal(data[refundSize:], checksum(data[:refundSize])) {
		return r, false
	}
	var n [4]unit.Amount
	for i := range n {
		n[i] = unit.AmountOfBytes([16]byte(data[32+16*i : 48+16*i]))
	}
	_, number := n[3].Words()
	return refund{id: pay.Hash(data[:32]), spent: n[0], unspent: n[1], amount: n[2], number: number}, true
}

// String is how tests show a promise.
func (p Promise) String() string {
	return fmt.Sprintf("%d to %d of %x", p.From, p.Cumulative, p.ID[:2])
}
