package lottery

import (
	"encoding/binary"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

// ticketType is the ticket as EIP-712 writes it.
const ticketType = "Ticket(address funder,address payer,address payee,address token,uint64 series,uint64 number,uint128 face,uint64 ratio,bytes32 commitment,uint64 expiry,bytes32 seed)"

// Ticket is all that a payer signs.
type Ticket struct {
	Funder, Payer, Payee, Token pay.Address
	Series                      uint64      // the payee's number of its announcement
	Number                      uint64      // 1, 2, 3 … within the series
	Face                        unit.Amount // what a winner is paid
	Ratio                       uint64      // it wins with probability (Ratio + 1) / 2⁶⁴
	Commitment                  pay.Hash    // Keccak-256 of the payee's reveal
	ExpiryS                     uint64      // the last second in which it is paid, Unix time
	Seed                        pay.Hash    // the payer's randomness, new for each ticket
}

// Types is the typed data of one contract.
type Types struct {
	domain eip712.Domain
	ticket eip712.Word
}

// NewTypes returns the typed data of a contract on a chain.
func NewTypes(chainID uint64, contract pay.Address) *Types {
	return &Types{
		domain: eip712.NewDomain("Candela Lottery", "1", chainID, &contract),
		ticket: eip712.TypeHash(ticketType),
	}
}

// Digest returns what is signed of a ticket, and drawn from.
func (t *Types) Digest(k *Ticket) pay.Hash {
	return t.domain.Digest(eip712.Struct(t.ticket,
		eip712.OfAddress(k.Funder), eip712.OfAddress(k.Payer), eip712.OfAddress(k.Payee), eip712.OfAddress(k.Token),
		eip712.OfUint(k.Series), eip712.OfUint(k.Number), eip712.OfAmount(k.Face), eip712.OfUint(k.Ratio),
		eip712.Word(k.Commitment), eip712.OfUint(k.ExpiryS), eip712.Word(k.Seed)))
}

// Draw returns what is drawn for a ticket: the low 64 bits of the hash of its digest and the reveal. No byte of a
// signature is in it, for one ticket may have several signatures.
func Draw(digest, reveal pay.Hash) uint64 {
	return binary.BigEndian.Uint64(crypto.Keccak256(digest[:], reveal[:])[24:])
}

// Wins reports whether a ticket of this digest and ratio wins.
func Wins(digest, reveal pay.Hash, ratio uint64) bool { return Draw(digest, reveal) <= ratio }

// CommitmentTo returns what a payee announces of a reveal.
func CommitmentTo(reveal pay.Hash) pay.Hash { return pay.Hash(crypto.Keccak256Hash(reveal[:])) }
