package wire

import (
	"crypto/ecdsa"
	"math/big"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/wire/internal/codec"
)

// Announce4 is the announcement of les/4: [hash, number, td, reorgDepth,
// [[key, value]…]]. With a zero hash it only changes parameters.
type Announce4 struct {
	Hash       Hash
	Number     uint64
	TD         *big.Int // total difficulty; nil is 0, at most MaxTDBits bits
	ReorgDepth uint64   // blocks of the last announced chain that were left
	Signature  []byte   // R‖S‖V by the server's node key, or empty; see Sign
	Update     Update
}

// IsHead says whether a head is announced, not just parameters.
func (a *Announce4) IsHead() bool { return a.Hash != Hash{} }

// Append appends the message's payload to dst.
func (a *Announce4) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendHash(dst, a.Hash)
	dst = codec.AppendUint(dst, a.Number)
	dst = codec.AppendBig(dst, a.TD)
	dst = codec.AppendUint(dst, a.ReorgDepth)
	dst, list := codec.OpenList(dst)
	dst = a.Update.append(dst)
	if len(a.Signature) > 0 {
		var item int
		dst, item = openKey(dst, "sign")
		dst = codec.CloseList(codec.AppendString(dst, a.Signature), item)
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

// DecodeAnnounce4 decodes an announcement; Verify checks its signature.
func DecodeAnnounce4(payload []byte) (*Announce4, error) {
	outer := reader{Rest: payload}
	r := outer.List()
	a := &Announce4{Hash: r.Hash(), Number: r.Uint(), TD: r.Big("total difficulty", MaxTDBits), ReorgDepth: r.Uint()}
	m := readKeys(&r)
	m.get("sign", func(r *reader) { a.Signature = r.Fixed(SignatureLength) })
	a.Update.decode(&m, LES4)
	if m.err != nil {
		r.Fail(m.err)
	}
	outer.Leave(&r)
	outer.End()
	if outer.Err != nil {
		return nil, wrapDecode(LES4, CodeAnnounce, outer.Err)
	}
	return a, nil
}

// Digest is what les/4 signs: keccak256(rlp([hash, number, td])).
func (a *Announce4) Digest() Hash {
	buf, at := codec.OpenList(make([]byte, 0, 64))
	buf = codec.AppendHash(buf, a.Hash)
	buf = codec.AppendUint(buf, a.Number)
	buf = codec.AppendBig(buf, a.TD)
	return crypto.Keccak256Hash(codec.CloseList(buf, at))
}

// Sign signs the announcement with the server's node key.
func (a *Announce4) Sign(key *ecdsa.PrivateKey) (err error) {
	a.Signature, err = codec.SignDigest(a.Digest(), key)
	return err
}

// Verify returns an error that wraps ErrSignature unless key signed this. The
// signature binds neither chain nor time: that is what les/5 mends.
func (a *Announce4) Verify(key *ecdsa.PublicKey) error {
	return codec.VerifyDigest(a.Digest(), a.Signature, key)
}
