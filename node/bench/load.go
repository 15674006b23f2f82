package bench

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/wire"
)

// Load says what a client asks for, and how much at once.
type Load struct {
	Kind     string `json:"requests"` // headers, bodies, receipts, proofs or code
	Version  uint   `json:"les"`      // of the les protocol
	Batch    int    `json:"batch"`    // items in one request
	Pipeline int    `json:"pipeline"` // requests under way on one connection
	Accounts int    `json:"accounts"` // proofs: of Account(0) … Account(Accounts−1)
	Address  string `json:"address"`  // code: of this contract, hex
	Seed     uint64 `json:"seed"`     // which accounts and blocks are asked for: the same with the same seed
}

// DefaultAddress has code on every chain of today: the history contract of EIP-2935.
const DefaultAddress = "0x0000f90827f1c53a10cb7a02335b175320002935"

// limit is how many items a request may have, 0 for a kind that does not exist.
func (l *Load) limit() int {
	switch l.Kind {
	case "headers":
		return wire.MaxHeaders
	case "bodies":
		return wire.MaxBodies
	case "receipts":
		return wire.MaxReceipts
	case "proofs":
		return wire.MaxProofs
	case "code":
		return wire.MaxCodes
	default:
		return 0
	}
}

// check complains about flags whose names begin with prefix.
func (l *Load) check(prefix string) error {
	switch limit := l.limit(); {
	case !common.IsHexAddress(l.Address):
		return usage.Errorf("--address %q is no address", l.Address)
	case limit == 0:
		return usage.Errorf("--%srequests %q: choose headers, bodies, receipts, proofs or code", prefix, l.Kind)
	case l.Batch < 1 || l.Batch > limit:
		return usage.Errorf("--%sbatch %d: %s come in batches of 1 to %d", prefix, l.Batch, l.Kind, limit)
	case l.Pipeline < 1 || l.Accounts < 1:
		return usage.Errorf("--%spipeline and --accounts must be at least 1", prefix)
	case wire.Length(l.Version) == 0:
		return usage.Errorf("--les %d: choose 2 to 5", l.Version)
	}
	return nil
}

func (l *Load) String() string {
	return fmt.Sprintf("%s over les/%d, %d a request, %d requests under way on each connection", l.Kind, l.Version, l.Batch, l.Pipeline)
}
