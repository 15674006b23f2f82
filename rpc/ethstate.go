package rpc

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethdb/memorydb"
	gethrpc "github.com/ethereum/go-ethereum/rpc"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/candela-les/candela/client"
)

// Most slots that one eth_getStorageValues or eth_getProof may name; go-ethereum's limits.
const (
	maxStorageSlots = 1024
	maxProofKeys    = 1024
)

// stateAPI serves what eth_ says about accounts.
type stateAPI struct {
	c *chain
}

// GetBalance serves eth_getBalance.
func (api *stateAPI) GetBalance(ctx context.Context, address common.Address, ref *gethrpc.BlockNumberOrHash) (*hexutil.Big, error) {
	h, err := api.c.resolve(ctx, ref)
	if err != nil {
		return nil, err
	}
	account, err := api.c.Account(ctx, h, address)
	if err != nil {
		return nil, err
	}
	return (*hexutil.Big)(account.Balance.ToBig()), nil
}

// GetTransactionCount serves eth_getTransactionCount; pending counts the transactions sent through this endpoint.
func (api *stateAPI) GetTransactionCount(ctx context.Context, address common.Address, ref *gethrpc.BlockNumberOrHash) (*hexutil.Uint64, error) {
	nonce, err := api.nonce(ctx, address, ref)
	if err != nil {
		return nil, err
	}
	return (*hexutil.Uint64)(&nonce), nil
}

func (api *stateAPI) nonce(ctx context.Context, address common.Address, ref *gethrpc.BlockNumberOrHash) (uint64, error) {
	if ref != nil {
		if number, ok := ref.Number(); ok && number == gethrpc.PendingBlockNumber {
			return api.c.PendingNonce(ctx, address)
		}
	}
	h, err := api.c.resolve(ctx, ref)
	if err != nil {
		return 0, err
	}
	account, err := api.c.Account(ctx, h, address)
	if err != nil {
		return 0, err
	}
	return account.Nonce, nil
}

// GetCode serves eth_getCode.
func (api *stateAPI) GetCode(ctx context.Context, address common.Address, ref *gethrpc.BlockNumberOrHash) (hexutil.Bytes, error) {
	h, err := api.c.resolve(ctx, ref)
	if err != nil {
		return nil, err
	}
	return api.c.Code(ctx, h, address)
}

// GetStorageAt serves eth_getStorageAt.
func (api *stateAPI) GetStorageAt(ctx context.Context, address common.Address, hexKey string, ref *gethrpc.BlockNumberOrHash) (hexutil.Bytes, error) {
	h, err := api.c.resolve(ctx, ref)
	if err != nil {
		return nil, err
	}
	key, _, err := parseStorageKey(hexKey)
	if err != nil {
		return nil, err
	}
	values, err := api.c.Storage(ctx, h, address, []common.Hash{key})
	if err != nil {
		return nil, err
	}
	return values[0].Bytes(), nil
}

// GetStorageValues serves eth_getStorageValues.
func (api *stateAPI) GetStorageValues(ctx context.Context, asked map[common.Address][]common.Hash, ref *gethrpc.BlockNumberOrHash) (map[common.Address][]hexutil.Bytes, error) {
	total := 0
	for _, keys := range asked {
		total += len(keys)
	}
	if total > maxStorageSlots {
		return nil, &codedError{code: codeLimit, message: fmt.Sprintf("too many slots (max %d)", maxStorageSlots)}
	}
	if total == 0 {
		return nil, invalidParams("empty request")
	}
	h, err := api.c.resolve(ctx, ref)
	if err != nil {
		return nil, err
	}
	result := make(map[common.Address][]hexutil.Bytes, len(asked))
	for address, keys := range asked {
		found := make([]hexutil.Bytes, len(keys))
		if len(keys) > 0 {
			values, err := api.c.Storage(ctx, h, address, keys)
			if err != nil {
				return nil, err
			}
			for i, v := range values {
				found[i] = v.Bytes()
			}
		}
		result[address] = found
	}
	return result, nil
}

// AccountProof is the answer of eth_getProof, EIP-1186.
type AccountProof struct {
	Address      common.Address  `json:"address"`
	AccountProof []hexutil.Bytes `json:"accountProof"`
	Balance      *hexutil.Big    `json:"balance"`
	CodeHash     common.Hash     `json:"codeHash"`
	Nonce        hexutil.Uint64  `json:"nonce"`
	StorageHash  common.Hash     `json:"storageHash"`
	StorageProof []StorageProof  `json:"storageProof"`
}

// StorageProof is one slot of an [AccountProof].
type StorageProof struct {
	Key   string          `json:"key"`
	Value *hexutil.Big    `json:"value"`
	Proof []hexutil.Bytes `json:"proof"`
}

// GetProof serves eth_getProof.
func (api *stateAPI) GetProof(ctx context.Context, address common.Address, hexKeys []string, ref *gethrpc.BlockNumberOrHash) (*AccountProof, error) {
	if len(hexKeys) > maxProofKeys {
		return nil, invalidParams("too many storage keys requested (max %d, got %d)", maxProofKeys, len(hexKeys))
	}
	keys, lengths := make([]common.Hash, len(hexKeys)), make([]int, len(hexKeys))
	for i, hexKey := range hexKeys {
		var err error
		if keys[i], lengths[i], err = parseStorageKey(hexKey); err != nil {
			return nil, err
		}
	}
	h, err := api.c.resolve(ctx, ref)
	if err != nil {
		return nil, err
	}
	p, err := api.c.Proof(ctx, h, address, keys)
	if err != nil {
		return nil, err
	}
	return proofObject(p, h.Root, lengths), nil
}

func proofObject(p *client.AccountProof, root common.Hash, keyLengths []int) *AccountProof {
	o := &AccountProof{
		Address:      p.Address,
		AccountProof: hexList(p.Nodes),
		Balance:      (*hexutil.Big)(p.Balance.ToBig()),
		CodeHash:     p.CodeHash,
		Nonce:        hexutil.Uint64(p.Nonce),
		StorageHash:  p.StorageHash,
		StorageProof: make([]StorageProof, len(p.Storage)),
	}
	if absent(root, p) {
		// go-ethereum says zero for an account that does not exist, where an existing empty one has the empty hashes.
		o.CodeHash, o.StorageHash = common.Hash{}, common.Hash{}
	}
	for i, s := range p.Storage {
		// A 32-byte key is returned as it was given, any other as a quantity.
		key := s.Key.Hex()
		if keyLengths[i] != common.HashLength {
			key = hexutil.EncodeBig(s.Key.Big())
		}
		o.StorageProof[i] = StorageProof{Key: key, Value: (*hexutil.Big)(s.Value.Big()), Proof: hexList(s.Nodes)}
	}
	return o
}

// absent says whether the proof shows that there is no such account. The account's fields cannot tell: an empty account
// could exist before EIP-158.
func absent(root common.Hash, p *client.AccountProof) bool {
	if p.Nonce != 0 || !p.Balance.IsZero() || (p.CodeHash != types.EmptyCodeHash && p.CodeHash != (common.Hash{})) {
		return false
	}
	nodes := memorydb.New()
	for _, n := range p.Nodes {
		_ = nodes.Put(crypto.Keccak256(n), n) // memory
	}
	value, err := trie.VerifyProof(root, crypto.Keccak256(p.Address.Bytes()), nodes)
	return value == nil && (err == nil || root == types.EmptyRootHash)
}

func hexList(blobs [][]byte) []hexutil.Bytes {
	list := make([]hexutil.Bytes, len(blobs))
	for i, b := range blobs {
		list[i] = b
	}
	return list
}

// parseStorageKey reads a storage key as leniently as go-ethereum does: the prefix is optional, an odd digit count and
// fewer than 32 bytes are fine. It also returns the number of bytes given.
func parseStorageKey(s string) (key common.Hash, length int, err error) {
	digits := s
	if strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X") {
		digits = s[2:]
	}
	if len(digits)%2 == 1 {
		digits = "0" + digits
	}
	var b []byte
	if len(digits) > 2*common.HashLength {
		err = errors.New("storage key too long (want at most 32 bytes)")
	} else if b, err = hex.DecodeString(digits); err != nil {
		err = errors.New("invalid hex in storage key")
	}
	if err != nil {
		return common.Hash{}, 0, invalidParams("%v: %q", err, s)
	}
	return common.BytesToHash(b), len(b), nil
}
