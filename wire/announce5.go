package wire

import (
	"crypto/ecdsa"
	"fmt"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/wire/internal/codec"
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
	dst = codec.AppendHash(dst, h.Genesis)
	dst = codec.AppendHash(dst, h.Config)
	dst = codec.AppendUint(dst, h.Number)
	dst = codec.AppendHash(dst, h.Hash)
	dst = codec.AppendUint(dst, h.Safe.Number)
	dst = codec.AppendHash(dst, h.Safe.Hash)
	dst = codec.AppendUint(dst, h.Finalized.Number)
	dst = codec.AppendHash(dst, h.Finalized.Hash)
	dst = codec.AppendUint(dst, h.ReorgDepth)
	dst = codec.AppendHash(dst, h.HelperRoot)
	return codec.AppendUint(dst, h.Timestamp)
}

// Digest is what les/5 signs: keccak256(rlp([HeadDomain, fields of the head…])).
func (h *Head) Digest() Hash {
	buf, at := codec.OpenList(make([]byte, 0, 320))
	buf = codec.AppendString(buf, HeadDomain)
	return crypto.Keccak256Hash(codec.CloseList(h.appendFields(buf), at))
}

// Append appends the message's payload to dst.
func (a *Announce5) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst, inner := codec.OpenList(dst)
	dst = codec.CloseList(a.Head.appendFields(dst), inner)
	dst = codec.AppendString(dst, a.Signature)
	if len(a.Header) > 0 {
		dst = append(dst, a.Header...)
	} else {
		dst = append(dst, 0xc0)
	}
	dst, inner = codec.OpenList(dst)
	dst = codec.CloseList(a.Update.append(dst), inner)
	return codec.CloseList(dst, at)
}

// DecodeAnnounce5 decodes an announcement; Verify checks its signature. A header
// that does not have the announced hash is refused here.
func DecodeAnnounce5(payload []byte) (*Announce5, error) {
	r := reader{Rest: payload}
	a := new(Announce5)
	a.read(&r)
	r.End()
	if r.Err != nil {
		return nil, wrapDecode(LES5, CodeAnnounce, r.Err)
	}
	return a, nil
}

func (a *Announce5) read(outer *reader) {
	r := outer.List()
	a.Head.read(&r)
	if a.Signature = r.Bytes("signature", SignatureLength); r.Err == nil && len(a.Signature)%SignatureLength != 0 {
		r.Fail(codec.Malformed("signature of %d bytes", len(a.Signature)))
	}
	a.Header = r.Raw()
	r.Limit("header bytes", uint64(len(a.Header)), MaxHeaderBytes)
	switch {
	case r.Err != nil:
	case a.Header[0] < 0xc0:
		r.Fail(codec.Malformed("header is not a list"))
	case len(a.Header) == 1:
		a.Header = nil
	case Hash(crypto.Keccak256Hash(a.Header)) != a.Head.Hash:
		r.Fail(codec.Malformed("header does not have the announced hash"))
	}
	m := readKeys(&r)
	a.Update.decode(&m, LES5)
	a.Update.Helper = readHelper(&m, &a.Head)
	if m.err != nil {
		r.Fail(m.err)
	}
	if r.Err == nil && !a.IsHead() && (a.Head.Number != 0 || len(a.Signature) != 0) {
		r.Fail(codec.Malformed("a number or signature without a head"))
	}
	outer.Leave(&r)
}

func (h *Head) read(outer *reader) {
	r := outer.List()
	*h = Head{
		Genesis: r.Hash(), Config: r.Hash(),
		Number: r.Uint(), Hash: r.Hash(),
		Safe:       BlockID{Number: r.Uint(), Hash: r.Hash()},
		Finalized:  BlockID{Number: r.Uint(), Hash: r.Hash()},
		ReorgDepth: r.Uint(), HelperRoot: r.Hash(), Timestamp: r.Uint(),
	}
	outer.Leave(&r)
}

// Sign signs the head with the server's node key.
func (a *Announce5) Sign(key *ecdsa.PrivateKey) (err error) {
	a.Signature, err = codec.SignDigest(a.Head.Digest(), key)
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
	return codec.VerifyDigest(a.Head.Digest(), a.Signature, key)
}
