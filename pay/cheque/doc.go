// Package cheque is the method of payment "cheque": cheques on a client's chequebook, on Swarm's contracts
// (ERC20SimpleSwap and its factory).
//
// A client has one chequebook for all servers. It sets a hard deposit aside in it for each server that it pays, and signs cheques, each
// over all that it has promised that server so far. The server cashes the newest one. What is set aside the client takes back
// by itself, after a timeout in which the server can still cash.
//
// Only the hard deposit counts: what else is in a chequebook its issuer can withdraw at once, or promise to many. A
// cheque cannot be taken back, so there is no closing by consent.
//
// The issuer signs cheques and owns the chequebook, by Swarm's ABI. It is the client's session key. The key that has the
// funds only transfers tokens into the chequebook, little at a time.
//
// docs/spec/pay-cheque.md has it byte by byte, with what is collectible and what either side can lose.
package cheque
