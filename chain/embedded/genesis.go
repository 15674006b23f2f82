package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/node"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/wire"
)

// GenesisMismatchError says that a data directory holds another chain.
type GenesisMismatchError struct {
	DataDir    string
	Have, Want common.Hash
}

func (e *GenesisMismatchError) Error() string {
	return fmt.Sprintf("data directory %s holds a chain with genesis %x, not %x: use another directory, or the genesis that belongs to it",
		e.DataDir, e.Have, e.Want)
}

// ErrInUse: another process has the data directory open.
var ErrInUse = errors.New("data directory is in use by another process")

// ErrNoChain: the data directory has no chain, and none was named.
var ErrNoChain = errors.New("data directory holds no chain")

// ErrArchive: a data directory keeps either recent states or all of them.
var ErrArchive = errors.New("data directory was begun without archive, which cannot be changed later: use a new one")

// mustHaveChain reports ErrNoChain unless the data directory has a genesis block.
// go-ethereum would begin mainnet in it, which nobody asked for.
func mustHaveChain(stack *node.Node, dir string) error {
	none := fmt.Errorf("%w (%s)", ErrNoChain, dir)
	if dir == "" || rawdb.PreexistingDatabase(stack.ResolvePath("chaindata")) == "" {
		return none
	}
	db, err := stack.OpenDatabaseWithOptions("chaindata", node.DatabaseOptions{ReadOnly: true, Cache: 16, Handles: 16})
	if err != nil {
		return dataDirError(dir, err)
	}
	if rawdb.ReadCanonicalHash(db, 0) == (common.Hash{}) {
		err = none
	}
	return errors.Join(err, db.Close())
}

// dataDirError puts go-ethereum's refusals of a data directory into one sentence.
func dataDirError(dir string, err error) error {
	var mismatch *core.GenesisMismatchError
	switch {
	case errors.As(err, &mismatch):
		return &GenesisMismatchError{DataDir: dir, Have: mismatch.Stored, Want: mismatch.New}
	case errors.Is(err, node.ErrDatadirUsed):
		return fmt.Errorf("%w: %s (end that one, or use another directory)", ErrInUse, dir)
	case strings.Contains(err.Error(), "incompatible state scheme"):
		return fmt.Errorf("%w: %s", ErrArchive, dir)
	case dir == "":
		return fmt.Errorf("open the chain: %w", err)
	default:
		return fmt.Errorf("open the chain in %s: %w", dir, err)
	}
}

// ReadGenesis reads a genesis file as geth init takes it.
func ReadGenesis(path string) (*core.Genesis, error) {
	blob, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("genesis file cannot be read: %w", err)
	}
	genesis := new(core.Genesis)
	if err := json.Unmarshal(blob, genesis); err != nil {
		return nil, fmt.Errorf("genesis file %s is none that geth init takes: %w", path, err)
	}
	if genesis.Config == nil || genesis.Config.ChainID == nil {
		return nil, fmt.Errorf("genesis file %s is none that geth init takes: it has no chain configuration (config.chainId)", path)
	}
	// A file that says never in so many words means the same as one that does not
	// say, and has the same configuration at both ends of a connection.
	if ttd := genesis.Config.TerminalTotalDifficulty; ttd != nil && ttd.Cmp(neverMerges()) == 0 {
		genesis.Config.TerminalTotalDifficulty = nil
	}
	return genesis, nil
}

// neverMerges stands in for a terminal total difficulty in a genesis without one:
// go-ethereum refuses to open a chain that does not say when it merges.
func neverMerges() *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil) }

// withTerminalDifficulty returns a genesis that go-ethereum opens, and whether it
// had to be changed for that. The genesis hash is the same.
func withTerminalDifficulty(genesis *core.Genesis) (*core.Genesis, bool) {
	if genesis == nil || genesis.Config == nil || genesis.Config.TerminalTotalDifficulty != nil {
		return genesis, false
	}
	g, config := *genesis, *genesis.Config
	config.TerminalTotalDifficulty = neverMerges()
	g.Config = &config
	return &g, true
}

// chainInfo collects what does not change. The configuration is told as the
// genesis file had it, without the difficulty that was put in here.
func chainInfo(bc *core.BlockChain, networkID uint64, injected bool) (chain.Info, error) {
	config := *bc.Config()
	if ttd := config.TerminalTotalDifficulty; injected || (ttd != nil && ttd.Cmp(neverMerges()) == 0) {
		config.TerminalTotalDifficulty = nil
	}
	if networkID == 0 {
		networkID = config.ChainID.Uint64()
	}
	blob, err := wire.EncodeConfig(&config)
	if err != nil {
		return chain.Info{}, fmt.Errorf("encode the chain configuration: %w", err)
	}
	return chain.Info{
		ChainID:   new(big.Int).Set(config.ChainID),
		NetworkID: networkID,
		Genesis:   bc.Genesis().Hash(),
		Config:    blob,
	}, nil
}
