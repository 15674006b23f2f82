package pay_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
)

// most promises what the limits let, in one go each to as many servers as it takes, and returns how much that was.
func (s *street) most() (promised uint64) {
	s.t.Helper()
	for n := range s.shops {
		for s.fund(n, 10) == nil {
			promised += 10
			s.spend(n, 10)
		}
	}
	s.settle()
	return promised
}

// newDays is a street whose wallet promises 30 a day, and locks what it takes.
func newDays(t *testing.T) *street {
	return newStreet(t, 1, func(s *street) {
		s.config.Payers = s.config.Payers[:1]
		s.config.Limits = pay.Limits{Prepaid: amount(100), Daily: amount(30), Locked: amount(100_000), Deposit: amount(10_000)}
	})
}

// A wallet whose clock was in the future once pays again from the next midnight on, also after a restart, and it was one day's limit too many.
func TestWalletClockOnceAhead(t *testing.T) {
	for _, ahead := range []time.Duration{48 * time.Hour, 1000 * 24 * time.Hour, 70 * 365 * 24 * time.Hour} {
		s := newDays(t)
		is := func(what string, want uint64) {
			t.Helper()
			s.restart()
			if got := s.most(); got != want {
				t.Errorf("%v ahead, %s: %d were promised and not %d", ahead, what, got, want)
			}
			if got := s.wallet.Stake().Today; got != amount(30) {
				t.Errorf("%v ahead, %s: %s are said to be promised today", ahead, what, got)
			}
		}
		is("before", 30)
		s.later(ahead)
		is("then", 30)
		s.later(-ahead)
		is("set back", 0)
		s.later(11 * time.Hour)
		is("before midnight", 0)
		s.later(2 * time.Hour)
		is("the next day", 30)
		s.later(ahead - 13*time.Hour)
		is("when the day comes that has begun ahead of time", 0)
		s.later(24 * time.Hour)
		is("the day after", 30)
	}
}

// A machine that forgets the time when it is switched off gets nothing by that, however often.
func TestWalletClockForgets(t *testing.T) {
	s := newDays(t)
	s.most()
	boot := s.Now()
	for range 5 {
		s.later(24 * time.Hour)
		now := s.Now()
		for range 3 { // switched on anew
			s.later(boot.Sub(s.Now()))
			s.restart()
			s.most()
			s.later(now.Sub(s.Now()))
			s.restart()
			s.most()
		}
	}
	if got := s.wallet.Stake().Prepaid; got != amount(0) {
		t.Errorf("%s are prepaid", got)
	}
	if got := s.wallet.Stake().Tabs[0].Promised; got != amount(6*30) {
		t.Errorf("%s were promised in 6 days, and 30 may be in each", got)
	}
}

// Whatever a clock does: what is promised is at most a day's limit for each day that it really was, one for each time that it was set ahead or back, and one
// more for each that it was set ahead, for a midnight that came early. And who has a clock that goes right again pays again.
func TestWalletClockAnyhow(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newDays(t)
		defer func() { s.wallet.Close() }()
		const hour = time.Hour
		promised := s.most()
		right, wrong := 12*hour, uint64(0) // since the first midnight
		var off time.Duration
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				jump := hour * time.Duration(rapid.SampledFrom([]int{-2000, -30, -24, -20, -5, 5, 20, 24, 30, 2000}).Draw(rt, "hours"))
				s.later(jump)
				off += jump
				if wrong++; jump > 0 {
					wrong++
				}
			case 1:
				s.later(-off)
				if off < 0 { // as far as it had come
					wrong += 2
				}
				off = 0
			default:
				span := hour * time.Duration(rapid.IntRange(1, 40).Draw(rt, "hours"))
				right += span
				s.later(span)
			}
			if rapid.Bool().Draw(rt, "restart") {
				s.restart()
			}
			promised += s.most()
			if days := uint64(right/(24*hour)) + 1 + wrong; promised > days*30 {
				rt.Fatalf("%d were promised in %v, and %d days' limits are allowed by a wrong clock", promised, right, wrong)
			}
		}
		s.later(-off)
		s.most()
		for days := uint64(0); ; days++ {
			s.later(24 * hour)
			if s.most() > 0 {
				break
			}
			if days > wrong {
				rt.Fatalf("nothing is promised for %d days after %d by a wrong clock", days, wrong)
			}
		}
	})
}
