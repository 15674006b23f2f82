package wire

import (
	"fmt"

	"github.com/ethereum/go-ethereum/crypto"
)

// HeaderInfo is what a server must see of a header that it only hands on.
type HeaderInfo struct {
	Hash, Parent Hash
	Root         Hash   // of the state after the block
	Number, Time uint64 // time in seconds since 1970
}

// PeekHeader reads a header's RLP as far as HeaderInfo goes. The fields behind
// the time, of which there are more with every fork, are not looked at.
func PeekHeader(header []byte) (HeaderInfo, error) {
	outer := reader{rest: header}
	r := outer.list()
	outer.end()
	var h HeaderInfo
	h.Parent = r.hash()
	r.raw() // uncles
	r.raw() // coinbase
	h.Root = r.hash()
	for range 4 {
		r.raw() // transactions, receipts, bloom, difficulty
	}
	h.Number = r.uint()
	r.raw() // gas limit
	r.raw() // gas used
	h.Time = r.uint()
	if outer.err != nil {
		r.fail(outer.err)
	}
	if r.err != nil {
		return HeaderInfo{}, fmt.Errorf("header: %w", r.err)
	}
	h.Hash = crypto.Keccak256Hash(header)
	return h, nil
}
