// Package rpc is the light client's face to a wallet: Ethereum JSON-RPC over HTTP and WebSocket on one port.
//
// It translates. Every answer comes from a [Backend], which returns only what it has proven; this room resolves block
// parameters, shapes results field by field as go-ethereum v1.17.8 does, and words errors as go-ethereum does, because
// wallets and libraries match on both. It never computes an answer from anything a server merely claimed.
//
// What it promises:
//
//   - an unknown object is null, a missing proof is an error, and the two are never confused;
//   - Candela's own failures have codes of their own (-32010 to -32016, see [CodeNoHead]) with a data object that says
//     what failed, at which server, and what can be done; they never use -32603, -32005 or -1, which libraries retry;
//   - a batch, a body, a filter, a subscription and a response are all bounded;
//   - a subscriber that cannot keep up loses its connection, never a block number in between.
//
// The tag "pending" means latest plus the transactions sent through this endpoint: state is that of the latest block, the
// nonce counts own transactions, and the pending block lists them with every field that only execution would give left
// null or zero.
//
// Listening is the only I/O here. What the answers rest on is package client's business.
package rpc
