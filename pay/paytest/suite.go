package paytest

import (
	"context"
	"errors"
	"testing"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Run has a method pass the suite.
func Run(t *testing.T, m Method) {
	for _, c := range cases() {
		c.in(t, m)
	}
}

// suiteCase is a case of the suite.
type suiteCase struct {
	name string
	run  func(*World)
}

// in runs it, unless the method has a reason against that.
func (c *suiteCase) in(t *testing.T, m Method) {
	t.Run(c.name, func(t *testing.T) {
		if why := m.Skip[c.name]; why != "" {
			t.Skip(why)
		}
		c.run(NewWorld(t, m))
	})
}

func cases() []suiteCase {
	return []suiteCase{
		{"honest run", honestRun},
		{"top-up", topUp},
		{"depletion", depletion},
		{"few tokens", fewTokens},
		{"several at once", severalAtOnce},
		{"closed by consent", closedByConsent},
		{"closed by the client alone", closedAlone},
		{"closed by the server", closedByServer},
		{"opened again", openedAgain},
		{"an old promise", oldPromise},
		{"a promise again", promiseAgain},
		{"spent once", spentOnce},
		{"over-issue", overIssue},
		{"server lost its ledger", lostLedger},
		{"wrong opening", wrongOpening},
		{"another's promise", anothersPromise},
		{"client lost its notes", lostNotes},
		{"client has old notes", oldNotes},
		{"reorganization of an opening", reorgOfOpening},
		{"reorganization of a top-up", reorgOfIncrease},
		{"reorganization of a closing", reorgOfClosing},
		{"reorganization of a collection", reorgOfCollection},
		{"chain unreachable for the server", serverBlind},
		{"chain unreachable for the client", clientBlind},
		{"server silent", serverSilent},
		{"clock skew", clockSkew},
		{"client lies: withdraws what it has promised", clientWithdraws},
		{"client lies: withdraws while the server is down", clientWithdrawsUnseen},
		{"client lies: spends twice", spendsTwice},
		{"client lies: withdraws while it promises", withdrawsWhilePromising},
		{"client lies: promises more than it has", overIssues},
		{"client lies: promises again", replays},
		{"client lies: promises over a closed channel", promisesWhileClosed},
		{"client lies: drops its deposit", dropsItsDeposit},
		{"client lies: at random", clientWalks},
		{"server lies: claims more", serverClaimsMore},
		{"server lies: collects twice", serverCollectsTwice},
		{"server lies: denies", serverDenies},
		{"a wallet", func(w *World) { walletRun(w, 0, false) }},
		{"a wallet with few tokens", walletFewTokens},
		{"crash of a wallet", walletCrash},
		{"crash of the client", func(w *World) { crashEverywhere(w, "client") }},
		{"crash of the server", func(w *World) { crashEverywhere(w, "server") }},
	}
}

// open opens a channel, which has to succeed.
func (c *Client) open(deposit uint64) (ch Channel) {
	c.w.T.Helper()
	c.w.Must("opening", func(ctx context.Context) (err error) {
		ch, err = c.Open(ctx, "first", deposit)
		return err
	})
	return ch
}

// pay pays, which has to come to the amount and to credit so much.
func (c *Client) pay(ch Channel, cumulative, credited uint64) {
	c.w.T.Helper()
	a, err := c.Pay(c.w.T.Context(), ch, cumulative)
	if err != nil {
		c.w.T.Fatalf("paying %d: %v", cumulative, err)
	}
	if a.Cumulative != unit.NewAmount(cumulative) || a.Credited != unit.NewAmount(credited) {
		c.w.T.Fatalf("having promised %d, %s are accepted and %s credited, and not %d", cumulative, a.Cumulative, a.Credited, credited)
	}
}

// use has the client use so much of what it has paid for.
func (c *Client) use(n uint64) {
	c.w.T.Helper()
	if got := c.w.Server.Book.Spend(c.Address(), unit.NewAmount(n)); got != unit.NewAmount(n) {
		c.w.T.Fatalf("of %d that were paid for, %s were there", n, got)
	}
}

// increase locks more, which has to succeed.
func (c *Client) increase(ch Channel, total uint64) {
	c.w.T.Helper()
	c.w.Must("locking more", func(ctx context.Context) error { return c.Increase(ctx, ch, total) })
}

// unspent is what the client has in its account.
func (c *Client) unspent() unit.Amount {
	c.w.T.Helper()
	n, err := c.w.Server.Book.Unspent(c.w.T.Context(), c.Address())
	if err != nil {
		c.w.T.Fatal(err)
	}
	return n
}

// leave takes everything back, by consent if the method has that, and without otherwise.
func (c *Client) leave(ch Channel) {
	c.w.T.Helper()
	if !c.w.Method.Consent {
		c.leaveAlone(ch)
		return
	}
	c.w.Must("settling", func(ctx context.Context) error {
		_, err := c.Settle(ctx, ch)
		return err
	})
	if b := c.balance(ch); !b.Closed {
		c.w.T.Fatalf("closed by consent, the channel is %+v", b)
	}
}

// leaveAlone takes back what nobody claims, without consent.
func (c *Client) leaveAlone(ch Channel) {
	c.w.T.Helper()
	for range 10 {
		c.w.Must("closing", func(ctx context.Context) error { return c.Payer.Close(ctx, ch.ID, nil) })
		b := c.balance(ch)
		if b.Closed {
			return
		}
		if b.ClosingS == 0 {
			continue
		}
		c.w.Later(c.w.Method.Delay)
		c.Look()
	}
	c.w.T.Fatal("the channel is not closed in the end")
}

func (c *Client) balance(ch Channel) (b pay.Balance) {
	c.w.T.Helper()
	c.Look()
	b, err := c.Payer.Balance(c.w.T.Context(), ch.ID)
	if err != nil {
		c.w.T.Fatal(err)
	}
	return b
}

// collect has the server collect all, without any trouble.
func (s *Server) collect() {
	s.w.T.Helper()
	if _, err := s.Collect(true); err != nil {
		s.w.T.Fatalf("collecting: %v", err)
	}
}

// got checks what has come to the receiver.
func (s *Server) got(want uint64) {
	s.w.T.Helper()
	if got := s.Got(); got != unit.NewAmount(want) {
		s.w.T.Errorf("the receiver has got %s, and should have %d", got, want)
	}
}

// has checks what tokens the client has.
func (c *Client) has(want uint64) {
	c.w.T.Helper()
	if got := c.Has(); got != unit.NewAmount(want) {
		c.w.T.Errorf("%s has %s, and should have %d", c.name, got, want)
	}
}

// refused checks that something was refused, for a reason.
func (w *World) refused(what string, err error, why pay.Reason) *pay.Refusal {
	w.T.Helper()
	var r *pay.Refusal
	if !errors.As(err, &r) || r.Reason != why {
		w.T.Errorf("%s: %v, and should be refused for reason %d", what, err, why)
		return &pay.Refusal{}
	}
	return r
}
