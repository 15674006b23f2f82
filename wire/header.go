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
	outer := reader{Rest: header}
	r := outer.List()
	outer.End()
	var h HeaderInfo
	h.Parent = r.Hash()
	r.Raw() // uncles
	r.Raw() // coinbase
	h.Root = r.Hash()
	for range 4 {
		r.Raw() // transactions, receipts, bloom, difficulty
	}
	h.Number = r.Uint()
	r.Raw() // gas limit
	r.Raw() // gas used
	h.Time = r.Uint()
	if outer.Err != nil {
		r.Fail(outer.Err)
	}
	if r.Err != nil {
		return HeaderInfo{}, fmt.Errorf("header: %w", r.Err)
	}
	h.Hash = crypto.Keccak256Hash(header)
	return h, nil
}
