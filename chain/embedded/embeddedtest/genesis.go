// Package embeddedtest makes chains to measure servers on: one genesis with many
// accounts that go-ethereum 1.17 (through chain/embedded) and geth 1.10.26 open
// alike, so that both serve the same state.
package embeddedtest

import (
	"context"
	"crypto/ecdsa"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain/embedded"
)

// chainID keeps these chains apart from every other.
const chainID = 3971

// Address is the i-th account of the genesis: the end of keccak256(i), i as eight
// bytes, most significant first. A load generator can name accounts by it.
func Address(i uint64) common.Address {
	return common.BytesToAddress(crypto.Keccak256(binary.BigEndian.AppendUint64(nil, i)))
}

// Signer is the key that may seal blocks of the chain, should geth 1.10.26 be asked
// to mine.
func Signer() *ecdsa.PrivateKey { return embedded.DevAccounts()[0].Key }

// Genesis is a clique chain from before the merge with so many accounts, account i
// holding i+1 wei, besides the signer.
func Genesis(accounts uint64) *core.Genesis {
	zero := new(big.Int)
	config := &params.ChainConfig{
		ChainID: big.NewInt(chainID), HomesteadBlock: zero, EIP150Block: zero, EIP155Block: zero, EIP158Block: zero,
		ByzantiumBlock: zero, ConstantinopleBlock: zero, PetersburgBlock: zero, IstanbulBlock: zero,
		MuirGlacierBlock: zero, BerlinBlock: zero, LondonBlock: zero,
		Clique: &params.CliqueConfig{Period: 1, Epoch: 30_000},
	}
	signer := crypto.PubkeyToAddress(Signer().PublicKey)
	// Extra data of a clique genesis: 32 bytes of choice, the signers, an empty seal.
	extra := make([]byte, 32, 32+common.AddressLength+crypto.SignatureLength)
	extra = append(append(extra, signer[:]...), make([]byte, crypto.SignatureLength)...)
	alloc := make(types.GenesisAlloc, accounts+1)
	for i := range accounts {
		alloc[Address(i)] = types.Account{Balance: new(big.Int).SetUint64(i + 1)}
	}
	alloc[signer] = types.Account{Balance: new(big.Int).Mul(big.NewInt(1_000_000), big.NewInt(params.Ether))}
	return &core.Genesis{
		Config: config, ExtraData: extra, GasLimit: 30_000_000, Difficulty: big.NewInt(1),
		BaseFee: big.NewInt(params.InitialBaseFee), Alloc: alloc,
	}
}

// WriteGenesis writes the genesis as a file for geth init and candela serve.
func WriteGenesis(w io.Writer, accounts uint64) error {
	if err := json.NewEncoder(w).Encode(Genesis(accounts)); err != nil {
		return fmt.Errorf("write genesis: %w", err)
	}
	return nil
}

// Build makes a data directory with the genesis, unless it is there. A million
// accounts take about a minute; open the result with embedded.OpenGenesis and no
// Genesis, which does not hash all of them again.
func Build(ctx context.Context, dir string, accounts uint64) error {
	done := filepath.Join(dir, fmt.Sprintf("accounts-%d", accounts))
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	n, err := embedded.OpenGenesis(ctx, embedded.GenesisConfig{
		Config:  embedded.Config{DataDir: dir},
		Genesis: Genesis(accounts),
	})
	if err != nil {
		return err
	}
	if err := n.Close(); err != nil {
		return err
	}
	return os.WriteFile(done, nil, 0o600)
}
