// Package proof decides whether an answer about an Ethereum chain is true.
//
// Everything starts from a block hash that the caller has its own reason to
// believe. A header is believed when its encoding hashes to it; ancestors, when
// they are linked by parent hashes; a body, receipts, accounts, storage and code,
// when they hash to what a believed header commits to. Whoever handed the bytes
// over is trusted with nothing: keys of trie nodes are computed here and never
// taken from a peer, and absence counts only when it is proven.
//
//	header, err := proof.VerifyHeader(encoding, hash)
//	nodes := proof.NewNodeSet(blobs...)
//	account, err := proof.Account(header.Root, address, nodes)
//	value, err := proof.Storage(account.Root, slot, nodes)
//
// Each failure is typed and names what failed: ErrMissingNode when the peer left
// something out (another peer may have it), ErrMismatch when what it sent is not
// what was asked for, ErrMalformed when the bytes mean nothing at all.
//
// The package does no I/O, keeps no state beyond its arguments, never panics on
// what a peer sent, and does work in proportion to the bytes it was given.
package proof
