// Package link is the listening side of RLPx, devp2p's transport: it agrees on keys with
// whoever has connected, and carries messages in encrypted frames.
//
//	l, err := link.Accept(conn, auth, key) // auth: the first message, already read
//	l.Write(0, hello)
//	code, payload, err := l.Read(2048)
//	l.Compress()
//
// It speaks what package p2p/rlpx of go-ethereum speaks, and differs in what it lets
// strangers do: a frame takes no more memory than has been received of it, nothing is
// decompressed that is larger than what the caller permits or than it can be, and a
// connection that is idle holds no buffers.
//
// RLPx is specified in github.com/ethereum/devp2p (rlpx.md), EIP-8 and EIP-706.
package link
