package embedded

import (
	"crypto/ecdsa"
	"fmt"
	"maps"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
)

// devAccounts is how many prefunded accounts a dev chain has.
const devAccounts = 10

// devEther is what each of them starts with, in ether.
const devEther = 10_000

// DevAccount is a prefunded account of the dev chain. Its key is public
// knowledge: it must never hold anything of worth on a real chain.
type DevAccount struct {
	Key     *ecdsa.PrivateKey
	Address common.Address
}

// DevAccounts returns the prefunded accounts of every dev chain. Account i has
// the private key keccak256("candela dev account i"), i in decimal from 0.
func DevAccounts() []DevAccount {
	accounts := make([]DevAccount, devAccounts)
	for i := range accounts {
		key, err := crypto.ToECDSA(crypto.Keccak256(fmt.Appendf(nil, "candela dev account %d", i)))
		if err != nil {
			panic(err) // ten constants, each of them a valid key
		}
		accounts[i] = DevAccount{Key: key, Address: crypto.PubkeyToAddress(key.PublicKey)}
	}
	return accounts
}

// DevGenesis is the first block of a dev chain: chain id 1337, the rules that
// mainnet has today, its system contracts, and the prefunded accounts.
func DevGenesis(extra Alloc) *core.Genesis {
	config := *params.AllDevChainProtocolChanges
	// go-ethereum's own dev mode runs forks that mainnet has not scheduled, with
	// other gas costs; a wallet tried out here should meet what it will meet there.
	config.BogotaTime = nil
	zero := uint64(0)
	config.BPO1Time, config.BPO2Time = &zero, &zero
	config.BlobScheduleConfig = params.MainnetChainConfig.BlobScheduleConfig
	alloc := core.SystemContractAllocs()
	maps.Copy(alloc, extra)
	balance := new(big.Int).Mul(big.NewInt(devEther), big.NewInt(params.Ether))
	for _, account := range DevAccounts() {
		alloc[account.Address] = types.Account{Balance: balance}
	}
	return &core.Genesis{
		Config:     &config,
		GasLimit:   60_000_000,
		BaseFee:    big.NewInt(params.InitialBaseFee),
		Difficulty: new(big.Int),
		Alloc:      alloc,
	}
}
