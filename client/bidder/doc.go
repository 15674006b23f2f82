// Package bidder buys service over market/1: it carries out what market/buyer decides, and
// tells it what servers say.
//
// A Bidder is made once for a light client. Whoever owns a connection to a server calls Attach
// and hands in what comes:
//
//	s := b.Attach(peer, conn)
//	defer s.End()
//	err := s.Receive(code, payload) // for each message of market/1
//
// By file:
//
//	session.go   one connection: greeting, and every signature checked before anything is believed
//	receive.go   what messages mean; request.go which are waited for, and for how long
//	seller.go    what is known of one server, over connections and restarts of it
//	order.go     the bid that is wanted and the one that stands become the same
//	account.go   entries of the account, and charges, each handed to the buyer once
//	carry.go     what the buyer wants done
//	counter.go   where accounts are filled; line.go and call.go what is said about payments
//	evidence.go  what shows others that a server cheats, in a file
//	status.go    what people are shown
//
// What it promises:
//   - One goroutine owns the Buyer and everything about servers. It waits for nothing but the next
//     message: money, the disk and slow servers are waited for elsewhere, and no server is
//     waited for by another. Nothing grows without a bound.
//   - What a server has signed is used only if market, node, client and signature are right. What is
//     wrong ends the connection and counts as a lie (ErrLie).
//   - A bid is signed once. If its answer is lost the same bytes are sent again, so it can neither be
//     placed twice nor charged twice.
//   - Business survives a connection that is lost for a moment, and ends with the server's book: in
//     a new one it is bid anew.
//   - Each entry of an account is counted once as spent, also over restarts of this client, and
//     what was spent today is on disk.
//   - A payment is asked about until there is an answer or its time is over, over connections that are lost meanwhile. No
//     bid, and nothing of another server, waits for a chain.
//   - A server that is proven to cheat is left, and the proof written to a file.
//
// What it must not do: decide what anything is worth (package buyer does), or move money (Fund does).
package bidder
