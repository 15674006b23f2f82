package bind_test

import (
	"bytes"
	"encoding/json"
	"math/big"
	"os"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/params"

	contracts "github.com/candela-les/candela/contracts/bind"
)

// vectors is what contracts/vectors writes of npm's @x402/evm, as far as it is used here.
type vectors struct {
	Settlement, Collector common.Address
	People                []struct {
		Name string
		Key  hexutil.Bytes
	}
	Chains []vectorChain
}

type vectorChain struct {
	ChainID  int64
	Token    common.Address
	Channels []struct {
		Name      string
		Config    vectorConfig
		ChannelID common.Hash
		Vouchers  []struct {
			MaxClaimableAmount decimal
			Signer             string
			Digest             common.Hash
			Signature          hexutil.Bytes
		}
	}
	Deposits []struct{ Calldata hexutil.Bytes }
	Claims   []struct {
		Claims   []vectorClaim
		Digest   common.Hash
		Calldata hexutil.Bytes
	}
	Settle  struct{ Calldata hexutil.Bytes }
	Refunds []struct {
		ChannelID     common.Hash
		Nonce, Amount decimal
		Digest        common.Hash
		Calldata      hexutil.Bytes
	}
	FinalStates []struct {
		ChannelID                          common.Hash
		Balance, TotalClaimed, RefundNonce decimal
	}
}

type vectorConfig struct {
	Payer, PayerAuthorizer, Receiver, ReceiverAuthorizer, Token common.Address
	WithdrawDelay                                               int64
	Salt                                                        common.Hash
}

func (v vectorConfig) config() contracts.ChannelConfig {
	return contracts.ChannelConfig{
		Payer: v.Payer, PayerAuthorizer: v.PayerAuthorizer,
		Receiver: v.Receiver, ReceiverAuthorizer: v.ReceiverAuthorizer,
		Token: v.Token, WithdrawDelay: big.NewInt(v.WithdrawDelay), Salt: v.Salt,
	}
}

type vectorClaim struct {
	Voucher struct {
		Channel            vectorConfig
		MaxClaimableAmount decimal
	}
	Signature    hexutil.Bytes
	TotalClaimed decimal
}

func (v vectorClaim) claim() contracts.VoucherClaim {
	voucher := contracts.Voucher{Channel: v.Voucher.Channel.config(), MaxClaimableAmount: v.Voucher.MaxClaimableAmount.Int}
	return contracts.VoucherClaim{Voucher: voucher, Signature: v.Signature, TotalClaimed: v.TotalClaimed.Int}
}

// decimal is a number that JSON has as a string.
type decimal struct{ *big.Int }

func (d *decimal) UnmarshalJSON(text []byte) error {
	d.Int = new(big.Int)
	return d.UnmarshalText(bytes.Trim(text, `"`))
}

func loadVectors(t *testing.T) (vectors, map[string]person) {
	t.Helper()
	text, err := os.ReadFile("../../pay/channel/testdata/x402.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	people := map[string]person{}
	for _, p := range v.People {
		people[p.Name] = personOf(t, p.Key)
	}
	return v, people
}

func TestX402Addresses(t *testing.T) {
	v, _ := loadVectors(t)
	if v.Settlement != settlementAddress || v.Collector != collectorAddress {
		t.Errorf("x402 has %v and %v, we have %v and %v", v.Settlement, v.Collector, settlementAddress, collectorAddress)
	}
}

// TestX402Digests asks our code, on each chain of the vectors, for the digests that x402's
// client and facilitator had their signers sign.
func TestX402Digests(t *testing.T) {
	v, people := loadVectors(t)
	for _, on := range v.Chains {
		ask := codeOn(t, on.ChainID)
		for _, c := range on.Channels {
			ask("id of "+c.Name, settlement.PackGetChannelId(c.Config.config()), c.ChannelID)
			for _, voucher := range c.Vouchers {
				data := settlement.PackGetVoucherDigest(c.ChannelID, voucher.MaxClaimableAmount.Int)
				ask("voucher of "+c.Name, data, voucher.Digest)
				if got := people[voucher.Signer].sign(t, voucher.Digest); !bytes.Equal(got, voucher.Signature) {
					t.Errorf("%s signs %x, x402's client %x", voucher.Signer, got, voucher.Signature)
				}
			}
		}
		for _, c := range on.Claims {
			var batch []contracts.VoucherClaim
			for _, one := range c.Claims {
				batch = append(batch, one.claim())
			}
			ask("claims", settlement.PackGetClaimBatchDigest(batch), c.Digest)
		}
		for _, r := range on.Refunds {
			ask("refund", settlement.PackGetRefundDigest(r.ChannelID, r.Nonce.Int, r.Amount.Int), r.Digest)
		}
	}
}

// codeOn places the settlement contract on an empty chain with this id, and returns a
// function that asks it for a digest.
func codeOn(t *testing.T, chainID int64) func(what string, data []byte, want common.Hash) {
	t.Helper()
	db, err := state.New(types.EmptyRootHash, state.NewDatabaseForTesting())
	if err != nil {
		t.Fatal(err)
	}
	config := *params.MergedTestChainConfig
	config.ChainID = big.NewInt(chainID)
	cfg := &runtime.Config{ChainConfig: &config, State: db, GasLimit: 10_000_000}
	db.SetCode(settlementAddress, common.FromHex(contracts.BatchSettlementRuntime), 0)
	return func(what string, data []byte, want common.Hash) {
		t.Helper()
		got, _, err := runtime.Call(settlementAddress, data, cfg)
		if err != nil {
			t.Fatal(err)
		}
		if common.BytesToHash(got) != want {
			t.Errorf("chain %d: %s is %x, x402 has %v", chainID, what, got, want)
		}
	}
}

// TestX402Transactions sends what x402's facilitator would send, in order, and compares
// what becomes of it with what x402 expects.
func TestX402Transactions(t *testing.T) {
	v, people := loadVectors(t)
	story := v.Chains[0]
	if story.ChainID != chainID {
		t.Fatalf("the story is of chain %d", story.ChainID)
	}
	minter, payer, receiver := people["minter"], people["payer"], people["receiver"]
	c := newChain(t, minter)
	if c.token != story.Token {
		t.Fatalf("the token is at %v, the vectors have %v", c.token, story.Token)
	}
	c.mint(payer.address, 2_000_000)

	for _, deposit := range story.Deposits {
		c.send(minter, settlementAddress, deposit.Calldata)
	}
	c.holds("the payer, after depositing,", payer.address, 700_000)
	for _, claim := range story.Claims {
		c.send(minter, settlementAddress, claim.Calldata)
	}
	c.send(minter, settlementAddress, story.Settle.Calldata)
	c.holds("the receiver", receiver.address, 250_650)
	for _, refund := range story.Refunds {
		c.send(minter, settlementAddress, refund.Calldata)
	}
	c.holds("the payer", payer.address, 700_000+400_000+50_000-800)

	for _, final := range story.FinalStates {
		c.channelHas(final.ChannelID, final.Balance.Int64(), final.TotalClaimed.Int64())
		nonce := call(c, settlementAddress, settlement.PackRefundNonce(final.ChannelID), settlement.UnpackRefundNonce)
		if nonce.Cmp(final.RefundNonce.Int) != 0 {
			t.Errorf("refund nonce %v, want %v", nonce, final.RefundNonce)
		}
	}
	c.send(minter, settlementAddress, settlement.PackSettle(receiver.address, c.token))
	c.holds("the receiver, at last,", receiver.address, 250_800)
}
