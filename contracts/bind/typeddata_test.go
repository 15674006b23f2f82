package bind_test

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"

	contracts "github.com/candela-les/candela/contracts/bind"
)

// Typed data of the two methods, described by hand for go-ethereum's signer, so that
// contracts and documents are checked against something that was not made from them.

func fields(pairs ...string) []apitypes.Type {
	var made []apitypes.Type
	for i := 0; i < len(pairs); i += 2 {
		made = append(made, apitypes.Type{Name: pairs[i+1], Type: pairs[i]})
	}
	return made
}

func typedDigest(t *testing.T, data apitypes.TypedData) common.Hash {
	t.Helper()
	digest, _, err := apitypes.TypedDataAndHash(data)
	if err != nil {
		t.Fatal(err)
	}
	return common.BytesToHash(digest)
}

func digits(n uint64) string { return new(big.Int).SetUint64(n).String() }

func ticketData(chain int64, lottery common.Address, ticket contracts.LotteryTicket) apitypes.TypedData {
	return apitypes.TypedData{
		Types: apitypes.Types{
			"EIP712Domain": fields("string", "name", "string", "version", "uint256", "chainId", "address", "verifyingContract"),
			"Ticket": fields("address", "funder", "address", "payer", "address", "payee", "address", "token",
				"uint64", "series", "uint64", "number", "uint128", "face", "uint64", "ratio",
				"bytes32", "commitment", "uint64", "expiry", "bytes32", "seed"),
		},
		PrimaryType: "Ticket",
		Domain: apitypes.TypedDataDomain{
			Name: "Candela Lottery", Version: "1",
			ChainId: math.NewHexOrDecimal256(chain), VerifyingContract: lottery.Hex(),
		},
		Message: apitypes.TypedDataMessage{
			"funder": ticket.Funder.Hex(), "payer": ticket.Payer.Hex(), "payee": ticket.Payee.Hex(), "token": ticket.Token.Hex(),
			"series": digits(ticket.Series), "number": digits(ticket.Number),
			"face": ticket.Face.String(), "ratio": digits(ticket.Ratio),
			"commitment": ticket.Commitment[:], "expiry": digits(ticket.Expiry), "seed": ticket.Seed[:],
		},
	}
}

// chequebookData is typed data of a chequebook's domain, which names no contract.
func chequebookData(chain int64, name string, types []apitypes.Type, message apitypes.TypedDataMessage) apitypes.TypedData {
	return apitypes.TypedData{
		Types: apitypes.Types{
			"EIP712Domain": fields("string", "name", "string", "version", "uint256", "chainId"),
			name:           types,
		},
		PrimaryType: name,
		Domain:      apitypes.TypedDataDomain{Name: "Chequebook", Version: "1.0", ChainId: math.NewHexOrDecimal256(chain)},
		Message:     message,
	}
}

func chequeData(chain int64, book, beneficiary common.Address, cumulative int64) apitypes.TypedData {
	return chequebookData(chain, "Cheque",
		fields("address", "chequebook", "address", "beneficiary", "uint256", "cumulativePayout"),
		apitypes.TypedDataMessage{
			"chequebook": book.Hex(), "beneficiary": beneficiary.Hex(), "cumulativePayout": big.NewInt(cumulative).String(),
		})
}

func cashoutData(chain int64, book, sender common.Address, request int64, to common.Address, fee int64) apitypes.TypedData {
	return chequebookData(chain, "Cashout",
		fields("address", "chequebook", "address", "sender", "uint256", "requestPayout", "address", "recipient", "uint256", "callerPayout"),
		apitypes.TypedDataMessage{
			"chequebook": book.Hex(), "sender": sender.Hex(), "requestPayout": big.NewInt(request).String(),
			"recipient": to.Hex(), "callerPayout": big.NewInt(fee).String(),
		})
}

func timeoutData(chain int64, book, beneficiary common.Address, seconds int64) apitypes.TypedData {
	return chequebookData(chain, "CustomDecreaseTimeout",
		fields("address", "chequebook", "address", "beneficiary", "uint256", "decreaseTimeout"),
		apitypes.TypedDataMessage{
			"chequebook": book.Hex(), "beneficiary": beneficiary.Hex(), "decreaseTimeout": big.NewInt(seconds).String(),
		})
}
