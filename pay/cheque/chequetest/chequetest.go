// Package chequetest has cheques as the suite of all methods of payment knows them (pay/paytest), for tests that run it over other parts than
// package cheque's own do.
package chequetest

import (
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

// Timeout is the shortest one of a hard deposit that the servers take.
const Timeout = 24 * time.Hour

// Factories are those of the worlds, which all deploy in the same order: so all have the same.
type Factories struct {
	address pay.Address
	credit  unit.Amount
}

// Deploy deploys the world's.
func (f *Factories) Deploy(w *paytest.World) {
	code := common.FromHex(bind.ChequebookFactoryMetaData.Bin)
	f.address = pay.Address(w.Deploy(append(code, bind.NewChequebookFactory().PackConstructor(w.Token)...)))
}

func (f *Factories) provider(s *paytest.Server) (paytest.Provider, error) {
	return cheque.NewProvider(f.ProviderConfig(s))
}

func (f *Factories) payer(c *paytest.Client) (pay.Payer, error) {
	cfg, err := f.PayerConfig(c)
	if err != nil {
		return nil, err
	}
	return cheque.NewPayer(cfg)
}

// PayerConfig is how a client pays.
func (f *Factories) PayerConfig(c *paytest.Client) (cheque.PayerConfig, error) {
	sender, err := c.SenderOf(c.Session)
	return cheque.PayerConfig{
		Session: c.Session, Sender: sender, Funds: c.Sender, Factories: []pay.Address{f.address}, Gas: big.NewInt(params.Ether),
		Watcher: c.Watcher, Reader: c.Node, Notes: c.NotesOf(), Timeout: Timeout,
	}, err
}

// ProviderConfig is how a server is paid.
func (f *Factories) ProviderConfig(s *paytest.Server) cheque.ProviderConfig {
	return cheque.ProviderConfig{
		Asset: s.Asset(), Factory: f.address, Beneficiary: s.Authorizer, Recipient: s.Receiver, Timeout: Timeout, React: 2 * paytest.Stale,
		Watcher: s.Watcher, Reader: s.Node, Sender: s.Sender, Alarm: func() { s.Alarms.Add(1) }, Now: s.Now, Credit: f.credit,
	}
}

// Forge signs a cheque over any amount.
func Forge(c *paytest.Client, ch paytest.Channel, cumulative unit.Amount) []byte {
	o, err := cheque.DecodeOpening(ch.Opening)
	if err != nil {
		panic(err)
	}
	signature, err := eip712.Sign(c.Session, cheque.NewTypes(watchtest.ChainID).Cheque(o.Book, o.Beneficiary, cumulative))
	if err != nil {
		panic(err)
	}
	p := cheque.Promise{Cumulative: cumulative, Signature: signature}
	return p.Encode()
}

// wrong makes an opening a wrong one. Token and client are the chequebook's, by the chain.
func wrong(ch paytest.Channel, how paytest.Wrong) []byte {
	o, err := cheque.DecodeOpening(ch.Opening)
	if err != nil {
		panic(err)
	}
	switch how {
	case paytest.WrongChain:
		o.ChainID++
	case paytest.WrongPayee:
		o.Beneficiary[0]++
	case paytest.WrongToken, paytest.WrongClient:
		return nil
	}
	return o.Encode()
}

// Method is what the suite knows of cheques.
func Method() paytest.Method { return OnCredit(unit.Amount{}) }

// OnCredit is Method with servers that give so much credit.
func OnCredit(credit unit.Amount) paytest.Method {
	f := &Factories{credit: credit}
	return paytest.Method{
		Deploy: f.Deploy, Provider: f.provider, Payer: f.payer, Forge: Forge, Wrong: wrong, Whole: true, Delay: Timeout, Credit: credit,
	}
}
