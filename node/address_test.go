package node

import (
	"strings"
	"testing"
)

// An address in upper and lower case that was mistyped is found out, and nobody is paid by it; the vectors are EIP-55's.
func TestAddresses(t *testing.T) {
	for text, why := range map[string]string{
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed": "",
		"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359": "",
		"5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed":   "",
		"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed": "",
		"0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED": "",
		"0x52908400098527886E0F7030069857D2E4169EE7": "",
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee": "mistyped",
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed": "mistyped",
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeA":   "is no address",
		"0x0000000000000000000000000000000000000000": "is no address",
		"candela.eth": "is no address",
		"":            "is no address",
	} {
		if ok := isAddress(text); ok != (why == "") || !ok && !strings.Contains(notAddress(text), why) {
			t.Errorf("%q: %v, %s", text, ok, notAddress(text))
		}
	}
	if _, err := parseToken("1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee"); err == nil || !strings.Contains(err.Error(), "mistyped") {
		t.Errorf("--token: %v", err)
	}
}
