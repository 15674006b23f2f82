package node

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/unit"
)

// LotteryConfig is what a server that is paid by lottery says of it. Amounts are in whole tokens.
type LotteryConfig struct {
	// Contract is the address of the contract that pays winners.
	Contract string
	// Revenue is what is earned by lottery in the time in which luck is to even out. The prize is small beside it, or lotteries are not
	// offered; a Prize or Ticket that is not, whatever gas costs, is a mistake.
	Revenue string
	// Ticket is what a ticket is worth; empty: a minute of a unit at the least price. Prize is the least that a winner gets;
	// empty: what makes its gas a hundredth.
	Ticket, Prize string
	// Open is how much may be lost to each client that pays from an open pot, whose winners nobody else has to leave covered; empty: only locks are taken.
	// OpenAll is how much may be lost to all of them together; empty: ten times as much.
	Open, OpenAll string
}

// redeemGas is what it takes to be paid for a winner; docs/spec/pay-lottery.md, section 7.
const redeemGas = 81_000

// checkLottery reads what is said of lotteries.
func (t *takings) checkLottery(decimals uint64) (err error) {
	c := &t.cfg.Lottery
	switch wanted := slices.Contains(t.cfg.Methods, lottery.Method); {
	case !wanted && *c != LotteryConfig{}:
		return usage.Errorf("--pay.lottery, --pay.prize, --pay.ticket, --pay.revenue, --pay.open and --pay.open-all need --pay.methods lottery")
	case !wanted:
		return nil
	case !isAddress(c.Contract):
		return usage.Errorf("--pay.lottery %q %s: say which contract pays winners", c.Contract, notAddress(c.Contract))
	}
	for _, one := range []struct {
		flag, text string
		to         *unit.Amount
		must       bool
	}{
		{"--pay.revenue", c.Revenue, &t.wish.Revenue, true},
		{"--pay.ticket", c.Ticket, &t.wish.Ticket, false},
		{"--pay.prize", c.Prize, &t.wish.Face, false},
		{"--pay.open", c.Open, &t.open, false},
		{"--pay.open-all", c.OpenAll, &t.openAll, false},
	} {
		if one.text == "" && !one.must {
			continue
		}
		if *one.to, err = unit.ParseTokens(one.text, decimals); err != nil || one.to.IsZero() {
			return usage.Errorf("%s %q: say it in whole tokens, with at most %d decimals", one.flag, one.text, decimals)
		}
	}
	switch {
	case t.open.IsZero() && !t.openAll.IsZero():
		return usage.Errorf("--pay.open-all needs --pay.open: what may be lost to each client")
	case !t.openAll.IsZero() && t.openAll.Cmp(t.open) < 0:
		return usage.Errorf("--pay.open-all %s is less than what may be lost to one client, --pay.open %s", c.OpenAll, c.Open)
	case t.openAll.IsZero():
		t.openAll = ten(t.open)
	}
	if t.wish.Ticket.IsZero() {
		t.wish.Ticket = minuteAt(t.sale.Reserve).Max(unit.NewAmount(1))
	}
	if _, err := lottery.Choose(t.wish); err != nil { // if gas costs nothing
		return usage.Errorf("--pay.prize and --pay.ticket: %w: --pay.revenue is %s base units, a winner is to get %s at least, and a ticket is worth %s",
			err, t.wish.Revenue, t.wish.Face, t.wish.Ticket)
	}
	return nil
}

// ten is ten times an amount.
func ten(a unit.Amount) unit.Amount {
	return unit.NearestAmount(new(big.Int).Mul(a.Big(), big.NewInt(10)))
}

// winners is how many winners of a client may wait that only an open pot secures: as many as may be lost.
func (t *takings) winners(face unit.Amount) uint8 {
	if face.IsZero() {
		return 0
	}
	n := new(big.Int).Div(t.open.Big(), face.Big())
	if !n.IsUint64() {
		return lottery.MaxUnpaid
	}
	return uint8(min(n.Uint64(), lottery.MaxUnpaid)) //nolint:gosec // at most that
}

// minuteAt is what a minute costs at a price, rounded down to whole base units.
func minuteAt(p unit.Price) unit.Amount {
	const perMinute = 60 * 1_000_000 // a price is in millionths of a base unit an hour
	raw := p.Bytes()
	return unit.NearestAmount(new(big.Int).Div(new(big.Int).SetBytes(raw[:]), big.NewInt(perMinute)))
}

// odds are chosen by what gas costs now, and stay: they are in the terms.
func (t *takings) odds(ctx context.Context) (odds lottery.Odds, err error) {
	wish := t.wish
	if wish.Gas, err = t.gasCost(ctx, redeemGas); err != nil {
		return odds, fmt.Errorf("a prize is chosen by what gas costs: %w", err)
	}
	if odds, err = lottery.Choose(wish); err != nil {
		return odds, fmt.Errorf("%w: a redemption costs %s base units of gas, a ticket is worth %s, and --pay.revenue is %s",
			err, wish.Gas, wish.Ticket, wish.Revenue)
	}
	return odds, nil
}

// lottery makes the method. If the odds cannot be chosen now, which the operator can do nothing about, it is not offered, and collects what it was
// paid before.
func (t *taker) lottery(ctx context.Context, asset pay.Asset, receiver pay.Address, alarm func()) (collected, error) {
	contract := pay.Address(common.HexToAddress(t.cfg.Lottery.Contract))
	secret, err := t.secret(asset, contract)
	if err != nil {
		return nil, err
	}
	odds, err := t.odds(ctx)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		t.unoffered[lottery.Method] = fmt.Errorf("%w; start the server again for it, when that is over", err)
		t.log.Warn("payments by lottery are not taken until the server is started again; what was won before is collected", "err", err)
	default:
		t.log.Info("a lottery pays", "prize", odds.Face, "ticket", t.wish.Ticket, "contract", common.Address(contract), "luck", odds.Luck(t.wish.Revenue))
	}
	winners := t.winners(odds.Face)
	switch {
	case t.open.IsZero() || odds.Face.IsZero():
	case winners == 0:
		t.log.Warn("no open pots are taken: a prize is more than may be lost to a client", "prize", odds.Face, "pay.open", t.open)
	default:
		t.log.Info("open pots are taken", "unpaid", winners, "lost to a client at most", odds.Face.Big().Mul(odds.Face.Big(), big.NewInt(int64(winners))), "and to all", t.openAll)
	}
	return lottery.NewProvider(lottery.ProviderConfig{
		Asset: asset, Contract: contract, Payee: receiver, Secret: secret, Odds: func() lottery.Odds { return odds },
		React: t.cfg.Stale + claimSpan, Watcher: t.watcher, Reader: t.node, Sender: t.sender, GasCost: t.gasCost, Alarm: alarm, Now: t.now,
		Credit: winners, CreditAll: t.openAll,
	})
}

// secret decides all draws. It is made of the key that signs claims, whose signatures are the same each time (RFC 6979), so that it survives
// whatever is lost but that key; nobody else ever sees what is signed here.
func (t *taker) secret(asset pay.Asset, contract pay.Address) (lottery.Secret, error) {
	b := append([]byte("candela lottery secret\x00"), contract[:]...)
	b = append(binary.BigEndian.AppendUint64(b, asset.ChainID), asset.Token[:]...)
	signature, err := t.signer.SignDigest(crypto.Keccak256Hash(b))
	if err != nil {
		return lottery.Secret{}, err
	}
	return lottery.Secret(crypto.Keccak256Hash(signature)), nil
}
