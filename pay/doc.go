// Package pay says what a method of payment is, for who pays and for who is paid, and
// holds what all methods share.
//
// A client pays a server by promises: bytes that are worth an amount to their holder,
// because a chain locks at least as much for it. A Channel is what the promises of
// one client to one server by one method run over; it has an ID on the chain or made of what is there.
// Promises are cumulative: each says how much was promised over the channel from its
// beginning on, so any higher one replaces those before, none waits for another, and
// one that got lost is made good by the next.
//
// # Who does what
//
// Who is paid has a Provider for each method. A Cashier, which knows no method, takes promises in: it has them verified,
// compares them with what the chain covers, and has them written into a
// ledger before anybody may spend what they are worth. A Collector brings
// them to the chain when that is worth its gas, or when waiting becomes a risk.
//
// Who pays has a Payer for each method. A Wallet, which knows no method either, chooses among them,
// keeps within its owner's limits, notes every promise on disk before it is
// sent, and agrees with the server after either has lost its memory.
//
// # What every method must keep
//
//   - Durable before served: a promise is in the ledger before it counts; the
//     client has noted it before it was sent.
//   - Nothing is accepted that cannot be collected: a channel's Cover comes from a watched view of the
//     chain, not from a call for each promise, and is an error while that view is stale.
//   - What was accepted once is never lowered. A promise that is no higher is acknowledged.
//   - Only the client that a channel is bound to can be credited by its promises.
//
// The package does no I/O of its own and imports no client of a chain: package
// watch has that, and each method's package knows its contracts.
package pay
