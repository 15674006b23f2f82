package pay

import (
	"context"
	"slices"
	"time"
)

// day is a day's length in seconds.
const day = 24 * 60 * 60

// mostAhead is how many days are remembered that have begun ahead of time. Of more the last ones are forgotten: those that are the least likely to come.
const mostAhead = 8

// days is which days have begun, each by its midnight in Unix seconds.
//
// A clock may be wrong. While it goes forward, a day begins at each midnight. When it is set back none begins: the limit of the day that it was goes on in the
// one that it is now. From then on a day begins at each midnight as before, but not one that has begun already. So
//
//   - a clock that was in the future once, by whatever, keeps nobody from paying for longer than until the next midnight, or the one after if the next day
//     has had its turn while the clock was ahead;
//   - what could be promised by it is one day's limit too much, that of the day that it was in, and one more for each midnight that came early by it.
//     Setting it back allows nothing by itself. Each further time gives as much again: who can set the clock at will is not bounded by days;
//   - a clock that goes to and fro between the same days gives nothing, as one does that forgets the time when it is switched off.
type days struct {
	Day     int64   `json:"day"` // that it is now
	Carried bool    `json:"carried,omitempty"`
	Ahead   []int64 `json:"ahead,omitempty"` // those after Day that have begun, the last one first
}

// at returns how it is at a midnight, and whether the limit of a day begins anew with it.
func (d *days) at(midnight int64) (next days, anew bool) {
	begun := slices.Clone(d.Ahead)
	if !d.Carried {
		begun = append(begun, d.Day)
	}
	ahead := without(begun, func(x int64) bool { return x <= midnight })
	next = days{Day: midnight, Ahead: ahead[max(0, len(ahead)-mostAhead):]}
	next.Carried = midnight < d.Day || d.Carried && midnight == d.Day
	return next, !next.Carried && !slices.Contains(begun, midnight)
}

func (d *days) same(other *days) bool {
	return d.Day == other.Day && d.Carried == other.Carried && slices.Equal(d.Ahead, other.Ahead)
}

// today begins a new day when it is time to, and forgets what was kept for a while only.
func (w *Wallet) today(ctx context.Context) error {
	midnight, now := w.midnight(), w.Now().Unix()
	w.mu.Lock()
	k := &w.mu.kept
	next, _ := k.at(midnight)
	same := next.same(&k.days) && !k.overdue(now)
	w.mu.Unlock()
	if same {
		return nil
	}
	return w.keep(ctx, func(k *kept) {
		next, anew := k.at(midnight)
		if k.days = next; anew {
			k.Before = w.promised()
			for _, t := range w.mu.tabs {
				t.fresh = false
			}
		}
		k.forget(now)
	})
}

// midnight is when the day has begun, Unix seconds.
func (w *Wallet) midnight() int64 {
	now := w.Now().Unix()
	return now - ((now%day)+day)%day
}

// overdue reports whether something is kept for a while only that is over, or would be over later than it could have been if the clock had been right.
func (k *kept) overdue(now int64) bool {
	late := func(until int64, span time.Duration) bool { return until <= now || until > now+int64(span/time.Second) }
	return slices.ContainsFunc(k.Spoiled, func(s spoiled) bool { return late(s.Until, spoiledSpan) }) ||
		slices.ContainsFunc(k.Left, func(l left) bool { return late(l.Until, leftSpan) })
}

// forget drops what is overdue, and shortens what was kept by a clock that ran ahead.
func (k *kept) forget(now int64) {
	k.Spoiled = without(k.Spoiled, func(s spoiled) bool { return s.Until <= now })
	for i := range k.Spoiled {
		k.Spoiled[i].Until = min(k.Spoiled[i].Until, now+int64(spoiledSpan/time.Second))
	}
	k.Left = without(k.Left, func(l left) bool { return l.Until <= now })
	for i := range k.Left {
		k.Left[i].Until = min(k.Left[i].Until, now+int64(leftSpan/time.Second))
	}
}
