// Package ledger is the journal of money: who was credited what, what servers have
// set aside of it, and what they have charged. Everything is double-entry, nothing is
// changed or deleted once it is written, and the sum of all postings is zero.
//
// # Accounts
//
// An Account belongs to one token. Clients have one each, under their address; the
// rest are the operator's: External stands for the world that money comes from and goes
// to, and so it is in debt by what clients and operator own together; Revenue and Fees
// are what was earned; Luck is the difference between what a lottery pays and what its
// tickets are worth. A client's account never falls below zero.
//
// Lines that change what an account comes to are numbered from 1 without a gap; a Balance says
// which line it is from. Moves between what is free and a hold have no number.
//
// # Several servers, one ledger
//
// A server charges only against a Hold: a slice of a client's account that was moved out
// of what the client has free, so that no two servers ever count on the same money. A
// hold belongs to an Owner, the server's name, and to that owner's Epoch. A server that
// starts raises its epoch, which returns everything that it held before; another server
// may do the same to one that has crashed. What comes under an older epoch is refused
// (ErrFenced), so a server that was only slow can not charge what was given back. A hold
// also has an expiry, from which on it is not charged and anybody may return it.
//
// # Promises
//
// A Promise is an off-chain payment. A client's channel has promised a cumulative amount; a promise credits what it
// adds to that. The channel's row says what has become of it: what was given back to the client and what was collected, or is
// about to be, which never come to more than was promised. So money that a client is given back can not be collected at the same time, by
// whichever server. A settlement gives back first, and then keeps what the client is handed out for that, before it is. It is
// counted, and a promise that was compared with the chain before it is refused behind it (ErrSettled). Claims are what a later promise does not replace, such as a lottery's winners; they come with their
// promise and stay until they are settled, together with the posting of what was drawn.
//
// # What is durable, and when
//
// A call that returns without error is on disk, synced. Calls that come at the same time
// share one transaction and one sync; each succeeds or fails by itself. A call that
// fails has changed nothing, except that after ErrUnknown nobody can say. Then, and
// after a crash, the call is repeated: each says by itself that it was done already.
// A Posting has a key for that, a Charge its number, a Promise its cumulative amount; a channel gives back what is
// left; a hold is asked for as what it shall be and not as a difference; raising an epoch once more
// does no harm.
//
// # Parts
//
// Ledger is what the rest of the program sees. Journal implements it on any Store; the
// rules are all here, and a store (ledger/sqlite, ledger/postgres) only finds rows and
// writes rows, in one transaction at a time. ledgertest holds what every store must pass.
package ledger
