package marketwire_test

import (
	"bytes"
	"crypto/ecdsa"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/unit"
	mw "github.com/candela-les/candela/wire/marketwire"
)

func hash(b byte) (h mw.Hash) {
	copy(h[:], bytes.Repeat([]byte{b}, 32))
	return h
}

// key returns the key that the samples' seller or client signs with.
func key(tb testing.TB, hex string) *ecdsa.PrivateKey {
	tb.Helper()
	k, err := crypto.HexToECDSA(hex)
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

func sellerKey(tb testing.TB) *ecdsa.PrivateKey {
	tb.Helper()
	return key(tb, "b71c71a67e1177ad4e901695e1b4b9ee17ae16c6668d313eac2f96dbcda3f291")
}

func clientKey(tb testing.TB) *ecdsa.PrivateKey {
	tb.Helper()
	return key(tb, "45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8")
}

func addressOf(k *ecdsa.PrivateKey) mw.Address {
	return mw.Address(crypto.PubkeyToAddress(k.PublicKey))
}

const (
	epoch = 1_717_200_000_000_000_000 // when the samples' book was begun
	now   = epoch + 90_000_000_000
)

// sampleMarket sells for a token of 6 decimals.
func sampleMarket(tb testing.TB) mw.Market {
	tb.Helper()
	return mw.Market{
		ChainID: 8453, Token: mw.Address(bytes.Repeat([]byte{0x83}, 20)), Decimals: 6, Currency: "USDC",
		Seller: addressOf(sellerKey(tb)), Node: hash(0xee),
	}
}

func price(n uint64) unit.Price { return unit.NewPrice(n) }

// sampleCurve is that of a book that is sold out, for bids of up to 4 units.
func sampleCurve(tb testing.TB) mw.Curve {
	tb.Helper()
	m := sampleMarket(tb)
	return mw.Curve{
		Market: m.ID(), Epoch: epoch, Seq: 1042, AtNs: now, Reserve: price(250_000_000), Units: 400,
		Losing:  []unit.Price{price(310_000_000), price(300_000_000), price(255_000_000)},
		Winning: []unit.Price{price(312_000_000), price(312_000_000), price(330_000_000), price(420_000_000)},
	}
}

func sampleTerms(tb testing.TB) mw.Terms {
	tb.Helper()
	m := sampleMarket(tb)
	return mw.Terms{
		Market: m.ID(), Epoch: epoch, Seq: 3, AtNs: now, Reserve: price(250_000_000), Units: 400,
		UnitRate: 10_000, UnitBuffer: 300_000_000, MaxUnits: 4, BidFee: unit.NewAmount(2),
		CoverMs: 20_000, RefillMs: 30_000, PrepaidMs: 60_000, LingerMs: 30_000, GraceMs: 5_000,
		LeastAccount: unit.NewAmount(100_000),
		Methods:      []mw.Method{{Name: "grant"}, {Name: "channel", Info: []byte{0xc2, 0x01, 0x02}}},
		Falls:        []mw.Fall{{AtNs: now + 60_000_000_000, Units: 380}, {AtNs: now + 120_000_000_000, Units: 350}},
	}
}

func sampleOrder(tb testing.TB) mw.Order {
	tb.Helper()
	m := sampleMarket(tb)
	return mw.Order{
		Market: m.ID(), Client: addressOf(clientKey(tb)), Epoch: epoch, Nonce: 7, Seq: 1042, ExpiresNs: now + 5_000_000_000,
		Most: price(700_000_000), Prices: []unit.Price{price(500_000_000), price(350_000_000), price(300_000_000)},
	}
}

// sampleAllocation is what sampleOrder gets from sampleCurve.
func sampleAllocation(tb testing.TB) mw.Allocation {
	tb.Helper()
	m := sampleMarket(tb)
	return mw.Allocation{
		Market: m.ID(), Client: addressOf(clientKey(tb)), Epoch: epoch, Number: 12, Order: mw.Digest(sampleOrder(tb)),
		Units: 2, SinceNs: now + 1_500_000_000, Cause: mw.BidChanged, Rate: price(624_000_000), Seq: 1043,
	}
}

func sampleBalance(tb testing.TB) mw.Balance {
	tb.Helper()
	m := sampleMarket(tb)
	return mw.Balance{
		Market: m.ID(), Client: addressOf(clientKey(tb)), Epoch: epoch, AtNs: now + 2_000_000_000, Seq: 1043, Number: 3,
		Balance: unit.NewAmount(99_983), Owed: unit.NewAmount(0), Held: unit.NewAmount(7),
		Units: 2, Rate: price(624_000_000), DepletesNs: now + 2_000_000_000 + 576_825_000_000_000,
	}
}

func samplePage(tb testing.TB) mw.Page {
	tb.Helper()
	m, order := sampleMarket(tb), mw.Digest(sampleOrder(tb))
	return mw.Page{
		Market: m.ID(), Client: addressOf(clientKey(tb)), AtNs: now + 2_000_000_000, Newest: 3,
		Entries: []mw.Entry{
			{Number: 1, AtNs: epoch, SinceNs: epoch, Kind: mw.Deposit, Amount: unit.NewAmount(100_000), Balance: unit.NewAmount(100_000)},
			{Number: 2, AtNs: now, SinceNs: epoch, Kind: mw.Charge, Debit: true, Amount: unit.NewAmount(15), Balance: unit.NewAmount(99_985)},
			{Number: 3, AtNs: now + 1_500_000_000, SinceNs: now + 1_500_000_000, Kind: mw.Fee, Debit: true, Amount: unit.NewAmount(2), Balance: unit.NewAmount(99_983), Reference: order[:]},
		},
	}
}

// sampleReceipt is of the charge in samplePage: 60 s for 600 an hour and 30 s for 630, which
// is 15.25.
func sampleReceipt(tb testing.TB) mw.Receipt {
	tb.Helper()
	m := sampleMarket(tb)
	return mw.Receipt{
		Market: m.ID(), Client: addressOf(clientKey(tb)), Epoch: epoch, Number: 2, Order: mw.Digest(sampleOrder(tb)),
		After: 900_000_000_000_000_000, Amount: unit.NewAmount(15),
		Lines: []mw.Line{
			{Seq: 1000, Units: 2, Rate: price(600_000_000), SpanNs: 60_000_000_000},
			{Seq: 1001, Units: 2, Rate: price(630_000_000), SpanNs: 30_000_000_000},
		},
	}
}

func sign[B mw.Body](tb testing.TB, b B, k *ecdsa.PrivateKey) mw.Signed[B] {
	tb.Helper()
	s, err := mw.Sign(b, k)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// sample is one message with the values that the committed vectors show.
type sample struct {
	name    string
	message mw.Message
}

func (s sample) payload() []byte { return mw.Append(nil, s.message) }

func samples(tb testing.TB) []sample {
	tb.Helper()
	seller, market := sellerKey(tb), sampleMarket(tb)
	balance := sign(tb, sampleBalance(tb), seller)
	return slices.Concat(bidSamples(tb), paymentSamples(), []sample{
		{"of a buyer", &mw.Hello{Version: 1}},
		{"of a seller", &mw.Hello{Version: 1, Market: &market, Epoch: epoch}},
		{"no cover", &mw.Refused{Tag: mw.Tag{ReqID: 21}, Reason: mw.NoCover, Seq: 1043, Need: unit.NewAmount(9), Text: "2 more"}},
		{"busy", &mw.Refused{Tag: mw.Tag{ReqID: 22}, Reason: mw.Busy, RetryAfterMs: 1500, Text: "too many bids"}},
		{"now", &mw.GetConditions{Tag: mw.Tag{ReqID: 1}}},
		{"with a fall announced", &mw.Conditions{Tag: mw.Tag{ReqID: 1}, Terms: sign(tb, sampleTerms(tb), seller)}},
		{"the newest", &mw.GetCurves{Tag: mw.Tag{ReqID: 2}, Max: 1}},
		{"sixteen from one on", &mw.GetCurves{Tag: mw.Tag{ReqID: 3}, First: 1030, Max: 16}},
		{"sold out", &mw.Curves{Tag: mw.Tag{ReqID: 2}, Curves: []mw.SignedCurve{sign(tb, sampleCurve(tb), seller)}}},
		{"two in a row", &mw.Curves{Tag: mw.Tag{ReqID: 3}, Curves: twoCurves(tb)}},
		{"none yet", &mw.Curves{Tag: mw.Tag{ReqID: 4}}},
		{"own", &mw.GetAccount{Tag: mw.Tag{ReqID: 7}}},
		{"with two units", &mw.Account{Tag: mw.Tag{ReqID: 7}, Balance: balance}},
		{"from the first on", &mw.GetStatement{Tag: mw.Tag{ReqID: 8}, First: 1, Max: 256}},
		{"deposit, charge and fee", &mw.Statement{Tag: mw.Tag{ReqID: 8}, Page: sign(tb, samplePage(tb), seller)}},
		{"refill now", &mw.BalanceLow{Balance: balance}},
		{"the second entry", &mw.GetCharge{Tag: mw.Tag{ReqID: 10}, Number: 2}},
		{"of two curves", &mw.Charged{Tag: mw.Tag{ReqID: 10}, Receipt: sign(tb, sampleReceipt(tb), seller)}},
		{"all business", &mw.Close{Tag: mw.Tag{ReqID: 9}}},
		{"asked, with an account", &mw.Closed{Tag: mw.Tag{ReqID: 9}, End: mw.Asked, Balance: &balance}},
		{"the seller stops, no account", &mw.Closed{End: mw.Stopping}},
	})
}

// paymentSamples are of one channel, by a method whose texts are made up.
func paymentSamples() []sample {
	amount, id := unit.NewAmount, hash(0xc4)
	promise := bytes.Repeat([]byte{0x5a}, 81)
	return []sample{
		{"a channel", &mw.Establish{Tag: mw.Tag{ReqID: 30}, Method: "channel", Opening: bytes.Repeat([]byte{0x0b}, 73)}},
		{"an opening of nothing", &mw.Establish{Tag: mw.Tag{ReqID: 31}, Method: "transfer"}},
		{"nothing promised yet", &mw.Standing{Tag: mw.Tag{ReqID: 30}, Method: "channel", Channel: id, Cover: amount(5_000_000)}},
		{"after a promise, more is locked", &mw.Standing{
			Tag: mw.Tag{ReqID: 34}, Method: "channel", Channel: id, Cumulative: amount(100_000), Cover: amount(9_000_000),
			Last: promise, State: []byte{0xc1, 0x80},
		}},
		{"the first", &mw.Promise{Tag: mw.Tag{ReqID: 32}, Channel: id, Promise: promise}},
		{"the first, credited", &mw.Accepted{Tag: mw.Tag{ReqID: 32}, Channel: id, Cumulative: amount(100_000), Credited: amount(100_000)}},
		{"overtaken by a higher one", &mw.Accepted{Tag: mw.Tag{ReqID: 33}, Channel: id, Cumulative: amount(120_000)}},
		{"look now", &mw.Increase{Tag: mw.Tag{ReqID: 34}, Channel: id}},
		{"what is left", &mw.Settle{Tag: mw.Tag{ReqID: 35}, Channel: id}},
		{"some was spent", &mw.Settled{
			Tag: mw.Tag{ReqID: 35}, Channel: id, Spent: amount(99_983), Unspent: amount(20_017), Data: bytes.Repeat([]byte{0x0d}, 65),
		}},
		{"uncovered", &mw.Refused{Tag: mw.Tag{ReqID: 36}, Reason: mw.Uncovered, Seq: 1043, Need: amount(9_000_000), Text: "lock more"}},
	}
}

// twoCurves are of a book with units unsold that a bid then takes.
func twoCurves(tb testing.TB) []mw.SignedCurve {
	tb.Helper()
	a := sampleCurve(tb)
	a.Seq, a.AtNs, a.Free, a.Losing, a.Winning = 1030, now-5, 2, nil, a.Winning[:2]
	b := a
	b.Seq, b.AtNs, b.Free = 1031, now-1, 0
	b.Winning = []unit.Price{price(250_000_000), price(260_000_000), price(312_000_000), price(312_000_000)}
	return []mw.SignedCurve{sign(tb, a, sellerKey(tb)), sign(tb, b, sellerKey(tb))}
}

func bidSamples(tb testing.TB) []sample {
	tb.Helper()
	back, lost, dry, empty := sampleOrder(tb), sampleAllocation(tb), sampleAllocation(tb), sampleBalance(tb)
	back.Nonce, back.Prices = 8, nil
	back.Most = unit.PriceOfWords(1<<64-1, 1<<64-1)
	lost.Number, lost.Units, lost.SinceNs, lost.Cause, lost.Rate, lost.Seq = 13, 1, now+3_000_000_000, mw.Outbid, price(330_000_000), 1044
	dry.Number, dry.Order, dry.Units, dry.SinceNs, dry.Cause, dry.Rate, dry.Seq = 14, mw.Hash{}, 0, now+9_000_000_000, mw.Depleted, price(0), 1050
	empty.Number, empty.AtNs, empty.Seq, empty.Balance, empty.Held = 9, dry.SinceNs, dry.Seq, unit.Amount{}, unit.Amount{}
	empty.Units, empty.Rate, empty.DepletesNs = 0, price(0), 0
	return []sample{
		{"three units", &mw.Bid{Tag: mw.Tag{ReqID: 5}, Order: sign(tb, sampleOrder(tb), clientKey(tb))}},
		{"taken back", &mw.Bid{Tag: mw.Tag{ReqID: 6}, Order: sign(tb, back, clientKey(tb))}},
		{"two units won", &mw.BidAccepted{Tag: mw.Tag{ReqID: 5}, Allocation: sign(tb, sampleAllocation(tb), sellerKey(tb))}},
		{"outbid for one", &mw.Notice{Allocation: sign(tb, lost, sellerKey(tb))}},
		{"balance used up", &mw.Demoted{Allocation: sign(tb, dry, sellerKey(tb)), Balance: sign(tb, empty, sellerKey(tb))}},
	}
}

// sampleFraud is two curves with one number.
func sampleFraud(tb testing.TB) mw.FraudProof {
	tb.Helper()
	other := sampleCurve(tb)
	other.Losing = append([]unit.Price{price(311_000_000)}, other.Losing...)
	return mw.FraudProof{
		Market: sampleMarket(tb), A: sign(tb, sampleCurve(tb), sellerKey(tb)), B: sign(tb, other, sellerKey(tb)),
	}
}

func sampleOffer(tb testing.TB) mw.Offer {
	tb.Helper()
	m, t, c := sampleMarket(tb), sampleTerms(tb), sampleCurve(tb)
	return mw.NewOffer(&m, &t, &c)
}
