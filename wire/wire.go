// Package wire holds the messages of the LES protocol, versions 2 to 5: their
// codes, their limits, and their bytes.
//
// les/2, les/3 and les/4 are the protocols of go-ethereum 1.10.26, byte for byte;
// they differ in two keys of Status and in Stop and Resume, which les/2 lacks. What
// is said of les/4 holds for the older two unless said. les/5 is the same made fit
// for proof of stake; docs/spec/les5.md is its specification. Package
// wire does no I/O: a session reads a message from a Conn, hands code and payload
// to DecodeStatus, DecodeAnnounce4, DecodeAnnounce5, DecodeRequest or DecodeReply,
// and writes what an Append method made.
//
//	req, err := wire.DecodeRequest(wire.LES5, code, payload)
//	switch req := req.(type) {
//	case *wire.GetBodies:
//		b.Reset(req.ID())
//		for _, hash := range req.Hashes {
//			b.Raw(body(hash)) // appended as it is, nothing is re-encoded
//		}
//		conn.WriteMsg(wire.CodeBodies, b.Finish(bv))
//	}
//
// Every decoder checks counts and lengths before it allocates, never panics, and
// reports what is wrong as a typed error (errors.go). Byte slices in a decoded
// message alias its payload: they are good for as long as nobody changes that.
//
// Hashes and addresses are plain arrays, so that a room which knows no Ethereum
// library can use this package.
package wire

import (
	"crypto/ecdsa"
	"fmt"

	"github.com/candela-les/candela/wire/internal/codec"
)

// Hash is a Keccak-256 hash, Address an account's address.
type (
	Hash    = [32]byte
	Address = [20]byte
)

// SignatureLength is the length of R‖S‖V in bytes, V being 0 or 1.
const SignatureLength = codec.SignatureLength

// reader is what every decoder reads through.
type reader = codec.Reader

// Protocol is the name of the devp2p capability.
const Protocol = "les"

// The versions that Candela speaks: all as a server, LES4 and LES5 as a client.
const (
	LES2 uint = 2
	LES3 uint = 3
	LES4 uint = 4
	LES5 uint = 5
)

// Legacy reports whether a version is one of those that go-ethereum spoke.
func Legacy(version uint) bool { return version >= LES2 && version <= LES4 }

// CanStop reports whether a version has Stop and Resume.
func CanStop(version uint) bool { return version >= LES3 }

// Length returns how many message codes a version claims, 0 for an unknown one.
func Length(version uint) uint64 {
	switch version {
	case LES2:
		return 0x16
	case LES3, LES4:
		return 0x18
	case LES5:
		return FirstMarket
	default:
		return 0
	}
}

// Conn carries the messages of one session. One goroutine may read while another
// writes. The payload that ReadMsg returns belongs to the caller; WriteMsg must not
// keep or change the one it is given.
//
// Codes below Length(Peer.Version) are those of les. Where Peer.Market is set, codes from
// FirstMarket on are those of market/1 plus FirstMarket. All come in the order in which the
// other end sent them. On another code, or a message that is too long, a transport over a
// network ends the connection, and ReadMsg returns an error that wraps ErrUnknownCode or
// ErrTooLarge.
type Conn interface {
	ReadMsg() (code uint64, payload []byte, err error)
	WriteMsg(code uint64, payload []byte) error
}

// Peer is the other end of a session as the transport knows it.
type Peer struct {
	ID      [32]byte         // enode id: keccak256 of the public key
	Key     *ecdsa.PublicKey // its node key, which also signs announcements
	Name    string           // the client software's own name, unproven
	Addr    string           // host:port
	Version uint             // LES2 to LES5, as negotiated
	// Market says that market/1 may be spoken on the Conn too: both ends have announced the
	// capability, and Version is LES5. It is known before the first message. The other end
	// may send its first message of market/1 before its Status, for neither waits for the other.
	Market bool
}

// FirstMarket is where the codes of market/1 begin on a Conn: its message with code c is
// sent as FirstMarket + c.
const FirstMarket = 0x19

// MarketCode says whether a message that came from the peer is one of market/1, and
// which code it has there.
func (p *Peer) MarketCode(code uint64) (market uint64, ok bool) {
	if !p.Market || code < FirstMarket {
		return 0, false
	}
	return code - FirstMarket, true
}

// Message codes that all versions share, with the same payloads unless said.
const (
	CodeStatus          = 0x00 // keys differ by version
	CodeAnnounce        = 0x01 // payload differs by version
	CodeGetHeaders      = 0x02
	CodeHeaders         = 0x03
	CodeGetBodies       = 0x04
	CodeBodies          = 0x05
	CodeGetReceipts     = 0x06
	CodeReceipts        = 0x07
	CodeGetHelperProofs = 0x11
	CodeHelperProofs    = 0x12
	CodeSendTx          = 0x13
	CodeGetTxStatus     = 0x14
	CodeTxStatus        = 0x15
	CodeStop            = 0x16 // not in les/2
	CodeResume          = 0x17 // not in les/2
)

// Message codes of les/2 to les/4 alone. 08, 09, 0c, 0d and 0e are dead there.
const (
	CodeGetCode   = 0x0a
	CodeCode      = 0x0b
	CodeGetProofs = 0x0f
	CodeProofs    = 0x10
)

// Message codes of les/5 alone. 10 is unused there.
const (
	CodeGetState    = 0x08
	CodeState       = 0x09
	CodeGetWitness  = 0x0a
	CodeWitness     = 0x0b
	CodeGetConfig   = 0x0c
	CodeConfig      = 0x0d
	CodeGetLogRange = 0x0e
	CodeLogRange    = 0x0f
	CodeRefused     = 0x18
)

// CodeName returns a message's name for logs and metrics, such as "GetHeaders".
func CodeName(version uint, code uint64) string {
	if name, ok := sharedName(code); ok {
		return name
	}
	if name, ok := ownName(version, code); ok {
		return name
	}
	return fmt.Sprintf("%#02x", code)
}

func sharedName(code uint64) (string, bool) {
	switch code {
	case CodeStatus:
		return "Status", true
	case CodeAnnounce:
		return "Announce", true
	case CodeGetHeaders:
		return "GetHeaders", true
	case CodeHeaders:
		return "Headers", true
	case CodeGetBodies:
		return "GetBodies", true
	case CodeBodies:
		return "Bodies", true
	case CodeGetReceipts:
		return "GetReceipts", true
	case CodeReceipts:
		return "Receipts", true
	case CodeGetHelperProofs:
		return "GetHelperProofs", true
	case CodeHelperProofs:
		return "HelperProofs", true
	case CodeSendTx:
		return "SendTx", true
	case CodeGetTxStatus:
		return "GetTxStatus", true
	case CodeTxStatus:
		return "TxStatus", true
	case CodeStop:
		return "Stop", true
	case CodeResume:
		return "Resume", true
	}
	return "", false
}

func ownName(version uint, code uint64) (string, bool) {
	type key struct {
		version uint
		code    uint64
	}
	if Legacy(version) {
		version = LES4
	}
	switch (key{version, code}) {
	case key{LES4, CodeGetCode}:
		return "GetCode", true
	case key{LES4, CodeCode}:
		return "Code", true
	case key{LES4, CodeGetProofs}:
		return "GetProofs", true
	case key{LES4, CodeProofs}:
		return "Proofs", true
	case key{LES5, CodeGetState}:
		return "GetState", true
	case key{LES5, CodeState}:
		return "State", true
	case key{LES5, CodeGetWitness}:
		return "GetWitness", true
	case key{LES5, CodeWitness}:
		return "Witness", true
	case key{LES5, CodeGetConfig}:
		return "GetConfig", true
	case key{LES5, CodeConfig}:
		return "Config", true
	case key{LES5, CodeGetLogRange}:
		return "GetLogRange", true
	case key{LES5, CodeLogRange}:
		return "LogRange", true
	case key{LES5, CodeRefused}:
		return "Refused", true
	}
	return "", false
}
