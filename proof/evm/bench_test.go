package evm_test

import (
	"testing"

	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/proof/prooftest"
)

// BenchmarkCall is one eth_call over a witness that is complete from the start,
// hashing of the witness included.
func BenchmarkCall(b *testing.B) {
	chain := prooftest.Conformance(b)
	for _, r := range recordings(b, "eth_call") {
		call := r.call(b, chain, 50_000_000)
		header := chain.CurrentHeader()
		var nodes, codes [][]byte
		st := evm.NewState(header)
		for {
			_, missing, _ := evm.Run(b.Context(), st, call)
			if missing.Empty() {
				break
			}
			n, c, _ := chain.Evidence(header, missing)
			st.Add(n, c, nil)
			nodes, codes = append(nodes, n...), append(codes, c...)
		}
		name := r.name[len(prooftest.Path(b, "execution-apis", "tests", "eth_call"))+1:]
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				st := evm.NewState(header)
				st.Add(nodes, codes, nil)
				if _, _, err := evm.Run(b.Context(), st, call); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
