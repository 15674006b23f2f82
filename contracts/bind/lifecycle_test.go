package bind_test

import (
	"errors"
	"math/big"
	"reflect"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"

	contracts "github.com/candela-les/candela/contracts/bind"
)

const withdrawDelay = 24 * time.Hour

// parties are those of one channel.
type parties struct{ alice, session, bob, operator person }

func newParties(t *testing.T) parties {
	return parties{
		alice: newPerson(t, "alice"), session: newPerson(t, "session"),
		bob: newPerson(t, "bob"), operator: newPerson(t, "operator"),
	}
}

func (p parties) channel(token common.Address) contracts.ChannelConfig {
	return contracts.ChannelConfig{
		Payer: p.alice.address, PayerAuthorizer: p.session.address,
		Receiver: p.bob.address, ReceiverAuthorizer: p.operator.address,
		Token: token, WithdrawDelay: big.NewInt(int64(withdrawDelay / time.Second)), Salt: [32]byte{1},
	}
}

// TestChannelLives takes one channel through its life with nothing but what is committed
// here: the code in the genesis block and the bindings.
func TestChannelLives(t *testing.T) {
	p := newParties(t)
	c := newChain(t, newPerson(t, "minter"), p.alice, p.session, p.bob, p.operator)
	c.mint(p.alice.address, 10_000)
	config := p.channel(c.token)
	id := call(c, settlementAddress, settlement.PackGetChannelId(config), settlement.UnpackGetChannelId)

	// Alice signs, Bob's operator sends: she needs no ether.
	opened := c.send(p.operator, settlementAddress, depositData(c, p.alice, config, id, 1000, 1))
	checkEvent(t, opened, settlement.UnpackChannelCreatedEvent, func(e *contracts.BatchSettlementChannelCreated) bool {
		return e.ChannelId == id && reflect.DeepEqual(e.Config, config)
	})
	checkEvent(t, opened, settlement.UnpackDepositedEvent, func(e *contracts.BatchSettlementDeposited) bool {
		return e.ChannelId == id && e.Sender == p.operator.address && e.Amount.Int64() == 1000 && e.NewBalance.Int64() == 1000
	})
	c.send(p.operator, settlementAddress, depositData(c, p.alice, config, id, 500, 2))
	c.channelHas(id, 1500, 0)

	// Two vouchers, the second relayed for the operator by anybody.
	claimed := c.send(p.operator, settlementAddress, settlement.PackClaim(claims(c, p, config, id, 300)))
	checkEvent(t, claimed, settlement.UnpackClaimedEvent, func(e *contracts.BatchSettlementClaimed) bool {
		return e.ChannelId == id && e.ClaimAmount.Int64() == 300 && e.NewTotalClaimed.Int64() == 300
	})
	batch := claims(c, p, config, id, 700)
	digest := call(c, settlementAddress, settlement.PackGetClaimBatchDigest(batch), settlement.UnpackGetClaimBatchDigest)
	c.send(c.minter, settlementAddress, settlement.PackClaimWithSignature(batch, p.operator.sign(t, digest)))
	c.channelHas(id, 1500, 700)
	c.holds("Bob, before settling,", p.bob.address, 0)

	settled := c.send(c.minter, settlementAddress, settlement.PackSettle(p.bob.address, c.token))
	checkEvent(t, settled, settlement.UnpackSettledEvent, func(e *contracts.BatchSettlementSettled) bool {
		return e.Receiver == p.bob.address && e.Token == c.token && e.Amount.Int64() == 700
	})
	c.holds("Bob", p.bob.address, 700)

	// Bob lets some go at once; for the rest Alice waits.
	c.send(p.bob, settlementAddress, settlement.PackRefund(config, big.NewInt(100)))
	c.send(p.alice, settlementAddress, settlement.PackInitiateWithdraw(config, big.NewInt(600)))
	c.send(p.operator, settlementAddress, settlement.PackClaim(claims(c, p, config, id, 900))) // in time
	checkRefused(t, c.revert(p.alice, settlementAddress, settlement.PackFinalizeWithdraw(config)),
		&contracts.BatchSettlementWithdrawDelayNotElapsed{})
	c.wait(withdrawDelay)
	finalized := c.send(p.alice, settlementAddress, settlement.PackFinalizeWithdraw(config))
	checkEvent(t, finalized, settlement.UnpackWithdrawFinalizedEvent, func(e *contracts.BatchSettlementWithdrawFinalized) bool {
		return e.ChannelId == id && e.Amount.Int64() == 500
	})
	c.send(c.minter, settlementAddress, settlement.PackSettle(p.bob.address, c.token))
	c.channelHas(id, 900, 900)
	c.holds("Bob", p.bob.address, 900)
	c.holds("Alice", p.alice.address, 10_000-900)
	c.holds("the settlement contract", settlementAddress, 0)
	c.holds("the collector", collectorAddress, 0)
}

// TestRefusalsHaveNames calls what must be refused, and reads why by the bindings.
func TestRefusalsHaveNames(t *testing.T) {
	p := newParties(t)
	c := newChain(t, newPerson(t, "minter"), p.alice, p.bob, p.operator)
	c.mint(p.alice.address, 1000)
	config := p.channel(c.token)
	id := call(c, settlementAddress, settlement.PackGetChannelId(config), settlement.UnpackGetChannelId)
	c.send(p.operator, settlementAddress, depositData(c, p.alice, config, id, 1000, 1))

	for name, tc := range map[string]struct {
		from person
		data []byte
		want any
	}{
		"a stranger claims": {
			p.alice, settlement.PackClaim(claims(c, p, config, id, 1)),
			&contracts.BatchSettlementNotAuthorizedToClaim{},
		},
		"more than there is": {
			p.bob, settlement.PackClaim(claims(c, p, config, id, 1001)),
			&contracts.BatchSettlementClaimExceedsBalance{},
		},
		"nothing pending": {
			p.alice, settlement.PackFinalizeWithdraw(config),
			&contracts.BatchSettlementWithdrawalNotPending{},
		},
		"a refund without consent": {
			p.alice, settlement.PackRefund(config, big.NewInt(1)),
			&contracts.BatchSettlementNotAuthorizedToRefund{},
		},
		"another's signature": {
			p.alice,
			settlement.PackRefundWithSignature(config, big.NewInt(1), new(big.Int), p.alice.sign(t, [32]byte{1})),
			&contracts.BatchSettlementInvalidSignature{},
		},
	} {
		t.Run(name, func(t *testing.T) { checkRefused(t, c.revert(tc.from, settlementAddress, tc.data), tc.want) })
	}
}

// claims is one voucher of the session's, all of which is claimed.
func claims(c *chain, p parties, config contracts.ChannelConfig, id [32]byte, amount int64) []contracts.VoucherClaim {
	c.t.Helper()
	value := big.NewInt(amount)
	digest := call(c, settlementAddress, settlement.PackGetVoucherDigest(id, value), settlement.UnpackGetVoucherDigest)
	return []contracts.VoucherClaim{{
		Voucher:      contracts.Voucher{Channel: config, MaxClaimableAmount: value},
		Signature:    p.session.sign(c.t, digest),
		TotalClaimed: value,
	}}
}

// depositData is a deposit that the payer has authorized by ERC-3009.
func depositData(c *chain, payer person, config contracts.ChannelConfig, id [32]byte, amount, salt int64) []byte {
	c.t.Helper()
	word := func(n int64) []byte { return common.BigToHash(big.NewInt(n)).Bytes() }
	validBefore := int64(1) << 40
	members := []apitypes.Type{
		{Name: "from", Type: "address"},
		{Name: "to", Type: "address"},
		{Name: "value", Type: "uint256"},
		{Name: "validAfter", Type: "uint256"},
		{Name: "validBefore", Type: "uint256"},
		{Name: "nonce", Type: "bytes32"},
	}
	digest, _, err := apitypes.TypedDataAndHash(apitypes.TypedData{
		Types: apitypes.Types{
			"EIP712Domain": {
				{Name: "name", Type: "string"},
				{Name: "version", Type: "string"},
				{Name: "chainId", Type: "uint256"},
				{Name: "verifyingContract", Type: "address"},
			},
			"ReceiveWithAuthorization": members,
		},
		PrimaryType: "ReceiveWithAuthorization",
		Domain: apitypes.TypedDataDomain{
			Name: "Candela Test Token", Version: "1",
			ChainId: math.NewHexOrDecimal256(chainID), VerifyingContract: c.token.Hex(),
		},
		Message: apitypes.TypedDataMessage{
			"from": payer.address.Hex(), "to": collectorAddress.Hex(), "value": big.NewInt(amount),
			"validAfter": new(big.Int), "validBefore": big.NewInt(validBefore),
			"nonce": crypto.Keccak256(id[:], word(salt)),
		},
	})
	if err != nil {
		c.t.Fatal(err)
	}
	number, _ := abi.NewType("uint256", "", nil)
	blob, _ := abi.NewType("bytes", "", nil)
	arguments := abi.Arguments{{Type: number}, {Type: number}, {Type: number}, {Type: blob}}
	data, err := arguments.Pack(new(big.Int), big.NewInt(validBefore), big.NewInt(salt), payer.sign(c.t, [32]byte(digest)))
	if err != nil {
		c.t.Fatal(err)
	}
	return settlement.PackDeposit(config, big.NewInt(amount), collectorAddress, data)
}

// checkEvent finds one event of a kind in a receipt.
func checkEvent[E any](t *testing.T, receipt *types.Receipt, unpack func(*types.Log) (*E, error), want func(*E) bool) {
	t.Helper()
	found := 0
	for _, log := range receipt.Logs {
		event, err := unpack(log)
		if err != nil || log.Address != settlementAddress {
			continue
		}
		found++
		if !want(event) {
			t.Errorf("unexpected event %+v", event)
		}
	}
	if found != 1 {
		t.Errorf("found %d events of the kind, want one", found)
	}
}

func checkRefused(t *testing.T, data []byte, want any) {
	t.Helper()
	got, err := settlement.UnpackError(data)
	if err != nil {
		t.Fatalf("refused with %x: %v", data, err)
	}
	if reflect.TypeOf(got) != reflect.TypeOf(want) {
		t.Errorf("refused with %T, want %T", got, want)
	}
}

// revertData is what the contract returned with an error.
func revertData(t *testing.T, err error) []byte {
	t.Helper()
	var failed rpc.DataError
	if !errors.As(err, &failed) {
		t.Fatalf("no data in the error: %v", err)
	}
	text, ok := failed.ErrorData().(string)
	if !ok {
		t.Fatalf("data of type %T in the error", failed.ErrorData())
	}
	return common.FromHex(text)
}
