package marketwire

import (
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/wire/internal/codec"
)

// Market says who sells here and for what money. It stays the same for as long as a
// server has the same keys and takes the same token.
type Market struct {
	ChainID  uint64  // of the chain that the token is on
	Token    Address // the token's contract; zero for the chain's own coin
	Decimals uint64  // a whole token is 10^Decimals base units
	Currency string  // the token's name for people, such as "USDC"
	Seller   Address // signs what binds the seller
	Node     Hash    // the server that sells, by its devp2p id: keccak256 of its public key
}

func (m *Market) fields(dst []byte) []byte {
	dst = codec.AppendUint(dst, m.ChainID)
	dst = codec.AppendAddress(dst, m.Token)
	dst = codec.AppendUint(dst, m.Decimals)
	dst = codec.AppendString(dst, m.Currency)
	dst = codec.AppendAddress(dst, m.Seller)
	return codec.AppendHash(dst, m.Node)
}

func (m *Market) append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	return codec.CloseList(m.fields(dst), at)
}

// ID names the market in all statements: keccak256(rlp([MarketDomain, field…])).
func (m *Market) ID() Hash {
	dst, at := codec.OpenList(make([]byte, 0, 192))
	dst = codec.AppendString(dst, MarketDomain)
	return crypto.Keccak256Hash(codec.CloseList(m.fields(dst), at))
}

func (m *Market) read(outer *codec.Reader) {
	r := outer.List()
	*m = Market{ChainID: r.Uint(), Token: r.Address(), Decimals: r.Uint()}
	r.Limit("decimals", m.Decimals, MaxDecimals)
	m.Currency = readName(&r, "currency", MaxCurrency)
	m.Seller, m.Node = r.Address(), r.Hash()
	outer.Leave(&r)
}

// Hello is the first message of both ends: [version, [market?], epoch, …]. It may grow
// at its end; a receiver ignores what it does not know.
type Hello struct {
	Version uint64  // the highest version of this text that the sender knows, at least 1
	Market  *Market // of an end that sells, else nil
	// Epoch names the book: when it was begun, in nanoseconds since 1970. 0 from an end
	// that does not sell.
	Epoch uint64
}

// Code implements Message.
func (*Hello) Code() uint64 { return CodeHello }

func (h *Hello) fields(dst []byte) []byte {
	dst = codec.AppendUint(dst, h.Version)
	dst, at := codec.OpenList(dst)
	if h.Market != nil {
		dst = h.Market.append(dst)
	}
	dst = codec.CloseList(dst, at)
	return codec.AppendUint(dst, h.Epoch)
}

func (h *Hello) decode(r *codec.Reader) {
	r.Count("fields", maxHello)
	h.Version = r.Uint()
	l := r.List()
	if l.More() {
		h.Market = new(Market)
		h.Market.read(&l)
	}
	r.Leave(&l)
	h.Epoch = r.Uint()
	if r.Err == nil && h.Version == 0 {
		r.Fail(codec.Malformed("version 0"))
	}
	if r.Err == nil && (h.Market == nil) != (h.Epoch == 0) {
		r.Fail(codec.Malformed("a market without an epoch, or an epoch without a market"))
	}
	r.Rest = nil // of a later version
}
