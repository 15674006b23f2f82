package cheque

import (
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

// Types is Swarm's typed data on one chain. Its domain names no contract: each message does.
type Types struct {
	domain          eip712.Domain
	cheque, cashout eip712.Word
}

// The types as EIP-712 writes them. A CustomDecreaseTimeout is never signed here: it has no nonce.
const (
	chequeType  = "Cheque(address chequebook,address beneficiary,uint256 cumulativePayout)"
	cashoutType = "Cashout(address chequebook,address sender,uint256 requestPayout,address recipient,uint256 callerPayout)"
)

// NewTypes returns the typed data of one chain.
func NewTypes(chainID uint64) *Types {
	return &Types{
		domain:  eip712.NewDomain("Chequebook", "1.0", chainID, nil),
		cheque:  eip712.TypeHash(chequeType),
		cashout: eip712.TypeHash(cashoutType),
	}
}

// Cheque returns what an issuer signs to promise a beneficiary cumulative, over the chequebook's whole life.
func (t *Types) Cheque(book, beneficiary pay.Address, cumulative unit.Amount) pay.Hash {
	return t.domain.Digest(eip712.Struct(t.cheque,
		eip712.OfAddress(book), eip712.OfAddress(beneficiary), eip712.OfAmount(cumulative)))
}

// Cashout is what a beneficiary signs to have somebody else cash a cheque for it.
type Cashout struct {
	Book      pay.Address
	Sender    pay.Address // who may cash
	Payout    unit.Amount // the cheque's cumulative
	Recipient pay.Address // gets the money
	Fee       unit.Amount // of it, for the sender
}

// Cashout returns what is signed of it.
func (t *Types) Cashout(c *Cashout) pay.Hash {
	return t.domain.Digest(eip712.Struct(t.cashout,
		eip712.OfAddress(c.Book), eip712.OfAddress(c.Sender), eip712.OfAmount(c.Payout),
		eip712.OfAddress(c.Recipient), eip712.OfAmount(c.Fee)))
}

// idPrefix sets what is hashed to an ID apart from all else that is hashed.
const idPrefix = "candela cheque\x00"

// ID returns what a channel is known by: the hash of its opening.
func (o *Opening) ID() pay.Hash {
	return pay.Hash(crypto.Keccak256Hash([]byte(idPrefix), o.Encode()))
}
