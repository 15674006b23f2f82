package wire_test

import (
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

var update = flag.Bool("update", false, "rewrite testdata from the samples")

func unhex(tb testing.TB, s string) []byte {
	tb.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// shapes says what each message is made of, for the head of its vector file.
func shapes() map[string]string {
	return map[string]string{
		"Status-2":        "[[key, value]...]",
		"Status-3":        "[[key, value]...]",
		"Status-4":        "[[key, value]...]",
		"Status-5":        "[[key, value]...]",
		"Announce-4":      "[hash, number, td, reorgDepth, [[key, value]...]]",
		"Announce-5":      "[head, signature, header, [[key, value]...]]",
		"GetHeaders":      "[reqID, [origin, max, skip, reverse]]",
		"Headers":         "[reqID, BV, [header...]]",
		"GetBodies":       "[reqID, [blockHash...]]",
		"Bodies":          "[reqID, BV, [[[tx...], [uncle...], [withdrawal...]?]...]]",
		"GetReceipts":     "[reqID, [blockHash...]]",
		"Receipts":        "[reqID, BV, [[receipt...]...]]",
		"SendTx":          "[reqID, [tx...]]",
		"GetTxStatus":     "[reqID, [txHash...]]",
		"TxStatus":        "[reqID, BV, [[state, [blockHash, number, index]?, error]...]]",
		"Stop":            "[]",
		"Resume":          "BV",
		"GetCode-4":       "[reqID, [[blockHash, accountKey]...]]",
		"Code-4":          "[reqID, BV, [code...]]",
		"GetProofs-4":     "[reqID, [[blockHash, accountKey, key, fromLevel]...]]",
		"Proofs-4":        "[reqID, BV, [node...]]",
		"GetHelperProofs": "[reqID, [[type, section, key, fromLevel, auxReq]...]]",
		"HelperProofs":    "[reqID, BV, [[node...], [aux...]]]",
		"GetState-5":      "[reqID, [[blockHash, address, [slot...], code]...]]",
		"State-5":         "[reqID, BV, [[node...], [code...]]]",
		"GetWitness-5":    "[reqID, blockHash, [from, to, gas, gasPrice, value, data, accessList, blobHashes, authorizations]]",
		"Witness-5":       "[reqID, BV, [[node...], [code...], [header...]]]",
		"GetConfig-5":     "[reqID]",
		"Config-5":        "[reqID, BV, config]",
		"GetLogRange-5":   "[reqID, first, last, [address...], [[topic...]...]]",
		"LogRange-5":      "[reqID, BV, [[number, blockHash]...]]",
		"Refused-5":       "[reqID, BV, reason, retryAfterMs, text]",
	}
}

// vectorFiles returns the text of every vector file by its name.
func vectorFiles(t *testing.T) map[string]string {
	t.Helper()
	files := make(map[string]*strings.Builder)
	for _, s := range samples(t) {
		message, versions := wire.CodeName(max(s.version, 4), s.code), "all versions"
		name := message
		if s.version != 0 {
			versions = fmt.Sprintf("les/%d", s.version)
			if s.version == 4 && s.code != wire.CodeStatus {
				versions = "les/2 to les/4"
			}
			name = fmt.Sprintf("%s-%d", message, s.version)
		}
		if s.code >= wire.Length(wire.LES2) && s.code < wire.Length(wire.LES4) {
			versions = "les/3 to les/5"
		}
		b := files[name]
		if b == nil {
			shape, ok := shapes()[name]
			if !ok {
				t.Errorf("no shape for %s", name)
			}
			b = new(strings.Builder)
			fmt.Fprintf(b, "# %s, code %#02x, %s. Made by go test ./wire -update.\n# %s\n", message, s.code, versions, shape)
			files[name] = b
		}
		fmt.Fprintf(b, "\n= %s\n# %s\n", s.name, wiretest.Dump(t, s.payload))
		for line := s.payload; len(line) > 0; {
			n := min(len(line), 40)
			fmt.Fprintf(b, "%x\n", line[:n])
			line = line[n:]
		}
	}
	out := make(map[string]string)
	for name, b := range files {
		out[name+".txt"] = b.String()
	}
	for name := range shapes() {
		if _, ok := files[name]; !ok {
			t.Errorf("no sample of %s", name)
		}
	}
	return out
}

// TestVectors fails when the committed vectors are not what the code makes.
func TestVectors(t *testing.T) {
	want := vectorFiles(t)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range want {
			if err := os.WriteFile(filepath.Join("testdata", name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, text := range want {
		got, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Errorf("%v; go test ./wire -update writes it", err)
			continue
		}
		if diff := cmp.Diff(string(got), text); diff != "" {
			t.Errorf("testdata/%s is stale; go test ./wire -update:\n%s", name, diff)
		}
	}
	committed, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range committed {
		if _, ok := want[filepath.Base(path)]; !ok {
			t.Errorf("%s belongs to no message", path)
		}
	}
}

// TestSamplesRoundTrip decodes every sample and encodes it again to the same bytes.
func TestSamplesRoundTrip(t *testing.T) {
	for _, s := range samples(t) {
		for version := uint(2); version <= 5; version++ {
			if !s.in(version) {
				continue
			}
			again, err := recode(version, s.code, s.payload)
			if err != nil {
				t.Errorf("%s %s: %v", wire.CodeName(version, s.code), s.name, err)
			} else if diff := cmp.Diff(s.payload, again); diff != "" {
				t.Errorf("%s %s: %s", wire.CodeName(version, s.code), s.name, diff)
			}
		}
	}
}

// recode decodes a message of any kind and encodes it again.
func recode(version uint, code uint64, payload []byte) ([]byte, error) {
	switch code {
	case wire.CodeStatus:
		s, err := wire.DecodeStatus(version, payload)
		if err != nil {
			return nil, err
		}
		return s.Append(nil), nil
	case wire.CodeAnnounce:
		return recodeAnnounce(version, payload)
	case wire.CodeStop:
		return wire.AppendStop(nil), wire.DecodeStop(version, payload)
	case wire.CodeResume:
		bv, err := wire.DecodeResume(version, payload)
		return wire.AppendResume(nil, bv), err
	}
	q, err := wire.DecodeRequest(version, code, payload)
	if err == nil {
		return q.Append(nil), nil
	}
	p, errReply := wire.DecodeReply(version, code, payload)
	if errReply == nil {
		return p.Append(nil), nil
	}
	return nil, fmt.Errorf("as request: %w; as reply: %w", err, errReply)
}

func recodeAnnounce(version uint, payload []byte) ([]byte, error) {
	if wire.Legacy(version) {
		a, err := wire.DecodeAnnounce4(payload)
		if err != nil {
			return nil, err
		}
		return a.Append(nil), nil
	}
	a, err := wire.DecodeAnnounce5(payload)
	if err != nil {
		return nil, err
	}
	return a.Append(nil), nil
}
