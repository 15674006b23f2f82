package wire_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/rlp"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// sampleConditions is the answer of a server with free places.
func sampleConditions() wire.Conditions {
	return wire.Conditions{
		Version: 1, Protocols: []uint64{4, 5},
		Genesis: wire.Hash(bytes.Repeat([]byte{0xaa}, 32)),
		ForkID:  wire.ForkID{Hash: [4]byte{0xde, 0xad, 0xbe, 0xef}, Next: 1_800_000_000},
		Serves:  wire.ServesChain | wire.ServesState | wire.ServesConfig,
		Total:   100, Free: 12,
	}
}

func talkSamples() map[string][]byte {
	free, full := sampleConditions(), sampleConditions()
	full.Free, full.RetryAfterMs, full.Market = 0, 42_500, nil
	announcer := sampleConditions()
	announcer.Serves, announcer.Protocols = 0, []uint64{5}
	return map[string][]byte{
		"GetConditions":                    (&wire.GetConditions{Version: 1}).Append(nil),
		"Conditions, places free":          free.Append(nil),
		"Conditions, full":                 full.Append(nil),
		"Conditions, only announces heads": announcer.Append(nil),
	}
}

// TestTalkVectors holds the committed vectors against the code.
func TestTalkVectors(t *testing.T) {
	for _, file := range []struct{ name, head string }{
		{"GetConditions", "# GetConditions, TALKREQ of les/conditions. Made by go test ./wire -update.\n# [version, padding, ...]\n"},
		{"Conditions", "# Conditions, TALKRESP of les/conditions. Made by go test ./wire -update.\n" +
			"# [version, [les version...], genesis, [forkHash, forkNext], serves, total, free, retryAfterMs, [market...], ...]\n"},
	} {
		var b strings.Builder
		b.WriteString(file.head)
		samples := talkSamples()
		for _, name := range []string{
			"GetConditions", "Conditions, places free", "Conditions, full", "Conditions, only announces heads",
		} {
			kind, _, _ := strings.Cut(name, ",")
			if kind != file.name {
				continue
			}
			fmt.Fprintf(&b, "\n= %s\n# %s\n", name, wiretest.Dump(t, samples[name]))
			for line := samples[name]; len(line) > 0; line = line[min(len(line), 40):] {
				fmt.Fprintf(&b, "%x\n", line[:min(len(line), 40)])
			}
		}
		path := filepath.Join("testdata", "talk", file.name+".txt")
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(got), b.String()); diff != "" {
			t.Errorf("%s is stale; go test ./wire -update:\n%s", path, diff)
		}
	}
}

// A request has the length that was asked for, within bounds, and comes back.
func TestGetConditions(t *testing.T) {
	for want := range wire.MaxGetConditions + 100 {
		enc := (&wire.GetConditions{Version: 1, Room: want}).Append([]byte("x"))[1:]
		// A length of RLP that needs one more byte for its header cannot be met exactly.
		if n := min(max(want, wire.MinGetConditions), wire.MaxGetConditions); len(enc) != n && len(enc) != n-1 {
			t.Fatalf("%d bytes where %d are wanted", len(enc), n)
		}
		if len(enc) < wire.MinGetConditions {
			t.Fatalf("%d bytes are too few", len(enc))
		}
		q, err := wire.DecodeGetConditions(enc)
		if err != nil || q.Version != 1 || q.Room != len(enc) {
			t.Fatalf("%d bytes: %+v, %v", len(enc), q, err)
		}
	}
}

// conditionsOf draws an answer.
func conditionsOf(t *rapid.T) wire.Conditions {
	total := rapid.Uint64().Draw(t, "total")
	return wire.Conditions{
		Version:   rapid.Uint64Min(1).Draw(t, "version"),
		Protocols: rapid.SliceOfN(rapid.Uint64(), 0, 16).Draw(t, "protocols"),
		Genesis:   wire.Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "genesis")),
		ForkID: wire.ForkID{
			Hash: [4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "fork")), Next: rapid.Uint64().Draw(t, "next"),
		},
		Serves: wire.Capability(rapid.Uint64().Draw(t, "serves")),
		Total:  total, Free: rapid.Uint64Max(total).Draw(t, "free"),
		RetryAfterMs: rapid.Uint64().Draw(t, "retry"),
	}
}

// What is encoded is decoded, also by who knows fewer fields than who wrote it.
func TestConditionsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := conditionsOf(t)
		enc := want.Append(nil)
		got, err := wire.DecodeConditions(enc, len(enc))
		if err != nil || !cmp.Equal(&want, got, equalEmpty()) {
			t.Fatalf("%v: %s", err, cmp.Diff(&want, got))
		}
		// A later version appends fields of any kind.
		fields, _, err := rlp.SplitList(enc)
		if err != nil {
			t.Fatal(err)
		}
		later := appendList(append(bytes.Clone(fields), 0xc2, 0x01, 0x80, 0x05))
		got, err = wire.DecodeConditions(later, len(later))
		if err != nil || !cmp.Equal(&want, got, equalEmpty()) {
			t.Fatalf("of a later version: %v: %s", err, cmp.Diff(&want, got))
		}
	})
}

// equalEmpty makes no difference between no list and an empty one.
func equalEmpty() cmp.Option {
	return cmp.Transformer("empty", func(x []uint64) string { return fmt.Sprint(x) })
}

// appendList puts a list's header before its content.
func appendList(content []byte) []byte {
	var b []byte
	if len(content) < 56 {
		b = []byte{0xc0 + byte(len(content))}
	} else if len(content) < 256 {
		b = []byte{0xf8, byte(len(content))}
	} else {
		b = []byte{0xf9, byte(len(content) >> 8), byte(len(content))}
	}
	return append(b, content...)
}

func TestConditionsRefused(t *testing.T) {
	good := sampleConditions()
	change := func(f func(c *wire.Conditions)) []byte {
		c := good
		f(&c)
		return c.Append(nil)
	}
	for name, tt := range map[string]struct {
		payload []byte
		want    error
	}{
		"nothing":        {nil, wire.ErrMalformed},
		"an empty list":  {[]byte{0xc0}, wire.ErrMalformed},
		"a string":       {[]byte("conditions"), wire.ErrMalformed},
		"bytes behind":   {append(good.Append(nil), 0), wire.ErrMalformed},
		"version 0":      {change(func(c *wire.Conditions) { c.Version = 0 }), wire.ErrMalformed},
		"more free":      {change(func(c *wire.Conditions) { c.Free = c.Total + 1 }), wire.ErrMalformed},
		"many protocols": {change(func(c *wire.Conditions) { c.Protocols = make([]uint64, 17) }), wire.ErrOverLimit},
		"large market": {change(func(c *wire.Conditions) {
			for range 33 {
				c.Market = append(c.Market, []byte{0x80})
			}
		}), wire.ErrOverLimit},
		"too long": {change(func(c *wire.Conditions) { c.Market = [][]byte{append([]byte{0xb9, 2, 0}, make([]byte, 512)...)} }), wire.ErrOverLimit},
	} {
		if _, err := wire.DecodeConditions(tt.payload, wire.MaxGetConditions); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	for name, tt := range map[string]struct {
		payload []byte
		want    error
	}{
		"nothing":   {nil, wire.ErrOverLimit},
		"too short": {(&wire.GetConditions{Version: 1}).Append(nil)[:127], wire.ErrOverLimit},
		"too long":  {make([]byte, wire.MaxGetConditions+1), wire.ErrOverLimit},
		"zeros":     {make([]byte, wire.MinGetConditions), wire.ErrMalformed},
		"version 0": {(&wire.GetConditions{}).Append(nil), wire.ErrMalformed},
	} {
		if _, err := wire.DecodeGetConditions(tt.payload); !errors.Is(err, tt.want) {
			t.Errorf("request, %s: %v, want %v", name, err, tt.want)
		}
	}
}

// An answer of this version fits into the smallest request, whatever it says.
func TestConditionsAreSmall(t *testing.T) {
	c := wire.Conditions{
		Version: wire.ConditionsVersion, Protocols: []uint64{2, 3, 4, 5}, ForkID: wire.ForkID{Next: 1<<64 - 1},
		Serves: 1<<64 - 1, Total: 1<<64 - 1, Free: 1<<64 - 1, RetryAfterMs: 1<<64 - 1,
	}
	if n := len(c.Append(nil)); n > wire.MinGetConditions {
		t.Errorf("%d bytes", n)
	}
}

func FuzzGetConditions(f *testing.F) {
	f.Add(talkSamples()["GetConditions"])
	f.Fuzz(func(t *testing.T, payload []byte) {
		if q, err := wire.DecodeGetConditions(payload); err == nil && (q.Version == 0 || q.Room != len(payload)) {
			t.Errorf("%x: %+v", payload, q)
		}
	})
}

func FuzzConditions(f *testing.F) {
	for _, enc := range talkSamples() {
		f.Add(enc)
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		c, err := wire.DecodeConditions(payload, wire.MaxGetConditions)
		if err != nil {
			return
		}
		once := c.Append(nil)
		again, err := wire.DecodeConditions(once, wire.MaxGetConditions)
		if err != nil {
			t.Fatalf("our own encoding is refused: %v\n%x", err, once)
		}
		if twice := again.Append(nil); !bytes.Equal(once, twice) {
			t.Fatalf("another encoding the second time\n%x\n%x", once, twice)
		}
		if len(once) > len(payload) {
			t.Fatalf("longer than what it came from\n%x\n%x", payload, once)
		}
	})
}

// TestDiscoverySpecification holds the text against the code.
func TestDiscoverySpecification(t *testing.T) {
	text, err := os.ReadFile("../docs/spec/discovery.md")
	if err != nil {
		t.Fatal(err)
	}
	small := wire.Conditions{Version: 1, Protocols: []uint64{5}, Serves: 1, Total: 100, Free: 1}
	large := wire.Conditions{
		Version: 1, Protocols: []uint64{2, 3, 4, 5}, ForkID: wire.ForkID{Next: 1<<63 + 1},
		Serves: 255, Total: 1 << 20, RetryAfterMs: 600_000,
	}
	for _, want := range []string{
		fmt.Sprintf("A request has %d to %d bytes", wire.MinGetConditions, wire.MaxGetConditions),
		fmt.Sprintf("in practice has %d to %d bytes", len(small.Append(nil)), len(large.Append(nil))),
		"`" + wire.TalkConditions + "`",
		fmt.Sprintf("conditions %d |", wire.ConditionsVersion),
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the specification does not say %q", want)
		}
	}
}
