// Package evm runs calls over proven state.
//
// A State holds trie nodes, codes and ancestor headers for one block. Run,
// EstimateGas and CreateAccessList execute in go-ethereum's EVM with nothing else
// to read from. What the execution needed and the State could not prove comes
// back as Missing; the caller fetches it, adds it and runs again until nothing is
// missing. A result is returned only by a run that missed nothing, so it is the
// result that a full node at that block would have computed.
//
//	st := evm.NewState(header)
//	for {
//		result, missing, err := evm.Run(ctx, st, call)
//		if missing.Empty() {
//			return result, err
//		}
//		fetch(missing, st)
//	}
//
// Two things that go-ethereum keeps quiet about are watched here: a state that
// failed to read shows only in StateDB.Error, and a BLOCKHASH whose header is
// absent shows nowhere and yields zero.
//
// CheckTransaction says what a transaction pool would say about a transaction
// before it is relayed, in go-ethereum's words.
package evm
