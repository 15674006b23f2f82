package eip712

import (
	"bytes"
	"errors"

	"github.com/ethereum/go-ethereum/common"
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

// Signer holds a key, as the keys of package watch do.
type Signer interface {
	Address() common.Address
	// SignDigest returns a signature in the form that is taken here. The same digest always gives the same.
	SignDigest(digest common.Hash) ([]byte, error)
}

// Sign has a digest signed. Errors: the signer's, and ErrSignature if that is somebody else's or of another form.
func Sign(by Signer, digest pay.Hash) (Signature, error) {
	raw, err := by.SignDigest(common.Hash(digest))
	if err != nil {
		return Signature{}, err
	}
	if len(raw) != len(Signature{}) {
		return Signature{}, ErrSignature
	}
	s := Signature(raw)
	signed, err := s.Recover(digest)
	if err != nil || signed != pay.Address(by.Address()) {
		return Signature{}, ErrSignature
	}
	return s, nil
}
