package prooftest

import (
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/proof/evm"
)

// Supply proves everything in missing from the chain, as an honest server does that
// is asked for it: accounts come with their code.
func (c *Chain) Supply(st *evm.State, missing evm.Missing) {
	nodes, codes, headers := c.Evidence(st.Header(), missing)
	st.Add(nodes, codes, headers)
}

// Evidence returns what Supply adds.
func (c *Chain) Evidence(header *types.Header, missing evm.Missing) (nodes, codes, headers [][]byte) {
	for _, addr := range missing.Accounts {
		nodes = append(nodes, c.ProveAccount(header, addr)...)
		if code := c.codeAt(header, addr); len(code) > 0 {
			codes = append(codes, code)
		}
	}
	for addr, slots := range missing.Slots {
		for _, slot := range slots {
			nodes = append(nodes, c.ProveSlot(header, addr, slot)...)
		}
	}
	for _, hash := range missing.Codes {
		codes = append(codes, c.Code(hash))
	}
	for _, number := range missing.Headers {
		headers = append(headers, c.HeaderRLP(number))
	}
	return nodes, codes, headers
}
