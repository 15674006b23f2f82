package discovery

import (
	"errors"

	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/wire"
)

// lesEntry is the entry `les` of an LES server's node record, as go-ethereum 1.10.26
// has it, [vflux version, …], with the version of conditions that the server answers as
// its second element. geth ignores that one; a server without it is asked nothing.
type lesEntry struct {
	Vflux      uint           // of geth's own protocol for the same purpose, which Candela does not speak: 0
	Conditions uint           `rlp:"optional"`
	Rest       []rlp.RawValue `rlp:"tail"`
}

// ENRKey implements enr.Entry.
func (lesEntry) ENRKey() string { return "les" }

// ethEntry is the entry `eth` of EIP-2364's kind: the fork id, by which clients tell
// chains apart. It does not mean that the eth protocol is spoken.
type ethEntry struct {
	ForkID forkID
	Rest   []rlp.RawValue `rlp:"tail"`
}

type forkID struct {
	Hash [4]byte
	Next uint64
}

// ENRKey implements enr.Entry.
func (ethEntry) ENRKey() string { return "eth" }

// Why a record is of no use.
var (
	errNotLES  = errors.New("not an LES server")
	errNoFork  = errors.New("no fork id")
	errNoPlace = errors.New("no TCP address")
)

// record is what a node's record says to a light client.
type record struct {
	fork  wire.ForkID
	talks bool // answers questions for its conditions
}

// readRecord returns errNotLES for all nodes that are not LES servers.
func readRecord(n *enode.Node) (record, error) {
	var les lesEntry
	if err := n.Load(&les); err != nil {
		return record{}, errNotLES
	}
	var eth ethEntry
	if err := n.Load(&eth); err != nil {
		return record{}, errNoFork
	}
	if n.TCP() == 0 || !n.IPAddr().IsValid() {
		return record{}, errNoPlace
	}
	return record{
		fork:  wire.ForkID{Hash: eth.ForkID.Hash, Next: eth.ForkID.Next},
		talks: les.Conditions >= 1 && n.UDP() != 0,
	}, nil
}
