// Package embedded runs go-ethereum inside this process and shows it as a
// chain.Source.
//
// There are four ways to start it, which differ in where blocks come from:
//
//   - OpenDev: a chain of its own, made by go-ethereum's simulated beacon;
//   - OpenGenesis: a genesis file, and blocks imported from a chain.rlp;
//   - OpenFeed: a chain from before the merge, copied from another node's
//     JSON-RPC;
//   - OpenNetwork: mainnet, sepolia or hoodi, driven over the Engine API by a
//     consensus client.
//
// Everything else is the same for all of them: one Node over one block chain. A
// Node promises what chain.Source promises and hides what go-ethereum would leave
// to its caller: InsertChain makes no fork choice, total difficulty is no longer
// stored, safe and finalized move without an event, and trie.Prove takes a hashed
// key without saying so.
//
// The package never touches go-ethereum's global logger, which is a process-wide
// matter for the composition root.
package embedded
