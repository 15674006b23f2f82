package node

import (
	"testing"

	"github.com/ethereum/go-ethereum/core"
)

// What is written down of the public networks is what their genesis blocks say.
func TestKnownNetworks(t *testing.T) {
	for name, genesis := range map[string]*core.Genesis{
		"mainnet": core.DefaultGenesisBlock(),
		"sepolia": core.DefaultSepoliaGenesisBlock(),
		"hoodi":   core.DefaultHoodiGenesisBlock(),
	} {
		known, err := (&LightConfig{Network: name}).chain()
		if err != nil {
			t.Fatal(err)
		}
		block := genesis.ToBlock()
		if known.genesis != block.Hash() || known.time != block.Time() || known.networkID != genesis.Config.ChainID.Uint64() {
			t.Errorf("%s: known as %x at %d, is %x at %d", name, known.genesis, known.time, block.Hash(), block.Time())
		}
	}
	if _, err := (&LightConfig{Network: "ropsten"}).chain(); err == nil {
		t.Error("an unknown network is known")
	}
}
