package node

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// stall is a server that sells two units, on a ledger of its own.
type stall struct {
	*Server
	dir  string
	bids servertest.Book
	all  []*servertest.Shopper
}

// stallReserve is what a unit costs at least, in base units an hour: 10 a second.
const stallReserve = 36_000

func openStall(t *testing.T, source *embedded.Dev, name string, change ...func(*ServerConfig)) *stall {
	t.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte(name)))
	if err != nil {
		t.Fatal(err)
	}
	s := &stall{dir: t.TempDir(), bids: servertest.Book{}}
	cfg := ServerConfig{
		Source: source, ListenAddr: "127.0.0.1:0", Key: key, AdminDir: s.dir,
		Sell: SellConfig{
			Price: "0.036", Decimals: 6, Currency: "TEST", Token: "0x00000000000000000000000000000000000000aa",
			Units: 2, MaxUnits: 4, Ledger: filepath.Join(s.dir, LedgerName),
		},
	}
	for _, f := range change {
		f(&cfg)
	}
	s.Server, err = StartServer(t.Context(), testEnv(t), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// visit connects a shopper over devp2p.
func (s *stall) visit(t *testing.T, name string) *servertest.Shopper {
	t.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte(name)))
	if err != nil {
		t.Fatal(err)
	}
	conns := make(chan wire.Conn, 1)
	host, err := devp2p.NewHost(devp2p.Config{
		Key: key, Name: name, MaxPeers: 1, Versions: []uint{wire.LES5}, Market: true,
		Handler: func(ctx context.Context, peer wire.Peer, conn wire.Conn) error {
			if !peer.Market {
				return fmt.Errorf("%s finds no market", name)
			}
			conns <- conn
			<-ctx.Done()
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(host.Close)
	host.Keep(t.Context(), enode.MustParse(s.Enode()))
	b := &servertest.Shopper{T: t, Name: name, Key: key}
	select {
	case conn := <-conns:
		b.Come(conn, statusFor(t, conn))
	case <-time.After(30 * time.Second):
		t.Fatalf("%s is not connected", name)
	}
	s.all = append(s.all, b)
	return b
}

// statusFor is a Status that says what the server's says.
func statusFor(t *testing.T, conn wire.Conn) *wire.Status {
	t.Helper()
	code, payload, err := conn.ReadMsg()
	if err != nil || code != wire.CodeStatus {
		t.Fatalf("%#x instead of Status: %v", code, err)
	}
	theirs, err := wire.DecodeStatus(wire.LES5, payload)
	if err != nil {
		t.Fatal(err)
	}
	return &wire.Status{
		Version: wire.LES5, NetworkID: theirs.NetworkID, Genesis: theirs.Genesis, ForkID: theirs.ForkID,
		Config: theirs.Config, AnnounceType: wire.AnnounceSimple,
	}
}

// credit gives a shopper money by the operator's hand.
func (s *stall) credit(t *testing.T, b *servertest.Shopper, amount uint64) {
	t.Helper()
	office, err := admin.Dial(t.Context(), admin.SocketIn(s.dir))
	if err != nil {
		t.Fatal(err)
	}
	defer office.Close()
	if _, err := office.Credit(t.Context(), admin.Address(b.Address()), unit.NewAmount(amount), fmt.Sprint(b.Name, amount)); err != nil {
		t.Fatal(err)
	}
}

func (s *stall) bid(b *servertest.Shopper, prices ...uint64) {
	b.T.Helper()
	b.Bid(prices...)
	s.bids[b.Name] = prices
}

// check compares what everybody has and pays with a computation from scratch.
func (s *stall) check(t *testing.T) {
	t.Helper()
	won, pays := s.bids.VCG(2, stallReserve)
	for _, b := range s.all {
		b.CatchUp()
		a := b.Account()
		if a.Units != won[b.Name] || a.Rate != unit.PricePerHour(pays[b.Name]) || b.Allocation.Units != won[b.Name] {
			t.Errorf("%s has %d units for %v an hour and was told of %d; from scratch: %d for %d",
				b.Name, a.Units, a.Rate, b.Allocation.Units, won[b.Name], pays[b.Name])
		}
	}
}

// Three servers on one chain, over real connections, each with an auction of its own: the highest values win, each
// pays what the others lose by it, a higher bid displaces the lowest winner, who stays connected and pays nothing,
// an account that runs dry is demoted, prices fall when demand leaves, and no base unit is lost.
func TestThreeServersSell(t *testing.T) {
	t.Parallel()
	source, err := embedded.OpenDev(embedded.DevConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	var stalls []*stall
	for i := range 3 {
		stalls = append(stalls, openStall(t, source, fmt.Sprint("stall", i)))
	}
	for i, s := range stalls {
		// Everybody values service differently at each server.
		ann, bob, cid := s.visit(t, fmt.Sprint("ann", i)), s.visit(t, fmt.Sprint("bob", i)), s.visit(t, fmt.Sprint("cid", i))
		for _, b := range s.all {
			s.credit(t, b, 1_000_000)
		}
		s.bid(ann, uint64(90_000+i*1000), uint64(50_000-i*1000))
		s.check(t)
		s.bid(bob, uint64(60_000+i*500))
		s.check(t)
		s.bid(cid, uint64(70_000-i*700), 40_000)
		s.check(t)
		// Bob was displaced: he is told, pays nothing and can still ask.
		if bob.Allocation.Cause != marketwire.Outbid || bob.Account().Units != 0 {
			t.Errorf("bob was told %+v", bob.Allocation)
		}
	}
	s := stalls[0]
	high := s.all[0].Curve()
	cid := s.all[2]
	if m, ok := cid.Ask(new(marketwire.Close)).(*marketwire.Closed); !ok || m.End != marketwire.Asked {
		t.Errorf("cid closes: %+v", m)
	}
	delete(s.bids, cid.Name)
	s.all = slices.Delete(s.all, 2, 3)
	s.check(t)
	if low := s.all[0].Curve(); low.Losing[0].Cmp(high.Losing[0]) >= 0 {
		t.Errorf("the best losing price is %v after %v", low.Losing[0], high.Losing[0])
	}

	// Dan has money for 21 seconds at his price, and pays nearly that.
	dan := s.visit(t, "dan")
	s.credit(t, dan, 21*17)
	s.bid(dan, 60_500)
	s.check(t)
	deadline := time.Now().Add(2 * time.Minute)
	for dan.Demoted == 0 && time.Now().Before(deadline) {
		time.Sleep(200 * time.Millisecond)
		dan.CatchUp()
	}
	if dan.Demoted != 1 || dan.Allocation.Cause != marketwire.Depleted {
		t.Errorf("dan was demoted %d times: %+v", dan.Demoted, dan.Allocation)
	}
	delete(s.bids, dan.Name)
	s.check(t)

	for _, s := range stalls {
		for _, b := range s.all {
			if b.Account().Number > 1 {
				b.CheckCharges()
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		s.audit(t)
	}
}

// audit adds up the ledger of a server that has closed: what clients and operator have is what came in.
func (s *stall) audit(t *testing.T) {
	t.Helper()
	books, err := sqlite.Open(t.Context(), filepath.Join(s.dir, LedgerName), ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer books.Close()
	report, err := books.Audit(t.Context())
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("audit: %v %v", report.Faults, err)
	}
	list, err := books.Accounts(t.Context(), ledger.Account{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	sum := ledger.Plus(unit.Amount{})
	var kinds []string
	for _, b := range list {
		sum, _ = sum.Add(b.Total)
		kinds = append(kinds, b.Account.Kind.String())
		if !b.Held.IsZero() {
			t.Errorf("%v: %s are still held", b.Account, b.Held)
		}
	}
	if sum.Sign() != 0 || !slices.Contains(kinds, ledger.Revenue.String()) {
		t.Errorf("all accounts together come to %s: %s", sum, strings.Join(kinds, ", "))
	}
}
