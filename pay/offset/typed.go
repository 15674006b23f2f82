package offset

import (
	"encoding/binary"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/pay/voucher"
	"github.com/candela-les/candela/unit"
)

// takenType is the statement's type as EIP-712 writes it.
const takenType = "Taken(address client,address partner,uint128 total)"

// types is the typed data of one asset.
type types struct {
	domain eip712.Domain
	taken  eip712.Word
}

func newTypes(asset pay.Asset) *types {
	token := asset.Token
	return &types{eip712.NewDomain("Candela Offset", "1", asset.ChainID, &token), eip712.TypeHash(takenType)}
}

// digest is what a client signs to say that it has taken service worth total, from the beginning on, on account at a partner's servers.
func (t *types) digest(client, partner pay.Address, total unit.Amount) pay.Hash {
	return t.domain.Digest(eip712.Struct(t.taken, eip712.OfAddress(client), eip712.OfAddress(partner), eip712.OfAmount(total)))
}

// Digest returns what a client signs to say that it has taken service worth total on account at a partner's servers.
func Digest(asset pay.Asset, client, partner pay.Address, total unit.Amount) pay.Hash {
	return newTypes(asset).digest(client, partner, total)
}

// Sign has a client say how much service it has taken on account at a partner's servers. Errors: the signer's.
func Sign(client eip712.Signer, asset pay.Asset, partner pay.Address, total unit.Amount) (Statement, error) {
	signature, err := eip712.Sign(client, Digest(asset, pay.Address(client.Address()), partner, total))
	return Statement{Cumulative: total, Signature: signature}, err
}

// statements are those of a channel.
func (t *types) statements(o *Opening) voucher.Channel {
	return voucher.Channel{ID: o.ID(), Payer: o.Client, Digest: func(total unit.Amount) pay.Hash { return t.digest(o.Client, o.Partner, total) }}
}

// idPrefix sets what is hashed to an ID apart from all else that is hashed.
const idPrefix = "candela offset\x00"

// ID returns what a channel is known by: asset, client and partner. What is shown in an opening is no part of it.
func (o *Opening) ID() pay.Hash {
	b := binary.BigEndian.AppendUint64([]byte(idPrefix), o.Asset.ChainID)
	b = append(b, o.Asset.Token[:]...)
	b = append(b, o.Client[:]...)
	b = append(b, o.Partner[:]...)
	return pay.Hash(crypto.Keccak256Hash(b))
}

// back is the channel of the other direction.
func (o *Opening) back() *Opening {
	return &Opening{Asset: o.Asset, Client: o.Partner, Partner: o.Client}
}
