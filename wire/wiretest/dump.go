package wiretest

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/rlp"
)

// Dump writes RLP as nested brackets around hex, an empty string as a dash.
func Dump(tb testing.TB, b []byte) string {
	tb.Helper()
	var parts []string
	for len(b) > 0 {
		kind, content, rest, err := rlp.Split(b)
		if err != nil {
			tb.Fatal(err)
		}
		switch {
		case kind == rlp.List:
			parts = append(parts, "["+Dump(tb, content)+"]")
		case len(content) == 0:
			parts = append(parts, "-")
		case isKey(content):
			parts = append(parts, fmt.Sprintf("%q", content))
		default:
			parts = append(parts, hex.EncodeToString(content))
		}
		b = rest
	}
	return strings.Join(parts, " ")
}

// isKey tells names and texts from numbers and hashes: letters first, digits last.
func isKey(b []byte) bool {
	name := strings.TrimRight(string(b), "0123456789")
	for _, c := range name {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '/' && c != ' ' {
			return false
		}
	}
	return len(name) >= 3 && len(b) != 20 && len(b) != 32
}
