package link

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"math/big"
	"net"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/crypto/ecies"
	"github.com/ethereum/go-ethereum/rlp"
)

// Sizes in the messages that keys are agreed upon with.
const (
	prefixLen = 2
	nonceLen  = 32
	keyLen    = 64           // of a public key without its format byte
	secretLen = 16           // of each half of a shared secret
	sealed    = 65 + 16 + 32 // what ECIES adds: key, IV and MAC
	paddedMin = 100          // EIP-8: tells the message from those before it
	paddedMax = 200
	version   = 4
)

// auth is what the other side begins with.
type auth struct {
	Signature [crypto.SignatureLength]byte
	Key       [keyLen]byte
	Nonce     [nonceLen]byte
	Version   uint
	Rest      []rlp.RawValue `rlp:"tail"`
}

// ack is what it is answered.
type ack struct {
	Key     [keyLen]byte // made for this connection
	Nonce   [nonceLen]byte
	Version uint
}

// ErrKeys: the first message is not for this node, or is none.
var ErrKeys = errors.New("no keys can be agreed upon")

// Accept agrees on keys with whoever has sent the first message, and answers it. The
// message is whole, with its length in front.
func Accept(conn net.Conn, first []byte, key *ecdsa.PrivateKey) (*Conn, error) {
	theirs, remote, err := open(first, key)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKeys, err)
	}
	ephemeral, err := theirs.ephemeral(remote, key)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKeys, err)
	}
	ours, err := ecies.GenerateKey(rand.Reader, crypto.S256(), nil)
	if err != nil {
		return nil, err
	}
	answer := ack{Version: version}
	rand.Read(answer.Nonce[:]) //nolint:errcheck // never fails
	copy(answer.Key[:], crypto.FromECDSAPub(ours.PublicKey.ExportECDSA())[1:])
	packet, err := seal(&answer, remote)
	if err != nil {
		return nil, err
	}
	secret, err := ours.GenerateShared(ephemeral, secretLen, secretLen)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKeys, err)
	}
	c, err := newConn(conn, remote.ExportECDSA(), keysOf(secret, &theirs, &answer, first, packet))
	if err != nil {
		return nil, err
	}
	_, err = conn.Write(packet)
	return c, err
}

// open decrypts the first message.
func open(first []byte, key *ecdsa.PrivateKey) (a auth, remote *ecies.PublicKey, err error) {
	if len(first) < prefixLen {
		return a, nil, errors.New("first message is too short")
	}
	plain, err := ecies.ImportECDSA(key).Decrypt(first[prefixLen:], nil, first[:prefixLen])
	if err != nil {
		return a, nil, err
	}
	// What stands behind the list is padding.
	if err := rlp.NewStream(bytes.NewReader(plain), 0).Decode(&a); err != nil {
		return a, nil, err
	}
	remote, err = publicKey(a.Key[:])
	return a, remote, err
}

// ephemeral is the key that the other side has made for this connection: the one that
// signed what only the owner of its lasting key can know.
func (a *auth) ephemeral(remote *ecies.PublicKey, key *ecdsa.PrivateKey) (*ecies.PublicKey, error) {
	token, err := ecies.ImportECDSA(key).GenerateShared(remote, secretLen, secretLen)
	if err != nil {
		return nil, err
	}
	signed := xored(token, a.Nonce[:])
	signer, err := crypto.Ecrecover(signed, a.Signature[:])
	if err != nil {
		return nil, err
	}
	return publicKey(signer[1:])
}

// seal encrypts the answer.
func seal(answer *ack, remote *ecies.PublicKey) ([]byte, error) {
	plain, err := rlp.EncodeToBytes(answer)
	if err != nil {
		return nil, err
	}
	more, err := rand.Int(rand.Reader, big.NewInt(paddedMax-paddedMin))
	if err != nil {
		return nil, err
	}
	plain = append(plain, make([]byte, paddedMin+more.Int64())...)
	prefix := binary.BigEndian.AppendUint16(nil, uint16(len(plain)+sealed)) //nolint:gosec // some 400
	packet, err := ecies.Encrypt(rand.Reader, remote, plain, nil, prefix)
	return append(prefix, packet...), err
}

func publicKey(raw []byte) (*ecies.PublicKey, error) {
	key, err := crypto.UnmarshalPubkey(append([]byte{4}, raw...))
	if err != nil {
		return nil, err
	}
	return ecies.ImportECDSAPublic(key), nil
}

// keys are what both sides have agreed upon.
type keys struct {
	cipher, mac []byte
	out, in     hash.Hash // what the MACs of frames go on from
}

func keysOf(secret []byte, theirs *auth, ours *ack, first, answer []byte) keys {
	shared := crypto.Keccak256(secret, crypto.Keccak256(ours.Nonce[:], theirs.Nonce[:]))
	k := keys{out: crypto.NewKeccakState(), in: crypto.NewKeccakState()}
	k.cipher = crypto.Keccak256(secret, shared)
	k.mac = crypto.Keccak256(secret, k.cipher)
	k.out.Write(xored(k.mac, theirs.Nonce[:]))
	k.out.Write(answer)
	k.in.Write(xored(k.mac, ours.Nonce[:]))
	k.in.Write(first)
	return k
}

func xored(a, b []byte) []byte {
	out := make([]byte, len(a))
	subtle.XORBytes(out, a, b)
	return out
}
