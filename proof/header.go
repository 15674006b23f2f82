package proof

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
)

// MaxHeaderSize bounds the encoding of a header, in bytes. Those of Ethereum have
// below 800; those of a clique chain list its signers, 20 bytes each.
const MaxHeaderSize = 8 << 10

// VerifyHeader decodes a header whose hash must be want. A longer one than
// MaxHeaderSize is malformed.
//
// The hash is compared before a byte is decoded. What remains to be decoded is
// then a header that the chain agreed on; fields which this version does not know
// make it malformed rather than a header with another hash.
func VerifyHeader(enc []byte, want common.Hash) (*types.Header, error) {
	if got := crypto.Keccak256Hash(enc); got != want {
		return nil, hashMismatch("header hash", got, want)
	}
	if len(enc) > MaxHeaderSize {
		return nil, malformedf("header", "%d bytes", len(enc))
	}
	header := new(types.Header)
	if err := rlp.DecodeBytes(enc, header); err != nil {
		return nil, malformed("header", err)
	}
	if err := header.SanityCheck(); err != nil {
		return nil, malformed("header", err)
	}
	// Guards against a decoder that drops something: the hash that everybody will
	// compute from the result is the one that was verified.
	if got := header.Hash(); got != want {
		return nil, hashMismatch("re-encoded header hash", got, want)
	}
	return header, nil
}

// VerifyHeaders verifies a run of headers, the newest first: the first one hashes
// to newest, each further one is the parent of the one before it, and numbers go
// down by one. An empty run is valid and proves nothing.
func VerifyHeaders(newest common.Hash, encs [][]byte) ([]*types.Header, error) {
	headers := make([]*types.Header, 0, len(encs))
	for i, enc := range encs {
		want := newest
		if i > 0 {
			want = headers[i-1].ParentHash
		}
		header, err := VerifyHeader(enc, want)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			if err := verifyParent(headers[i-1], header); err != nil {
				return nil, err
			}
		}
		headers = append(headers, header)
	}
	return headers, nil
}

// verifyParent checks the number; the hash link is what led to parent.
func verifyParent(child, parent *types.Header) error {
	if got, want := parent.Number.Uint64(), child.Number.Uint64()-1; child.Number.Sign() == 0 || got != want {
		return mismatch("parent's number", got, want)
	}
	return nil
}
