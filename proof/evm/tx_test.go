package evm_test

import (
	"crypto/ecdsa"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/txpool"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/crypto/kzg4844"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/evm"
)

// txKey signs the tests' transactions.
func txKey(tb testing.TB) *ecdsa.PrivateKey {
	tb.Helper()
	key, err := crypto.ToECDSA(common.Hash{31: 7}.Bytes())
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

// osaka is a chain on which everything that CheckTransaction knows is active.
func osaka() *params.ChainConfig {
	config := *params.MergedTestChainConfig
	config.ChainID = big.NewInt(1337)
	config.PragueTime, config.OsakaTime, config.AmsterdamTime = new(uint64), new(uint64), nil
	config.BPO1Time, config.BPO2Time = nil, nil
	return &config
}

func TestCheckTransaction(t *testing.T) {
	config := osaka()
	head := &types.Header{Number: big.NewInt(100), Difficulty: new(big.Int), Time: 100, GasLimit: 30_000_000, BaseFee: big.NewInt(1_000_000_000)}
	to := common.Address{1}
	dynamic := func(change func(*types.DynamicFeeTx)) types.TxData {
		tx := &types.DynamicFeeTx{ChainID: config.ChainID, Nonce: 5, GasTipCap: big.NewInt(1), GasFeeCap: big.NewInt(2_000_000_000), Gas: 21_000, To: &to, Value: big.NewInt(1000)}
		if change != nil {
			change(tx)
		}
		return tx
	}
	blob := func(change func(*types.BlobTx)) types.TxData {
		tx := &types.BlobTx{
			ChainID: uint256.MustFromBig(config.ChainID), Nonce: 5, GasTipCap: uint256.NewInt(1), GasFeeCap: uint256.NewInt(1), Gas: 21_000, To: to,
			BlobFeeCap: uint256.NewInt(1), BlobHashes: []common.Hash{{0: 1}},
		}
		change(tx)
		return tx
	}
	far, before := *config, *config
	far.ChainID = big.NewInt(1)
	before.PragueTime, before.OsakaTime = nil, nil
	for _, c := range []struct {
		name   string
		data   types.TxData
		config *params.ChainConfig // the chain's; osaka if nil
		want   error
		words  string
	}{
		{name: "good", data: dynamic(nil)},
		{name: "nonce ahead", data: dynamic(func(tx *types.DynamicFeeTx) { tx.Nonce = 9 })},
		{name: "fee cap below the base fee waits in the pool", data: dynamic(func(tx *types.DynamicFeeTx) { tx.GasFeeCap = big.NewInt(1) })},
		{name: "legacy", data: &types.LegacyTx{Nonce: 5, GasPrice: big.NewInt(1), Gas: 21_000, To: &to}},
		{name: "nonce too low", data: dynamic(func(tx *types.DynamicFeeTx) { tx.Nonce = 4 }), want: core.ErrNonceTooLow, words: "nonce too low: next nonce 5, tx nonce 4"},
		{
			name: "insufficient funds", data: dynamic(func(tx *types.DynamicFeeTx) { tx.Value = big.NewInt(1e18) }), want: core.ErrInsufficientFunds,
			words: "insufficient funds for gas * price + value: balance 100000000000000, tx cost 1000042000000000000, overshot 999942000000000000",
		},
		{name: "gas times price counts", data: dynamic(func(tx *types.DynamicFeeTx) { tx.GasFeeCap = big.NewInt(1e15) }), want: core.ErrInsufficientFunds},
		{name: "intrinsic gas", data: dynamic(func(tx *types.DynamicFeeTx) { tx.Gas = 20_999 }), want: core.ErrIntrinsicGas, words: "intrinsic gas too low: gas 20999, minimum needed 21000"},
		{name: "floor gas", data: dynamic(func(tx *types.DynamicFeeTx) { tx.Gas, tx.Data = 23_000, make([]byte, 400) }), want: core.ErrFloorDataGas},
		{name: "block gas limit", data: dynamic(func(tx *types.DynamicFeeTx) { tx.Gas = 30_000_001 }), config: &before, want: txpool.ErrGasLimit, words: "exceeds block gas limit"},
		{name: "transaction gas cap", data: dynamic(func(tx *types.DynamicFeeTx) { tx.Gas = params.MaxTxGas + 1 }), want: core.ErrGasLimitTooHigh},
		{name: "tip above fee cap", data: dynamic(func(tx *types.DynamicFeeTx) { tx.GasTipCap = big.NewInt(3_000_000_000) }), want: core.ErrTipAboveFeeCap},
		{name: "too large", data: dynamic(func(tx *types.DynamicFeeTx) { tx.Data = make([]byte, 128<<10) }), want: txpool.ErrOversizedData},
		{name: "too large init code", data: dynamic(func(tx *types.DynamicFeeTx) { tx.To, tx.Data = nil, make([]byte, params.MaxInitCodeSize+1) }), want: vm.ErrMaxInitCodeSizeExceeded},
		{name: "last nonce", data: dynamic(func(tx *types.DynamicFeeTx) { tx.Nonce = ^uint64(0) }), want: core.ErrNonceMax},
		{name: "another chain", data: dynamic(func(tx *types.DynamicFeeTx) { tx.ChainID = big.NewInt(1) }), config: &far, want: txpool.ErrInvalidSender, words: "invalid sender: invalid chain id for signer: have 1 want 1337"},
		{name: "blobs without sidecar", data: blob(func(*types.BlobTx) {}), words: "missing sidecar in blob transaction"},
		{name: "blobs that are not its own", data: blob(func(tx *types.BlobTx) {
			tx.Sidecar = types.NewBlobTxSidecar(types.BlobSidecarVersion1, make([]kzg4844.Blob, 1), make([]kzg4844.Commitment, 1), make([]kzg4844.Proof, kzg4844.CellProofsPerBlob))
		}), words: "blob 0: computed hash"},
		{name: "free blobs", data: blob(func(tx *types.BlobTx) { tx.BlobFeeCap = new(uint256.Int) }), want: txpool.ErrTxGasPriceTooLow},
		{name: "no authorizations", data: &types.SetCodeTx{ChainID: uint256.MustFromBig(config.ChainID), Nonce: 5, GasTipCap: uint256.NewInt(1), GasFeeCap: uint256.NewInt(1), Gas: 21_000, To: to, Value: new(uint256.Int)}, words: "set code tx must have at least one authorization tuple"},
	} {
		t.Run(c.name, func(t *testing.T) {
			signedFor, checkedBy := config, config
			if c.config != nil {
				signedFor = c.config
				if !errors.Is(c.want, txpool.ErrInvalidSender) {
					checkedBy = c.config
				}
			}
			tx, err := types.SignNewTx(txKey(t), types.LatestSigner(signedFor), c.data)
			if err != nil {
				t.Fatal(err)
			}
			account := proof.EmptyAccount()
			account.Nonce, account.Balance = 5, uint256.NewInt(1e14)
			err = evm.CheckTransaction(head, checkedBy, account, tx)
			if c.want == nil && c.words == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.words) {
				t.Errorf("got %v, want %v: %q", err, c.want, c.words)
			}
		})
	}
	unprotected, err := types.SignNewTx(txKey(t), types.HomesteadSigner{}, &types.LegacyTx{Nonce: 5, GasPrice: big.NewInt(1), Gas: 21_000, To: &to})
	if err != nil {
		t.Fatal(err)
	}
	if err := evm.CheckTransaction(head, config, proof.EmptyAccount(), unprotected); !errors.Is(err, evm.ErrUnprotected) {
		t.Errorf("unprotected: %v", err)
	}
}

// TestSignatures flips bits of signed transactions: nothing that changes leaves the
// sender as it was.
func TestSignatures(t *testing.T) {
	config := osaka()
	signer := types.LatestSigner(config)
	to := common.Address{1}
	tx, err := types.SignNewTx(txKey(t), signer, &types.DynamicFeeTx{ChainID: config.ChainID, Nonce: 5, GasTipCap: big.NewInt(1), GasFeeCap: big.NewInt(2), Gas: 21_000, To: &to})
	if err != nil {
		t.Fatal(err)
	}
	enc, err := tx.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	from := crypto.PubkeyToAddress(txKey(t).PublicKey)
	for bit := range 8 * len(enc) {
		changed := append([]byte(nil), enc...)
		changed[bit/8] ^= 1 << (bit % 8)
		other := new(types.Transaction)
		if other.UnmarshalBinary(changed) != nil {
			continue
		}
		if sender, err := types.Sender(signer, other); err == nil && sender == from {
			t.Errorf("bit %d flipped: still from %s", bit, from)
		}
	}
}
