package bench

import (
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/p2p"
)

func TestDisconnectReason(t *testing.T) {
	for name, payload := range map[string][]byte{
		"in a list":      {0xc1, 0x04},
		"by itself":      {0x04},
		"with something": {0xc2, 0x04, 0x80},
	} {
		if err := disconnected(payload); !errors.Is(err, p2p.DiscTooManyPeers) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, payload := range map[string][]byte{"none": {0xc0}, "nonsense": {0xff}, "empty": {}} {
		if err := disconnected(payload); err == nil || errors.Is(err, p2p.DiscTooManyPeers) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
