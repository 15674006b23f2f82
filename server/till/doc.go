// Package till keeps the money of a server's clients: it sets aside in the ledger what they may spend
// here, posts what they are charged, and reads what their accounts come to.
//
// A server that sells calls it from the goroutine that feeds the market, and that one must
// not wait for a disk. So what is on the way of a request, Charge and Limit, never waits: a charge
// counts against its client's limit at once (market/account) and is posted afterwards. What asks the
// ledger, Reserve and all others, waits, and is called from elsewhere.
//
// # What it promises
//
//   - A client is never charged what the ledger has not set aside for this server, so several
//     servers on one ledger never spend the same money.
//   - Charges of a client are posted in the order in which they were made, each once, whatever answers
//     are lost: one at a time, repeated under the same number until the ledger says what became of it.
//     Those of many clients share a transaction.
//   - A crash loses what was charged and not posted, to the server's loss, and nothing else. So does a
//     ledger in which another process has taken over as this Owner: the till is fenced then, lets nobody spend
//     any more, and says so.
//   - While the ledger cannot be used clients go on with what is set aside, until that expires. What they
//     were charged meanwhile is posted when it can be. If a hold has expired by then and its money
//     is gone, what it does not cover is forgiven: logged, and never posted.
//
// # How holds live
//
// Each client that may spend has a hold in the ledger, of what Reserve asked for. It is made good again when less
// than three quarters are left or when half of its time is over, and it grows when the client was credited
// and there was too little. A hold that could not be renewed in time counts as lost: its client's limit is nothing.
//
// # Turns
//
// Of the ledger's calls about one client only one is under way at a time: each takes the client's turn, a channel
// with one token, and gives it back. No mutex is held meanwhile. A charge whose answer was lost keeps
// the turn until it is known what became of it, so that a balance is never read that may or may not have it.
package till
