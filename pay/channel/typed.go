package channel

import (
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
	"github.com/candela-les/candela/unit"
)

// Types is x402's typed data on one chain.
type Types struct {
	chainID uint64
	domain  eip712.Domain
	config, voucher, refund,
	claimEntry, claimBatch eip712.Word
	receive eip712.Word
}

// The types as EIP-712 writes them; ERC-3009's is the last.
const (
	configType     = "ChannelConfig(address payer,address payerAuthorizer,address receiver,address receiverAuthorizer,address token,uint40 withdrawDelay,bytes32 salt)"
	voucherType    = "Voucher(bytes32 channelId,uint128 maxClaimableAmount)"
	refundType     = "Refund(bytes32 channelId,uint256 nonce,uint128 amount)"
	claimEntryType = "ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)"
	claimBatchType = "ClaimBatch(ClaimEntry[] claims)" + claimEntryType
	receiveType    = "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
)

// NewTypes returns the typed data of one chain.
func NewTypes(chainID uint64) *Types {
	return &Types{
		chainID:    chainID,
		domain:     eip712.NewDomain("x402 Batch Settlement", "1", chainID, &Settlement),
		config:     eip712.TypeHash(configType),
		voucher:    eip712.TypeHash(voucherType),
		refund:     eip712.TypeHash(refundType),
		claimEntry: eip712.TypeHash(claimEntryType),
		claimBatch: eip712.TypeHash(claimBatchType),
		receive:    eip712.TypeHash(receiveType),
	}
}

// ChannelID returns the digest of a config, which is what a channel is known by.
func (t *Types) ChannelID(c *Config) pay.Hash {
	return t.domain.Digest(eip712.Struct(t.config,
		eip712.OfAddress(c.Payer), eip712.OfAddress(c.PayerAuthorizer),
		eip712.OfAddress(c.Receiver), eip712.OfAddress(c.ReceiverAuthorizer),
		eip712.OfAddress(c.Token), eip712.OfUint(c.WithdrawDelayS), eip712.Word(c.Salt)))
}

// Voucher returns what a payer signs to promise most, over the channel's whole life.
func (t *Types) Voucher(channelID pay.Hash, most unit.Amount) pay.Hash {
	return t.domain.Digest(eip712.Struct(t.voucher, eip712.Word(channelID), eip712.OfAmount(most)))
}

// Refund returns what a receiver signs to let the payer have amount back at once.
func (t *Types) Refund(channelID pay.Hash, nonce uint64, amount unit.Amount) pay.Hash {
	return t.domain.Digest(eip712.Struct(t.refund, eip712.Word(channelID), eip712.OfUint(nonce), eip712.OfAmount(amount)))
}

// ClaimEntry is what is signed of one claim.
type ClaimEntry struct {
	ChannelID    pay.Hash
	Most         unit.Amount // of the voucher
	TotalClaimed unit.Amount // what is taken of it
}

// ClaimBatch returns what a receiver signs to have somebody else claim for it.
func (t *Types) ClaimBatch(entries []ClaimEntry) pay.Hash {
	hashes := make([]eip712.Word, len(entries))
	for i, e := range entries {
		hashes[i] = eip712.Struct(t.claimEntry, eip712.Word(e.ChannelID), eip712.OfAmount(e.Most), eip712.OfAmount(e.TotalClaimed))
	}
	return t.domain.Digest(eip712.Struct(t.claimBatch, eip712.Array(hashes)))
}

// Deposit is an authorization to move a payer's tokens into one channel.
type Deposit struct {
	ChannelID    pay.Hash
	Payer        pay.Address
	Amount       unit.Amount
	ValidAfterS  uint64 // of the chain's clock, exclusive, as ValidBeforeS is
	ValidBeforeS uint64
	Salt         eip712.Word // tells deposits into one channel apart
}

// Authorization returns what the payer signs of a deposit, in the domain of its token.
func (t *Types) Authorization(token eip712.Domain, d *Deposit) pay.Hash {
	return token.Digest(eip712.Struct(t.receive,
		eip712.OfAddress(d.Payer), eip712.OfAddress(Collector), eip712.OfAmount(d.Amount),
		eip712.OfUint(d.ValidAfterS), eip712.OfUint(d.ValidBeforeS), eip712.Word(d.Nonce())))
}

// Nonce returns the nonce that the token gives an authorization for. It binds it to the channel.
func (d *Deposit) Nonce() pay.Hash {
	return pay.Hash(crypto.Keccak256Hash(d.ChannelID[:], d.Salt[:]))
}

// CollectorData returns what the collector is given beside the deposit: abi.encode(validAfter, validBefore, salt, signature).
func (d *Deposit) CollectorData(s *eip712.Signature) []byte {
	var data []byte
	signature := make([]byte, 3*32) // padded to whole words
	copy(signature, s[:])
	for _, w := range []eip712.Word{
		eip712.OfUint(d.ValidAfterS), eip712.OfUint(d.ValidBeforeS), d.Salt,
		eip712.OfUint(4 * 32), eip712.OfUint(uint64(len(s))),
	} {
		data = append(data, w[:]...)
	}
	return append(data, signature...)
}
