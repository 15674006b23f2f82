package wire_test

import (
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/wire"
)

// readVectors returns the payloads of a vector file by their names.
func readVectors(t *testing.T, path string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out, name := make(map[string]string), ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "= "):
			name = line[2:]
		case line != "" && !strings.HasPrefix(line, "#"):
			out[name] += line
		}
	}
	return out
}

// TestGethBytes compares every sample of les/2 to les/4 with what geth 1.10.26 makes
// of the same values.
func TestGethBytes(t *testing.T) {
	geth := readVectors(t, "testdata/geth/les4.txt")
	seen := 0
	for _, s := range samples(t) {
		if s.version == 5 {
			continue
		}
		name := wire.CodeName(4, s.code) + "/" + s.name
		if s.version == 2 || s.version == 3 {
			name = fmt.Sprintf("les/%d %s", s.version, name)
		}
		want, ok := geth[name]
		if !ok {
			t.Errorf("%s: geth's bytes are missing", name)
			continue
		}
		seen++
		if diff := cmp.Diff(want, hex.EncodeToString(s.payload)); diff != "" {
			t.Errorf("%s differs from geth: %s", name, diff)
		}
	}
	if seen != len(geth) {
		t.Errorf("%d of geth's %d messages compared", seen, len(geth))
	}
}

// rlpList and rlpString build RLP by the definition in the yellow paper, so that
// the structures below are written down a second time, by hand.
func rlpList(items ...string) string {
	body := strings.Join(items, "")
	return rlpHead(0xc0, len(body)) + body
}

func rlpString(s string) string {
	if len(s) == 1 && s[0] < 0x80 {
		return s
	}
	return rlpHead(0x80, len(s)) + s
}

func rlpHead(base byte, n int) string {
	if n < 56 {
		return string([]byte{base + byte(n)})
	}
	var size []byte
	for ; n > 0; n >>= 8 {
		size = append([]byte{byte(n)}, size...)
	}
	return string(append([]byte{base + 55 + byte(len(size))}, size...))
}

func rlpUint(n uint64) string {
	var b []byte
	for ; n > 0; n >>= 8 {
		b = append([]byte{byte(n)}, b...)
	}
	return rlpString(string(b))
}

func rlpHash(b byte) string { h := hash(b); return rlpString(string(h[:])) }

// TestLES4ByHand checks the messages whose form the published description gets
// wrong, or leaves out, against bytes put together by hand.
func TestLES4ByHand(t *testing.T) {
	kv := func(key, value string) string { return rlpList(rlpString(key), value) }
	tests := map[string]struct{ got, want string }{
		"an account proof has an empty account key": {
			string((&wire.GetProofs{Tag: tag(9), Queries: []wire.ProofQuery{{Block: hash(1), Key: []byte{2, 3}}}}).Append(nil)),
			rlpList(rlpUint(9), rlpList(rlpList(rlpHash(1), rlpString(""), rlpString("\x02\x03"), rlpUint(0)))),
		},
		"resume is a bare integer":   {string(wire.AppendResume(nil, 300)), "\x82\x01\x2c"},
		"stop is an empty list":      {string(wire.AppendStop(nil)), "\xc0"},
		"no lookup is an empty list": {string((&wire.TxStatuses{Statuses: []wire.TxStatus{{}}}).Append(nil)), rlpList(rlpUint(0), rlpUint(0), rlpList(rlpList(rlpUint(0), rlpList(), rlpString(""))))},
		"a client announces a zero head": {
			string((&wire.Status{Version: 4, NetworkID: 7, Genesis: hash(3), AnnounceType: wire.AnnounceSimple}).Append(nil)),
			rlpList(
				kv("protocolVersion", rlpUint(4)), kv("networkId", rlpUint(7)),
				kv("headTd", rlpUint(0)), kv("headHash", rlpHash(0)), kv("headNum", rlpUint(0)),
				kv("genesisHash", rlpHash(3)), kv("forkID", rlpList(rlpString("\x00\x00\x00\x00"), rlpUint(0))),
				kv("announceType", rlpUint(1)),
			),
		},
	}
	for name, test := range tests {
		if test.got != test.want {
			t.Errorf("%s:\n got %x\nwant %x", name, test.got, test.want)
		}
	}
}
