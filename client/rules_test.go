package client_test

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"path/filepath"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/wire"
)

// withFork is the chain's configuration with one more fork.
func withFork(t *testing.T, chain *clienttest.Chain, at uint64) []byte {
	t.Helper()
	c := *chain.Config
	c.BogotaTime = &at
	enc, err := wire.EncodeConfig(&c)
	if err != nil {
		t.Fatal(err)
	}
	return enc
}

// withUnknownFork is the same with a fork that no version of this program knows.
func withUnknownFork(t *testing.T, chain *clienttest.Chain, at uint64) []byte {
	t.Helper()
	own, err := wire.EncodeConfig(chain.Config)
	if err != nil {
		t.Fatal(err)
	}
	var parts []rlp.RawValue
	if err := rlp.DecodeBytes(own, &parts); err != nil {
		t.Fatal(err)
	}
	type fork struct {
		Name     string
		Kind, At uint64
	}
	var forks []fork
	if err := rlp.DecodeBytes(parts[3], &forks); err != nil {
		t.Fatal(err)
	}
	if parts[3], err = rlp.EncodeToBytes(append(forks, fork{"zanzibar", 1, at})); err != nil {
		t.Fatal(err)
	}
	enc, err := rlp.EncodeToBytes(parts)
	if err != nil {
		t.Fatal(err)
	}
	return enc
}

// upgrade replaces the servers by ones with another configuration, not connected.
func (w *world) upgrade(t *testing.T, config []byte, head *types.Block) {
	t.Helper()
	if w.client != nil && len(w.client.Status().Election.Votes) > 0 {
		// An old session that is only just beginning would replace the new one.
		eventually(t, func() bool { return len(w.client.Status().Election.Votes) == len(w.servers) })
	}
	for i := range w.servers {
		s := clienttest.NewServer(w.chain, byte(i), head)
		s.Now, s.Config = w.servers[i].Now, config
		w.servers[i] = s
	}
}

func (w *world) usesHash(config []byte) bool {
	return w.client.Status().Config.Hash == common.Hash(wire.ConfigHash(config))
}

func (w *world) ownConfig(t *testing.T) []byte {
	t.Helper()
	enc, err := wire.EncodeConfig(w.chain.Config)
	if err != nil {
		t.Fatal(err)
	}
	return enc
}

// warnings counts what is logged as a warning.
type warnings struct {
	slog.Handler
	mu   sync.Mutex
	text []string
}

func (h *warnings) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelWarn }

func (h *warnings) Handle(_ context.Context, r slog.Record) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.text = append(h.text, r.Message)
	return nil
}

func (h *warnings) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.text)
}

// executes asks everything that depends on the rules of header's block.
func (w *world) executes(t *testing.T, header *types.Header) map[string]error {
	t.Helper()
	errs := make(map[string]error)
	call := w.call(header, clienttest.Store, word(1))
	_, errs["call"] = w.client.Call(t.Context(), call)
	_, _, errs["estimate"] = w.client.EstimateGas(t.Context(), call, 0)
	_, errs["access list"] = w.client.AccessList(t.Context(), call)
	own := call
	own.Config = w.chain.Config
	_, errs["call with a configuration"] = w.client.Call(t.Context(), own)
	_, errs["receipts"] = w.client.Receipts(t.Context(), header)
	_, errs["configuration"] = w.client.ConfigAt(t.Context(), header)
	return errs
}

// proves asks what no fork changes.
func (w *world) proves(t *testing.T, header *types.Header) {
	t.Helper()
	if _, err := w.client.HeaderByNumber(t.Context(), header.Number.Uint64()); err != nil {
		t.Errorf("header: %v", err)
	}
	if _, err := w.client.Account(t.Context(), header, w.chain.Address(0)); err != nil {
		t.Errorf("account: %v", err)
	}
	if v, err := w.client.Storage(t.Context(), header, clienttest.Store, []common.Hash{word(1)}); err != nil || v[0] != word(2) {
		t.Errorf("storage: %v, %v", v, err)
	}
	if _, err := w.client.Block(t.Context(), header); err != nil {
		t.Errorf("block: %v", err)
	}
}

func allFine(t *testing.T, errs map[string]error) {
	t.Helper()
	for what, err := range errs {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func allOutdated(t *testing.T, errs map[string]error) {
	t.Helper()
	for what, err := range errs {
		if !errors.Is(err, client.ErrConfigOutdated) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A given configuration is kept. It is right up to the fork that it lacks, and says
// so from there on.
func TestGivenConfigurationUpToTheFork(t *testing.T) {
	for name, config := range map[string]func(*testing.T, *clienttest.Chain, uint64) []byte{
		"known fork": withFork, "unknown fork": withUnknownFork,
	} {
		t.Run(name, func(t *testing.T) {
			w := build(12, 3)
			fork := w.blocks[9].Time()
			elected := config(t, w.chain, fork)
			log := &warnings{Handler: slog.DiscardHandler}
			w.config.Logger = slog.New(log)
			w.upgrade(t, elected, w.blocks[6])
			w.start(t)
			w.waitHead(t, w.blocks[6])
			eventually(t, func() bool {
				at := w.client.Status().Config.DiffersFromTime
				return at != nil && *at == fork
			})
			st := w.client.Status().Config
			if st.Elected != common.Hash(wire.ConfigHash(elected)) || !w.usesHash(w.ownConfig(t)) || !st.Given || st.DiffersFromBlock != nil {
				t.Errorf("status %+v", st)
			}
			allFine(t, w.executes(t, w.blocks[6].Header()))
			eventually(t, func() bool { return len(w.client.Status().Election.Votes) == len(w.servers) })

			for _, s := range w.servers {
				s.SetHead(w.head(), nil, nil)
			}
			head := w.waitHead(t, w.head())
			allFine(t, w.executes(t, w.blocks[8].Header()))
			for _, n := range []uint64{9, 12} {
				allOutdated(t, w.executes(t, w.blocks[n].Header()))
				w.proves(t, w.blocks[n].Header())
			}
			tx := w.chain.Transfer(1, 0, big.NewInt(1))
			if err := w.client.SendTransaction(t.Context(), tx); !errors.Is(err, client.ErrConfigOutdated) {
				t.Errorf("transaction: %v", err)
			}
			// A call before the fork that pretends to be after it.
			call := w.call(w.blocks[8].Header(), clienttest.Store, word(1))
			later := hexutil.Uint64(fork)
			call.BlockOverrides = &evm.BlockOverrides{Time: &later}
			var outdated *client.ConfigError
			if _, err := w.client.Call(t.Context(), call); !errors.As(err, &outdated) || outdated.Time != fork {
				t.Errorf("call in the future: %v", err)
			}
			if head.Number.Uint64() != 12 || log.count() != 1 {
				t.Errorf("head %d, warnings %q", head.Number, log.text)
			}
		})
	}
}

// A learned configuration follows the fraction, and stays learned.
func TestLearnedConfigurationIsReplaced(t *testing.T) {
	w := build(12, 3)
	w.config.Chain = nil
	w.config.DB = filepath.Join(t.TempDir(), "client.db")
	for _, s := range w.servers {
		s.SetHead(w.blocks[6], nil, nil)
	}
	w.start(t)
	w.waitHead(t, w.blocks[6])
	eventually(t, func() bool { return w.usesHash(w.ownConfig(t)) })

	next := withFork(t, w.chain, w.blocks[9].Time())
	w.upgrade(t, next, w.blocks[6])
	for _, s := range w.servers {
		s.Connect(t, w.client)
	}
	eventually(t, func() bool { return w.usesHash(next) })
	if st := w.client.Status().Config; st.Given || st.DiffersFromTime != nil || st.Elected != st.Hash {
		t.Errorf("status %+v", st)
	}
	allFine(t, w.executes(t, w.blocks[6].Header()))
	if err := w.client.Close(); err != nil {
		t.Fatal(err)
	}
	w.open(t)
	if !w.usesHash(next) {
		t.Error("the new configuration was not kept")
	}
	if err := w.client.Close(); err != nil {
		t.Fatal(err)
	}

	// Away while the next fork was scheduled, and while it passed.
	last := withFork(t, w.chain, w.blocks[8].Time())
	w.upgrade(t, last, w.head())
	w.start(t)
	w.waitHead(t, w.head())
	eventually(t, func() bool { return w.usesHash(last) })
}

// The past of a learned configuration is not for anybody to change.
func TestLearnedConfigurationKeepsItsPast(t *testing.T) {
	w := build(12, 3)
	w.config.Chain = nil
	w.config.DB = filepath.Join(t.TempDir(), "client.db")
	for _, s := range w.servers {
		s.SetHead(w.blocks[6], nil, nil)
	}
	w.start(t)
	w.waitHead(t, w.blocks[6])
	eventually(t, func() bool { return w.usesHash(w.ownConfig(t)) })
	for range 2 { // again after a restart
		past := withFork(t, w.chain, w.blocks[5].Time())
		w.upgrade(t, past, w.head())
		for _, s := range w.servers {
			s.Connect(t, w.client)
		}
		w.waitHead(t, w.head())
		eventually(t, func() bool {
			at := w.client.Status().Config.DiffersFromTime
			return at != nil && *at == w.blocks[5].Time()
		})
		if !w.usesHash(w.ownConfig(t)) {
			t.Fatal("replaced")
		}
		allOutdated(t, w.executes(t, w.blocks[5].Header()))
		allFine(t, w.executes(t, w.blocks[4].Header()))
		w.proves(t, w.head().Header())
		if err := w.client.Close(); err != nil {
			t.Fatal(err)
		}
		w.open(t)
	}
}

// A client that does not know the next fork goes on past it without executing; the
// version that does know takes over from where it was right.
func TestUpdatedClientTakesOverAfterTheFork(t *testing.T) {
	w := build(12, 3)
	w.config.Chain = nil
	w.config.DB = filepath.Join(t.TempDir(), "client.db")
	for _, s := range w.servers {
		s.SetHead(w.blocks[6], nil, nil)
	}
	w.start(t)
	w.waitHead(t, w.blocks[6])
	eventually(t, func() bool { return w.usesHash(w.ownConfig(t)) })
	fork := w.blocks[9].Time()
	w.upgrade(t, withUnknownFork(t, w.chain, fork), w.head())
	for _, s := range w.servers {
		s.Connect(t, w.client)
	}
	w.waitHead(t, w.head())
	eventually(t, func() bool {
		at := w.client.Status().Config.DiffersFromTime
		return at != nil && *at == fork
	})
	allFine(t, w.executes(t, w.blocks[8].Header()))
	allOutdated(t, w.executes(t, w.blocks[9].Header()))
	if err := w.client.Close(); err != nil {
		t.Fatal(err)
	}
	// What the update does: the same fork by a name that is known.
	known := withFork(t, w.chain, fork)
	w.upgrade(t, known, w.head())
	w.start(t)
	w.waitHead(t, w.head())
	eventually(t, func() bool { return w.usesHash(known) })
	allFine(t, w.executes(t, w.blocks[8].Header()))
}

func TestMinorityDoesNotChangeTheConfiguration(t *testing.T) {
	for _, given := range []bool{true, false} {
		w := build(6, 5)
		if !given {
			w.config.Chain = nil
		}
		own := w.ownConfig(t)
		for _, s := range w.servers[3:] { // two of five; three are needed
			s.Config = withFork(t, w.chain, w.blocks[3].Time())
		}
		if given {
			// Past forks must agree for a session with a client that knows them.
			for _, s := range w.servers[3:] {
				s.Config = withFork(t, w.chain, w.head().Time()+1)
			}
		}
		w.start(t)
		w.waitHead(t, w.head())
		eventually(t, func() bool {
			st := w.client.Status()
			return len(st.Election.Votes) == 5 && st.Config.Elected == common.Hash(wire.ConfigHash(own)) && w.usesHash(own)
		})
		if st := w.client.Status().Config; st.DiffersFromTime != nil || st.DiffersFromBlock != nil {
			t.Errorf("given %t: status %+v", given, st)
		}
		allFine(t, w.executes(t, w.head().Header()))
	}
}

// Servers that go by different configurations elect one head.
func TestVotesCountWithAnyConfiguration(t *testing.T) {
	w := build(6, 3)
	w.config.FractionPercent = 100
	for i, s := range w.servers {
		s.Config = withFork(t, w.chain, w.head().Time()+uint64(1+i))
	}
	w.start(t)
	w.waitHead(t, w.head())
	st := w.client.Status()
	if st.Config.Elected != (common.Hash{}) || len(st.Election.Votes) != 3 {
		t.Errorf("elected %x, %d votes", st.Config.Elected, len(st.Election.Votes))
	}
	allFine(t, w.executes(t, w.head().Header()))
}

// While nobody serves the elected configuration, nobody knows from where on it
// matters: what was agreed on before goes on, the rest fails in time.
func TestElectedConfigurationThatNobodyServes(t *testing.T) {
	w := build(12, 3)
	w.config.Chain = nil
	for _, s := range w.servers {
		s.SetHead(w.blocks[6], nil, nil)
	}
	w.start(t)
	w.waitHead(t, w.blocks[6])
	eventually(t, func() bool { return w.usesHash(w.ownConfig(t)) })

	next := withFork(t, w.chain, w.head().Time()+1000)
	w.upgrade(t, next, w.head())
	for _, s := range w.servers {
		s.Serves &^= wire.ServesConfig
		s.Connect(t, w.client)
	}
	w.waitHead(t, w.head())
	eventually(t, func() bool { return w.client.Status().Config.Elected == common.Hash(wire.ConfigHash(next)) })
	allFine(t, w.executes(t, w.blocks[6].Header()))
	allOutdated(t, w.executes(t, w.head().Header()))
	w.proves(t, w.head().Header())

	// One that is not trusted is good enough, once it comes: its bytes have the hash.
	late := clienttest.NewServer(w.chain, 9, w.head())
	late.Config = next
	late.Connect(t, w.client)
	eventually(t, func() bool { return w.usesHash(next) })
	allFine(t, w.executes(t, w.head().Header()))
}

// A first start without any configuration, at servers that are ahead of this version.
func TestConfigurationThatCannotBeLearned(t *testing.T) {
	w := build(6, 3)
	w.config.Chain = nil
	w.upgrade(t, withUnknownFork(t, w.chain, w.head().Time()+1), w.head())
	w.start(t)
	head := w.waitHead(t, w.head())
	eventually(t, func() bool {
		_, err := w.client.ConfigAt(t.Context(), head)
		return errors.Is(err, client.ErrConfigOutdated)
	})
	w.proves(t, head)
}

// An announcement must be signed for the configuration that the session began with.
func TestAnnouncementOfAnotherConfiguration(t *testing.T) {
	w := build(6, 1)
	s := w.servers[0]
	w.open(t)
	session := s.Connect(t, w.client)
	w.waitHead(t, w.head())
	eventually(t, func() bool { return s.Connections() == 1 })
	other := clienttest.NewServer(w.chain, 0, w.head())
	other.Config, other.Now = withFork(t, w.chain, w.head().Time()+1), s.Now
	s.Send(wire.CodeAnnounce, other.Announcement())
	if err := session.Wait(t); !errors.Is(err, wire.ErrWrongChain) {
		t.Errorf("ended with %v", err)
	}
}

// A fork that a given configuration lacks and that has passed is for the fork id to
// refuse, as on every Ethereum network.
func TestPassedForkIsRefusedAtTheHandshake(t *testing.T) {
	w := build(6, 1)
	w.upgrade(t, withFork(t, w.chain, w.blocks[3].Time()), w.head())
	log := &warnings{Handler: slog.DiscardHandler}
	w.config.Logger = slog.New(log)
	w.open(t)
	if err := w.servers[0].Connect(t, w.client).Wait(t); !errors.Is(err, wire.ErrForkMismatch) {
		t.Errorf("ended with %v", err)
	}
	if log.count() != 1 {
		t.Errorf("warnings %q", log.text)
	}
}
