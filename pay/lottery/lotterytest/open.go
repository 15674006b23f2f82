package lotterytest

import (
	"maps"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

// The suite collects seldom, so a server of its has many winners wait, and its clients an escrow that is worth more than those.
const (
	waiting = lottery.MaxUnpaid
	escrow  = (waiting + 1) * Face
)

// OpenPot is that of the suite's clients. What is deposited is what is needed, so that all amounts are exact.
var OpenPot = lottery.OpenPot{Escrow: unit.NewAmount(escrow)}

// OpenMethod is what the suite knows of lotteries whose servers are paid from open pots.
func OpenMethod() paytest.Method {
	m := Method()
	m.Provider = ProvidingBy(Odds, waiting)
	m.Payer = fairlyBy(OpenPot)
	m.Escrowed, m.Escrow = escrow, inEscrow
	m.Credit = unit.NewAmount(waiting * Face)
	m.Skip = maps.Clone(m.Skip)
	m.Skip["client lost its notes"] = "what is in an open pot may be promised by the notes that were lost, and is not promised again for a day: TestOpenPotLostNotes"
	return m
}

// inEscrow is what of a client's tokens is in escrow.
func inEscrow(c *paytest.Client) unit.Amount {
	l := bind.NewLottery()
	w := c.World()
	out := w.Read(common.Address(ContractAt), l.PackPotOf(w.Token, c.Funds.Address(), c.Session.Address(), common.Address{}))
	pot, err := l.UnpackPotOf(out)
	if err != nil {
		w.T.Fatal(err)
	}
	return unit.NearestAmount(pot.Escrow)
}
