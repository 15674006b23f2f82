package wire

import (
	"crypto/ecdsa"

	"github.com/ethereum/go-ethereum/crypto"
)

// AddressOf returns the address of a key: the account that its owner has.
func AddressOf(key *ecdsa.PublicKey) Address { return crypto.PubkeyToAddress(*key) }

// NodeOf returns the devp2p id of a key.
func NodeOf(key *ecdsa.PublicKey) Hash { return crypto.Keccak256Hash(crypto.FromECDSAPub(key)[1:]) }
