package channel_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// vectors is what x402's own client and facilitator have made; see contracts/vectors.
type vectors struct {
	Settlement, Collector common.Address
	People                []struct {
		Name    string
		Address common.Address
		Key     hexutil.Bytes
	}
	Chains []chainVectors
}

type chainVectors struct {
	ChainID                 uint64
	Token                   common.Address
	TokenName, TokenVersion string
	Channels                []struct {
		Config    configVector
		ChannelID common.Hash
		Vouchers  []struct {
			MaxClaimableAmount unit.Amount
			Signer             string
			Digest             common.Hash
			Signature          hexutil.Bytes
		}
	}
	Deposits []struct {
		ChannelID, Salt, Nonce, Digest common.Hash
		Amount                         unit.Amount
		ValidAfter, ValidBefore        json.Number
		Signature, Calldata            hexutil.Bytes
	}
	Claims  []batchVector
	Refunds []struct {
		ChannelID, Digest common.Hash
		Nonce             json.Number
		Amount            unit.Amount
		Signature         hexutil.Bytes
		Claims            []claimVector
		Calldata          hexutil.Bytes
	}
}

type configVector struct {
	Payer, PayerAuthorizer, Receiver, ReceiverAuthorizer, Token common.Address
	WithdrawDelay                                               uint64
	Salt                                                        common.Hash
}

type claimVector struct {
	Voucher struct {
		Channel            configVector
		MaxClaimableAmount unit.Amount
	}
	Signature    hexutil.Bytes
	TotalClaimed unit.Amount
}

type batchVector struct {
	Claims              []claimVector
	Digest              common.Hash
	Signature, Calldata hexutil.Bytes
}

func (c configVector) config() channel.Config {
	return channel.Config{
		Payer: pay.Address(c.Payer), PayerAuthorizer: pay.Address(c.PayerAuthorizer), Receiver: pay.Address(c.Receiver),
		ReceiverAuthorizer: pay.Address(c.ReceiverAuthorizer), Token: pay.Address(c.Token), WithdrawDelayS: c.WithdrawDelay, Salt: pay.Hash(c.Salt),
	}
}

func (c claimVector) entry(mine *channel.Types) channel.ClaimEntry {
	config := c.Voucher.Channel.config()
	return channel.ClaimEntry{ChannelID: mine.ChannelID(&config), Most: c.Voucher.MaxClaimableAmount, TotalClaimed: c.TotalClaimed}
}

func (c claimVector) bound() bind.VoucherClaim {
	return bind.VoucherClaim{
		Voucher:   bind.Voucher{Channel: bound(c.Voucher.Channel.config()), MaxClaimableAmount: c.Voucher.MaxClaimableAmount.Big()},
		Signature: c.Signature, TotalClaimed: c.TotalClaimed.Big(),
	}
}

func number(t *testing.T, n json.Number) uint64 {
	t.Helper()
	var out uint64
	if _, err := fmt.Sscan(n.String(), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func readVectors(t *testing.T) (v vectors, keys map[string]*watch.Key) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "x402.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	keys = map[string]*watch.Key{}
	for _, p := range v.People {
		key, err := crypto.ToECDSA(p.Key)
		if err != nil {
			t.Fatal(err)
		}
		if keys[p.Name] = watch.NewKey(key); keys[p.Name].Address() != p.Address {
			t.Fatalf("the key of %s is of another address", p.Name)
		}
	}
	return v, keys
}

// What x402's client and facilitator made is what is made here, to the byte: IDs, digests, signatures, calls.
func TestVectors(t *testing.T) {
	v, keys := readVectors(t)
	if v.Settlement != common.Address(channel.Settlement) || v.Collector != common.Address(channel.Collector) {
		t.Errorf("x402's contracts are at %v and %v", v.Settlement, v.Collector)
	}
	var vouchers, deposits, claims, refunds int
	for _, chain := range v.Chains {
		for _, c := range chain.Channels {
			vouchers += len(c.Vouchers)
		}
		deposits, claims, refunds = deposits+len(chain.Deposits), claims+len(chain.Claims), refunds+len(chain.Refunds)
		t.Run(fmt.Sprint(chain.ChainID), func(t *testing.T) { chain.check(t, keys) })
	}
	if vouchers == 0 || deposits == 0 || claims == 0 || refunds == 0 {
		t.Errorf("there are %d vouchers, %d deposits, %d batches of claims and %d refunds", vouchers, deposits, claims, refunds)
	}
}

func (v *chainVectors) check(t *testing.T, keys map[string]*watch.Key) {
	mine, contract := channel.NewTypes(v.ChainID), bind.NewBatchSettlement()
	// signed checks that a digest is theirs, and that its signature is the one that the key gives here.
	signed := func(what string, digest pay.Hash, theirs common.Hash, by string, signature []byte) {
		t.Helper()
		if digest != pay.Hash(theirs) {
			t.Errorf("%s: the digest is %x, and theirs %x", what, digest, theirs)
		}
		own, err := eip712.Sign(keys[by], pay.Hash(theirs))
		if err != nil || !bytes.Equal(own[:], signature) {
			t.Errorf("%s: signed by %s it is %x (%v), and theirs is %x", what, by, own, err, signature)
		}
	}
	called := func(what string, data, theirs []byte) {
		t.Helper()
		if !bytes.Equal(data, theirs) {
			t.Errorf("%s: the call is\n%x, and theirs\n%x", what, data, theirs)
		}
	}
	configs := map[common.Hash]channel.Config{}
	for _, c := range v.Channels {
		config := c.Config.config()
		configs[c.ChannelID] = config
		if id := mine.ChannelID(&config); id != pay.Hash(c.ChannelID) {
			t.Errorf("the channel's ID is %x, and theirs %x", id, c.ChannelID)
		}
		for _, voucher := range c.Vouchers {
			signed("a voucher", mine.Voucher(pay.Hash(c.ChannelID), voucher.MaxClaimableAmount), voucher.Digest, voucher.Signer, voucher.Signature)
		}
	}
	token := pay.Address(v.Token)
	domain := eip712.NewDomain(v.TokenName, v.TokenVersion, v.ChainID, &token)
	for _, d := range v.Deposits {
		config := configs[d.ChannelID]
		deposit := channel.Deposit{
			ChannelID: pay.Hash(d.ChannelID), Payer: config.Payer, Amount: d.Amount, Salt: eip712.Word(d.Salt),
			ValidAfterS: number(t, d.ValidAfter), ValidBeforeS: number(t, d.ValidBefore),
		}
		if deposit.Nonce() != pay.Hash(d.Nonce) {
			t.Errorf("a deposit's nonce is %x, and theirs %x", deposit.Nonce(), d.Nonce)
		}
		signed("a deposit", mine.Authorization(domain, &deposit), d.Digest, "payer", d.Signature)
		signature := eip712.Signature(d.Signature)
		called("a deposit", contract.PackDeposit(bound(config), d.Amount.Big(), common.Address(channel.Collector), deposit.CollectorData(&signature)), d.Calldata)
	}
	for _, b := range v.Claims {
		var entries []channel.ClaimEntry
		var claims []bind.VoucherClaim
		for _, c := range b.Claims {
			entries, claims = append(entries, c.entry(mine)), append(claims, c.bound())
		}
		signed("a batch", mine.ClaimBatch(entries), b.Digest, "operator", b.Signature)
		called("a batch", contract.PackClaimWithSignature(claims, b.Signature), b.Calldata)
	}
	for _, r := range v.Refunds {
		id, nonce := pay.Hash(r.ChannelID), number(t, r.Nonce)
		signed("a refund", mine.Refund(id, nonce, r.Amount), r.Digest, "operator", r.Signature)
		if len(r.Claims) == 0 { // with claims it is their facilitator's business
			data := contract.PackRefundWithSignature(bound(configs[r.ChannelID]), r.Amount.Big(), unit.NewAmount(nonce).Big(), r.Signature)
			called("a refund", data, r.Calldata)
		}
	}
}
