package channel_test

import (
	"bytes"
	"math/big"
	"testing"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

// simulatedChainID is that of go-ethereum's simulated chain.
const simulatedChainID = 1337

func anAddress(t *rapid.T, name string) pay.Address {
	return pay.Address(rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, name))
}

func aHash(t *rapid.T, name string) pay.Hash {
	return pay.Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, name))
}

func anAmount(t *rapid.T, name string) unit.Amount {
	return unit.AmountOfWords(rapid.Uint64().Draw(t, name+", high"), rapid.Uint64().Draw(t, name+", low"))
}

func aConfig(t *rapid.T) channel.Config {
	return channel.Config{
		Payer: anAddress(t, "payer"), PayerAuthorizer: anAddress(t, "payerAuthorizer"),
		Receiver: anAddress(t, "receiver"), ReceiverAuthorizer: anAddress(t, "receiverAuthorizer"),
		Token: anAddress(t, "token"), WithdrawDelayS: rapid.Uint64Max(1<<40-1).Draw(t, "withdrawDelay"), Salt: aHash(t, "salt"),
	}
}

// encode returns go-ethereum's digest of a message.
func encode(t *rapid.T, domain apitypes.TypedDataDomain, kinds apitypes.Types, primary string, message apitypes.TypedDataMessage) []byte {
	kinds["EIP712Domain"] = []apitypes.Type{
		{Name: "name", Type: "string"},
		{Name: "version", Type: "string"},
		{Name: "chainId", Type: "uint256"},
		{Name: "verifyingContract", Type: "address"},
	}
	digest, _, err := apitypes.TypedDataAndHash(apitypes.TypedData{Types: kinds, PrimaryType: primary, Domain: domain, Message: message})
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

func x402Domain(chainID uint64) apitypes.TypedDataDomain {
	return apitypes.TypedDataDomain{
		Name: "x402 Batch Settlement", Version: "1", ChainId: (*math.HexOrDecimal256)(new(big.Int).SetUint64(chainID)),
		VerifyingContract: common.Address(channel.Settlement).Hex(),
	}
}

// Every digest is what go-ethereum's general encoder makes of the types as x402 publishes them.
func TestTypesAgainstEncoder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chainID, config := rapid.Uint64().Draw(t, "chain"), aConfig(t)
		id, nonce, amount, claimed := aHash(t, "id"), rapid.Uint64().Draw(t, "nonce"), anAmount(t, "amount"), anAmount(t, "claimed")
		mine, theirs := channel.NewTypes(chainID), x402Domain(chainID)
		is := func(what string, got pay.Hash, want []byte) {
			if !bytes.Equal(got[:], want) {
				t.Errorf("the digest of %s is %x, and go-ethereum's %x", what, got, want)
			}
		}
		hex := func(a pay.Address) string { return common.Address(a).Hex() }
		is("a config", mine.ChannelID(&config), encode(t, theirs, apitypes.Types{"ChannelConfig": {
			{Name: "payer", Type: "address"},
			{Name: "payerAuthorizer", Type: "address"},
			{Name: "receiver", Type: "address"},
			{Name: "receiverAuthorizer", Type: "address"},
			{Name: "token", Type: "address"},
			{Name: "withdrawDelay", Type: "uint40"},
			{Name: "salt", Type: "bytes32"},
		}}, "ChannelConfig", apitypes.TypedDataMessage{
			"payer": hex(config.Payer), "payerAuthorizer": hex(config.PayerAuthorizer), "receiver": hex(config.Receiver),
			"receiverAuthorizer": hex(config.ReceiverAuthorizer), "token": hex(config.Token),
			"withdrawDelay": new(big.Int).SetUint64(config.WithdrawDelayS), "salt": config.Salt[:],
		}))
		is("a voucher", mine.Voucher(id, amount), encode(t, theirs, apitypes.Types{
			"Voucher": {{Name: "channelId", Type: "bytes32"}, {Name: "maxClaimableAmount", Type: "uint128"}},
		}, "Voucher", apitypes.TypedDataMessage{"channelId": id[:], "maxClaimableAmount": amount.String()}))
		is("a refund", mine.Refund(id, nonce, amount), encode(t, theirs, apitypes.Types{
			"Refund": {{Name: "channelId", Type: "bytes32"}, {Name: "nonce", Type: "uint256"}, {Name: "amount", Type: "uint128"}},
		}, "Refund", apitypes.TypedDataMessage{"channelId": id[:], "nonce": new(big.Int).SetUint64(nonce), "amount": amount.String()}))
		entry := map[string]any{"channelId": id[:], "maxClaimableAmount": amount.String(), "totalClaimed": claimed.String()}
		is("a batch", mine.ClaimBatch([]channel.ClaimEntry{{id, amount, claimed}, {id, amount, claimed}}), encode(t, theirs, apitypes.Types{
			"ClaimBatch": {{Name: "claims", Type: "ClaimEntry[]"}},
			"ClaimEntry": {{Name: "channelId", Type: "bytes32"}, {Name: "maxClaimableAmount", Type: "uint128"}, {Name: "totalClaimed", Type: "uint128"}},
		}, "ClaimBatch", apitypes.TypedDataMessage{"claims": []any{entry, entry}}))
	})
}

// A deposit's authorization is ERC-3009's in the token's domain, and what the collector is given is what abi.encode makes.
func TestDepositAgainstEncoder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		token := anAddress(t, "token")
		d := channel.Deposit{
			ChannelID: aHash(t, "id"), Payer: anAddress(t, "payer"), Amount: anAmount(t, "amount"),
			ValidAfterS: rapid.Uint64().Draw(t, "after"), ValidBeforeS: rapid.Uint64().Draw(t, "before"), Salt: eip712.Word(aHash(t, "salt")),
		}
		signature := eip712.Signature(rapid.SliceOfN(rapid.Byte(), 65, 65).Draw(t, "signature"))
		word, number, text := kind(t, "bytes32"), kind(t, "uint256"), kind(t, "bytes")
		salt := new(big.Int).SetBytes(d.Salt[:])

		packed, err := abi.Arguments{word, number}.Pack(d.ChannelID, salt)
		if err != nil {
			t.Fatal(err)
		}
		if want := pay.Hash(keccak(packed)); d.Nonce() != want {
			t.Errorf("the nonce is %x, and should be %x", d.Nonce(), want)
		}
		data, err := abi.Arguments{number, number, number, text}.Pack(
			new(big.Int).SetUint64(d.ValidAfterS), new(big.Int).SetUint64(d.ValidBeforeS), salt, signature[:])
		if err != nil {
			t.Fatal(err)
		}
		if got := d.CollectorData(&signature); !bytes.Equal(got, data) {
			t.Errorf("the collector is given %x, and should be %x", got, data)
		}
		nonce := d.Nonce()
		want := encode(t, apitypes.TypedDataDomain{
			Name: "Some Token", Version: "2", ChainId: math.NewHexOrDecimal256(5), VerifyingContract: common.Address(token).Hex(),
		}, apitypes.Types{"ReceiveWithAuthorization": {
			{Name: "from", Type: "address"},
			{Name: "to", Type: "address"},
			{Name: "value", Type: "uint256"},
			{Name: "validAfter", Type: "uint256"},
			{Name: "validBefore", Type: "uint256"},
			{Name: "nonce", Type: "bytes32"},
		}}, "ReceiveWithAuthorization", apitypes.TypedDataMessage{
			"from": common.Address(d.Payer).Hex(), "to": common.Address(channel.Collector).Hex(), "value": d.Amount.String(),
			"validAfter": new(big.Int).SetUint64(d.ValidAfterS), "validBefore": new(big.Int).SetUint64(d.ValidBeforeS), "nonce": nonce[:],
		})
		got := channel.NewTypes(5).Authorization(eip712.NewDomain("Some Token", "2", 5, &token), &d)
		if !bytes.Equal(got[:], want) {
			t.Errorf("the digest is %x, and go-ethereum's %x", got, want)
		}
	})
}

func kind(t *rapid.T, name string) abi.Argument {
	of, err := abi.NewType(name, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return abi.Argument{Type: of}
}

// Every digest is what the contract itself says that it checks.
func TestTypesAgainstContract(t *testing.T) {
	backend := simulated.NewBackend(types.GenesisAlloc{
		common.Address(channel.Settlement): {Code: common.FromHex(bind.BatchSettlementRuntime), Balance: new(big.Int)},
	})
	t.Cleanup(func() { _ = backend.Close() })
	contract, mine := bind.NewBatchSettlement(), channel.NewTypes(simulatedChainID)
	ask := func(t *rapid.T, data []byte) (digest pay.Hash) {
		to := common.Address(channel.Settlement)
		out, err := backend.Client().CallContract(t.Context(), ethereum.CallMsg{To: &to, Data: data}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return pay.Hash(out)
	}
	rapid.Check(t, func(t *rapid.T) {
		config, amount, claimed, nonce := aConfig(t), anAmount(t, "amount"), anAmount(t, "claimed"), rapid.Uint64().Draw(t, "nonce")
		id := mine.ChannelID(&config)
		is := func(what string, got, want pay.Hash) {
			if got != want {
				t.Errorf("the digest of %s is %x, and the contract's %x", what, got, want)
			}
		}
		is("a config", id, ask(t, contract.PackGetChannelId(bound(config))))
		is("a voucher", mine.Voucher(id, amount), ask(t, contract.PackGetVoucherDigest(id, amount.Big())))
		is("a refund", mine.Refund(id, nonce, amount), ask(t, contract.PackGetRefundDigest(id, new(big.Int).SetUint64(nonce), amount.Big())))
		claim := bind.VoucherClaim{Voucher: bind.Voucher{Channel: bound(config), MaxClaimableAmount: amount.Big()}, TotalClaimed: claimed.Big()}
		is("a batch", mine.ClaimBatch([]channel.ClaimEntry{{id, amount, claimed}, {id, amount, claimed}}),
			ask(t, contract.PackGetClaimBatchDigest([]bind.VoucherClaim{claim, claim})))
	})
}

func BenchmarkVoucher(b *testing.B) {
	mine, id := channel.NewTypes(1), pay.Hash{1}
	b.ReportAllocs()
	for n := uint64(0); b.Loop(); n++ {
		mine.Voucher(id, unit.NewAmount(n))
	}
}
