package wire

import (
	"crypto/ecdsa"
	"fmt"

	"github.com/ethereum/go-ethereum/crypto"
)

// HeadDomain is what every signed les/5 head begins with, so that a signature
// means nothing anywhere else.
const HeadDomain = "candela/les5/head/1"

// Head is what a les/5 server says of its fork choice.
type Head struct {
	Genesis Hash // of the chain
	Config  Hash // ConfigHash of its configuration
	Number  uint64
	Hash    Hash
	// Safe and Finalized are zero while the node has none.
	Safe, Finalized BlockID
	ReorgDepth      uint64 // blocks of the last announced chain that were left
	HelperRoot      Hash   // HelperRoots.Hash of the last complete section; zero for none
	Timestamp       uint64 // when it was said: seconds since 1970 by the server's clock
}

// Announce5 is the announcement of les/5: [head, signature, header, [[key,
// value]…]] with head [genesis, configHash, number, hash, safeNumber, safeHash,
// finalizedNumber, finalizedHash, reorgDepth, helperRoot, timestamp]. With a zero
// hash in head it only changes parameters and is not signed.
type Announce5 struct {
	Head      Head
	Signature []byte // R‖S‖V by the server's node key, or empty
	Header    []byte // RLP of the announced header, or empty
	Update    Update
}

// IsHead says whether a head is announced, not just parameters.
func (a *Announce5) IsHead() bool { return a.Head.Hash != Hash{} }

func (h *Head) appendFields(dst []byte) []byte {
	dst = appendHash(dst, h.Genesis)
	dst = appendHash(dst, h.Config)
	dst = appendUint(dst, h.Number)
	dst = appendHash(dst, h.Hash)
	dst = appendUint(dst, h.Safe.Number)
	dst = appendHash(dst, h.Safe.Hash)
	dst = appendUint(dst, h.Finalized.Number)
	dst = appendHash(dst, h.Finalized.Hash)
	dst = appendUint(dst, h.ReorgDepth)
	dst = appendHash(dst, h.HelperRoot)
	return appendUint(dst, h.Timestamp)
}

// Digest is what les/5 signs: keccak256(rlp([HeadDomain, fields of the head…])).
func (h *Head) Digest() Hash {
	buf, at := openList(make([]byte, 0, 320))
	buf = appendString(buf, HeadDomain)
	return crypto.Keccak256Hash(closeList(h.appendFields(buf), at))
}

// Append appends the message's payload to dst.
func (a *Announce5) Append(dst []byte) []byte {
	dst, at := openList(dst)
	dst, inner := openList(dst)
	dst = closeList(a.Head.appendFields(dst), inner)
	dst = appendString(dst, a.Signature)
	if len(a.Header) > 0 {
		dst = append(dst, a.Header...)
	} else {
		dst = append(dst, 0xc0)
	}
	dst, inner = openList(dst)
	dst = closeList(a.Update.append(dst), inner)
	return closeList(dst, at)
}

// DecodeAnnounce5 decodes an announcement; Verify checks its signature. A header
// that does not have the announced hash is refused here.
func DecodeAnnounce5(payload []byte) (*Announce5, error) {
	r := reader{rest: payload}
	a := new(Announce5)
	a.read(&r)
	r.end()
	if r.err != nil {
		return nil, wrapDecode(LES5, CodeAnnounce, r.err)
	}
	return a, nil
}

func (a *Announce5) read(outer *reader) {
	r := outer.list()
	a.Head.read(&r)
	if a.Signature = r.bytes("signature", SignatureLength); r.err == nil && len(a.Signature)%SignatureLength != 0 {
		r.fail(malformed("signature of %d bytes", len(a.Signature)))
	}
	a.Header = r.raw()
	r.limit("header bytes", uint64(len(a.Header)), MaxHeaderBytes)
	switch {
	case r.err != nil:
	case a.Header[0] < 0xc0:
		r.fail(malformed("header is not a list"))
	case len(a.Header) == 1:
		a.Header = nil
	case Hash(crypto.Keccak256Hash(a.Header)) != a.Head.Hash:
		r.fail(malformed("header does not have the announced hash"))
	}
	m := readKeys(&r)
	a.Update.decode(&m, LES5)
	a.Update.Helper = readHelper(&m, &a.Head)
	if m.err != nil {
		r.fail(m.err)
	}
	if r.err == nil && !a.IsHead() && (a.Head.Number != 0 || len(a.Signature) != 0) {
		r.fail(malformed("a number or signature without a head"))
	}
	outer.leave(&r)
}

func (h *Head) read(outer *reader) {
	r := outer.list()
	*h = Head{
		Genesis: r.hash(), Config: r.hash(),
		Number: r.uint(), Hash: r.hash(),
		Safe:       BlockID{Number: r.uint(), Hash: r.hash()},
		Finalized:  BlockID{Number: r.uint(), Hash: r.hash()},
		ReorgDepth: r.uint(), HelperRoot: r.hash(), Timestamp: r.uint(),
	}
	outer.leave(&r)
}

// Sign signs the head with the server's node key.
func (a *Announce5) Sign(key *ecdsa.PrivateKey) (err error) {
	a.Signature, err = signDigest(a.Head.Digest(), key)
	return err
}

// Verify returns an error that wraps ErrWrongChain if the head is of another
// chain or configuration than the given ones, or ErrSignature unless key signed
// exactly this head. How old it may be is for the caller to say.
func (a *Announce5) Verify(key *ecdsa.PublicKey, genesis, config Hash) error {
	if a.Head.Genesis != genesis {
		return fmt.Errorf("%w: genesis %x, not %x", ErrWrongChain, a.Head.Genesis[:8], genesis[:8])
	}
	if a.Head.Config != config {
		return fmt.Errorf("%w: configuration %x, not %x", ErrWrongChain, a.Head.Config[:8], config[:8])
	}
	return verifyDigest(a.Head.Digest(), a.Signature, key)
}
