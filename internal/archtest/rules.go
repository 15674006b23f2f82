package archtest

// module is the path that all rooms' import paths start with.
const module = "github.com/candela-les/candela"

// Rules is an import map: what may import what.
type Rules struct {
	// Lines holds the rooms, earliest line first. "x/*" makes every folder
	// directly below x a room of its own; a folder below any other room belongs
	// to that room. Test helpers (x/xtest) always belong to the room above them.
	Lines [][]string
	// Free may import every room and be imported by none: whole-program tests.
	Free []string
	// Leaf may be imported by every room and imports none.
	Leaf []string
	// Tools must hold no Go package of this module, only modules of their own.
	Tools []string
	// Pure rooms do no I/O and know neither clock nor chance.
	Pure []string
	// Impure lists the standard packages that a pure room must not import.
	Impure []string
	// PureModules lists what a pure room may import from third parties.
	PureModules []string
	// Restricted maps a third party's path prefix to the rooms that may import it.
	Restricted map[string][]string
	// TestOnly lists packages that shipped code must not import.
	TestOnly []string
}

// Candela is the map of this repository.
func Candela() Rules {
	return Rules{
		Lines: [][]string{
			{"unit"},
			{"wire", "proof", "pay", "pay/paytest/fake", "market/auction", "market/account", "market/flow", "contracts/bind", "chain"},
			{"pay/watch", "pay/eip712"},
			{"pay/voucher", "pay/paytest"}, // paytest needs a chain that is watched, which pay's own tests do not
			{"market", "market/buyer", "pay/*", "chain/*"},
			{"ledger"},
			{"ledger/*"},
			{"server", "client"},
			{"rpc", "dashboard"},
			{"sim", "node"},
			{"cmd"},
		},
		Free:  []string{"internal/e2e", "internal/interop", "internal/oldblocks", "internal/attacks"},
		Leaf:  []string{"internal/archtest", "internal/invariant", "internal/pause", "internal/proctest", "internal/smallfile"},
		Tools: []string{"tools"},
		Pure:  []string{"unit", "market", "market/auction", "market/account", "market/flow", "market/buyer"},
		Impure: []string{
			"time", "os", "net", "context", "sync", "log", "log/slog",
			"math/rand", "math/rand/v2", "crypto/rand", "database/sql",
		},
		PureModules: []string{"github.com/holiman/uint256"},
		Restricted: map[string][]string{
			// go-ethereum is a library behind our own interfaces. The server, the
			// market and the command line must not depend on its types.
			"github.com/ethereum/go-ethereum": {
				"chain/*", "proof", "wire", "client", "rpc", "pay/watch", "pay/eip712", "pay/*", "contracts/bind", "node",
			},
		},
		TestOnly: []string{
			"testing", "net/http/httptest",
			"pgregory.net/rapid", "go.uber.org/goleak",
			"github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "github.com/cockroachdb/datadriven",
		},
	}
}
