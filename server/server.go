package server

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// Defaults of Config.
const (
	DefaultMaxSessions = 100
	// DefaultMessageCost is what the transport takes for a message where that was not
	// measured: goroutines and system calls.
	DefaultMessageCost = 7 * unit.Cost(unit.Microsecond)
	// DefaultKiBCost is the same for 1024 bytes: copies, encryption and MAC.
	DefaultKiBCost = 3 * unit.Cost(unit.Microsecond)
)

// Config is what a server is made of. Source, Key and Now are required.
type Config struct {
	Source chain.Source
	// Key is the node key: it signs announcements.
	Key *ecdsa.PrivateKey
	// Now is a clock with monotonic readings, such as time.Now.
	Now    func() time.Time
	Logger *slog.Logger // nil: no logs
	// OnlyAnnounce makes a server that signs heads and serves no data at all.
	OnlyAnnounce bool
	// MaxSessions is how many clients may be connected; 0: DefaultMaxSessions.
	MaxSessions int
	// Workers is how many requests are served at once; 0: GOMAXPROCS.
	Workers int
	// Capacity is what all clients together may spend, cost per millisecond; 0:
	// 1,000,000 for each worker, all that they can do.
	Capacity unit.Cost
	// MessageCost is charged for each message received and sent, KiBCost for each 1024
	// bytes of them: what the transport takes on this machine. 0: the defaults.
	MessageCost, KiBCost unit.Cost
	// CPUTime returns the processor time that this process has used, and CPUWait how long its
	// threads were ready and had to wait for a processor; CPUIdle, how long the processors that
	// it may use had nothing to do, summed up. With CPUTime, Capacity
	// is what there is at best, and follows what the machine is seen to do. Nil: not known.
	CPUTime, CPUWait, CPUIdle func() time.Duration
	// RetryAfter is what a client that finds no place is told while it is not known how
	// often clients leave; 0: DefaultRetryAfter.
	RetryAfter time.Duration
	// GiveWay returns when paid requests that have come were read: those who serve free ones
	// call it between items. It reports whether it waited for that. Nil: they are read in time
	// without it. Connections with a method Prefer(bool) are told whether their client pays.
	GiveWay func() (waited bool)
	// Versions of les to offer; empty: all that Source can answer. les/2 to les/4 ask
	// by hashed keys.
	Versions []uint
	// Seed of the jitter of waits; 0: a random one.
	Seed uint64
	// Settings of the market; nil: market.DefaultSettings.
	Settings *market.Settings
	// Sale is what is sold for money; nil: nothing.
	Sale *Sale
}

func (c Config) withDefaults() (Config, error) {
	if c.Source == nil || c.Key == nil || c.Now == nil {
		return c, errors.New("server: Source, Key and Now are required")
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.MaxSessions <= 0 {
		c.MaxSessions = DefaultMaxSessions
	}
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	if c.Capacity == 0 {
		c.Capacity = unit.Cost(c.Workers).Mul(uint64(unit.Millisecond))
	}
	if c.MessageCost == 0 {
		c.MessageCost = DefaultMessageCost
	}
	if c.KiBCost == 0 {
		c.KiBCost = DefaultKiBCost
	}
	if c.GiveWay == nil {
		c.GiveWay = func() bool { return false }
	}
	if c.Seed == 0 {
		c.Seed = rand.Uint64()
	}
	if c.Settings == nil {
		settings := market.DefaultSettings()
		c.Settings = &settings
	}
	if c.RetryAfter <= 0 {
		c.RetryAfter = DefaultRetryAfter
	}
	return c, nil
}

// Server serves light clients. All methods may be called from many goroutines.
type Server struct {
	cfg   Config
	start time.Time // origin of all instants
	info  chain.Info
	caps  chain.Capabilities
	meter *meter
	// protocols are the versions that are offered, ascending.
	protocols []uint64
	stats     counters

	desk   desk          // where the market is
	seller *seller       // nil if nothing is sold
	ahead  uint64        // ns that times told to clients run ahead of the clock; see beginBook
	said   atomic.Uint64 // latest timestamp that was signed

	forks      *wire.Forks
	configHash wire.Hash
	builders   sync.Pool // of *wire.ReplyBuilder

	ctx    context.Context // ends when Close is called
	cancel context.CancelFunc
	wg     sync.WaitGroup // sessions, and the goroutine of run

	mu struct {
		sync.Mutex
		closed    bool
		connected map[[32]byte]bool     // clients, and those that are shaking hands
		sessions  map[[32]byte]*session // past their handshake
		news      *news                 // the latest head as it is announced
		fresh     wire.Announce5        // the same head, signed again later
		freshSeq  uint64
	}
}

// New makes a server and measures what requests cost on its source, which takes a
// fraction of a second. Close it when done; it does not close the source.
func New(ctx context.Context, cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{
		cfg: cfg, start: cfg.Now(),
		info: cfg.Source.Info(), caps: cfg.Source.Capabilities(),
	}
	if s.protocols = offered(cfg.Versions, s.caps.HashedKeys); len(s.protocols) == 0 {
		return nil, ErrVersions
	}
	if s.meter, err = newMeter(&cfg, s.calibrate(ctx)); err != nil {
		return nil, err
	}
	s.mu.sessions = make(map[[32]byte]*session)
	s.mu.connected = make(map[[32]byte]bool)
	s.ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	capacity, _ := s.meter.capacity()
	if err := s.open(ctx, capacity); err != nil {
		s.cancel()
		return nil, errors.Join(err, s.closeSale())
	}
	if s.seller != nil {
		s.wg.Add(1)
		go s.seller.teller()
	}
	return s, nil
}

// open makes the market, and begins to follow the source.
func (s *Server) open(ctx context.Context, capacity unit.Cost) error {
	sale, err := s.openSale(ctx)
	if err != nil {
		return err
	}
	cfg := &s.cfg
	err = s.desk.open(s, market.Config{
		Capacity: capacity, Workers: cfg.Workers, Places: cfg.MaxSessions,
		FirstGap: unit.Span(cfg.RetryAfter), Seed: cfg.Seed, Settings: *cfg.Settings, Sale: sale,
	})
	if err != nil {
		return err
	}
	if err := s.startNews(); err != nil {
		s.desk.close()
		return err
	}
	return nil
}

// offered are the versions of les that are wanted and can be answered.
func offered(wanted []uint, hashedKeys bool) (versions []uint64) {
	for v := oldest; v <= wire.LES5; v++ {
		want := len(wanted) == 0 || slices.Contains(wanted, v)
		if want && (hashedKeys || !wire.Legacy(v)) {
			versions = append(versions, uint64(v))
		}
	}
	return versions
}

// Versions returns the versions of les that are offered, ascending.
func (s *Server) Versions() []uint {
	out := make([]uint, len(s.protocols))
	for i, v := range s.protocols {
		out[i] = uint(v)
	}
	return out
}

// Close ends all sessions and waits for them. A session whose Conn has no Close
// method ends only when its transport fails its ReadMsg.
func (s *Server) Close() error {
	s.mu.Lock()
	s.mu.closed = true
	s.mu.Unlock()
	s.cancel()
	s.wg.Wait()
	s.desk.close()
	return s.closeSale()
}

// Stats returns a copy of the counters.
func (s *Server) Stats() Stats {
	out := s.stats.snapshot()
	out.Booked = s.meter.total()
	return out
}

// pricing returns what a version's next session pays. les/2 to les/4 pay the same.
func (s *Server) pricing(version uint) *pricing { return s.meter.pricing(version) }

// now is the time since the server was made.
func (s *Server) now() unit.Instant { return unit.Instant(s.cfg.Now().Sub(s.start)) }

// reserve takes one of the places for a session. If there is none, the session is
// there only to be told so.
func (s *Server) reserve(one *session) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.mu.closed:
		return leave(ReasonClosing, ErrClosed)
	case s.mu.connected[one.peer.ID]:
		return leave(ReasonDuplicate, nil)
	}
	s.desk.do(func(now unit.Instant, m *market.Market) {
		one.seat, one.unwelcome = m.Connect(now, market.Join{
			ID: one.peer.ID, Group: place(one.peer.Addr), Least: one.pricing.limit,
			Grow: wire.Legacy(one.version), Owner: one,
		})
	})
	s.mu.connected[one.peer.ID] = true
	s.wg.Add(1)
	return nil
}

// release gives a session's place back.
func (s *Server) release(one *session) {
	if one.seat != nil {
		s.desk.do(func(now unit.Instant, m *market.Market) { m.Leave(now, one.seat) })
	}
	s.mu.Lock()
	delete(s.mu.connected, one.peer.ID)
	s.mu.Unlock()
	s.wg.Done()
}

// register opens a session's account, makes the session known to the announcer and
// returns the latest head.
func (s *Server) register(one *session) *news {
	s.desk.do(func(now unit.Instant, m *market.Market) { m.Open(now, one.seat) })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.sessions[one.peer.ID] = one
	s.stats.sessions.Add(1)
	s.stats.opened.Add(1)
	return s.mu.news
}

// unregister forgets a session that register took in.
func (s *Server) unregister(one *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.mu.sessions, one.peer.ID)
	s.stats.sessions.Add(-1)
}

// place is where a client comes from, as far as the market cares: an IPv4 address, or
// an IPv6 network of the size that one customer gets.
func place(addr string) market.Group {
	at, err := netip.ParseAddrPort(addr)
	if err != nil {
		return ""
	}
	ip := at.Addr().Unmap()
	if ip.Is4() {
		return market.Group(ip.AsSlice())
	}
	return market.Group(netip.PrefixFrom(ip, placeBits).Masked().Addr().AsSlice()[:placeBits/8])
}

// placeBits is how much of an IPv6 address tells customers apart.
const placeBits = 48

// all returns the sessions, in no particular order.
func (s *Server) all() []*session {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]*session, 0, len(s.mu.sessions))
	for _, one := range s.mu.sessions {
		list = append(list, one)
	}
	return list
}
