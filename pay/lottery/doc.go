// Package lottery is the method of payment "lottery": tickets that win with a stated probability, on Candela's
// contract Lottery.
//
// A payer signs tickets, each of which earns its payee face·p by expectation. Only a winner costs a transaction, and one
// open deposit can pay any number of payees. A promise carries tickets of one series: what the payee has announced, a
// commitment among it. The payee knows what it has committed to, so it draws as soon as it sees a ticket; the payer adds
// randomness of its own that is newer than the commitment, so that neither can steer the draw.
//
// What is credited is the expectation. What was drawn comes by claims, and the ledger keeps the difference in its
// account for luck.
//
// A series ends with its first winner, for then its reveal is going to be public, and whoever has seen it can make losers at
// will. It is retired before anything is broadcast. That is kept by the evidence, which goes into the ledger in
// the transaction that credits the tickets: it says which series is in use, and which winners are not paid yet.
//
// docs/spec/pay-lottery.md has it byte by byte, with what is collectible and what either side can lose.
package lottery
