package quality_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/client/quality"
)

var epoch = time.Unix(1_700_000_000, 0)

func TestLiesBanForLongerEachTime(t *testing.T) {
	var r quality.Record
	now := epoch
	for i, want := range []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour} {
		r.Lied(now, errors.New("wrong root"))
		got := r.Banned.Sub(now)
		if !r.IsBanned(now) || got > want || got < want*9/10 {
			t.Errorf("ban %d lasts %v, want about %v", i+1, got, want)
		}
		now = r.Banned
		if r.IsBanned(now) {
			t.Error("still banned at the end of the ban")
		}
	}
	for range 10 {
		r.Lied(now, nil)
	}
	if got := r.Banned.Sub(now); got != quality.LongestBan {
		t.Errorf("ban of %v", got)
	}
	if r.Lies != 14 || r.Reason != "wrong root" {
		t.Errorf("%d lies, reason %q", r.Lies, r.Reason)
	}
}

func TestLiesAreForgiven(t *testing.T) {
	var r quality.Record
	r.Lied(epoch, nil)
	later := epoch.Add(20 * quality.Forgive)
	r.Lied(later, nil)
	if got := r.Banned.Sub(later); got > quality.FirstBan*101/100 {
		t.Errorf("after 20 quiet weeks a lie bans for %v", got)
	}
}

func TestFailuresAreForgottenSoon(t *testing.T) {
	var r quality.Record
	before := r.Expected(epoch)
	r.Failed(epoch, 1, nil)
	r.Failed(epoch, 1, nil)
	if got := r.Expected(epoch); got != 4*before {
		t.Errorf("two failures make %v of %v", got, before)
	}
	if got := r.Expected(epoch.Add(time.Hour)); got > before*101/100 {
		t.Errorf("an hour later still %v", got)
	}
	if r.IsBanned(epoch) {
		t.Error("a failure is no lie")
	}
}

func TestSoftTimeout(t *testing.T) {
	var ts quality.Times
	for range 100 {
		ts.Add(20 * time.Millisecond)
	}
	if got := ts.Soft(); got != quality.MinSoft {
		t.Errorf("fast servers: %v", got)
	}
	for range 1000 {
		ts.Add(2 * time.Second)
	}
	if got := ts.Soft(); got < 4*time.Second || got > 5*time.Second {
		t.Errorf("servers that take 2 s: %v, want twice that", got)
	}
	for range 1000 {
		ts.Add(time.Minute)
	}
	if got := ts.Soft(); got != quality.MaxSoft {
		t.Errorf("hopeless servers: %v", got)
	}
}

// TestSoftTimeoutCovers: nine tenths of steady response times end before it, as
// long as they are below the maximum.
func TestSoftTimeoutCovers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var ts quality.Times
		times := rapid.SliceOfN(rapid.IntRange(1, 9000), 40, 40).Draw(rt, "ms")
		for range 50 {
			for _, ms := range times {
				ts.Add(time.Duration(ms) * time.Millisecond)
			}
		}
		soft, late := ts.Soft(), 0
		for _, ms := range times {
			if time.Duration(ms)*time.Millisecond > soft {
				late++
			}
		}
		// The fading memory weighs the end of the list more: allow for twice a tenth.
		if late > 2*len(times)/10 {
			rt.Fatalf("%d of %d replies later than %v", late, len(times), soft)
		}
	})
}
