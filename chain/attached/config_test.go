package attached_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/params"
	"github.com/golang-jwt/jwt/v4"

	"github.com/candela-les/candela/chain/attached"
	"github.com/candela-les/candela/chain/attached/attachedtest"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/devtest"
	"github.com/candela-les/candela/wire"
)

// TestConfiguration is found out as given, as the node tells it in one way or another,
// or not at all.
func TestConfiguration(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	given := embedded.DevGenesis(devtest.Alloc())
	withoutAdmin := []string{"admin_nodeInfo", "debug_chainConfig"}
	geth, err := json.Marshal(given.Config)
	if err != nil {
		t.Fatal(err)
	}
	other := *given
	other.ExtraData = []byte("another")
	later, cancun := *given, *given.Config
	cancun.PragueTime, cancun.OsakaTime, cancun.BPO1Time, cancun.BPO2Time = nil, nil, nil, nil
	cancun.BPO3Time, cancun.BPO4Time, cancun.BPO5Time, cancun.AmsterdamTime = nil, nil, nil, nil
	later.Config = &cancun
	stranger, id := *given, *given.Config
	id.ChainID = params.MainnetChainConfig.ChainID
	stranger.Config = &id
	for _, c := range []struct {
		name    string
		genesis *core.Genesis
		answer  func(attachedtest.Call) *attachedtest.Reply
		want    error
	}{
		{name: "admin_nodeInfo"},
		{name: "given", genesis: given, answer: refuse(withoutAdmin...)},
		{name: "debug_chainConfig", answer: func(c attachedtest.Call) *attachedtest.Reply {
			if c.Method == "debug_chainConfig" {
				return &attachedtest.Reply{Result: geth}
			}
			return refuse("admin_nodeInfo")(c)
		}},
		{name: "nobody tells", answer: refuse(withoutAdmin...), want: attached.ErrNoConfig},
		{name: "another genesis", genesis: &other, want: attached.ErrWrongChain},
		{name: "forks that headers deny", genesis: &later, want: attached.ErrWrongChain},
		{name: "another chain id", genesis: &stranger, want: attached.ErrWrongChain},
	} {
		t.Run(c.name, func(t *testing.T) {
			b.proxy.Answer(c.answer)
			defer b.proxy.Answer(nil)
			cfg := config(t, b.proxy.URL())
			cfg.Genesis = c.genesis
			n, err := attached.Open(t.Context(), cfg)
			if c.want != nil {
				if !errors.Is(err, c.want) {
					t.Errorf("%v, want %v", err, c.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got, want := n.Info(), b.dev.Info(); !bytes.Equal(got.Config, want.Config) || got.Genesis != want.Genesis ||
				got.NetworkID != want.NetworkID || got.ChainID.Cmp(want.ChainID) != 0 {
				t.Errorf("%+v, want %+v", got, want)
			}
			if err := n.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func refuse(methods ...string) func(attachedtest.Call) *attachedtest.Reply {
	return func(c attachedtest.Call) *attachedtest.Reply {
		for _, method := range methods {
			if c.Method == method {
				return &attachedtest.Reply{Error: attachedtest.NoMethod(method)}
			}
		}
		return nil
	}
}

// TestAnvilConfiguration: anvil names the fork that all of its chain goes by, and has
// blob parameters of its own.
func TestAnvilConfiguration(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	b.proxy.Answer(func(c attachedtest.Call) *attachedtest.Reply {
		switch c.Method {
		case "anvil_nodeInfo":
			return &attachedtest.Reply{Result: json.RawMessage(`{"hardFork":"Bpo1","environment":{"chainId":1337}}`)}
		case "eth_config":
			return &attachedtest.Reply{Result: json.RawMessage(
				`{"current":{"activationTime":0,"blobSchedule":{"baseFeeUpdateFraction":5007716,"max":9,"target":6},"forkId":"0x00000000"}}`)}
		}
		return refuse("admin_nodeInfo", "debug_chainConfig")(c)
	})
	source := b.cold(t)
	got, err := wire.DecodeConfig(source.Info().Config)
	if err != nil {
		t.Fatal(err)
	}
	want := params.BlobConfig{Target: 6, Max: 9, UpdateFraction: 5_007_716}
	if got.BPO1Time == nil || *got.BPO1Time != 0 || got.BPO2Time != nil || got.BlobScheduleConfig.BPO1 == nil || *got.BlobScheduleConfig.BPO1 != want {
		t.Errorf("configuration %+v", got)
	}
}

// TestToken: every request carries a token of its own, signed with the shared secret
// and dated by the clock.
func TestToken(t *testing.T) {
	noLeaks(t)
	b := newBed(t)
	secret := bytes.Repeat([]byte{7}, 32)
	now := time.Unix(1_700_000_000, 0)
	var tokens atomic.Uint64
	b.proxy.Refuse(func(r *http.Request, _ int) int {
		text, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		claims := jwt.MapClaims{}
		parser := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithoutClaimsValidation())
		_, err := parser.ParseWithClaims(text, claims, func(*jwt.Token) (any, error) { return secret, nil })
		if !ok || err != nil || claims["iat"] != float64(now.Unix()) {
			return http.StatusUnauthorized
		}
		tokens.Add(1)
		return 0
	})
	path := filepath.Join(t.TempDir(), "secret")
	cfg := config(t, b.proxy.URL())
	cfg.PollInterval = time.Hour
	cfg.Now = func() time.Time { return now }
	if n, err := attached.Open(t.Context(), cfg); err == nil {
		t.Errorf("without a secret: %v", n)
	}
	for _, wrong := range []string{"", "0x", hex.EncodeToString(secret[1:]), strings.Repeat("g", 64)} {
		if err := os.WriteFile(path, []byte(wrong), 0o600); err != nil {
			t.Fatal(err)
		}
		cfg.JWTSecret = path
		if n, err := attached.Open(t.Context(), cfg); err == nil {
			t.Errorf("secret %q: %v", wrong, n)
		}
	}
	if err := os.WriteFile(path, []byte("0x"+hex.EncodeToString(secret)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	source := open(t, cfg)
	b.answers(t, source)
	if trips := source.Stats().Trips; tokens.Load() == 0 || tokens.Load() > trips {
		t.Errorf("%d tokens in %d messages", tokens.Load(), trips)
	}
}

// TestURLs: what cannot be meant is refused, and names show no secrets.
func TestURLs(t *testing.T) {
	for _, good := range []string{"http://a", "https://a:1/key", "ws://a", "wss://u:p@a/x", "/run/geth.ipc", "geth.ipc"} {
		if err := attached.CheckURL(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "ftp://a", "http://", "ws:///x", "://a", "http://a b"} {
		if err := attached.CheckURL(bad); err == nil {
			t.Errorf("%q passes", bad)
		}
	}
	b := newBed(t)
	source := open(t, config(t, b.proxy.URL()+"/secretkey", b.proxy.URL()+"/other?key=secretkey"))
	names := make(map[string]bool)
	for _, u := range source.Stats().Upstreams {
		names[u.Name] = true
		if strings.Contains(u.Name, "secretkey") {
			t.Errorf("name %s", u.Name)
		}
	}
	if len(names) != 2 {
		t.Errorf("names %v", names)
	}
}
