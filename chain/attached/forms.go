package attached

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
)

// The JSON forms that are read and sent, with only the fields that matter here. What
// a node says besides (a balance beside its proof) is not believed and not read.

// accountProof is an answer to eth_getProof (EIP-1186).
type accountProof struct {
	AccountProof []hexutil.Bytes `json:"accountProof"`
	StorageProof []struct {
		Proof []hexutil.Bytes `json:"proof"`
	} `json:"storageProof"`
}

// nodes are all nodes of all proofs.
func (a *accountProof) nodes() [][]byte {
	nodes := blobs(a.AccountProof)
	for i := range a.StorageProof {
		nodes = append(nodes, blobs(a.StorageProof[i].Proof)...)
	}
	return nodes
}

func blobs(list []hexutil.Bytes) [][]byte {
	out := make([][]byte, len(list))
	for i := range list {
		out[i] = list[i]
	}
	return out
}

// txPlace says where a transaction is; all nil but the hash while it is pending.
type txPlace struct {
	Hash        common.Hash     `json:"hash"`
	BlockHash   *common.Hash    `json:"blockHash"`
	BlockNumber *hexutil.Uint64 `json:"blockNumber"`
	Index       *hexutil.Uint64 `json:"transactionIndex"`
}

// blockHash names a block by its hash (EIP-1898).
func blockHash(hash common.Hash) any { return map[string]any{"blockHash": hash} }

// stateBlock names the block whose state is meant as this node wants it. By number it
// may be another block's after a reorganization; its root then does not fit the proof.
func stateBlock(has *profile, header *types.Header) any {
	if has.numbered {
		return hexutil.Uint64(header.Number.Uint64())
	}
	return blockHash(header.Hash())
}

// prestate is the configuration of a tracer that says what a call touched.
func prestate() any { return map[string]any{"tracer": "prestateTracer"} }
