package bench

import (
	"crypto/ecdsa"
	"encoding/binary"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/enode"
)

// key is the node key of a client: the same for the same seed, role and index, so
// that a server can be told of a client before it connects. These are secrets of
// nobody.
func key(seed uint64, role string, index uint64) *ecdsa.PrivateKey {
	material := binary.BigEndian.AppendUint64([]byte("candela bench "+role), seed)
	material = binary.BigEndian.AppendUint64(material, index)
	for {
		material = crypto.Keccak256(material)
		if k, err := crypto.ToECDSA(material); err == nil {
			return k
		} // one hash in 2^128 is no key
	}
}

// PaidIDs are the node ids of the paid clients of an overload with this seed.
func PaidIDs(seed uint64, clients int) []enode.ID {
	ids := make([]enode.ID, clients)
	for i := range ids {
		ids[i] = enode.PubkeyToIDV4(&key(seed, rolePaid, uint64(i)).PublicKey) //nolint:gosec // an index
	}
	return ids
}

// The groups of clients.
const (
	rolePaid  = "paid"
	roleFree  = "free"
	roleCheat = "cheat"
	roleCrowd = "crowd"
)
