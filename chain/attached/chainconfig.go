package attached

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/forkid"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// publicConfig returns the configuration of a public network, nil for others.
func publicConfig(genesis common.Hash) *params.ChainConfig {
	switch genesis {
	case params.MainnetGenesisHash:
		return params.MainnetChainConfig
	case params.SepoliaGenesisHash:
		return params.SepoliaChainConfig
	case params.HoodiGenesisHash:
		return params.HoodiChainConfig
	default:
		return nil
	}
}

// configOf finds out a chain's configuration, the genesis hash of which does not
// commit to it: as given, as known, or as the node says.
func (n *Node) configOf(ctx context.Context, u *upstream, genesis *types.Header) (*params.ChainConfig, error) {
	var config *params.ChainConfig
	if n.cfg.Genesis != nil {
		config = n.cfg.Genesis.Config
	}
	if config == nil {
		config = publicConfig(genesis.Hash())
	}
	if config == nil {
		var err error
		if config, err = u.askConfig(ctx); err != nil {
			return nil, err
		}
	}
	config = mergeKnown(config)
	return config, u.checkConfig(ctx, config, genesis)
}

// neverMerges stands for a chain that does not merge: go-ethereum opens none that
// does not say when it does, so that who has none writes this.
func neverMerges() *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil) }

// mergeKnown leaves out a terminal total difficulty that stands for none, so that the
// same chain has the same configuration on every server.
func mergeKnown(config *params.ChainConfig) *params.ChainConfig {
	c := *config
	if ttd := c.TerminalTotalDifficulty; ttd != nil && ttd.Cmp(neverMerges()) == 0 {
		c.TerminalTotalDifficulty = nil
	}
	return &c
}

// askConfig asks the node in the ways that nodes have: geth tells it among what its
// eth protocol is, anvil names the fork that all of its chain goes by.
func (u *upstream) askConfig(ctx context.Context) (*params.ChainConfig, error) {
	info, config, anvil := ask("admin_nodeInfo"), ask("debug_chainConfig"), ask("anvil_nodeInfo")
	id, forks := ask("eth_chainId"), ask("eth_config")
	if err := u.do(ctx, info, config, anvil, id, forks); err != nil {
		return nil, err
	}
	node, err := read[struct {
		Protocols struct {
			Eth struct {
				Config *params.ChainConfig `json:"config"`
			} `json:"eth"`
		} `json:"protocols"`
	}](u, info)
	if err == nil && node.Protocols.Eth.Config != nil && node.Protocols.Eth.Config.ChainID != nil {
		return node.Protocols.Eth.Config, nil
	}
	if c, err := read[*params.ChainConfig](u, config); err == nil && c.ChainID != nil {
		return c, nil
	}
	chainID, err := read[*hexutil.Big](u, id)
	if err != nil {
		return nil, err
	}
	if form, err := read[struct {
		HardFork string `json:"hardFork"`
	}](u, anvil); err == nil {
		current, _ := read[struct{ Current *forkForm }](u, forks)
		if c := configAt(form.HardFork, chainID.ToInt(), current.Current); c != nil {
			return c, nil
		}
	}
	return nil, fmt.Errorf("%s is no public network, and the node has neither debug_chainConfig nor admin_nodeInfo: %w", u.name, ErrNoConfig)
}

// forkForm is what eth_config (EIP-7910) tells of one fork.
type forkForm struct {
	ActivationTime uint64        `json:"activationTime"`
	ForkID         hexutil.Bytes `json:"forkId"`
	BlobSchedule   *struct {
		Target   int    `json:"target"`
		Max      int    `json:"max"`
		Fraction uint64 `json:"baseFeeUpdateFraction"`
	} `json:"blobSchedule"`
}

// configAt is the configuration of a chain that goes by one fork's rules from its
// genesis on, with the blob schedule that the node says it has; nil if the fork is not
// known.
func configAt(fork string, chainID *big.Int, current *forkForm) *params.ChainConfig {
	zero, at := new(big.Int), uint64(0)
	c := &params.ChainConfig{
		ChainID: chainID, HomesteadBlock: zero, EIP150Block: zero, EIP155Block: zero, EIP158Block: zero,
		ByzantiumBlock: zero, ConstantinopleBlock: zero, PetersburgBlock: zero, IstanbulBlock: zero,
		MuirGlacierBlock: zero, BerlinBlock: zero, LondonBlock: zero,
		TerminalTotalDifficulty: zero, BlobScheduleConfig: new(params.BlobScheduleConfig),
	}
	blobs := c.BlobScheduleConfig
	forks := []struct {
		name  string
		time  **uint64
		blobs **params.BlobConfig
		usual *params.BlobConfig
	}{
		{"shanghai", &c.ShanghaiTime, nil, nil},
		{"cancun", &c.CancunTime, &blobs.Cancun, params.DefaultCancunBlobConfig},
		{"prague", &c.PragueTime, &blobs.Prague, params.DefaultPragueBlobConfig},
		{"osaka", &c.OsakaTime, nil, nil},
		{"bpo1", &c.BPO1Time, &blobs.BPO1, params.DefaultBPO1BlobConfig},
		{"bpo2", &c.BPO2Time, &blobs.BPO2, params.DefaultBPO2BlobConfig},
		{"bpo3", &c.BPO3Time, &blobs.BPO3, params.DefaultBPO3BlobConfig},
		{"bpo4", &c.BPO4Time, &blobs.BPO4, params.DefaultBPO4BlobConfig},
	}
	name := strings.ToLower(fork)
	var latest **params.BlobConfig
	for _, f := range forks {
		*f.time = &at
		if f.blobs != nil {
			*f.blobs, latest = f.usual, f.blobs
		}
		if f.name != name {
			continue
		}
		if latest != nil && current != nil && current.BlobSchedule != nil {
			b := current.BlobSchedule
			*latest = &params.BlobConfig{Target: b.Target, Max: b.Max, UpdateFraction: b.Fraction}
		}
		return c
	}
	return nil
}

// checkConfig holds a configuration against what the node and its headers say.
func (u *upstream) checkConfig(ctx context.Context, config *params.ChainConfig, genesis *types.Header) error {
	id, latest, forks := ask("eth_chainId"), ask("eth_getBlockByNumber", "latest", false), ask("eth_config")
	if err := u.do(ctx, id, latest, forks); err != nil {
		return err
	}
	chainID, err := read[*hexutil.Big](u, id)
	if err != nil {
		return err
	}
	if chainID.ToInt().Cmp(config.ChainID) != 0 {
		return fmt.Errorf("%s: %w: it has chain id %v, the configuration %v", u.name, ErrWrongChain, chainID.ToInt(), config.ChainID)
	}
	head, _, err := u.header(latest, nil, nil)
	if err != nil {
		return err
	}
	for _, header := range []*types.Header{genesis, head} {
		if err := rulesFit(config, header); err != nil {
			return err
		}
	}
	return u.checkForks(forks, config, genesis)
}

// rulesFit compares the forks that are active by configuration with the fields that
// they put into a header.
func rulesFit(config *params.ChainConfig, header *types.Header) error {
	number, time := header.Number, header.Time
	for _, fork := range []struct {
		name             string
		active, inHeader bool
	}{
		{"London", config.IsLondon(number), header.BaseFee != nil},
		{"Shanghai", config.IsShanghai(number, time), header.WithdrawalsHash != nil},
		{"Cancun", config.IsCancun(number, time), header.ExcessBlobGas != nil},
		{"Prague", config.IsPrague(number, time), header.RequestsHash != nil},
	} {
		if fork.active != fork.inHeader {
			return fmt.Errorf("%w: %w: %s is active: %t by configuration, %t by the header of block %d",
				ErrWrongChain, proof.ErrConfig, fork.name, fork.active, fork.inHeader, number)
		}
	}
	return nil
}

// checkForks compares fork ids with those of eth_config (EIP-7910), where the node has
// it: they are hashes over all forks so far.
func (u *upstream) checkForks(r *request, config *params.ChainConfig, genesis *types.Header) error {
	answer, err := read[struct{ Current, Next *forkForm }](u, r)
	if err != nil {
		return nil //nolint:nilerr // most nodes lack it
	}
	for _, f := range []*forkForm{answer.Current, answer.Next} {
		// A fork id of zeros is anvil's way of saying that it does not know.
		if f == nil || len(f.ForkID) != 4 || [4]byte(f.ForkID) == [4]byte{} {
			continue
		}
		time := max(f.ActivationTime, genesis.Time)
		id := forkid.NewID(config, types.NewBlockWithHeader(genesis), ^uint64(0), time)
		if [4]byte(f.ForkID) != id.Hash {
			return fmt.Errorf("%w: the node has fork id %x at time %d, the configuration %x",
				ErrWrongChain, []byte(f.ForkID), time, id.Hash)
		}
	}
	return nil
}

// makeInfo collects what does not change.
func (n *Node) makeInfo(ctx context.Context, u *upstream, genesis *types.Header, config *params.ChainConfig) error {
	blob, err := wire.EncodeConfig(config)
	if err != nil {
		return fmt.Errorf("encode the chain configuration: %w", err)
	}
	// What is left of it after encoding is what clients go by, so it is what is run here.
	if n.config, err = wire.DecodeConfig(blob); err != nil {
		return fmt.Errorf("encode the chain configuration: %w", err)
	}
	network := n.cfg.NetworkID
	if network == 0 {
		network = u.networkID(ctx, config.ChainID.Uint64())
	}
	n.info = chain.Info{
		ChainID: new(big.Int).Set(config.ChainID), NetworkID: network, Genesis: genesis.Hash(), Config: blob,
	}
	return nil
}

// networkID asks for it; it is the chain id unless the node says otherwise.
func (u *upstream) networkID(ctx context.Context, chainID uint64) uint64 {
	raw, err := one[json.RawMessage](ctx, u, "net_version")
	if err != nil {
		return chainID
	}
	id, ok := new(big.Int).SetString(strings.Trim(string(raw), `"`), 0)
	if !ok || !id.IsUint64() {
		return chainID
	}
	return id.Uint64()
}
