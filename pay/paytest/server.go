package paytest

import (
	"context"
	"log/slog"
	"sync/atomic"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// Book is a ledger that a server keeps.
type Book interface {
	pay.Book
	pay.Dues
	// Spend takes what a client has used out of its account, at most what is in it, and returns how much that was.
	Spend(client pay.Address, n unit.Amount) unit.Amount
}

// Server is who is paid.
type Server struct {
	*process
	Authorizer *watch.Key  // the operator's hot key
	Receiver   pay.Address // the cold one
	Book       Book        // on its disk

	// Since it was started:
	Provider  Provider
	Cashier   *pay.Cashier
	Collector *pay.Collector
	// Alarms is how often it was told that a client takes its money back.
	Alarms atomic.Int64
}

func newServer(w *World) *Server {
	s := &Server{
		process: newProcess(w, "server", w.Key("gas of the server")), Authorizer: w.Key("operator"),
		Receiver: pay.Address(w.Key("receiver").Address()),
	}
	s.newBook()
	s.Start()
	w.T.Cleanup(s.stop)
	return s
}

// newBook gives the server an empty ledger.
func (s *Server) newBook() {
	if s.Book = fake.NewBook(); s.w.Method.Book != nil {
		s.Book = s.w.Method.Book(s.w.T)
	}
}

// Start starts the server from what is on its disk. One that runs ends first.
func (s *Server) Start() {
	s.w.T.Helper()
	s.startBlind()
	s.Look()
}

// startBlind starts the server without having it look at the chain.
func (s *Server) startBlind() {
	s.w.T.Helper()
	s.stop()
	s.start()
	p, err := s.w.Method.Provider(s)
	if err != nil {
		s.w.T.Fatal(err)
	}
	book := &book{Book: s.Book, p: s.process, dead: s.dead}
	s.Provider = p
	s.Cashier = pay.NewCashier(pay.CashierConfig{Book: book, Providers: []pay.Provider{p}})
	s.Collector = pay.NewCollector(pay.CollectorConfig{
		Dues: book, Methods: []pay.Collectable{p}, Now: s.Now, Logger: slog.New(slog.DiscardHandler),
	})
}

// Payee is what the server's terms say.
func (s *Server) Payee() pay.Payee {
	return pay.Payee{Seller: pay.Address(s.Authorizer.Address()), Asset: s.w.Asset(), Info: s.Provider.Info()}
}

// Collect has the server collect: all that is due, or what it would by itself.
func (s *Server) Collect(all bool) (passed pay.Passed, err error) {
	err = s.w.While(func(ctx context.Context) error {
		passed, err = s.Collector.Pass(ctx, s.Provider.Method(), all)
		return err
	})
	return passed, err
}

// Got is how many tokens have come to the receiver.
func (s *Server) Got() unit.Amount { return s.w.Has(common.Address(s.Receiver)) }

// book is a server's way to its ledger: what it writes is a step.
type book struct {
	Book
	p    *process
	dead *atomic.Bool
}

// Advance implements pay.Book.
func (b *book) Advance(ctx context.Context, c pay.Claimant, settlements uint64, p pay.Promised) (present, credited unit.Amount, err error) {
	err = b.p.step(b.dead, "credit a promise", func() (err error) {
		present, credited, err = b.Book.Advance(ctx, c, settlements, p)
		return err
	})
	return present, credited, err
}

// GiveBack implements pay.Book.
func (b *book) GiveBack(ctx context.Context, c pay.Claimant) (e pay.Entry, err error) {
	err = b.p.step(b.dead, "give back", func() (err error) {
		e, err = b.Book.GiveBack(ctx, c)
		return err
	})
	return e, err
}

// HandOut implements pay.Book.
func (b *book) HandOut(ctx context.Context, c pay.Claimant, settlements uint64, data []byte) (e pay.Entry, err error) {
	err = b.p.step(b.dead, "keep what is handed out", func() (err error) {
		e, err = b.Book.HandOut(ctx, c, settlements, data)
		return err
	})
	return e, err
}

// Collect implements pay.Dues.
func (b *book) Collect(ctx context.Context, method string, id pay.Hash, collecting, collected unit.Amount) (e pay.Entry, ok bool, err error) {
	err = b.p.step(b.dead, "note what is collected", func() (err error) {
		e, ok, err = b.Book.Collect(ctx, method, id, collecting, collected)
		return err
	})
	return e, ok, err
}

// Draw implements pay.Dues.
func (b *book) Draw(ctx context.Context, c pay.OpenClaim, paid unit.Amount) error {
	return b.p.step(b.dead, "settle a claim", func() error { return b.Book.Draw(ctx, c, paid) })
}
