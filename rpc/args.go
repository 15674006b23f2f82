package rpc

import (
	"errors"
	"fmt"
	"math"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto/kzg4844"
	"github.com/holiman/uint256"
)

// TransactionArgs are the arguments of a call: an unsigned transaction of any type, every field optional. Its name is in
// the error messages that wallets see.
type TransactionArgs struct {
	From                 *common.Address              `json:"from"`
	To                   *common.Address              `json:"to"`
	Gas                  *hexutil.Uint64              `json:"gas"`
	GasPrice             *hexutil.Big                 `json:"gasPrice"`
	MaxFeePerGas         *hexutil.Big                 `json:"maxFeePerGas"`
	MaxPriorityFeePerGas *hexutil.Big                 `json:"maxPriorityFeePerGas"`
	Value                *hexutil.Big                 `json:"value"`
	Nonce                *hexutil.Uint64              `json:"nonce"`
	Data                 *hexutil.Bytes               `json:"data"` // the older name of Input
	Input                *hexutil.Bytes               `json:"input"`
	AccessList           *types.AccessList            `json:"accessList,omitempty"`
	ChainID              *hexutil.Big                 `json:"chainId,omitempty"`
	BlobFeeCap           *hexutil.Big                 `json:"maxFeePerBlobGas"`
	BlobHashes           []common.Hash                `json:"blobVersionedHashes,omitempty"`
	Blobs                []kzg4844.Blob               `json:"blobs"` // parsed so that they are refused where they are malformed; calls see hashes only
	Commitments          []kzg4844.Commitment         `json:"commitments"`
	Proofs               []kzg4844.Proof              `json:"proofs"`
	AuthorizationList    []types.SetCodeAuthorization `json:"authorizationList"`
}

func (a *TransactionArgs) from() common.Address {
	if a.From == nil {
		return common.Address{}
	}
	return *a.From
}

func (a *TransactionArgs) data() []byte {
	switch {
	case a.Input != nil:
		return *a.Input
	case a.Data != nil:
		return *a.Data
	}
	return nil
}

// message checks the arguments as go-ethereum does for calls and turns them into what the EVM runs. Gas is at most
// gasCap, and gasCap where none is given. A nil baseFee means a block before London.
func (a *TransactionArgs) message(gasCap uint64, baseFee, chainID *big.Int) (*core.Message, error) {
	if err := a.check(chainID); err != nil {
		return nil, err
	}
	gas := gasCap
	if gas == 0 {
		gas = math.MaxUint64 / 2
	}
	if a.Gas != nil && (gasCap == 0 || uint64(*a.Gas) < gasCap) {
		gas = uint64(*a.Gas)
	}
	price, feeCap, tipCap := a.fees(baseFee)
	msg := &core.Message{
		From:                  a.from(),
		To:                    a.To,
		Value:                 amount(a.Value),
		GasLimit:              gas,
		GasPrice:              price,
		GasFeeCap:             feeCap,
		GasTipCap:             tipCap,
		Data:                  a.data(),
		BlobHashes:            a.BlobHashes,
		SetCodeAuthorizations: a.AuthorizationList,
	}
	if a.Nonce != nil {
		msg.Nonce = uint64(*a.Nonce)
	}
	if a.AccessList != nil {
		msg.AccessList = *a.AccessList
	}
	if a.BlobFeeCap != nil || a.BlobHashes != nil {
		msg.BlobGasFeeCap = amount(a.BlobFeeCap)
	}
	return msg.SkipNonceCheck().SkipEOACheck().SkipGasLimitCapCheck(), nil
}

// check refuses combinations that are no transaction.
func (a *TransactionArgs) check(chainID *big.Int) error {
	if a.GasPrice != nil && (a.MaxFeePerGas != nil || a.MaxPriorityFeePerGas != nil) {
		return errBothFees
	}
	if a.To == nil && a.BlobHashes != nil {
		return core.ErrBlobTxCreate
	}
	if a.To == nil && a.AuthorizationList != nil {
		return core.ErrSetCodeTxCreate
	}
	if a.ChainID != nil && a.ChainID.ToInt().Cmp(chainID) != 0 {
		return fmt.Errorf("chainId does not match node's (have=%v, want=%v)", a.ChainID.ToInt(), chainID)
	}
	return nil
}

var errBothFees = errors.New("both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified")

// fees returns the price that GASPRICE shows, and the caps. Without any fee all are zero, and the EVM waives the base
// fee.
func (a *TransactionArgs) fees(baseFee *big.Int) (price, feeCap, tipCap *uint256.Int) {
	if a.GasPrice != nil || baseFee == nil {
		price = amount(a.GasPrice)
		return price, price, price
	}
	feeCap, tipCap = amount(a.MaxFeePerGas), amount(a.MaxPriorityFeePerGas)
	if feeCap.IsZero() && tipCap.IsZero() {
		return new(uint256.Int), feeCap, tipCap
	}
	price, overflow := new(uint256.Int).AddOverflow(tipCap, uint256.MustFromBig(baseFee))
	if overflow || price.Gt(feeCap) {
		price = feeCap
	}
	return price, feeCap, tipCap
}

// amount is v, zero where v is nil. A hexutil.Big has at most 256 bits, so nothing is lost.
func amount(v *hexutil.Big) *uint256.Int {
	if v == nil {
		return new(uint256.Int)
	}
	u, _ := uint256.FromBig(v.ToInt())
	return u
}
