package marketwire

import (
	"crypto/ecdsa"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/internal/codec"
)

// What every signed statement begins with, so that a signature means nothing
// anywhere else.
const (
	MarketDomain     = "candela/market1/market/1"
	TermsDomain      = "candela/market1/conditions/1"
	CurveDomain      = "candela/market1/curve/1"
	OrderDomain      = "candela/market1/bid/1"
	AllocationDomain = "candela/market1/allocation/1"
	BalanceDomain    = "candela/market1/account/1"
	PageDomain       = "candela/market1/statement/1"
	ReceiptDomain    = "candela/market1/charge/1"
)

// Errors of checking a statement, beside wire.ErrSignature; match with errors.Is.
var (
	// ErrMarket: the statement is of another market: another seller, server or token.
	ErrMarket = errors.New("statement of another market")
	// ErrClient: the statement concerns another client.
	ErrClient = errors.New("statement for another client")
	// ErrSenseless: the statement contradicts itself. If it is signed, its signer is a
	// liar or broken.
	ErrSenseless = errors.New("statement contradicts itself")
)

// Signature is R‖S‖V by secp256k1, V being 0 or 1 and S in the lower half.
type Signature [wire.SignatureLength]byte

// Body is what can be signed.
type Body interface {
	Terms | Curve | Order | Allocation | Balance | Page | Receipt

	frame() frame
	fields(dst []byte) []byte
}

// frame is what all statements say.
type frame struct {
	domain   string
	market   Hash
	client   *Address // whom it concerns, nil for everybody
	byClient bool     // who signs: the client, or else the seller
}

// Signed is a statement with its signature: [[field…], signature].
type Signed[B Body] struct {
	Body      B
	Signature Signature
}

// Digest is what is signed: keccak256(rlp([domain, field…])).
func Digest[B Body](b B) Hash {
	dst, at := codec.OpenList(make([]byte, 0, 512))
	dst = codec.AppendString(dst, b.frame().domain)
	return crypto.Keccak256Hash(codec.CloseList(b.fields(dst), at))
}

// Sign signs a statement, which must not be changed afterwards.
func Sign[B Body](b B, key *ecdsa.PrivateKey) (Signed[B], error) {
	sig, err := codec.SignDigest(Digest(b), key)
	if err != nil {
		return Signed[B]{}, err
	}
	return Signed[B]{Body: b, Signature: Signature(sig)}, nil
}

// Verify returns an error that wraps ErrMarket if the statement is not of this market,
// ErrClient if it concerns another client than this one, and wire.ErrSignature unless it
// was signed by who has to: the client if it is an Order, else the market's seller.
// Terms and Curve concern everybody, and client is not looked at. Whether the statement
// makes sense and is not too old is for the caller to say.
func (s *Signed[B]) Verify(m *Market, client Address) error {
	f := s.Body.frame()
	if id := m.ID(); f.market != id {
		return fmt.Errorf("%w: %x, not %x", ErrMarket, f.market[:8], id[:8])
	}
	if f.client != nil && *f.client != client {
		return fmt.Errorf("%w: %x, not %x", ErrClient, *f.client, client)
	}
	signer := m.Seller
	if f.byClient {
		signer = client
	}
	return codec.VerifyAddress(Digest(s.Body), s.Signature[:], signer)
}

// append appends the statement as a list of its own.
func (s *Signed[B]) append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst, inner := codec.OpenList(dst)
	dst = codec.CloseList(s.Body.fields(dst), inner)
	return codec.CloseList(codec.AppendString(dst, s.Signature[:]), at)
}

// readable is a pointer to a body, which can read itself.
type readable[B Body] interface {
	*B
	read(r *codec.Reader)
}

func readSigned[B Body, P readable[B]](outer *codec.Reader) (s Signed[B]) {
	r := outer.List()
	inner := r.List()
	P(&s.Body).read(&inner)
	r.Leave(&inner)
	copy(s.Signature[:], r.Fixed(len(s.Signature)))
	outer.Leave(&r)
	return s
}

func senseless(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrSenseless, fmt.Sprintf(format, args...))
}
