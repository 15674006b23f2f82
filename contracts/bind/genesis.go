package bind

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Where x402's batch settlement is on every chain: its clients have these addresses as
// constants, and they enter channel ids, vouchers and deposits. Hex with checksum.
const (
	SettlementAddress = "0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003"
	CollectorAddress  = "0x4020806089470a89826cB9fB1f4059150b550004" // of deposits by ERC-3009
)

// GenesisAlloc is what a dev chain's genesis block needs so that channels work on it as
// they do on public chains: our own code at the addresses above. The map is the caller's; a genesis file can
// be written of it.
func GenesisAlloc() types.GenesisAlloc {
	return types.GenesisAlloc{
		common.HexToAddress(SettlementAddress): {Code: common.FromHex(BatchSettlementRuntime), Balance: new(big.Int)},
		common.HexToAddress(CollectorAddress):  {Code: common.FromHex(ERC3009CollectorRuntime), Balance: new(big.Int)},
	}
}
