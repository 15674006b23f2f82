package admin

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/p2p/enode"
)

// ID is the devp2p node id of a client: the Keccak-256 hash of its public key.
type ID [32]byte

// String returns the id as 64 hex digits.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText writes the id as 64 hex digits.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what ParseID does.
func (id *ID) UnmarshalText(text []byte) (err error) {
	*id, err = ParseID(string(text))
	return err
}

// ParseID reads the name of a client: a node id of 64 hex digits, a public key of 128,
// or an enode URL, of which only the key counts.
func ParseID(name string) (ID, error) {
	key, isURL := strings.CutPrefix(name, "enode://")
	if isURL {
		key, _, _ = strings.Cut(key, "@")
	} else {
		key = strings.TrimPrefix(key, "0x")
	}
	var id ID
	switch {
	case !isURL && len(key) == 2*len(id):
		if _, err := hex.Decode(id[:], []byte(key)); err != nil {
			return ID{}, badID(name)
		}
		return id, nil
	case len(key) == 128:
		n, err := enode.ParseV4(key)
		if err != nil {
			return ID{}, fmt.Errorf("client %q: %w", shorten(name), err)
		}
		return ID(n.ID()), nil
	default:
		return ID{}, badID(name)
	}
}

func badID(name string) error {
	return fmt.Errorf("client %q is neither a node id (64 hex digits) nor a public key (128) nor an enode URL", shorten(name))
}

// shorten leaves out the middle of what is too long to be read in a message.
func shorten(s string) string {
	const head, tail = 24, 24
	if len(s) <= head+tail {
		return s
	}
	return s[:head] + "…" + s[len(s)-tail:]
}
