package bidder_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"go.uber.org/goleak"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/bidder/biddertest"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
	"github.com/candela-les/candela/wire/wiretest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const wallet = "wallet price=36000 budget=1000000"

// world is a bidder among sellers. It is to be made and used in a bubble of synctest.
type world struct {
	t      *testing.T
	cfg    bidder.Config
	b      *bidder.Bidder
	client *fakeClient
	keep   *keeper
	stop   chan struct{}
	work   sync.WaitGroup
	links  []*link

	mu struct {
		sync.Mutex
		sellers map[[32]byte]*biddertest.Seller
		funded  map[[32]byte]int
		fund    func(ctx context.Context, s *biddertest.Seller, amount unit.Amount) error
	}
}

func newWorld(t *testing.T, demand string) *world {
	t.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("buyer")))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, client: &fakeClient{}, keep: &keeper{}, stop: make(chan struct{})}
	w.mu.sellers, w.mu.funded = make(map[[32]byte]*biddertest.Seller), make(map[[32]byte]int)
	w.cfg = bidder.Config{
		Key: key, Clock: time.Now, Client: w.client, Keeper: w.keep, Demand: demand, Folder: t.TempDir(), Seed: 1,
		Fund: w.fund, Logger: slog.New(slog.DiscardHandler),
	}
	return w
}

// start makes the bidder.
func (w *world) start() {
	w.t.Helper()
	b, err := bidder.New(w.t.Context(), w.cfg)
	if err != nil {
		w.t.Fatal(err)
	}
	w.b, w.client.b = b, b
}

// close ends everything.
func (w *world) close() {
	close(w.stop)
	if err := w.b.Close(); err != nil {
		w.t.Error(err)
	}
	for _, l := range w.links {
		l.cut()
	}
	w.work.Wait()
}

// seller makes a seller, which is to begin.
func (w *world) seller(number byte, change ...func(*biddertest.Seller)) *biddertest.Seller {
	s := biddertest.New(number, time.Now)
	for _, f := range change {
		f(s)
	}
	s.Begin()
	w.mu.Lock()
	w.mu.sellers[s.ID()] = s
	w.mu.Unlock()
	w.work.Go(func() { s.Run(w.stop) })
	return s
}

// fund credits a seller's account after a second.
func (w *world) fund(ctx context.Context, at bidder.Counter, amount unit.Amount) error {
	id := at.Server
	w.mu.Lock()
	s, f := w.mu.sellers[id], w.mu.fund
	w.mu.funded[id]++
	w.mu.Unlock()
	if f != nil {
		return f(ctx, s, amount)
	}
	time.Sleep(time.Second)
	s.Credit(w.b.Address(), amount)
	return nil
}

// link is a connection of the bidder with a seller.
type link struct {
	w     *world
	ours  *wiretest.End
	done  chan struct{}
	mu    sync.Mutex
	ended error // what the bidder ended it for
	out   chan [2]any
}

// connect connects a seller.
func (w *world) connect(s *biddertest.Seller) *link {
	ours, theirs := wiretest.Pipe()
	l := &link{w: w, ours: ours, done: make(chan struct{}), out: make(chan [2]any, 64)}
	w.links = append(w.links, l)
	const first = 0x19
	w.work.Go(func() {
		defer theirs.Close()
		line := s.Open(w.b.Address(), func(code uint64, payload []byte) { _ = theirs.WriteMsg(first+code, payload) })
		defer line.Close()
		for {
			code, payload, err := theirs.ReadMsg()
			if err != nil {
				return
			}
			line.Receive(code-first, payload)
		}
	})
	w.work.Go(func() {
		for {
			select {
			case m := <-l.out:
				_ = ours.WriteMsg(m[0].(uint64)+first, m[1].([]byte))
			case <-l.done:
				return
			}
		}
	})
	peer := wire.Peer{ID: s.ID(), Key: &s.Key.PublicKey, Name: "seller", Addr: "127.0.0.1:1", Version: wire.LES5, Market: true}
	if err := l.Send(marketwire.CodeHello, bidder.Hello()); err != nil {
		w.t.Error(err)
	}
	session := w.b.Attach(peer, l)
	w.client.joined(peer.ID, l)
	w.work.Go(func() {
		defer close(l.done)
		defer ours.Close()
		defer session.End()
		for {
			code, payload, err := ours.ReadMsg()
			if errors.Is(err, io.EOF) {
				return
			}
			if err := session.Receive(code-first, payload); err != nil {
				l.End(err)
				if errors.Is(err, bidder.ErrLie) {
					w.client.Lied(peer.ID, err)
				}
				return
			}
		}
	})
	return l
}

// Send implements bidder.Conn.
func (l *link) Send(code uint64, payload []byte) error {
	select {
	case l.out <- [2]any{code, payload}:
		return nil
	default:
		return errors.New("queue is full")
	}
}

// End implements bidder.Conn.
func (l *link) End(reason error) {
	l.mu.Lock()
	if l.ended == nil {
		l.ended = reason
	}
	l.mu.Unlock()
	_ = l.ours.Close()
}

func (l *link) why() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ended
}

// cut ends the connection, and waits until that is known.
func (l *link) cut() {
	_ = l.ours.Close()
	<-l.done
}

// fakeClient answers that every server answers well, or that none was asked anything.
type fakeClient struct {
	b       *bidder.Bidder
	unasked bool
	mu      struct {
		sync.Mutex
		lied  map[buyer.ID]error
		tried int
		links map[buyer.ID]*link
		idle  bool
	}
}

func (c *fakeClient) joined(id buyer.ID, l *link) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mu.links == nil {
		c.mu.links = make(map[buyer.ID]*link)
	}
	c.mu.links[id] = l
}

func (c *fakeClient) Measured(buyer.ID) buyer.Measured {
	if c.unasked {
		return buyer.Measured{}
	}
	return buyer.Measured{Served: 20 * buyer.RequestCost, Answers: 20}
}

func (c *fakeClient) Try(buyer.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mu.tried++
}

func (c *fakeClient) Lied(id buyer.ID, reason error) {
	c.mu.Lock()
	if c.mu.lied == nil {
		c.mu.lied = make(map[buyer.ID]error)
	}
	c.mu.lied[id] = reason
	l := c.mu.links[id]
	c.mu.Unlock()
	if l != nil {
		l.End(reason)
	}
}

func (c *fakeClient) lies() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.mu.lied)
}

// keeper keeps in memory.
type keeper struct {
	mu    sync.Mutex
	saved bidder.Saved
	fails error
}

func (k *keeper) Load(context.Context) (bidder.Saved, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.saved, k.fails
}

func (k *keeper) Save(_ context.Context, s bidder.Saved) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.fails != nil {
		return k.fails
	}
	if s.Demand != "" {
		k.saved.Demand = s.Demand
	}
	k.saved.Spending = s.Spending
	if k.saved.Sellers == nil {
		k.saved.Sellers = make(map[buyer.ID]bidder.Record)
	}
	maps.Copy(k.saved.Sellers, s.Sellers)
	return nil
}

// units is how many units this client has at sellers, by their own word.
func (w *world) units(sellers ...*biddertest.Seller) (n int) {
	for _, s := range sellers {
		units, _, _ := s.Has(w.b.Address())
		n += units
	}
	return n
}

// paid is what this client was charged by sellers, by their own word.
func (w *world) paid(sellers ...*biddertest.Seller) (sum unit.Amount) {
	for _, s := range sellers {
		sum, _ = sum.Add(s.Spent(w.b.Address()))
	}
	return sum
}

// spent is what the bidder says that it has spent today.
func (w *world) spent() bidder.SpendingStatus {
	s, err := w.b.Spending()
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func (w *world) market() []bidder.SellerStatus {
	list, err := w.b.Market()
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// inWorld runs a test in a bubble.
func inWorld(t *testing.T, demand string, test func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, demand)
		test(w)
	})
}

// minus is a − b, which fits.
func minus(a, b unit.Amount) uint64 {
	rest, _ := a.Sub(b)
	_, lo := rest.Words()
	return lo
}

func (k *keeper) copied() bidder.Saved {
	k.mu.Lock()
	defer k.mu.Unlock()
	c := k.saved
	c.Sellers = maps.Clone(c.Sellers)
	return c
}

// set has it forget all that came later.
func (k *keeper) set(s bidder.Saved) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.saved = s
}
