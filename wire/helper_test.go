package wire_test

import (
	"encoding/hex"
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/wire"
)

// TestHelperHash spells the hash out.
func TestHelperHash(t *testing.T) {
	roots := wire.HelperRoots{Section: 0x0102, Last: hash(3), CHT: hash(4), Bloom: hash(5)}
	text := "0000000000000102"
	for _, h := range []wire.Hash{hash(3), hash(4), hash(5)} {
		text += hex.EncodeToString(h[:])
	}
	if want := crypto.Keccak256Hash(unhex(t, text)); roots.Hash() != want {
		t.Errorf("hash %x, want %x", roots.Hash(), want)
	}
}

// TestHelperBesideHead: the section beside a head is the one that it names, or the
// message is refused.
func TestHelperBesideHead(t *testing.T) {
	roots := wire.HelperRoots{Section: 7, Last: hash(3), CHT: hash(4), Bloom: hash(5)}
	named := sampleHead()
	named.HelperRoot = roots.Hash()
	other := roots
	other.Section++
	for _, test := range []struct {
		name   string
		head   wire.Head
		helper *wire.HelperRoots
		ok     bool
	}{
		{"the named one", named, &roots, true},
		{"none beside a name", named, nil, true},
		{"none at all", sampleHead(), nil, true},
		{"another one", named, &other, false},
		{"one without a name", sampleHead(), &roots, false},
		{"one without a head", wire.Head{}, &roots, false},
	} {
		a := wire.Announce5{Head: test.head, Update: wire.Update{Helper: test.helper}}
		got, err := wire.DecodeAnnounce5(a.Append(nil))
		if (err == nil) != test.ok || (err != nil && !errors.Is(err, wire.ErrMalformed)) {
			t.Errorf("announcement with %s: %v", test.name, err)
		}
		if err == nil && test.helper != nil && *got.Update.Helper != *test.helper {
			t.Errorf("announcement with %s: %+v", test.name, got.Update.Helper)
		}
		if test.head.Hash == (wire.Hash{}) {
			continue
		}
		a.Update.Helper = nil
		status := wire.Status{Version: 5, Genesis: hash(0xaa), Config: hash(0xcc), Server: &wire.ServerStatus{
			Head: a, OnlyAnnounce: true, Helper: test.helper,
		}}
		read, err := wire.DecodeStatus(5, status.Append(nil))
		if (err == nil) != test.ok || (err != nil && !errors.Is(err, wire.ErrMalformed)) {
			t.Errorf("status with %s: %v", test.name, err)
		}
		if err == nil && test.helper != nil && *read.Server.Helper != *test.helper {
			t.Errorf("status with %s: %+v", test.name, read.Server.Helper)
		}
	}
}
