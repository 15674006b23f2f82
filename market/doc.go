// Package market decides who is served when, and what each client is promised: the
// rules by which a server's capacity is shared between clients that have units of it
// (paid) and clients that have none (free).
//
// Market is a step function. It is told what happens (a client connects, a request
// arrives, a request is done and what it cost, the capacity is measured anew, time
// passes) and says what is to be done about it, as a list of Effects that the caller
// carries out. It reads no clock, waits for nothing, starts no goroutine, and the
// same inputs always have the same effects. Its caller calls it from one goroutine at
// a time, and calls Tick when Next says so.
//
// Units are granted by hand (Settings) or sold by package auction (Sale); grants come first. What is
// for sale follows the measured capacity, and less of it is announced ahead. Who has won how much is
// an Effect; what clients owe is taken by Debit, and how much they may owe set by Fund: what money
// is, and where it is kept, is not known here.
//
// What it promises:
//   - Σ units allocated ≤ the units that there are, but for a fall of sold ones that was announced
//     and is yet to come. Units that were taken back are not granted before their former owner
//     has stopped using them, and sold again only as far as the reserve goes.
//   - No free request starts while a paid one waits, and free requests start only
//     while all serving together stays within the measured capacity.
//   - A sold unit buys precedence only at the rate that it promises, from the moment on at which
//     it is had: winning for an instant buys an instant (earn.go).
//   - A client that obeys flow control is never stopped for what it sent; a paid one
//     is never stopped, refused or sent away for what others do.
//   - Of free clients that want more than there is, those whose requests were in the
//     way of others the most wait longest, and are frozen first. What a client did
//     stays with the address it came from, so a new name does not help.
package market
