// Package server answers light clients: it runs LES sessions, versions 4 and 5,
// on top of a chain.Source.
//
// New makes a server, Serve runs one session on a connection that a transport
// hands over, Close ends them all. Nothing here knows sockets, or go-ethereum.
//
// What a session promises its client is in its Status: what can be asked for
// (the source's ranges, kept current), what it costs at most (the cost table,
// measured when the server starts), and how fast that may be spent (package
// market/flow). A client that asks too early is told Stop and later Resume, never
// thrown out. A client that breaks the protocol is thrown out, and the error that
// Serve returns says which rule it broke.
//
// What a client can make the server do is bounded: one request of a session is
// served at a time, on the goroutine that reads it, so a client that floods fills
// only the transport's own window; a client that does not read its replies is dropped.
// What a request costs beyond its price is paid by its client (decision 0006). Who is
// served when, stopped or sent away is decided by package market; the desk is where
// sessions meet it (decision 0010).
package server
