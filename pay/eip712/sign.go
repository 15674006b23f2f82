package eip712

import (
	"bytes"
	"crypto/ecdsa"
	"errors"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/pay"
)

// Signature is r, s and v, with v 27 or 28.
type Signature [65]byte

// ErrSignature says that something is no signature, or one in another form than the one that is taken here.
var ErrSignature = errors.New("not a signature of 65 bytes with low s and v 27 or 28")

// halfOrder is the highest s that is low: half of the curve's order.
var halfOrder = [32]byte{
	0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0,
}

// Recover returns whose signature of digest it is. Any well-formed signature is
// somebody's; a caller compares. Errors: ErrSignature.
func (s *Signature) Recover(digest pay.Hash) (pay.Address, error) {
	v := s[64] - 27
	if v > 1 || bytes.Compare(s[32:64], halfOrder[:]) > 0 {
		return pay.Address{}, ErrSignature
	}
	raw := *s
	raw[64] = v
	key, err := crypto.Ecrecover(digest[:], raw[:])
	if err != nil {
		return pay.Address{}, ErrSignature
	}
	return pay.Address(crypto.Keccak256(key[1:])[12:]), nil
}

// Signer holds a key.
type Signer interface {
	// Address is the key's.
	Address() pay.Address
	// Sign signs a digest. Keys held here sign it without waiting, and the same digest always gives the same signature.
	Sign(digest pay.Hash) (Signature, error)
}

// Key is a Signer that holds its key in memory.
type Key struct {
	key     *ecdsa.PrivateKey
	address pay.Address
}

// NewKey returns a Signer with this key.
func NewKey(key *ecdsa.PrivateKey) *Key {
	return &Key{key, pay.Address(crypto.PubkeyToAddress(key.PublicKey))}
}

// Address implements Signer.
func (k *Key) Address() pay.Address { return k.address }

// Sign implements Signer.
func (k *Key) Sign(digest pay.Hash) (Signature, error) {
	raw, err := crypto.Sign(digest[:], k.key) // s is low
	if err != nil {
		return Signature{}, err
	}
	raw[64] += 27
	return Signature(raw), nil
}
