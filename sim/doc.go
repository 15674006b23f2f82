// Package sim plays the whole market from a seed, without a network: thousands of servers
// and up to a million clients, whose demand fluctuates, of whom some cheat.
//
// What is sold is sold by the code that ships: a market/auction.Auction for each server and a
// market/buyer.Buyer for each client. The rest is a model. Clients do not send
// requests; they ask for so much capacity, and how late the answers are follows
// from queueing theory (queue.go). Each client knows a handful of servers, as it would in
// reality. Servers and clients have clocks that agree.
//
// Time passes in rounds. In the first half of a round all clients that have something to do act,
// each at its own instant, on what the servers have published and told them by the end of the round before. In
// the second half each server carries out what it was asked, in the order of the instants. So
// neither half has two that touch the same thing, both run on all processors, and the results
// are the same bytes for the same scenario and seed, on however many.
//
// What is checked all the time, and fails a run:
//   - Money (money.go): what clients were charged is what operators were credited, what clients paid in is
//     what is held, earned or paid back, to the last base unit. The auctions of some servers are
//     followed by a twin that charges every winner by the published curves; they agree to the last part of one.
//   - Promises (promise.go): no server has sold more units than it has for sale, no server that means to keep
//     its promises serves less than it was asked for within them, and no such server is proven a cheat.
//
// Scenarios are read by go.yaml.in/yaml/v3, the YAML organisation's own: goccy/go-yaml panicked
// on a range of three numbers.
//
// Welfare is what the units that are had are worth to those that have them. It is compared
// with what all units are worth to those to whom they are worth most (welfare.go).
package sim
