// Package channeltest has channels as the suite of all methods of payment knows them (pay/paytest), for tests that run it over other parts than
// package channel's own do.
package channeltest

import (
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

// Delay is the shortest that the servers take.
const Delay = 24 * time.Hour

// Alloc has the contracts at their addresses.
func Alloc() types.GenesisAlloc {
	return types.GenesisAlloc{
		common.Address(channel.Settlement): {Code: common.FromHex(bind.BatchSettlementRuntime), Balance: new(big.Int)},
		common.Address(channel.Collector):  {Code: common.FromHex(bind.ERC3009CollectorRuntime), Balance: new(big.Int)},
	}
}

func newProvider(s *paytest.Server) (paytest.Provider, error) {
	return channel.NewProvider(ProviderConfig(s))
}

// ProviderConfig is how a server is paid.
func ProviderConfig(s *paytest.Server) channel.ProviderConfig {
	return channel.ProviderConfig{
		Asset: s.Asset(), Receiver: s.Receiver, Authorizer: s.Authorizer, Delay: Delay, React: 2 * paytest.Stale,
		Watcher: s.Watcher, Reader: s.Node, Sender: s.Sender, Alarm: func() { s.Alarms.Add(1) }, Now: s.Now,
	}
}

func newPayer(c *paytest.Client) (pay.Payer, error) {
	return channel.NewPayer(channel.PayerConfig{
		Funds: c.Funds, Session: c.Session, Sender: c.Sender, Watcher: c.Watcher, Reader: c.Node, Notes: c.NotesOf(),
	})
}

// Forge signs a voucher of any amount.
func Forge(c *paytest.Client, ch paytest.Channel, cumulative unit.Amount) []byte {
	signature, err := eip712.Sign(c.Session, channel.NewTypes(watchtest.ChainID).Voucher(ch.ID, cumulative))
	if err != nil {
		panic(err)
	}
	p := channel.Promise{Cumulative: cumulative, Signature: signature}
	return p.Encode()
}

func wrong(ch paytest.Channel, how paytest.Wrong) []byte {
	o, err := channel.DecodeOpening(ch.Opening)
	if err != nil {
		panic(err)
	}
	switch how {
	case paytest.WrongChain:
		o.ChainID++
	case paytest.WrongToken:
		o.Config.Token[0]++
	case paytest.WrongPayee:
		o.Config.Receiver[0]++
	case paytest.WrongClient:
		o.Config.PayerAuthorizer[0]++
	}
	return o.Encode()
}

// calls are what a client can call the contract for by itself.
func calls() *paytest.Calls {
	contract := bind.NewBatchSettlement()
	of := func(ch paytest.Channel) bind.ChannelConfig {
		o, err := channel.DecodeOpening(ch.Opening)
		if err != nil {
			panic(err)
		}
		return Bound(o.Config)
	}
	return &paytest.Calls{
		Contract: common.Address(channel.Settlement),
		Withdraw: func(ch paytest.Channel, part unit.Amount) []byte {
			return contract.PackInitiateWithdraw(of(ch), part.Big())
		},
		Finish: func(ch paytest.Channel) []byte { return contract.PackFinalizeWithdraw(of(ch)) },
		Use: func(ch paytest.Channel, handed []byte) []byte {
			r, err := channel.DecodeRefund(handed)
			if err != nil {
				panic(err)
			}
			return contract.PackRefundWithSignature(of(ch), r.Amount.Big(), new(big.Int).SetUint64(r.Nonce), r.Signature[:])
		},
	}
}

// Method is what the suite knows of channels.
func Method() paytest.Method {
	return paytest.Method{
		Alloc: Alloc(), Provider: newProvider, Payer: newPayer, Forge: Forge, Wrong: wrong, Calls: calls(),
		Consent: true, Delay: Delay,
	}
}

// Bound returns a config as the contract's binding has it.
func Bound(c channel.Config) bind.ChannelConfig {
	return bind.ChannelConfig{
		Payer: common.Address(c.Payer), PayerAuthorizer: common.Address(c.PayerAuthorizer),
		Receiver: common.Address(c.Receiver), ReceiverAuthorizer: common.Address(c.ReceiverAuthorizer),
		Token: common.Address(c.Token), WithdrawDelay: new(big.Int).SetUint64(c.WithdrawDelayS), Salt: c.Salt,
	}
}
