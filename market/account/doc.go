// Package account is the arithmetic of one client's money at one server: how much the client
// may owe, what of it was charged and is not in the ledger yet, how much of its money the
// server should hold, and when it will be used up.
//
// A server charges only against a hold, a slice of the client's balance that the ledger has
// set aside for this server, and charges every few seconds. Neither waits for the disk: a
// charge counts from the moment it is made, and is posted afterwards. What the client may
// owe beyond that, the Limit, is therefore the hold less the charges that are not posted.
//
// Account keeps that true while answers of the ledger come late, in another order, or not at
// all. The rule that makes it so: the ledger numbers the charges of a hold, and whoever asks
// for a hold is told the number of the last charge before it. The hold's amount counts
// against all charges behind that number, posted or not. While a hold has been asked for and
// nothing was heard, the least of what it may be counts.
//
// It promises:
//   - The limit is never above the ledger's hold less what was charged and is not posted,
//     as long as the hold is only changed by who is asked here, or Lost says so.
//   - Charges are posted in the order in which they were made, each under one number, so
//     that repeating one whose answer was lost does not charge twice.
//
// There is no clock and no I/O here; server/till does both. An Account is not safe for
// concurrent use.
package account
