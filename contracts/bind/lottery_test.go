package bind_test

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/binary"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	contracts "github.com/candela-les/candela/contracts/bind"
)

const day = 24 * time.Hour

// lottery is one on a chain, with somebody who pays and somebody who is paid.
type lottery struct {
	*simChain
	*contracts.Lottery
	address common.Address
	bound   *bind.BoundContract
	funder  *ecdsa.PrivateKey // holds the money
	payer   *ecdsa.PrivateKey // signs tickets, has no money
	payee   common.Address    // cold: signs nothing
	relay   *ecdsa.PrivateKey // the payee's hot key
}

func newLottery(t *testing.T) *lottery {
	c := &lottery{
		simChain: newSimChain(t, "funder", "relay"), Lottery: contracts.NewLottery(),
		funder: keyOf("funder"), payer: keyOf("payer"), payee: common.HexToAddress("0xc01d"), relay: keyOf("relay"),
	}
	c.address, _ = c.deploy("Lottery", &contracts.LotteryMetaData, nil)
	c.bound = c.Instance(c.backend.Client(), c.address)
	c.approve(c.funder, c.address, 1_000_000)
	return c
}

func (c *lottery) send(what string, from *ecdsa.PrivateKey, data []byte) *types.Receipt {
	c.t.Helper()
	return c.simChain.send(what, from, c.bound, data)
}

func (c *lottery) deposit(what string, amount, escrow int64) {
	c.t.Helper()
	c.send(what, c.funder,
		c.PackDeposit(c.token, addressOf(c.funder), addressOf(c.payer), big.NewInt(amount), big.NewInt(escrow)))
}

func (c *lottery) pot(payee common.Address) contracts.LotteryPot {
	c.t.Helper()
	pot, err := bind.Call(c.bound, nil, c.PackPotOf(c.token, addressOf(c.funder), addressOf(c.payer), payee), c.UnpackPotOf)
	c.must(err)
	return pot
}

var reveal = crypto.Keccak256Hash([]byte("the payee's secret"))

// winners draws in n series, from number 1 on, until a ticket wins at one half. It is the payer's and the payee's
// part: the payer takes a new seed for each ticket, and only the payee knows the reveal.
func (c *lottery) winners(n uint64) (won []contracts.LotteryTicket, signatures [][]byte) {
	c.t.Helper()
	for series, number := uint64(1), uint64(1); series <= n; number++ {
		ticket := contracts.LotteryTicket{
			Funder: addressOf(c.funder), Payer: addressOf(c.payer), Payee: c.payee, Token: c.token,
			Series: series, Number: number, Face: big.NewInt(100), Ratio: 1<<63 - 1,
			Commitment: crypto.Keccak256Hash(reveal[:]), Expiry: c.now() + uint64(2*day/time.Second),
			Seed: crypto.Keccak256Hash(binary.BigEndian.AppendUint64(nil, series<<32+number)),
		}
		digest := typedDigest(c.t, ticketData(c.id, c.address, ticket))
		if draw := binary.BigEndian.Uint64(crypto.Keccak256(digest[:], reveal[:])[24:]); draw > ticket.Ratio {
			continue
		}
		won, signatures = append(won, ticket), append(signatures, sign(c.t, c.payer, digest))
		series, number = series+1, 0
	}
	return won, signatures
}

func TestLotteryPaysWinners(t *testing.T) {
	c := newLottery(t)
	c.deposit("deposit, first", 5000, 1000)
	c.deposit("deposit, again", 0, 0)
	tickets, signatures := c.winners(12)

	digest, err := bind.Call(c.bound, nil, c.PackDigestOf(tickets[0]), c.UnpackDigestOf)
	c.must(err)
	if want := typedDigest(t, ticketData(c.id, c.address, tickets[0])); want != digest {
		t.Fatalf("digest %x, not %x", digest, want)
	}
	receipt := c.send("redeem, first", c.relay, c.PackRedeem(tickets[0], reveal, signatures[0]))
	c.send("redeem, again", c.relay, c.PackRedeem(tickets[1], reveal, signatures[1]))

	var redeemed *contracts.LotteryRedeemed
	for _, log := range receipt.Logs {
		if found, err := c.UnpackRedeemedEvent(log); err == nil {
			redeemed = found
		}
	}
	if redeemed == nil || redeemed.Digest != digest || redeemed.Payee != c.payee || redeemed.Face.Int64() != 100 {
		t.Fatalf("logged %+v", redeemed)
	}

	reveals := make([][32]byte, 10)
	for i := range reveals {
		reveals[i] = reveal
	}
	c.send("redeemMany, ten", c.relay, c.PackRedeemMany(tickets[2:], reveals, signatures[2:]))
	if got, left := c.balance(c.payee), c.pot(common.Address{}); got != 1200 || left.Amount.Int64() != 3800 {
		t.Fatalf("paid %d of 1200, %v are left", got, left.Amount)
	}
	data := c.revertData(addressOf(c.relay), c.address, c.PackRedeem(tickets[0], reveal, signatures[0]))
	if !bytes.Equal(data, contracts.LotteryAlreadyPaidErrorID().Bytes()[:4]) {
		t.Fatalf("paid twice: %x", data)
	}
}

func TestLotteryLockIsOnePayeesUntilADayAfterAWarning(t *testing.T) {
	c := newLottery(t)
	before := c.balance(addressOf(c.funder))
	c.send("lockFor", c.funder,
		c.PackLockFor(c.token, addressOf(c.funder), addressOf(c.payer), c.payee, big.NewInt(300)))
	all := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1))
	c.send("warn", c.funder, c.PackWarn(c.token, addressOf(c.payer), c.payee, all, common.Big0))

	tickets, signatures := c.winners(1)
	c.later(day - time.Hour)
	early := c.revertData(addressOf(c.funder), c.address, c.PackWithdraw(c.token, addressOf(c.payer), c.payee, addressOf(c.funder)))
	if _, err := c.UnpackLockedError(early[4:]); err != nil || !bytes.HasPrefix(early, contracts.LotteryLockedErrorID().Bytes()[:4]) {
		t.Fatalf("withdrew too early: %x, %v", early, err)
	}
	c.send("redeem, lock", c.relay, c.PackRedeem(tickets[0], reveal, signatures[0]))
	c.later(2 * time.Hour)
	c.send("withdraw", c.funder, c.PackWithdraw(c.token, addressOf(c.payer), c.payee, addressOf(c.funder)))
	if paid, back := c.balance(c.payee), c.balance(addressOf(c.funder)); paid != 100 || back != before-100 {
		t.Fatalf("paid %d, and the funder has %d of %d", paid, back, before)
	}
}

func TestLotteryBurnsTheEscrowOfWhoOverspends(t *testing.T) {
	c := newLottery(t)
	c.deposit("deposit, first", 150, 1000)
	tickets, signatures := c.winners(2)
	c.send("redeem", c.relay, c.PackRedeem(tickets[0], reveal, signatures[0]))
	c.send("protest", c.relay, c.PackProtest(tickets[1], reveal, signatures[1]))
	soon := c.revertData(addressOf(c.relay), c.address, c.PackEnforce(tickets[1]))
	if !bytes.HasPrefix(soon, contracts.LotteryNotNowErrorID().Bytes()[:4]) {
		t.Fatalf("no grace: %x", soon)
	}
	c.later(day + time.Hour)
	c.send("enforce", c.relay, c.PackEnforce(tickets[1]))
	burned, err := bind.Call(c.bound, nil, c.PackBURNED(), c.UnpackBURNED)
	c.must(err)
	if got, left := c.balance(burned), c.pot(common.Address{}); got != 1000 || left.Escrow.Sign() != 0 {
		t.Fatalf("burned %d of 1000, %v are left", got, left.Escrow)
	}
}
