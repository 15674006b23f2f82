package node

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay/channel"
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
	if err := s.opens("", coin, func(cfg *ServerConfig) { cfg.Sell.Ledger, cfg.Sell.Anew = filepath.Join(s.dir, "coin.db"), true }); err != nil {
		t.Error(err)
	}
}

// lose loses the ledger, or whatever is kept in an SQLite file.
func (s *shop) lose(name string) {
	s.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(s.dir, name+suffix)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.Fatal(err)
		}
	}
}

// A ledger that is lost, or empty, is no new one: what is beside it says that there was one. What began in a first start that failed does not.
func TestLostLedger(t *testing.T) {
	s := openShop(t)
	for range 2 { // neither does what is refused before there is a ledger leave traces, nor what is refused after
		s.refuses(s.opens("", func(cfg *ServerConfig) { cfg.Sell.Price = "much" }), "--sell.price")
		if err := s.opens("", func(cfg *ServerConfig) { cfg.Versions = []uint{1} }); err == nil {
			t.Error("it has started")
		}
	}
	if err := s.opens("first"); err != nil {
		t.Fatal(err)
	}
	backup, err := os.ReadFile(filepath.Join(s.dir, LedgerName))
	if err != nil {
		t.Fatal(err)
	}
	anew := func(cfg *ServerConfig) { cfg.Sell.Anew = true }
	elsewhere := func(cfg *ServerConfig) { cfg.Sell.Ledger = filepath.Join(s.dir, "elsewhere.db") }
	s.lose(LedgerName)
	for range 2 { // a refused one is as it was
		s.refuses(s.opens(""), LedgerName, "les.key.told", "restore", "--sell.anew")
		s.refuses(s.opens("", elsewhere), "elsewhere.db", "les.key.told")
	}
	s.lose(LedgerName)
	if err := os.WriteFile(filepath.Join(s.dir, LedgerName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.refuses(s.opens(""), LedgerName)
	s.lose(LedgerName)
	if err := os.WriteFile(filepath.Join(s.dir, LedgerName), backup, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.opens("second"); err != nil {
		t.Error(err)
	}
	s.lose(LedgerName)
	if err := s.opens("third", anew); err != nil {
		t.Error(err)
	}
	if err := s.opens("fourth"); err != nil {
		t.Error(err)
	}
	// Without the time that was told the transactions say it.
	s.lose(LedgerName)
	s.lose("les.key" + BoundSuffix)
	if err := os.WriteFile(filepath.Join(s.dir, PaymentsName), []byte("something"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.refuses(s.opens(""), LedgerName, PaymentsName)
}

// So are transactions that are lost, if clients have paid before.
func TestLostTransactions(t *testing.T) {
	c := openPaychain(t)
	s := &shop{t, c.Dev, t.TempDir()}
	takes := taking(c)
	if err := s.opens("by hand", takes); err != nil {
		t.Fatal(err)
	}
	s.lose(PaymentsName)
	if err := s.opens("", takes); err != nil { // nobody has paid
		t.Fatal(err)
	}
	s.owe(channel.Method, 1_500_000)
	if err := s.opens("", takes); err != nil {
		t.Fatal(err)
	}
	s.lose(PaymentsName)
	for range 2 {
		s.refuses(s.opens("", takes), PaymentsName, "channel", "restore", "--sell.anew")
	}
	if err := s.opens("", takes, func(cfg *ServerConfig) { cfg.Sell.Anew = true }); err != nil {
		t.Fatal(err)
	}
	if err := s.opens("", takes); err != nil {
		t.Fatal(err)
	}
}

// owe has a client promise something in the ledger of the shop, which is closed.
func (s *shop) owe(method string, amount uint64) {
	s.Helper()
	books, err := sqlite.Open(s.Context(), filepath.Join(s.dir, LedgerName), ledger.Options{Now: time.Now})
	if err != nil {
		s.Fatal(err)
	}
	asset, ok := books.Asset()
	_, err = books.Advance(s.Context(), ledger.Promise{
		Method: method, ID: [32]byte{1}, Token: asset.Token, Client: ledger.Address{1}, Cumulative: unit.NewAmount(amount), Evidence: []byte{1},
	})
	if err := errors.Join(err, books.Close()); err != nil || !ok {
		s.Fatal(ok, err)
	}
}
