// Package channel is the method of payment "channel": a one-way channel from a client to a server, on
// x402's EVM contract `batch-settlement`.
//
// A payer locks a deposit for one receiver and signs vouchers, each for what it has paid over the
// channel's whole life. The receiver claims with the newest one. What is not claimed the payer takes back:
// at once with the receiver's signature (Refund), or by itself after a delay in which the receiver can still claim.
//
// The bytes that are signed and the contract's calls are x402's, so its clients, servers and tools work with
// these channels. What Candela adds is how promises fill an account: any higher
// cumulative is accepted and the difference credited, so payments do not wait for each other.
//
// docs/spec/pay-channel.md has it byte by byte, with what is collectible and what either side can lose.
package channel
