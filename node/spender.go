package node

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// coinDecimals are those of every chain's coin.
const coinDecimals = 18

// cheques reads what is said of chequebooks, and returns how much gas money the session key gets, in wei.
func (p *PayConfig) cheques() (*big.Int, error) {
	switch wanted := slices.Contains(p.Methods, cheque.Method); {
	case !wanted && len(p.Factories) > 0:
		return nil, usage.Errorf("--pay.factory needs --pay cheque")
	case !wanted:
		return nil, nil
	case len(p.Factories) == 0:
		return nil, usage.Errorf("--pay cheque needs --pay.factory: the address that deploys chequebooks which you trust with money")
	}
	for _, f := range p.Factories {
		if !isAddress(f) {
			return nil, usage.Errorf("--pay.factory %q %s", f, notAddress(f))
		}
	}
	gas, err := unit.ParseTokens(p.Gas, coinDecimals)
	if err != nil {
		return nil, usage.Errorf("--pay.gas: %w", err)
	}
	return gas.Big(), nil
}

// lotteries reads what is said of lotteries.
func (p *PayConfig) lotteries() error {
	switch wanted := slices.Contains(p.Methods, lottery.Method); {
	case !wanted && (len(p.Lotteries) > 0 || p.MostPrize != ""):
		return usage.Errorf("--pay.lottery and --pay.most-prize need --pay lottery")
	case wanted && len(p.Lotteries) == 0:
		return usage.Errorf("--pay lottery needs --pay.lottery: the contract of lotteries which you trust with money")
	}
	for _, l := range p.Lotteries {
		if !isAddress(l) {
			return usage.Errorf("--pay.lottery %q %s", l, notAddress(l))
		}
	}
	return nil
}

// openPot reads what is said of the open pot.
func (p *PayConfig) openPot(locked unit.Amount) (pot lottery.OpenPot, err error) {
	switch {
	case p.Escrow == "" && p.Pot == "":
		return pot, nil
	case p.Escrow == "":
		return pot, usage.Errorf("--pay.pot needs --pay.escrow: without that no server takes an open pot")
	case !slices.Contains(p.Methods, lottery.Method):
		return pot, usage.Errorf("--pay.escrow and --pay.pot need --pay lottery")
	}
	if pot.Escrow, err = unit.ParseAmount(p.Escrow); err != nil || pot.Escrow.IsZero() {
		return pot, usage.Errorf("--pay.escrow %q: say it in base units", p.Escrow)
	}
	if pot.Amount = locked; p.Pot != "" {
		pot.Amount, err = unit.ParseAmount(p.Pot)
	}
	if err != nil || pot.Amount.IsZero() || pot.Amount.Cmp(locked) > 0 {
		return pot, usage.Errorf("--pay.pot %q: say it in base units, and no more than --pay.locked", p.Pot)
	}
	return pot, nil
}

// addresses are those of texts that were checked.
func addresses(texts []string) (list []pay.Address) {
	for _, text := range texts {
		list = append(list, pay.Address(common.HexToAddress(text)))
	}
	return list
}

// spender makes the methods by which a client pays. They share one watcher of the chain.
type spender struct {
	*opener
	node    watch.Node
	watcher *watch.Watcher
	tables  watch.Outbox
	notes   pay.Notes
	senders []*watch.Sender
	lottery *lottery.Payer // nil: there is none
	guards  []*guard
}

// payers makes all that are wanted, as they are preferred.
func (s *spender) payers(ctx context.Context) (list []pay.Payer, err error) {
	var funds *watch.Sender
	if onChain(s.cfg.Methods) {
		if funds, err = s.sender(ctx, s.funds); err != nil {
			return nil, err
		}
	}
	for _, method := range s.cfg.Methods {
		one, err := s.payer(ctx, method, funds)
		if err != nil {
			return nil, err
		}
		if _, nets := one.(pay.Netter); !nets { // nothing is locked by it
			behind := &guard{Payer: one, prize: s.prize}
			s.guards, one = append(s.guards, behind), behind
		}
		list = append(list, one)
	}
	return list, nil
}

// unopened are the methods by which no channel was opened when that was tried last.
func (s *spender) unopened() (list []payments.Unopened) {
	for _, g := range s.guards {
		if last := g.last(); last != nil {
			list = append(list, *last)
		}
	}
	return list
}

// sender has transactions of a key mined.
func (s *spender) sender(ctx context.Context, key watch.Signer) (*watch.Sender, error) {
	one, err := s.watcher.NewSender(ctx, watch.SenderConfig{
		Node: s.node, Signer: key, Outbox: s.tables, Logger: s.env.Logger,
		MaxFee: new(big.Int).Mul(new(big.Int).SetUint64(s.cfg.MaxFee), big.NewInt(params.GWei)),
	})
	if err == nil {
		s.senders = append(s.senders, one)
	}
	return one, err
}

// pending are the transactions that are not sure yet.
func (s *spender) pending() (list []watch.Sent) {
	for _, one := range s.senders {
		list = append(list, one.Pending()...)
	}
	return list
}

// payer makes one method.
func (s *spender) payer(ctx context.Context, method string, funds *watch.Sender) (pay.Payer, error) {
	session, dust := watch.NewKey(s.session), s.limits.Dust()
	switch method {
	case channel.Method:
		return channel.NewPayer(channel.PayerConfig{
			Funds: s.funds, Session: session, Sender: funds, Watcher: s.watcher, Reader: s.node, Notes: s.notes,
		})
	case cheque.Method:
		own, err := s.sender(ctx, session)
		if err != nil {
			return nil, err
		}
		return cheque.NewPayer(cheque.PayerConfig{
			Session: session, Sender: own, Funds: funds, Factories: addresses(s.cfg.Factories), Gas: s.gas, Dust: dust,
			Watcher: s.watcher, Reader: s.node, Notes: s.notes,
		})
	case lottery.Method:
		p, err := lottery.NewPayer(lottery.PayerConfig{
			Session: session, Sender: funds, Watcher: s.watcher, Reader: s.node, Notes: s.notes, Random: rand.Reader, Dust: dust,
			Contracts: addresses(s.cfg.Lotteries), MostFace: s.prize, Pot: s.pot, Logger: s.env.Logger,
		})
		s.lottery = p
		return p, err
	case offset.Method:
		return offset.NewPayer(offset.PayerConfig{
			Session: session, Notes: s.notes, Own: ownServer{s.cfg.OwnServer}, Threshold: s.owed, Logger: s.env.Logger,
		})
	default:
		return nil, fmt.Errorf("no method %q", method)
	}
}

// pots are the open pots that servers are paid from.
func (s *spender) pots(ctx context.Context) (list []payments.Pot, err error) {
	if s.lottery == nil {
		return nil, nil
	}
	states, err := s.lottery.Pots(ctx, s.asset)
	for _, p := range states {
		list = append(list, payments.Pot{
			Contract: p.Contract, Amount: p.Amount, Allotted: p.Allotted, Free: p.Free, Escrow: p.Escrow, Back: payments.At(p.LeavesS), Accused: p.Accused,
		})
	}
	return list, err
}
