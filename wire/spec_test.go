package wire_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// TestSpecification holds the text of the specification against the code: codes,
// limits, forks and the example.
func TestSpecification(t *testing.T) {
	text, err := os.ReadFile("../docs/spec/les5.md")
	if err != nil {
		t.Fatal(err)
	}
	spec := string(text)
	demand := func(what, want string) {
		if !strings.Contains(spec, want) {
			t.Errorf("%s: the specification does not say %q", what, want)
		}
	}
	for code := range wire.Length(wire.LES5) {
		if name := wire.CodeName(wire.LES5, code); !strings.HasPrefix(name, "0x") {
			demand("code", fmt.Sprintf("| `%02x` | %s |", code, name))
		}
	}
	a := wire.Announce5{Head: sampleHead()}
	if err := a.Sign(serverKey(t)); err != nil {
		t.Fatal(err)
	}
	demand("digest", fmt.Sprintf("%x", a.Head.Digest()))
	demand("signature", fmt.Sprintf("%x", a.Signature[:32]))
	demand("signature", fmt.Sprintf("%x %x", a.Signature[32:64], a.Signature[64:]))
	demand("domain", fmt.Sprintf("%q", wire.HeadDomain))
	config, err := wire.EncodeConfig(params.MainnetChainConfig)
	if err != nil {
		t.Fatal(err)
	}
	demand("mainnet", fmt.Sprintf("%x", wire.ConfigHash(config)))
	for _, key := range regexp.MustCompile(`"([a-zA-Z]+(?:/[a-zA-Z]+)?)"`).FindAllStringSubmatch(wiretest.Dump(t, serverStatus(t)), -1) {
		demand("key", "`"+key[1]+"`")
	}
	for name, most := range map[string]string{
		"headers": "192", "bodies": "32", "receipts": "128", "state": "256", "slots": "255", "logRange": "8,192",
		"helper": "64", "txs": "64", "txStatus": "256", "witnessGas": "50,000,000", "replyBytes": "2 MiB",
	} {
		if !regexp.MustCompile("(?m)^\\| `" + name + "` \\|.*\\| " + most + " \\|$").MatchString(spec) {
			t.Errorf("limit %s is not %s in the specification", name, most)
		}
	}
	if want := (wire.Limits{
		Headers: 192, Bodies: 32, Receipts: 128, State: 256, Slots: 255, LogRange: 8192, Helper: 64,
		Txs: 64, TxStatus: 256, WitnessGas: 50_000_000, ReplyBytes: 2 << 20,
	}); wire.DefaultLimits() != want {
		t.Errorf("the limits have changed: %+v; so must the specification", wire.DefaultLimits())
	}
}

// serverStatus is the sample that has all of a server's keys.
func serverStatus(t *testing.T) []byte {
	t.Helper()
	for _, s := range samples(t) {
		if s.version == 5 && s.code == wire.CodeStatus && s.name == "server" {
			return s.payload
		}
	}
	t.Fatal("no sample of a server's status")
	return nil
}
