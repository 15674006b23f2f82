// Package discovery lets LES servers be found, and finds them.
//
// A server is an Announcer: it keeps the entries `les` and `eth` in its node record,
// and answers questions for its conditions over the discovery network's TALKREQ. A
// light client has a Finder: it walks the discovery network and DNS lists, asks the
// servers that it meets for their conditions, and keeps connections to some of those
// that have a free place (package client/pool decides to which).
//
// docs/spec/discovery.md is the specification of what goes over the wire. Nothing
// that is discovered is trusted: what servers answer is proven, and heads are
// elected among configured servers only.
package discovery
