package node

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// shop is a data directory out of which a server sells, again and again.
type shop struct {
	*testing.T
	chain *embedded.Dev
	dir   string
}

func openShop(t *testing.T) *shop {
	t.Helper()
	dev, err := embedded.OpenDev(embedded.DevConfig{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := dev.Close(); err != nil {
			t.Error(err)
		}
	})
	return &shop{t, dev, t.TempDir()}
}

// config is how it is started if nothing is changed.
func (s *shop) config(change ...func(*ServerConfig)) ServerConfig {
	cfg := ServerConfig{
		Source: s.chain, ListenAddr: "127.0.0.1:0", DataDir: s.dir,
		Sell: SellConfig{Price: "0.036", Decimals: 6, Currency: "TEST", Token: "0x00000000000000000000000000000000000000aa", Units: 2},
	}
	for _, f := range change {
		f(&cfg)
	}
	return cfg
}

// opens starts the server and ends it, credits somebody before that if there is a key for it, and returns what the start has failed with.
func (s *shop) opens(credit string, change ...func(*ServerConfig)) error {
	s.Helper()
	srv, err := StartServer(s.Context(), testEnv(s.T), s.config(change...))
	if err != nil {
		return err
	}
	if credit != "" {
		client := wire.Address(crypto.Keccak256Hash([]byte("client")).Bytes()[12:])
		if err := srv.Credit(s.Context(), credit, client, unit.NewAmount(1_000_000)); err != nil {
			s.Error(err)
		}
	}
	if err := srv.Close(); err != nil {
		s.Error(err)
	}
	return nil
}

// refuses wants the start to fail with a mistake in what is asked for, which names all this.
func (s *shop) refuses(err error, words ...string) {
	s.Helper()
	if err == nil || !usage.Is(err) {
		s.Errorf("it is not refused: %v", err)
		return
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			s.Errorf("%q does not say %q", err, word)
		}
	}
}

// A ledger is in the money that it was begun with. A server that is to sell for other money does not start on it, and says what to do; nothing has
// changed by that.
func TestOtherMoney(t *testing.T) {
	s := openShop(t)
	coin := func(cfg *ServerConfig) { cfg.Sell.Token, cfg.Sell.Decimals = "", 18 }
	if err := s.opens("", coin); err != nil { // nobody has an account yet
		t.Fatal(err)
	}
	if err := s.opens("first"); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*ServerConfig){
		"another chain":    func(cfg *ServerConfig) { cfg.Sell.ChainID = 8453 },
		"another token":    func(cfg *ServerConfig) { cfg.Sell.Token = receiver },
		"the coin":         coin,
		"another decimals": func(cfg *ServerConfig) { cfg.Sell.Decimals = 18 },
	} {
		t.Log(name)
		s.refuses(s.opens("", change), "kept in chain 1337, token 0x00000000000000000000000000000000000000aa (6 decimals)", "--sell.decimals", "--datadir")
	}
	if err := s.opens("second"); err != nil {
		t.Error(err)
	}
	if err := s.opens("", coin, func(cfg *ServerConfig) { cfg.Sell.Ledger = filepath.Join(s.dir, "coin.db") }); err != nil {
		t.Error(err)
	}
}
