// Package buyer turns what a person wants – so much service, at most at that price and for
// so much a day, from so many servers – into standing bids on servers that sell capacity by a
// continuous Vickrey auction, and looks whether what they charge is right.
//
// Buyer is a step function. It is told what happens (a server appears, its conditions and
// its price curve, what was allocated, what an account holds, what was charged, how well a server
// answered, time passes) and says what to do, as a list of Effects that the caller carries out. It
// reads no clock, waits for nothing, starts no goroutine; the same inputs always have the same
// effects. Its caller calls it from one goroutine at a time, and calls Tick when Next says so.
//
// What it promises:
//   - No unit price that it bids is above the demand's highest price, and those of a bid do not
//     increase. What the servers before it have sold already counts as had: a server is bid what its units are
//     worth on top of that, and no more than the best alternative costs, moving there included.
//   - The daily budget is not exceeded, even if every bid wins at its own price from
//     one step until the one after the next. One factor over all bids spreads it over the day.
//   - Where the least that is needed costs more than it is worth, all bids are withdrawn.
//   - Servers are known by what they did: by free service first. A server whose
//     quality is worse has to be cheaper by as much. It is asked for no more than twice what it
//     has served well.
//   - It moves only if that has been better for five minutes by more than moving costs, and moving
//     costs twice as much each time, until hours have passed.
//   - A charge that does not follow from the signed curve, own bid and allocation, and two curves
//     under one number, are kept as proof, and the server is left.
//
// Why quality, pacing and moving are computed as they are: decision 0018.
package buyer
