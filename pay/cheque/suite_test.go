package cheque_test

import (
	"math/big"
	"testing"
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

const timeout = 24 * time.Hour

// factories are those of the worlds, which all deploy in the same order: so all have the same.
type factories struct{ address pay.Address }

func (f *factories) deploy(w *paytest.World) {
	code := common.FromHex(bind.ChequebookFactoryMetaData.Bin)
	f.address = pay.Address(w.Deploy(append(code, bind.NewChequebookFactory().PackConstructor(w.Token)...)))
}

func (f *factories) provider(s *paytest.Server) (paytest.Provider, error) {
	return cheque.NewProvider(f.providerConfig(s))
}

func (f *factories) payer(c *paytest.Client) (pay.Payer, error) {
	cfg, err := f.payerConfig(c)
	if err != nil {
		return nil, err
	}
	return cheque.NewPayer(cfg)
}

func (f *factories) payerConfig(c *paytest.Client) (cheque.PayerConfig, error) {
	sender, err := c.SenderOf(c.Session)
	return cheque.PayerConfig{
		Session: c.Session, Sender: sender, Funds: c.Sender, Factories: []pay.Address{f.address}, Gas: big.NewInt(params.Ether),
		Watcher: c.Watcher, Reader: c.Node, Notes: c.NotesOf(), Timeout: timeout,
	}, err
}

func (f *factories) providerConfig(s *paytest.Server) cheque.ProviderConfig {
	return cheque.ProviderConfig{
		Asset: s.Asset(), Factory: f.address, Beneficiary: s.Authorizer, Recipient: s.Receiver, Timeout: timeout, React: 2 * paytest.Stale,
		Watcher: s.Watcher, Reader: s.Node, Sender: s.Sender, Alarm: func() { s.Alarms.Add(1) }, Now: s.Now,
	}
}

// forge signs a cheque over any amount.
func forge(c *paytest.Client, ch paytest.Channel, cumulative unit.Amount) []byte {
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

func method() paytest.Method {
	f := &factories{}
	return paytest.Method{
		Deploy: f.deploy, Provider: f.provider, Payer: f.payer, Forge: forge, Wrong: wrong, Whole: true, Delay: timeout,
	}
}

func TestMethod(t *testing.T) { paytest.Run(t, method()) }

func TestCrooks(t *testing.T) { paytest.Crooks(t, method()) }
