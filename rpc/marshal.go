package rpc

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/consensus/misc/eip1559"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
)

// object is a JSON object whose set of fields depends on the fork that its subject belongs to.
type object map[string]any

// headerObject has the fields that go-ethereum v1.17.8 gives a header.
func headerObject(h *types.Header) object {
	o := object{
		"number":           (*hexutil.Big)(h.Number),
		"hash":             h.Hash(),
		"parentHash":       h.ParentHash,
		"nonce":            h.Nonce,
		"mixHash":          h.MixDigest,
		"sha3Uncles":       h.UncleHash,
		"logsBloom":        h.Bloom,
		"stateRoot":        h.Root,
		"miner":            h.Coinbase,
		"difficulty":       (*hexutil.Big)(h.Difficulty),
		"extraData":        hexutil.Bytes(h.Extra),
		"gasLimit":         hexutil.Uint64(h.GasLimit),
		"gasUsed":          hexutil.Uint64(h.GasUsed),
		"timestamp":        hexutil.Uint64(h.Time),
		"transactionsRoot": h.TxHash,
		"receiptsRoot":     h.ReceiptHash,
	}
	if h.BaseFee != nil {
		o["baseFeePerGas"] = (*hexutil.Big)(h.BaseFee)
	}
	o.hash("withdrawalsRoot", h.WithdrawalsHash)
	o.quantity("blobGasUsed", h.BlobGasUsed)
	o.quantity("excessBlobGas", h.ExcessBlobGas)
	o.hash("parentBeaconBlockRoot", h.ParentBeaconRoot)
	o.hash("requestsHash", h.RequestsHash)
	o.hash("blockAccessListHash", h.BlockAccessListHash)
	o.quantity("slotNumber", h.SlotNumber)
	return o
}

// hash sets a field that only headers of later forks have.
func (o object) hash(name string, h *common.Hash) {
	if h != nil {
		o[name] = *h
	}
}

// quantity sets a field that only headers of later forks have.
func (o object) quantity(name string, q *uint64) {
	if q != nil {
		o[name] = hexutil.Uint64(*q)
	}
}

// blockObject is a block with its transactions in full or as hashes.
func blockObject(b *types.Block, full bool, cfg *params.ChainConfig) object {
	o := uncleObject(b)
	txs := make([]any, len(b.Transactions()))
	for i, tx := range b.Transactions() {
		if full {
			txs[i] = minedTransaction(tx, b.Header(), b.Hash(), uint64(i), cfg)
		} else {
			txs[i] = tx.Hash()
		}
	}
	o["transactions"] = txs
	return o
}

// uncleObject is a block without its transactions, which is what there is of an uncle.
func uncleObject(b *types.Block) object {
	o := headerObject(b.Header())
	o["size"] = hexutil.Uint64(b.Size())
	uncles := make([]common.Hash, len(b.Uncles()))
	for i, u := range b.Uncles() {
		uncles[i] = u.Hash()
	}
	o["uncles"] = uncles
	if b.Withdrawals() != nil {
		o["withdrawals"] = b.Withdrawals()
	}
	return o
}

// pendingObject is the pending block: what only its producer or its execution could know is null.
func pendingObject(b *types.Block, full bool, cfg *params.ChainConfig) object {
	o := blockObject(b, false, cfg)
	if full {
		txs := make([]any, len(b.Transactions()))
		for i, tx := range b.Transactions() {
			txs[i] = newTransaction(tx, signerAt(b.Header(), cfg))
		}
		o["transactions"] = txs
	}
	for _, unknown := range []string{"hash", "nonce", "miner", "stateRoot", "receiptsRoot", "logsBloom"} {
		o[unknown] = nil
	}
	return o
}

// Transaction is a transaction as JSON-RPC shows it. The three block fields are null while it is pending.
type Transaction struct {
	BlockHash           *common.Hash                 `json:"blockHash"`
	BlockNumber         *hexutil.Big                 `json:"blockNumber"`
	BlockTimestamp      *hexutil.Uint64              `json:"blockTimestamp"`
	From                common.Address               `json:"from"`
	Gas                 hexutil.Uint64               `json:"gas"`
	GasPrice            *hexutil.Big                 `json:"gasPrice"`
	GasFeeCap           *hexutil.Big                 `json:"maxFeePerGas,omitempty"`
	GasTipCap           *hexutil.Big                 `json:"maxPriorityFeePerGas,omitempty"`
	BlobFeeCap          *hexutil.Big                 `json:"maxFeePerBlobGas,omitempty"`
	Hash                common.Hash                  `json:"hash"`
	Input               hexutil.Bytes                `json:"input"`
	Nonce               hexutil.Uint64               `json:"nonce"`
	To                  *common.Address              `json:"to"`
	TransactionIndex    *hexutil.Uint64              `json:"transactionIndex"`
	Value               *hexutil.Big                 `json:"value"`
	Type                hexutil.Uint64               `json:"type"`
	AccessList          *types.AccessList            `json:"accessList,omitempty"`
	ChainID             *hexutil.Big                 `json:"chainId,omitempty"`
	BlobVersionedHashes []common.Hash                `json:"blobVersionedHashes,omitempty"`
	AuthorizationList   []types.SetCodeAuthorization `json:"authorizationList,omitempty"`
	V                   *hexutil.Big                 `json:"v"`
	R                   *hexutil.Big                 `json:"r"`
	S                   *hexutil.Big                 `json:"s"`
	YParity             *hexutil.Uint64              `json:"yParity,omitempty"`
}

// signerAt recovers the senders of a block's transactions. Since London the fork does not matter for those that were
// mined, so a configuration that lacks the newest forks does no harm.
func signerAt(h *types.Header, cfg *params.ChainConfig) types.Signer {
	if h.BaseFee != nil {
		return latestSigner(cfg)
	}
	return types.MakeSigner(cfg, h.Number, h.Time)
}

// latestSigner takes every kind of transaction, whether the configuration has its fork or not.
func latestSigner(cfg *params.ChainConfig) types.Signer {
	return types.LatestSignerForChainID(cfg.ChainID)
}

// newTransaction describes a transaction by itself, not yet in a block.
func newTransaction(tx *types.Transaction, signer types.Signer) *Transaction {
	from, _ := types.Sender(signer, tx) // an invalid signature shows as the zero address, as in go-ethereum
	v, r, s := tx.RawSignatureValues()
	t := &Transaction{
		From:                from,
		Gas:                 hexutil.Uint64(tx.Gas()),
		GasPrice:            (*hexutil.Big)(tx.GasPrice()),
		Hash:                tx.Hash(),
		Input:               tx.Data(),
		Nonce:               hexutil.Uint64(tx.Nonce()),
		To:                  tx.To(),
		Value:               (*hexutil.Big)(tx.Value()),
		Type:                hexutil.Uint64(tx.Type()),
		V:                   (*hexutil.Big)(v),
		R:                   (*hexutil.Big)(r),
		S:                   (*hexutil.Big)(s),
		BlobVersionedHashes: tx.BlobHashes(),
		AuthorizationList:   tx.SetCodeAuthorizations(),
	}
	if tx.Type() == types.LegacyTxType {
		if id := tx.ChainId(); id.Sign() != 0 {
			t.ChainID = (*hexutil.Big)(id)
		}
		return t
	}
	list, parity := tx.AccessList(), hexutil.Uint64(v.Sign())
	t.AccessList, t.YParity, t.ChainID = &list, &parity, (*hexutil.Big)(tx.ChainId())
	if tx.Type() != types.AccessListTxType {
		t.GasFeeCap, t.GasTipCap = (*hexutil.Big)(tx.GasFeeCap()), (*hexutil.Big)(tx.GasTipCap())
		t.GasPrice = t.GasFeeCap // what it may cost, until a block says what it did
	}
	if tx.Type() == types.BlobTxType {
		t.BlobFeeCap = (*hexutil.Big)(tx.BlobGasFeeCap())
	}
	return t
}

// minedTransaction adds to a transaction where it is, and the price that it paid there.
func minedTransaction(tx *types.Transaction, h *types.Header, hash common.Hash, index uint64, cfg *params.ChainConfig) *Transaction {
	t := newTransaction(tx, signerAt(h, cfg))
	time, at := hexutil.Uint64(h.Time), hexutil.Uint64(index)
	t.BlockHash, t.BlockNumber, t.BlockTimestamp, t.TransactionIndex = &hash, (*hexutil.Big)(h.Number), &time, &at
	if t.GasFeeCap != nil && h.BaseFee != nil {
		t.GasPrice = (*hexutil.Big)(effectivePrice(tx, h.BaseFee))
	}
	return t
}

// effectivePrice is min(tip cap + base fee, fee cap), EIP-1559.
func effectivePrice(tx *types.Transaction, baseFee *big.Int) *big.Int {
	price := new(big.Int).Add(tx.GasTipCap(), baseFee)
	if limit := tx.GasFeeCap(); price.Cmp(limit) > 0 {
		return limit
	}
	return price
}

// receiptObject is a receipt with every field derived. The receipt's own position fields are not used: its block is
// the one that was asked about.
func receiptObject(r *types.Receipt, h *types.Header, hash common.Hash, tx *types.Transaction, index uint64, signer types.Signer) object {
	from, _ := types.Sender(signer, tx)
	o := object{
		"blockHash":         hash,
		"blockNumber":       (*hexutil.Big)(h.Number),
		"transactionHash":   tx.Hash(),
		"transactionIndex":  hexutil.Uint64(index),
		"from":              from,
		"to":                tx.To(),
		"gasUsed":           hexutil.Uint64(r.GasUsed),
		"cumulativeGasUsed": hexutil.Uint64(r.CumulativeGasUsed),
		"contractAddress":   nil,
		"logs":              logList(r.Logs),
		"logsBloom":         r.Bloom,
		"type":              hexutil.Uint(tx.Type()),
		"effectiveGasPrice": (*hexutil.Big)(r.EffectiveGasPrice),
	}
	if len(r.PostState) > 0 {
		o["root"] = hexutil.Bytes(r.PostState) // before Byzantium
	} else {
		o["status"] = hexutil.Uint(r.Status)
	}
	if tx.Type() == types.BlobTxType {
		o["blobGasUsed"] = hexutil.Uint64(r.BlobGasUsed)
		o["blobGasPrice"] = (*hexutil.Big)(r.BlobGasPrice)
	}
	if r.ContractAddress != (common.Address{}) {
		o["contractAddress"] = r.ContractAddress
	}
	return o
}

// logList is never null in JSON.
func logList(logs []*types.Log) []*types.Log {
	if logs == nil {
		return []*types.Log{}
	}
	return logs
}

// nextBaseFee is the base fee of the block after h, nil before London.
func nextBaseFee(h *types.Header, cfg *params.ChainConfig) *big.Int {
	if !cfg.IsLondon(new(big.Int).Add(h.Number, common.Big1)) {
		return nil
	}
	return eip1559.CalcBaseFee(cfg, h)
}
