package lottery

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"

	"github.com/candela-les/candela/pay"
)

// Secret is a payee's key, of 32 random bytes, from which all its reveals are derived: none has to be kept, and none can be lost. Whoever
// has it decides every draw.
type Secret [32]byte

// Reveal returns what a payee has committed to in a series:
// HMAC-SHA256(secret, chain ‖ contract ‖ funder ‖ payer ‖ token ‖ series).
func (k *Secret) Reveal(o *Opening, series uint64) (reveal pay.Hash) {
	mac := hmac.New(sha256.New, k[:])
	mac.Write(binary.BigEndian.AppendUint64(nil, o.ChainID))
	for _, a := range []*pay.Address{&o.Contract, &o.Funder, &o.Payer, &o.Token} {
		mac.Write(a[:])
	}
	mac.Write(binary.BigEndian.AppendUint64(nil, series))
	mac.Sum(reveal[:0])
	return reveal
}

// seal returns the seal of a series. Its text is longer than that of a reveal, so that none is ever both.
func (k *Secret) seal(o *Opening, s *Series) (seal [sealSize]byte) {
	mac := hmac.New(sha256.New, k[:])
	mac.Write([]byte("candela lottery series\x00"))
	mac.Write(o.Encode())
	mac.Write(s.content())
	copy(seal[:], mac.Sum(nil))
	return seal
}

// Announce completes a series: what the payee commits to, and its seal.
func (k *Secret) Announce(o *Opening, s Series) Series {
	s.Commitment = CommitmentTo(k.Reveal(o, s.Number))
	s.Seal = k.seal(o, &s)
	return s
}

// Announced reports whether a series was made by Announce for this channel.
func (k *Secret) Announced(o *Opening, s *Series) bool {
	want := k.seal(o, s)
	return hmac.Equal(want[:], s.Seal[:])
}
