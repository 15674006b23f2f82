// Package auction sells a server's units of capacity by a continuous Vickrey auction.
//
// Each client has one standing bid: a list of prices that does not increase, for its
// first, second and further units. At every moment the N highest unit prices that are
// not below the reserve win. A client with k winning units pays, per hour, what the
// others lose by its presence: the sum of the k highest losing unit prices that are not
// its own, each at least the reserve, missing ones counting as the reserve. So nobody
// gains by bidding anything but the truth, against a seller that keeps to the rules and
// for values that do not increase.
//
// An Auction is a step function: a bid, a limit, a number of units or the passing of
// time goes in; who has how many units now and why (Effects), what each owes (Debit)
// and what is the same for everybody (Curve) come out. It reads no clock and draws no
// lots. The same inputs always have the same results, and Input is their written form.
//
// What it promises:
//   - Winners are the N best unit prices: the higher price first, then the older bid,
//     then the earlier price of a bid. Any change of a bid makes it the newest.
//   - What a client owes is the integral of its rate over time, exactly; nothing is
//     rounded but what Debit returns, and the rest of that is kept.
//   - A client that owes as much as its limit loses its bid at that very nanosecond,
//     wherever the next input comes. What the nanosecond has cost beyond the limit is
//     forgiven, so nobody ever owes more than the limit.
//   - A change never visits all winners. It costs O((d+|ΔN|) log n + K + K·min(K,P)) for
//     d unit prices replaced, at most K of them in a bid, and P clients that have
//     both winning prices and some of the K best losing ones.
//
// How the last is done: rates and their integrals over time are kept for k = 1…K, as if
// for clients with none of the best losing prices, and a client is charged by the
// difference of two integrals. The few that have some of those prices get a correction.
// Clients wait in heaps by the value of the integral at which their limit is reached;
// that value stays the same when prices change, only the instant moves.
//
// Also here, for buyers: Curve.Charge, Curve.Quote and Curve.Win recompute prices from what a
// seller publishes, and Records proves a seller a cheat that publishes two curves of which
// one must be a lie, or charges off its curve. An Auction is not safe for concurrent use.
package auction
