// Package marketwire holds the messages of market/1, the protocol by which capacity
// is sold: their codes, their limits, their bytes, and what is signed in them.
//
// It knows nothing of what the capacity is used for. docs/spec/market1.md is the
// specification. Like package wire it does no I/O: a session reads a message from a
// wire.Conn, hands code and payload to Decode, and writes what Append made.
//
//	m, err := marketwire.Decode(code, payload)
//	switch m := m.(type) {
//	case *marketwire.Bid:
//		if err := m.Order.Verify(&market, client); err != nil {
//			refusal := &marketwire.Refused{Tag: m.Tag, Reason: marketwire.BadSignature}
//			conn.WriteMsg(refusal.Code(), marketwire.Append(nil, refusal))
//		}
//	}
//
// What binds somebody is a statement: a Terms, a Curve, an Order, an Allocation, a
// Balance, a Page or a Receipt, each with a domain of its own, the market that it is of and, if
// it concerns one client only, that client's address. Sign makes a Signed one and
// Signed.Verify checks it, also for somebody who was not there. Verify is never
// called by Decode.
//
// Times in statements are nanoseconds since 1970 by the seller's clock, spans are
// milliseconds, and capacity is in whatever unit the seller measures it.
package marketwire

import (
	"fmt"

	"github.com/candela-les/candela/wire"
)

// Hash is a Keccak-256 hash, Address an account's address.
type (
	Hash    = wire.Hash
	Address = wire.Address
)

// Protocol is the name of the devp2p capability, Version the only one there is yet,
// and Length how many message codes it claims.
const (
	Protocol        = "market"
	Version    uint = 1
	Length          = 0x20
	FirstSpare      = 0x13 // 13 to 17 are unused
	FirstMoney      = 0x18 // 18 to 1e carry payments
	LastSpare       = 0x1f // is unused
)

// Message codes.
const (
	CodeHello         = 0x00
	CodeRefused       = 0x01
	CodeGetConditions = 0x02
	CodeConditions    = 0x03
	CodeGetCurves     = 0x04
	CodeCurves        = 0x05
	CodeBid           = 0x06
	CodeBidAccepted   = 0x07
	CodeNotice        = 0x08
	CodeGetAccount    = 0x09
	CodeAccount       = 0x0a
	CodeGetStatement  = 0x0b
	CodeStatement     = 0x0c
	CodeBalanceLow    = 0x0d
	CodeDemoted       = 0x0e
	CodeClose         = 0x0f
	CodeClosed        = 0x10
	CodeGetCharge     = 0x11
	CodeCharged       = 0x12

	CodeEstablish = 0x18
	CodeStanding  = 0x19
	CodePromise   = 0x1a
	CodeAccepted  = 0x1b
	CodeIncrease  = 0x1c
	CodeSettle    = 0x1d
	CodeSettled   = 0x1e
)

// kind is what is known of a message by its code.
type kind struct {
	name string
	made func() Message
	// buyer and seller say who sends it.
	buyer, seller bool
}

func kindOf(code uint64) (k kind, ok bool) {
	switch code {
	case CodeHello:
		return kind{"Hello", func() Message { return new(Hello) }, true, true}, true
	case CodeRefused:
		return kind{"Refused", func() Message { return new(Refused) }, false, true}, true
	case CodeGetConditions:
		return kind{"GetConditions", func() Message { return new(GetConditions) }, true, false}, true
	case CodeConditions:
		return kind{"Conditions", func() Message { return new(Conditions) }, false, true}, true
	case CodeGetCurves:
		return kind{"GetCurves", func() Message { return new(GetCurves) }, true, false}, true
	case CodeCurves:
		return kind{"Curves", func() Message { return new(Curves) }, false, true}, true
	case CodeBid:
		return kind{"Bid", func() Message { return new(Bid) }, true, false}, true
	case CodeBidAccepted:
		return kind{"BidAccepted", func() Message { return new(BidAccepted) }, false, true}, true
	case CodeNotice:
		return kind{"Notice", func() Message { return new(Notice) }, false, true}, true
	case CodeGetAccount:
		return kind{"GetAccount", func() Message { return new(GetAccount) }, true, false}, true
	case CodeAccount:
		return kind{"Account", func() Message { return new(Account) }, false, true}, true
	case CodeGetStatement:
		return kind{"GetStatement", func() Message { return new(GetStatement) }, true, false}, true
	case CodeStatement:
		return kind{"Statement", func() Message { return new(Statement) }, false, true}, true
	case CodeBalanceLow:
		return kind{"BalanceLow", func() Message { return new(BalanceLow) }, false, true}, true
	case CodeDemoted:
		return kind{"Demoted", func() Message { return new(Demoted) }, false, true}, true
	case CodeClose:
		return kind{"Close", func() Message { return new(Close) }, true, false}, true
	case CodeClosed:
		return kind{"Closed", func() Message { return new(Closed) }, false, true}, true
	case CodeGetCharge:
		return kind{"GetCharge", func() Message { return new(GetCharge) }, true, false}, true
	case CodeCharged:
		return kind{"Charged", func() Message { return new(Charged) }, false, true}, true
	default:
		return paymentOf(code)
	}
}

func paymentOf(code uint64) (k kind, ok bool) {
	switch code {
	case CodeEstablish:
		return kind{"Establish", func() Message { return new(Establish) }, true, false}, true
	case CodeStanding:
		return kind{"Standing", func() Message { return new(Standing) }, false, true}, true
	case CodePromise:
		return kind{"Promise", func() Message { return new(Promise) }, true, false}, true
	case CodeAccepted:
		return kind{"Accepted", func() Message { return new(Accepted) }, false, true}, true
	case CodeIncrease:
		return kind{"Increase", func() Message { return new(Increase) }, true, false}, true
	case CodeSettle:
		return kind{"Settle", func() Message { return new(Settle) }, true, false}, true
	case CodeSettled:
		return kind{"Settled", func() Message { return new(Settled) }, false, true}, true
	}
	return kind{}, false
}

// CodeName returns a message's name for logs and metrics, such as "GetCurves".
func CodeName(code uint64) string {
	if k, ok := kindOf(code); ok {
		return k.name
	}
	return fmt.Sprintf("%#02x", code)
}

// FromBuyer and FromSeller say whether a message of this code may come from there.
// Both are true for Hello, and false for a code that nobody may send yet.
func FromBuyer(code uint64) bool { k, _ := kindOf(code); return k.buyer }

// FromSeller is described with FromBuyer.
func FromSeller(code uint64) bool { k, _ := kindOf(code); return k.seller }
