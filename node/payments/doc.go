// Package payments lets the owner of a light client look after the money that it pays with: what is locked and promised, what
// has become of it, and by hand open channels, lock more, and take back what is left.
//
// A Desk stands beside the wallet of a running light client and answers JSON-RPC 2.0 on the Unix socket pay.ipc in its data directory,
// which only its owner, and root, may open. Client asks at the other end; methods, shapes and error codes are in docs/spec/payments.md.
//
// There is never a second owner of the notes: whoever wants to look after payments while no light client runs starts
// one that buys nothing (package node does that), and asks at its desk.
//
// What takes as long as the chain does is a Job. It is begun by one call and looked at by others, so that it goes on when whoever asked for
// it is gone. What it has begun is noted by the wallet before, and is gone on with by whichever light client is started next.
package payments
