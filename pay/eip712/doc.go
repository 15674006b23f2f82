// Package eip712 hashes and signs typed data for the methods of payment: EIP-712, packed by hand.
//
// A server hashes what a client has signed once for each promise, and a general
// encoder takes as long for that as a fifth of the signature's verification. So a
// method writes the words of its few types out itself:
//
//	domain := eip712.NewDomain("x402 Batch Settlement", "1", chainID, &settlement)
//	typeHash := eip712.TypeHash("Voucher(bytes32 channelId,uint128 maxClaimableAmount)")
//	digest := domain.Digest(eip712.Struct(typeHash, eip712.Word(id), eip712.OfAmount(most)))
//
// and proves in its tests, against go-ethereum's encoder and its contract, that they
// are right.
//
// Signatures have one form only: 65 bytes r, s, v with v 27 or 28 and the lower of the two possible s, as contracts
// check them. Nobody but the signer can make a second signature of the same digest out of one.
package eip712
