// Package integration runs the light client on real servers over go-ethereum in process:
// what one client gets out of several servers, each of which gives it little. It stands
// apart because it takes minutes to compile with the race detector.
package integration

import (
	"context"
	"crypto/ecdsa"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

func openChain(tb testing.TB) *embedded.Dev {
	tb.Helper()
	dev, err := embedded.OpenDev(embedded.DevConfig{Config: embedded.Config{CacheMB: 32}})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { dev.Close() })
	for range 3 {
		if _, err := dev.Commit(); err != nil {
			tb.Fatal(err)
		}
	}
	return dev
}

// customer is who the servers have granted something.
var customer = [32]byte{31: 1}

// market is a client and its servers.
type market struct {
	tb      testing.TB
	client  *client.Client
	servers []*server.Server
	stops   []func() // cut the connections, by server
	head    *types.Header
	began   []tally
}

// open makes a client of so many servers, which have granted it these units each.
func open(tb testing.TB, source chain.Source, servers int, units uint64) *market {
	tb.Helper()
	m := &market{tb: tb}
	cfg := client.Config{
		// It keeps nothing, so that every question is asked.
		FractionPercent: 100, CacheBytes: 1, Clock: time.Now, Logger: slog.New(slog.DiscardHandler),
	}
	var keys []*ecdsa.PrivateKey
	for range servers {
		key, err := crypto.GenerateKey()
		if err != nil {
			tb.Fatal(err)
		}
		keys = append(keys, key)
		cfg.Trusted = append(cfg.Trusted, enode.NewV4(&key.PublicKey, nil, 0, 0))
	}
	// One elects heads; what the others serve is checked against it.
	cfg.Trusted, cfg.Servers = cfg.Trusted[:1], cfg.Trusted[1:]
	var err error
	if m.client, err = client.New(cfg); err != nil {
		tb.Fatal(err)
	}
	for _, key := range keys {
		m.serve(source, key, units)
	}
	for m.head == nil {
		time.Sleep(time.Millisecond)
		if heads, err := m.client.Heads(); err == nil && m.connected() == servers {
			m.head = heads.Latest
		}
	}
	// A client whose units are new is stopped until it has earned something.
	time.Sleep(earn)
	m.began = m.tally()
	return m
}

func (m *market) serve(source chain.Source, key *ecdsa.PrivateKey, units uint64) {
	m.tb.Helper()
	settings := server.Settings{
		ReservePermille: 200, FreePermille: 100, Grants: []server.Grant{{ID: customer, Units: units}},
	}
	s, err := server.New(m.tb.Context(), server.Config{Source: source, Key: key, Now: time.Now, Settings: &settings})
	if err != nil {
		m.tb.Fatal(err)
	}
	ours, theirs := wiretest.Pipe()
	var wg sync.WaitGroup
	wg.Go(func() { _ = s.Serve(m.tb.Context(), wire.Peer{ID: customer, Version: wire.LES5}, ours) })
	wg.Go(func() {
		peer := wire.Peer{ID: enode.PubkeyToIDV4(&key.PublicKey), Key: &key.PublicKey, Version: wire.LES5}
		_ = m.client.Serve(m.tb.Context(), peer, theirs)
	})
	m.servers = append(m.servers, s)
	m.stops = append(m.stops, func() { ours.Close(); wg.Wait() })
}

func (m *market) connected() (n int) {
	for _, s := range m.client.Status().Servers {
		if s.Connected {
			n++
		}
	}
	return n
}

func (m *market) close() {
	m.client.Close()
	for i, s := range m.servers {
		m.stops[i]()
		s.Close()
	}
}

// ask asks as much as it can until it is stopped; what is lost fails the test.
func (m *market) ask(askers int) (stop func()) {
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	for i := range askers {
		wg.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				addr := common.Address{byte(i), byte(i >> 8), byte(n), byte(n >> 8), byte(n >> 16), 1}
				// Not ctx: what was asked has to be answered.
				if _, err := m.client.Account(m.tb.Context(), m.head, addr); err != nil {
					m.tb.Errorf("lost: %v", err)
					return
				}
			}
		})
	}
	return func() { cancel(); wg.Wait() }
}

// tally is what servers have done.
type tally struct {
	answers uint64
	spent   unit.Cost
	stops   uint64
}

func (m *market) tally() (each []tally) {
	for _, s := range m.servers {
		st := s.Stats()
		each = append(each, tally{st.Requests["les/5 GetState"].Count, st.Booked, st.Stops})
	}
	return each
}

// during returns what the servers did in a span, each and together.
func (m *market) during(span time.Duration) (each []tally, sum tally) {
	before := m.tally()
	time.Sleep(span)
	for i, now := range m.tally() {
		t := tally{now.answers - before[i].answers, now.spent - before[i].spent, now.stops - before[i].stops}
		each = append(each, t)
		sum = tally{sum.answers + t.answers, sum.spent + t.spent, sum.stops + t.stops}
	}
	return each, sum
}

const (
	// A proof costs about a thirtieth of what one unit's buffer holds.
	work  = 2 * time.Millisecond
	units = 5
	// earn is how long it takes at most until a client with new units may ask, drain until
	// there is nothing left in its buffers but what comes in.
	earn  = 3 * time.Second
	drain = 10 * time.Second
	span  = 20 * time.Second
)

// One client gets from two and from four servers twice and four times what it gets from
// one, when it asks for more, and loses nothing. When one of four is gone and another
// one says Stop, it gets what those that are left give.
func TestFourServers(t *testing.T) {
	source := hold(t, openChain(t), work)
	synctest.Test(t, func(t *testing.T) {
		var alone tally
		for _, n := range []int{1, 2, 4} {
			m := open(t, source, n, units)
			stop := m.ask(100)
			time.Sleep(drain)
			each, sum := m.during(span)
			t.Logf("%d servers: %d answers, cost %d", n, sum.answers, sum.spent)
			if n == 1 {
				alone = sum
			}
			least := map[int]float64{1: 1, 2: 1.95, 4: 3.9}[n]
			if by := float64(sum.answers) / float64(alone.answers); by < least {
				t.Errorf("%d servers: %.2f times the answers of one", n, by)
			}
			m.keep(each)
			if n == 4 {
				m.lose(sum)
			}
			stop()
			m.close()
		}
	})
}

// keep checks that each server has served what it promised, and not said Stop.
func (m *market) keep(each []tally) {
	m.tb.Helper()
	promised := unit.Cost(units) * 10_000 * unit.Cost(span/time.Millisecond)
	for i, one := range each {
		if m.tally()[i].stops != m.began[i].stops {
			m.tb.Errorf("server %d of %d said Stop", i, len(each))
		}
		if one.spent < promised/100*98 || one.spent > promised/100*102 {
			m.tb.Errorf("server %d of %d served %d of the %d that it promised", i, len(each), one.spent, promised)
		}
	}
}

// lose takes two of four servers away; with was what all did in span.
func (m *market) lose(with tally) {
	m.tb.Helper()
	m.stops[3]()
	if err := m.servers[2].Freeze(customer); err != nil {
		m.tb.Fatal(err)
	}
	synctest.Wait()
	each, sum := m.during(span)
	for i, want := range []uint64{0, 0, 1, 0} {
		if got := m.tally()[i].stops - m.began[i].stops; got != want {
			m.tb.Errorf("server %d said Stop %d times", i, got)
		}
	}
	// The one that was stopped was so for about a second, and lost nothing but that.
	if by := float64(sum.answers) / float64(with.answers); by < 0.72 || each[3].answers != 0 {
		m.tb.Errorf("%.2f times the answers of four servers; from each: %v", by, each)
	}
	// As long as an operator wants.
	before := m.tally()
	quit := time.Now().Add(span)
	for time.Now().Before(quit) {
		_ = m.servers[2].Freeze(customer)
		time.Sleep(50 * time.Millisecond)
	}
	var got uint64
	for i, now := range m.tally() {
		got += now.answers - before[i].answers
	}
	if by := float64(got) / float64(with.answers); by < 0.47 {
		m.tb.Errorf("%.2f times the answers of four servers from two", by)
	}
}

// A grant that comes, grows, shrinks and goes while the client is connected shows at once
// in what it gets, and never makes it ask for what it has not.
func TestGrantsChangeInMidSession(t *testing.T) {
	source := hold(t, openChain(t), work)
	synctest.Test(t, func(t *testing.T) {
		m := open(t, source, 1, 1)
		stop := m.ask(100)
		time.Sleep(drain)
		settings := m.servers[0].Settings()
		for _, units := range []uint64{10, 20, 5} {
			settings.Grants = []server.Grant{{ID: customer, Units: units}}
			m.servers[0].Apply(settings)
			time.Sleep(time.Second)
			status := m.client.Status().Servers[0]
			if status.Recharge != 10_000*units || status.Frozen {
				t.Errorf("%d units: the client reckons with %d/ms, frozen %v", units, status.Recharge, status.Frozen)
			}
			_, sum := m.during(span / 2)
			promised := unit.Cost(units) * 10_000 * unit.Cost(span/2/time.Millisecond)
			// Some of it goes into the reserve of the larger buffer first.
			if sum.spent < promised/100*85 || sum.stops > 0 {
				t.Errorf("%d units: %d served of %d promised, %d stops", units, sum.spent, promised, sum.stops)
			}
		}
		stop()
		m.close()
	})
}

// BenchmarkServers prints what one client gets out of one, two and four servers that
// have each granted it two hundredths of a thread, once the buffers are used up.
//
//	go test ./client/integration -run '^$' -bench Servers -benchtime 1x
func BenchmarkServers(b *testing.B) {
	dev := openChain(b)
	for _, n := range []int{1, 2, 4} {
		b.Run(map[int]string{1: "1", 2: "2", 4: "4"}[n], func(b *testing.B) {
			for b.Loop() {
				m := open(b, dev, n, 2)
				stop := m.ask(100)
				time.Sleep(drain)
				_, sum := m.during(5 * time.Second)
				stop()
				b.ReportMetric(float64(sum.answers)/5, "answers/s")
				b.ReportMetric(float64(sum.spent)/5e9*100, "%thread")
				b.ReportMetric(float64(sum.stops), "stops")
				m.close()
			}
		})
	}
}
