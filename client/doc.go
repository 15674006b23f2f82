// Package client is Candela's ultra light client: it holds no chain of its own,
// asks LES servers for pieces of one, and passes on only what it can prove.
//
// What it believes to begin with is an election. Some servers are trusted: each
// signs the head that it follows, and a block is the head once enough of them
// have signed it or a descendant of it (see package election). From that one
// header everything else follows by hashes and Merkle proofs, so data may come
// from any server, trusted or not: a reply with one wrong bit is thrown away, its
// sender scored, and the next server asked.
//
// How a question is answered, by file:
//
//	session*.go   one devp2p session: handshake, announcements, flow control
//	retrieve.go   which server is asked, when another one is, who is scored
//	follow.go     announcements to election to canonical header chain
//	history.go    headers below the head, by number
//	state.go      accounts, storage, code; call.go runs the EVM on them
//	block.go      bodies and receipts, batch.go those of several blocks; search.go
//	              finds the headers of a range, logs.go the logs in it
//	rules.go      which chain configuration holds, and up to which block
//	tx*.go        transactions: looked up, sent, followed until mined
//
// A Client never hangs: every request ends by its caller's context, or by the
// client's own time limit, or with a typed error of errors.go. It never dials:
// whoever owns the sockets calls Serve for each live session.
//
// What an election does not protect against: if the fraction of trusted servers
// that elects a head signs a false one, the client follows it. See package
// election for that and for what counts as a vote.
package client
