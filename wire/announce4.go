package wire

import (
	"crypto/ecdsa"
	"math/big"

	"github.com/ethereum/go-ethereum/crypto"
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
	dst, at := openList(dst)
	dst = appendHash(dst, a.Hash)
	dst = appendUint(dst, a.Number)
	dst = appendBig(dst, a.TD)
	dst = appendUint(dst, a.ReorgDepth)
	dst, list := openList(dst)
	dst = a.Update.append(dst)
	if len(a.Signature) > 0 {
		var item int
		dst, item = openKey(dst, "sign")
		dst = closeList(appendString(dst, a.Signature), item)
	}
	return closeList(closeList(dst, list), at)
}

// DecodeAnnounce4 decodes an announcement; Verify checks its signature.
func DecodeAnnounce4(payload []byte) (*Announce4, error) {
	outer := reader{rest: payload}
	r := outer.list()
	a := &Announce4{Hash: r.hash(), Number: r.uint(), TD: r.big("total difficulty", MaxTDBits), ReorgDepth: r.uint()}
	m := readKeys(&r)
	m.get("sign", func(r *reader) { a.Signature = r.fixed(SignatureLength) })
	a.Update.decode(&m, LES4)
	if m.err != nil {
		r.fail(m.err)
	}
	outer.leave(&r)
	outer.end()
	if outer.err != nil {
		return nil, wrapDecode(LES4, CodeAnnounce, outer.err)
	}
	return a, nil
}

// Digest is what les/4 signs: keccak256(rlp([hash, number, td])).
func (a *Announce4) Digest() Hash {
	buf, at := openList(make([]byte, 0, 64))
	buf = appendHash(buf, a.Hash)
	buf = appendUint(buf, a.Number)
	buf = appendBig(buf, a.TD)
	return crypto.Keccak256Hash(closeList(buf, at))
}

// Sign signs the announcement with the server's node key.
func (a *Announce4) Sign(key *ecdsa.PrivateKey) (err error) {
	a.Signature, err = signDigest(a.Digest(), key)
	return err
}

// Verify returns an error that wraps ErrSignature unless key signed this. The
// signature binds neither chain nor time: that is what les/5 mends.
func (a *Announce4) Verify(key *ecdsa.PublicKey) error {
	return verifyDigest(a.Digest(), a.Signature, key)
}
