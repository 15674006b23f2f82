package ledgertest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
)

// reading is what statements said so far. Lines that were read once are not read again, except
// by audits.
type reading struct {
	sums  [workers]sum
	after [workers]uint64
	lines [workers]uint64
}

// check opens the ledger and compares. It returns how many workers had done a step beyond those
// acknowledged.
func (j *job) check(t *testing.T, open func(string) Open, read *reading, audit bool) (lost int) {
	t.Helper()
	l, err := open(j.Database)(t.Context(), ledger.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	// A database may be at a commit that the killed process had sent. Whoever writes next waits for
	// its end, and nothing has expired.
	if n, err := l.Expire(t.Context()); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	var all sum
	for i := range workers {
		if err := read.worker(t.Context(), l, i); err != nil {
			t.Fatal(err)
		}
		got, told, more := read.sums[i], j.Told[i], j.Told[i]
		more.add(plan(j.Seed, i, j.Done[i]+1))
		told.Remainder, more.Remainder = 0, 0 // which statements do not show
		switch got.seen() {
		case told.seen():
			got.Drawn = told.Drawn
		case more.seen():
			lost++
			got.Drawn = more.Drawn
		default:
			t.Errorf("worker %d: there are %+v after %d steps that come to %+v, or with one more %+v", i, got, j.Done[i], told, more)
		}
		if err := j.hold(t.Context(), l, i, got.Charges); err != nil {
			t.Error(err)
		}
		all.In, all.Promised, all.Given = all.In+got.In, all.Promised+got.Promised, all.Given+got.Given
		all.Earned, all.Fees = all.Earned+got.Earned, all.Fees+got.Fees
		all.Returned, all.Drawn = all.Returned+got.Returned, all.Drawn+got.Drawn
	}
	outside := all.In + all.Promised - all.Returned + draw*all.Drawn
	for account, want := range map[ledger.Account]ledger.Signed{
		own(ledger.Revenue): ledger.Plus(amount(all.Earned)), own(ledger.Fees): ledger.Plus(amount(all.Fees)),
		of(common): ledger.Plus(amount(all.Given)), own(ledger.External): ledger.Minus(amount(outside)),
		own(ledger.Luck): ledger.Plus(amount(draw * all.Drawn)),
	} {
		if b, err := l.Balance(t.Context(), account); err != nil || b.Total != want {
			t.Errorf("%s comes to %s, and what clients did to %s, %v", account, b.Total, want, err)
		}
	}
	if audit {
		if report, err := l.Audit(t.Context()); err != nil || len(report.Faults) > 0 {
			t.Errorf("%+v, %v", report, err)
		}
	}
	return lost
}

// worker reads what is new in a worker's statement, and compares what it comes to.
func (r *reading) worker(ctx context.Context, l ledger.Ledger, i int) error {
	account, s := ledger.ClientAccount(token(), workerClient(i)), &r.sums[i]
	for {
		lines, err := l.Statement(ctx, account, ledger.Page{After: r.after[i], Limit: ledger.MaxPage})
		if err != nil {
			return err
		}
		for _, line := range lines {
			n := s.take(line)
			if n == nil {
				return fmt.Errorf("worker %d has a line of %+v", i, line)
			}
			_, low := line.Amount.Size().Words()
			*n += low
			if r.lines[i]++; line.Number != r.lines[i] {
				return fmt.Errorf("worker %d: line %d is number %d", i, r.lines[i], line.Number)
			}
			r.after[i] = line.Seq
		}
		if len(lines) < ledger.MaxPage {
			break
		}
	}
	b, err := l.Balance(ctx, account)
	if want := ledger.Plus(amount(s.In + s.Promised - s.Returned - s.Given - s.Earned - s.Fees)); err != nil || b.Total != want {
		return fmt.Errorf("worker %d has %s, and lines of %s: %w", i, b.Total, want, err)
	}
	return s.channelOf(ctx, l, i)
}

// channelOf reads how the worker's channel stands, and how many claims are open.
func (s *sum) channelOf(ctx context.Context, l ledger.Ledger, i int) error {
	c, known, err := l.Promised(ctx, "crash", workerChannel(i))
	if err != nil || c.Cumulative != amount(s.Promised) || c.Returned != amount(s.Returned) || c.Collected != c.Collecting {
		return fmt.Errorf("worker %d has %+v, and lines of %+v: %w", i, c, s, err)
	}
	_, s.Collecting = c.Collecting.Words()
	_, s.Settled = c.Settled.Words()
	s.Settlements, s.Known = c.Settlements, known
	s.Claims, s.Drawn = 0, 0
	after := workerClaim(i, 0)
	for {
		page, err := l.Claims(ctx, "crash", after, ledger.MaxPage)
		if err != nil {
			return err
		}
		for _, claim := range page {
			after = claim.Key
			if claim.Key[0] != byte(i) {
				return nil
			}
			s.Claims++
		}
		if len(page) < ledger.MaxPage {
			return nil
		}
	}
}

// seen is the sum as far as a ledger shows it: of claims those that are open.
func (s sum) seen() sum {
	s.Claims, s.Drawn = s.Claims-s.Drawn, 0
	return s
}

// take says where a line is added, and counts charges, which are numbered without a gap.
func (s *sum) take(line ledger.Line) *uint64 {
	switch line.Why {
	case ledger.Credit:
		return &s.In
	case ledger.Refund:
		return &s.Given
	case ledger.Promised:
		return &s.Promised
	case ledger.Settling:
		return &s.Returned
	case ledger.Fee:
		return &s.Fees
	case ledger.Charging:
		if s.Charges++; line.Ref != fmt.Sprint(s.Charges) {
			return nil
		}
		return &s.Earned
	default:
		return nil
	}
}

// hold compares the remainder, if the worker's hold is not empty.
func (j *job) hold(ctx context.Context, l ledger.Ledger, i int, charges uint64) error {
	holds, err := l.Holds(ctx, ledger.ClientAccount(token(), workerClient(i)))
	if err != nil || len(holds) == 0 {
		return err
	}
	remainder := j.Told[i].Remainder
	if charges > j.Told[i].Charges {
		remainder = plan(j.Seed, i, j.Done[i]+1).remainder
	}
	if h := holds[0]; len(holds) > 1 || h.Charges != charges || h.Remainder != remainder {
		return fmt.Errorf("worker %d holds %+v after %d charges with a remainder of %d", i, holds, charges, remainder)
	}
	return nil
}
