package embedded

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/triedb/database"
)

// Walk walks a trie as proofs do.
func Walk(reader database.NodeReader, owner, root, key common.Hash, add func(common.Hash, []byte)) ([]byte, error) {
	return trieWalker{reader: reader, cache: new(nodeCache), owner: owner, root: root}.walk(key[:], add)
}

// ConsensusReceipts converts stored receipts.
func ConsensusReceipts(stored, body []byte) ([]byte, error) { return consensusReceipts(stored, body) }

// Descend follows a path inside one stored node.
func Descend(blob, path []byte) ([]byte, int, error) {
	item, used, err := descend(blob, path)
	return item.value, used, err
}

// WithHelperSize makes sections of helper tries short enough for a test.
func WithHelperSize(cfg Config, blocks, confirms uint64) Config {
	cfg.helper = helperSize{blocks, confirms}
	return cfg
}
