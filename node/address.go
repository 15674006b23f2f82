package node

import (
	"encoding/hex"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// isAddress reports whether a text is an address that is not zero, with no typing error as far as that can be seen.
func isAddress(text string) bool {
	raw, err := hex.DecodeString(strings.TrimPrefix(text, "0x"))
	return err == nil && len(raw) == common.AddressLength && slices.Max(raw) > 0 && !mistyped(text)
}

// notAddress says why a text is no address, after its name.
func notAddress(text string) string {
	if mistyped(text) {
		return "is mistyped: its upper and lower case letters, which are a checksum (EIP-55), do not fit it"
	}
	return "is no address"
}

// mistyped reports whether an address in upper and lower case is another one than it was: the case of its letters is a checksum (EIP-55). In one case it has none.
func mistyped(text string) bool {
	digits := strings.TrimPrefix(text, "0x")
	if !common.IsHexAddress(digits) || digits == strings.ToLower(digits) || digits == strings.ToUpper(digits) {
		return false
	}
	return common.HexToAddress(digits).Hex() != "0x"+digits
}
