package marketwire_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	mw "github.com/candela-les/candela/wire/marketwire"
	"github.com/candela-les/candela/wire/wiretest"
)

var update = flag.Bool("update", false, "rewrite testdata from the samples")

// vectors is the folder beside those of les.
const vectors = "../testdata/market"

// Statements as the heads of the vector files show them.
const (
	termsShape      = "[[market, epoch, seq, atNs, reserve, units, free, unitRate, unitBuffer, maxUnits, bidFee, coverMs, refillMs, prepaidMs, lingerMs, graceMs, leastAccount, [[name, info]...], [[atNs, units]...]], signature]"
	curveShape      = "[[market, epoch, seq, atNs, reserve, units, free, [losing...], [winning...]], signature]"
	orderShape      = "[[market, client, epoch, nonce, seq, expiresNs, most, [price...]], signature]"
	allocationShape = "[[market, client, epoch, number, order, units, sinceNs, cause, rate, seq], signature]"
	balanceShape    = "[[market, client, epoch, atNs, seq, number, balance, owed, held, units, rate, depletesNs], signature]"
	receiptShape    = "[[market, client, epoch, number, order, before, after, amount, [[seq, units, rate, spanNs]...]], signature]"
	pageShape       = "[[market, client, atNs, newest, [[number, atNs, sinceNs, kind, debit, amount, balance, reference]...]], signature]"
	marketShape     = "[chainID, token, decimals, currency, seller, node]"
)

// shapes says what each message is made of, for the head of its vector file.
func shapes() map[string]string {
	return map[string]string{
		"Hello":         "[version, [" + marketShape + "?], epoch, ...]",
		"Refused":       "[reqID, reason, retryAfterMs, seq, need, text]",
		"GetConditions": "[reqID]",
		"Conditions":    "[reqID, " + termsShape + "]",
		"GetCurves":     "[reqID, first, max]",
		"Curves":        "[reqID, [" + curveShape + "...]]",
		"Bid":           "[reqID, " + orderShape + "]",
		"BidAccepted":   "[reqID, " + allocationShape + "]",
		"Notice":        "[" + allocationShape + "]",
		"GetAccount":    "[reqID]",
		"Account":       "[reqID, " + balanceShape + "]",
		"GetStatement":  "[reqID, first, max]",
		"Statement":     "[reqID, " + pageShape + "]",
		"BalanceLow":    "[" + balanceShape + "]",
		"Demoted":       "[" + allocationShape + ", " + balanceShape + "]",
		"GetCharge":     "[reqID, number]",
		"Charged":       "[reqID, " + receiptShape + "]",
		"Establish":     "[reqID, method, opening]",
		"Standing":      "[reqID, method, id, cumulative, cover, last, state]",
		"Promise":       "[reqID, id, promise]",
		"Accepted":      "[reqID, id, cumulative, credited]",
		"Increase":      "[reqID, id]",
		"Settle":        "[reqID, id]",
		"Settled":       "[reqID, id, spent, unspent, data]",
		"Close":         "[reqID]",
		"Closed":        "[reqID, end, [" + balanceShape + "?]]",
	}
}

const made = "Made by go test ./wire/marketwire -update."

// vectorFiles returns the text of every vector file by its name.
func vectorFiles(t *testing.T) map[string]string {
	t.Helper()
	files := make(map[string]*strings.Builder)
	add := func(file, head, name string, payload []byte) {
		b := files[file]
		if b == nil {
			b = new(strings.Builder)
			b.WriteString(head)
			files[file] = b
		}
		fmt.Fprintf(b, "\n= %s\n# %s\n", name, wiretest.Dump(t, payload))
		for line := payload; len(line) > 0; line = line[min(len(line), 40):] {
			fmt.Fprintf(b, "%x\n", line[:min(len(line), 40)])
		}
	}
	for _, s := range samples(t) {
		code := s.message.Code()
		message := mw.CodeName(code)
		add(message+".txt", fmt.Sprintf("# %s, code %#02x, market/1. %s\n# %s\n", message, code, made, shapes()[message]), s.name, s.payload())
	}
	proof, offer := sampleFraud(t), sampleOffer(t)
	add("FraudProof.txt", "# A fraud proof, market/1. "+made+"\n# ["+marketShape+", "+curveShape+", "+curveShape+"]\n", "two curves with one number", proof.Append(nil))
	add("Offer.txt", "# An offer, an entry of market in Conditions, TALKRESP of les/conditions. "+made+"\n"+
		"# [version, "+marketShape+", epoch, seq, reserve, units, free, [price...], unitRate, unitBuffer, maxUnits, bidFee, coverMs, refillMs, prepaidMs, leastAccount, [method...], ...]\n",
		"sold out", offer.Append(nil))
	out := make(map[string]string)
	for name, b := range files {
		out[name] = b.String()
	}
	for name := range shapes() {
		if out[name+".txt"] == "" {
			t.Errorf("no sample of %s", name)
		}
	}
	return out
}

// TestVectors fails when the committed vectors are not what the code makes.
func TestVectors(t *testing.T) {
	want := vectorFiles(t)
	if *update {
		if err := os.MkdirAll(vectors, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range want {
			if err := os.WriteFile(filepath.Join(vectors, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, text := range want {
		got, err := os.ReadFile(filepath.Join(vectors, name))
		if err != nil {
			t.Errorf("%v; go test ./wire/marketwire -update writes it", err)
			continue
		}
		if diff := cmp.Diff(string(got), text); diff != "" {
			t.Errorf("%s is stale; go test ./wire/marketwire -update:\n%s", name, diff)
		}
	}
	committed, err := filepath.Glob(vectors + "/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range committed {
		if _, ok := want[filepath.Base(path)]; !ok {
			t.Errorf("%s belongs to no message", path)
		}
	}
}

// TestVectorsDecode reads the committed files, not the samples.
func TestVectorsDecode(t *testing.T) {
	for code := range uint64(mw.Length) {
		if !mw.FromBuyer(code) && !mw.FromSeller(code) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(vectors, mw.CodeName(code)+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range strings.Split(string(text), "\n= ")[1:] {
			name, body, _ := strings.Cut(section, "\n")
			_, body, _ = strings.Cut(body, "\n") // the line that people read
			var payload []byte
			if _, err := fmt.Sscanf(strings.ReplaceAll(body, "\n", ""), "%x", &payload); err != nil {
				t.Fatal(err)
			}
			m, err := mw.Decode(code, payload)
			if err != nil {
				t.Errorf("%s %s: %v", mw.CodeName(code), name, err)
			} else if again := mw.Append(nil, m); !bytes.Equal(again, payload) {
				t.Errorf("%s %s: encoded again\n%x", mw.CodeName(code), name, again)
			}
		}
	}
}
