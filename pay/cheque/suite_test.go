package cheque_test

import (
	"testing"

	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/cheque/chequetest"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

const timeout = chequetest.Timeout

// factories are those of the worlds.
type factories struct{ chequetest.Factories }

func (f *factories) deploy(w *paytest.World) { f.Deploy(w) }

func (f *factories) payerConfig(c *paytest.Client) (cheque.PayerConfig, error) {
	return f.PayerConfig(c)
}

func (f *factories) providerConfig(s *paytest.Server) cheque.ProviderConfig {
	return f.ProviderConfig(s)
}

func forge(c *paytest.Client, ch paytest.Channel, cumulative unit.Amount) []byte {
	return chequetest.Forge(c, ch, cumulative)
}

func method() paytest.Method { return chequetest.Method() }

func TestMethod(t *testing.T) { paytest.Run(t, method()) }

func TestCrooks(t *testing.T) { paytest.Crooks(t, method()) }

// Who gives credit loses no more than that to a client that lies.
func TestLiesOnCredit(t *testing.T) {
	paytest.RunLies(t, chequetest.OnCredit(unit.NewAmount(40)))
}
