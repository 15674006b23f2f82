// Package offset is the method of payment "offset": service for service. Two operators whose light clients are served by each other's servers
// set off what each has taken, and pay by another method only what is beyond a threshold. There is no chain in it.
//
// A client signs a statement of how much service it has taken on account at a partner's servers in all. A partner is an operator, known by
// the address of its own light client. The server takes statements up to its threshold and what its own light client has taken at the partner's
// servers in return; of that the client shows the newest statement, which it has from its own server (Own).
//
// So nothing is ever given back by a signature of its own: taking service does that. What is owed at a time is the difference of two totals that only grow, and
// for a server that is credit, at most the threshold for each partner that its operator has named.
//
// docs/spec/pay-offset.md has it byte by byte, with what either side can lose.
package offset
