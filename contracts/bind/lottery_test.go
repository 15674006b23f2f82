package bind_test

import (
	"encoding/binary"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	contracts "github.com/candela-les/candela/contracts/bind"
)

const day = 24 * time.Hour

// reveal is what the payee commits itself to in these tests, in each series.
var reveal = crypto.Keccak256Hash([]byte("the payee's secret"))

// lottery is one on a chain, with somebody who pays and somebody who is paid.
type lottery struct {
	*chain
	*contracts.Lottery
	address common.Address
	funder  person         // has 10,000 base units
	payer   person         // signs tickets; has neither money nor ether
	payee   common.Address // cold: signs nothing
	relay   person         // redeems for the payee
}

func newLottery(t *testing.T) *lottery {
	t.Helper()
	c := &lottery{
		Lottery: contracts.NewLottery(), payee: common.HexToAddress("0xc01d"),
		funder: newPerson(t, "funder"), payer: newPerson(t, "payer"), relay: newPerson(t, "relay"),
	}
	c.chain = newChain(t, newPerson(t, "minter"), c.funder, c.relay)
	c.address = c.deploy(&contracts.LotteryMetaData, nil)
	c.mint(c.funder.address, 10_000)
	c.chain.send(c.funder, c.token, testToken.PackApprove(c.address, big.NewInt(10_000)))
	return c
}

func (c *lottery) send(from person, data []byte) *types.Receipt {
	c.t.Helper()
	return c.chain.send(from, c.address, data)
}

func (c *lottery) deposit(amount, escrow int64) {
	c.t.Helper()
	c.send(c.funder, c.PackDeposit(c.token, c.funder.address, c.payer.address, big.NewInt(amount), big.NewInt(escrow)))
}

// openPot checks what is left for every payee.
func (c *lottery) openPot(amount, escrow int64) {
	c.t.Helper()
	data := c.PackPotOf(c.token, c.funder.address, c.payer.address, common.Address{})
	pot := call(c.chain, c.address, data, c.UnpackPotOf)
	if pot.Amount.Cmp(big.NewInt(amount)) != 0 || pot.Escrow.Cmp(big.NewInt(escrow)) != 0 {
		c.t.Errorf("the open pot has %v and %v, want %d and %d", pot.Amount, pot.Escrow, amount, escrow)
	}
}

// winners draws in n series, from number 1 on, until a ticket wins at one half. It is the payer's and the payee's
// part: the payer takes a new seed for each ticket, and only the payee knows the reveal.
func (c *lottery) winners(n uint64) (won []contracts.LotteryTicket, signatures [][]byte) {
	c.t.Helper()
	head, err := c.client.HeaderByNumber(c.t.Context(), nil)
	if err != nil {
		c.t.Fatal(err)
	}
	for series, number := uint64(1), uint64(1); series <= n; number++ {
		ticket := contracts.LotteryTicket{
			Funder: c.funder.address, Payer: c.payer.address, Payee: c.payee, Token: c.token,
			Series: series, Number: number, Face: big.NewInt(100), Ratio: 1<<63 - 1,
			Commitment: crypto.Keccak256Hash(reveal[:]), Expiry: head.Time + uint64(2*day/time.Second),
			Seed: crypto.Keccak256Hash(binary.BigEndian.AppendUint64(nil, series<<32+number)),
		}
		digest := typedDigest(c.t, ticketData(chainID, c.address, ticket))
		if draw := binary.BigEndian.Uint64(crypto.Keccak256(digest[:], reveal[:])[24:]); draw > ticket.Ratio {
			data := c.revert(c.relay, c.address, c.PackRedeem(ticket, reveal, c.payer.sign(c.t, digest)))
			checkRefusedBy(c.t, c.UnpackError, data, &contracts.LotteryNotAWinner{})
			continue
		}
		won, signatures = append(won, ticket), append(signatures, c.payer.sign(c.t, digest))
		series, number = series+1, 0
	}
	return won, signatures
}

func TestLotteryPaysWinners(t *testing.T) {
	c := newLottery(t)
	c.deposit(4000, 1000)
	c.deposit(1000, 0)
	tickets, signatures := c.winners(12)

	digest := call(c.chain, c.address, c.PackDigestOf(tickets[0]), c.UnpackDigestOf)
	if want := typedDigest(t, ticketData(chainID, c.address, tickets[0])); want != digest {
		t.Fatalf("digest %x, want %x", digest, want)
	}
	receipt := c.send(c.relay, c.PackRedeem(tickets[0], reveal, signatures[0]))
	found := 0
	for _, log := range receipt.Logs {
		redeemed, err := c.UnpackRedeemedEvent(log)
		if err != nil {
			continue
		}
		found++
		if redeemed.Digest != digest || redeemed.Payee != c.payee || redeemed.Series != 1 || redeemed.Face.Int64() != 100 {
			t.Errorf("unexpected event %+v", redeemed)
		}
	}
	if found != 1 {
		t.Errorf("%d redemptions logged", found)
	}
	c.send(c.relay, c.PackRedeem(tickets[1], reveal, signatures[1]))
	c.holds("the payee", c.payee, 200)

	reveals := make([][32]byte, 10)
	for i := range reveals {
		reveals[i] = reveal
	}
	c.send(c.relay, c.PackRedeemMany(tickets[2:], reveals, signatures[2:]))
	c.holds("the payee", c.payee, 1200)
	c.openPot(3800, 1000)
	data := c.revert(c.relay, c.address, c.PackRedeem(tickets[0], reveal, signatures[0]))
	checkRefusedBy(t, c.UnpackError, data, &contracts.LotteryAlreadyPaid{})
}

func TestLotteryLockIsOnePayeesUntilADayAfterAWarning(t *testing.T) {
	c := newLottery(t)
	c.send(c.funder, c.PackLockFor(c.token, c.funder.address, c.payer.address, c.payee, big.NewInt(300)))
	all := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1))
	c.send(c.funder, c.PackWarn(c.token, c.payer.address, c.payee, all, new(big.Int)))
	pot := c.PackPotOf(c.token, c.funder.address, c.payer.address, c.payee)
	unlockAt := call(c.chain, c.address, pot, c.UnpackPotOf).UnlockAt
	tickets, signatures := c.winners(1)

	c.wait(day - time.Hour)
	withdraw := c.PackWithdraw(c.token, c.payer.address, c.payee, c.funder.address)
	checkRefusedBy(t, c.UnpackError, c.revert(c.funder, c.address, withdraw), &contracts.LotteryLocked{UnlockAt: unlockAt})
	c.send(c.relay, c.PackRedeem(tickets[0], reveal, signatures[0]))
	c.wait(2 * time.Hour)
	c.send(c.funder, withdraw)
	c.holds("the payee", c.payee, 100)
	c.holds("the funder", c.funder.address, 9900)
}

func TestLotteryBurnsTheEscrowOfWhoOverspends(t *testing.T) {
	c := newLottery(t)
	c.deposit(150, 1000)
	tickets, signatures := c.winners(2)
	c.send(c.relay, c.PackRedeem(tickets[0], reveal, signatures[0]))
	c.send(c.relay, c.PackProtest(tickets[1], reveal, signatures[1]))

	since := call(c.chain, c.address, c.PackProtests(typedDigest(t, ticketData(chainID, c.address, tickets[1]))), c.UnpackProtests)
	from := new(big.Int).Add(since, big.NewInt(86_400))
	checkRefusedBy(t, c.UnpackError, c.revert(c.relay, c.address, c.PackEnforce(tickets[1])),
		&contracts.LotteryNotNow{From: from, Until: new(big.Int).Add(from, big.NewInt(86_400))})
	c.wait(day + time.Hour)
	c.send(c.relay, c.PackEnforce(tickets[1]))
	c.holds("nobody", call(c.chain, c.address, c.PackBURNED(), c.UnpackBURNED), 1000)
	c.openPot(50, 0)
}
