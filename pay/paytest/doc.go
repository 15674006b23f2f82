// Package paytest is what every method of payment must pass: one suite over a real EVM.
//
// A World is a chain in process with a token, a server and its clients. Server and Client are
// processes: each has its own view of the chain, its own disk and its own clock, and can be made to
// crash at any step (Crash) and to start again from what is on its disk. Between them is a line that can lose
// requests and answers. The server is the real Cashier and Collector, over a Book.
//
// A method's test hands Run a Method: how its two sides are made, and what a liar can sign. The suite knows
// nothing else of it.
//
//	func TestMethod(t *testing.T) { paytest.Run(t, paytest.Method{…}) }
package paytest
