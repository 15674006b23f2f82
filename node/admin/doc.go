// Package admin lets an operator look at a running server and decide what it
// promises to whom: how much of its capacity is for sale, which clients are granted
// units of it, and who has to stop or leave.
//
// An Office is in a directory, usually the server's data directory. It keeps there
//
//	operator.json  what the operator has decided, for people to read
//	admin.ipc      a Unix socket on which it answers JSON-RPC 2.0
//	admin.lock     held by the process whose office it is
//
// and whoever may open the socket (its owner, and root) may decide. Client asks at the
// other end; methods, shapes and error codes are in docs/spec/admin.md.
//
// The rule that everything here serves: a decision is on disk before it is answered
// and before it holds. It is checked, written durably, applied, in this order and under
// one lock; where checking or writing fails nothing changes. A decision that was
// answered therefore survives any crash, and one that was refused never comes back.
package admin
