package pay

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// MarshalText writes 0x and hex digits.
func (a Address) MarshalText() ([]byte, error) { return hexText(a[:]), nil }

// UnmarshalText reads what MarshalText wrote.
func (a *Address) UnmarshalText(text []byte) error { return readHex(a[:], text) }

// MarshalText writes 0x and hex digits.
func (h Hash) MarshalText() ([]byte, error) { return hexText(h[:]), nil }

// UnmarshalText reads what MarshalText wrote.
func (h *Hash) UnmarshalText(text []byte) error { return readHex(h[:], text) }

func hexText(b []byte) []byte { return hex.AppendEncode([]byte("0x"), b) }

func readHex(into, text []byte) error {
	b, err := hex.DecodeString(strings.TrimPrefix(string(text), "0x"))
	if err != nil || len(b) != len(into) {
		return fmt.Errorf("%q is not 0x and %d hex digits", text, 2*len(into))
	}
	copy(into, b)
	return nil
}
