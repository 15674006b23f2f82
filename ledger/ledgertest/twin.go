package ledgertest

import (
	"errors"
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/ledger"
)

// twin compares a ledger with the simplest thing that could be one, over random calls. The
// model is in plain integers, and forgets nothing between the runs, as the ledger does not.
func twin(w *world) {
	m := &model{
		world: w, keys: map[string]string{}, free: map[byte]int64{}, holds: map[held]*modelHold{},
		epochs: map[ledger.Owner]ledger.Epoch{}, promises: map[byte]*modelChannel{}, own: map[ledger.Kind]int64{},
		entries: map[byte]uint64{}, open: map[byte]int64{},
	}
	runs := 0
	rapid.Check(w.T, func(t *rapid.T) {
		if runs++; runs > 25 {
			return // each call is a sync
		}
		for range rapid.IntRange(1, 15).Draw(t, "calls") {
			m.step(t)
			m.compare(t)
		}
	})
}

// model is a ledger in plain integers.
type model struct {
	*world
	keys     map[string]string // what was posted under a key
	free     map[byte]int64
	holds    map[held]*modelHold
	epochs   map[ledger.Owner]ledger.Epoch
	promises map[byte]*modelChannel
	open     map[byte]int64 // claims
	claims   byte           // how many there were
	own      map[ledger.Kind]int64
	entries  map[byte]uint64 // how many lines clients have
}

type held struct {
	owner  ledger.Owner
	client byte
}

type modelHold struct {
	epoch     ledger.Epoch
	until     time.Time
	amount    int64
	charges   uint64
	remainder uint64
	last      string
	lines     [2]uint64 // of the last charge
}

// step makes one call, and wants of it what the model says.
func (m *model) step(t *rapid.T) {
	c := byte(rapid.IntRange(1, 3).Draw(t, "client"))
	owner := rapid.SampledFrom([]ledger.Owner{north, south}).Draw(t, "owner")
	epoch := m.epochs[owner]
	if rapid.IntRange(0, 9).Draw(t, "stale") == 0 {
		epoch--
	}
	n := rapid.Int64Range(1, 40).Draw(t, "amount")
	switch rapid.IntRange(0, 15).Draw(t, "call") {
	case 0, 1:
		m.post(t, c, n)
	case 2:
		m.promise(t, c, n)
	case 3:
		if rapid.Bool().Draw(t, "really") {
			m.raiseEpoch(t, owner)
		}
	case 4, 5:
		m.holdFor(t, held{owner, c}, epoch, n)
	case 6, 7, 8:
		m.charge(t, held{owner, c}, epoch, n/4)
	case 9:
		m.clock.pass(time.Duration(rapid.IntRange(0, 40).Draw(t, "seconds")) * time.Second)
		if rapid.Bool().Draw(t, "expire") {
			m.expire(t)
		}
	case 10, 11:
		m.promise(t, c, n)
	case 12:
		m.settle(t, c)
	case 13:
		m.collect(t, c)
	case 14:
		m.draw(t, n)
	case 15:
		m.handOut(t, c, n)
	}
}

func (m *model) post(t *rapid.T, c byte, n int64) {
	key := fmt.Sprint("twin ", rapid.IntRange(0, 200).Draw(t, "key"))
	p, sign := ledger.CreditOf(key, token(), client(c), amount(uint64(n))), int64(1)
	if rapid.IntRange(0, 2).Draw(t, "refund") == 0 {
		p, sign = ledger.RefundOf(key, token(), client(c), amount(uint64(n))), -1
	}
	content := fmt.Sprint(c, sign*n)
	var want error
	repeated := m.keys[key] == content
	switch {
	case repeated:
	case m.keys[key] != "":
		want = ledger.ErrConflict
	case m.free[c]+sign*n < 0:
		want = ledger.ErrInsufficient
	default:
		m.keys[key] = content
		m.free[c] += sign * n
		m.own[ledger.External] -= sign * n
		m.entries[c]++
	}
	got, err := m.l.Post(m.Context(), p)
	if !errors.Is(err, want) || got.Repeated != repeated {
		t.Fatalf("%+v: %+v, %v instead of %v", p, got, err, want)
	}
}

func (m *model) raiseEpoch(t *rapid.T, owner ledger.Owner) {
	for key, h := range m.holds {
		if key.owner == owner {
			m.free[key.client] += h.amount
			h.amount = 0
		}
	}
	m.epochs[owner]++
	if got, err := m.l.Raise(m.Context(), owner); err != nil || got != m.epochs[owner] {
		t.Fatalf("epoch %d of %s: %d, %v", m.epochs[owner], owner, got, err)
	}
}

func (m *model) holdFor(t *rapid.T, key held, epoch ledger.Epoch, n int64) {
	least := int64(rapid.IntRange(0, int(n)).Draw(t, "least"))
	now := m.clock.now()
	until := now.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "for")) * time.Second)
	h := m.holds[key]
	if h == nil {
		h = &modelHold{}
	}
	there := m.free[key.client] + h.amount
	for other, o := range m.holds {
		if other.client == key.client && other.owner != key.owner && !o.until.After(now) {
			there += o.amount
		}
	}
	var want error
	switch {
	case epoch != m.epochs[key.owner] || epoch == 0:
		want = ledger.ErrFenced
	case there < least:
		want = ledger.ErrInsufficient
	default:
		for other, o := range m.holds {
			if other.client == key.client && other.owner != key.owner && !o.until.After(now) {
				m.free[key.client] += o.amount
				o.amount = 0
			}
		}
		m.free[key.client] += h.amount - min(n, there)
		h.amount, h.epoch, h.until = min(n, there), epoch, until
		if m.used(key.client) {
			m.holds[key] = h
		}
	}
	got, err := m.l.Hold(m.Context(), ledger.HoldRequest{
		Owner: key.owner, Epoch: epoch, Token: token(), Client: client(key.client),
		Amount: amount(uint64(n)), AtLeast: amount(uint64(least)), Until: until,
	})
	if !errors.Is(err, want) || err == nil && got.Amount != amount(uint64(h.amount)) {
		t.Fatalf("a hold of %d to %d, where there are %d: %+v, %v instead of %v", least, n, there, got, err, want)
	}
}

// used reports whether a client has ever had anything.
func (m *model) used(c byte) bool {
	for _, content := range m.keys {
		if content[0] == '0'+c {
			return true
		}
	}
	return m.promises[c] != nil
}

func (m *model) charge(t *rapid.T, key held, epoch ledger.Epoch, n int64) {
	h := m.holds[key]
	number, last := uint64(1), uint64(0)
	if h != nil {
		number, last = h.charges+1, h.charges
	}
	if rapid.IntRange(0, 4).Draw(t, "repeat") == 0 && number > 1 {
		number--
	}
	fee := int64(rapid.IntRange(0, 2).Draw(t, "fee"))
	remainder := uint64(rapid.IntRange(0, 3).Draw(t, "remainder"))
	content := fmt.Sprint(n, fee, remainder)
	var want error
	repeated := h != nil && h.epoch == epoch && number == last && number > 0
	switch {
	case repeated && h.last != content:
		want, repeated = ledger.ErrConflict, false
	case repeated:
	case epoch != m.epochs[key.owner] || epoch == 0:
		want = ledger.ErrFenced
	case h == nil || h.epoch != epoch:
		want = ledger.ErrNoHold
	case number != last+1:
		want = ledger.ErrConflict
	case !h.until.After(m.clock.now()):
		want = ledger.ErrExpired
	case h.amount < n+fee:
		want = ledger.ErrInsufficient
	default:
		h.amount -= n + fee
		h.charges, h.remainder, h.last = number, remainder, content
		m.own[ledger.Revenue] += n
		m.own[ledger.Fees] += fee
		h.lines = [2]uint64{}
		for i, part := range []int64{n, fee} {
			if part > 0 {
				m.entries[key.client]++
				h.lines[i] = m.entries[key.client]
			}
		}
	}
	var lines [2]uint64
	if want == nil {
		lines = h.lines
	}
	got, err := m.l.Charge(m.Context(), []ledger.Charge{{
		Owner: key.owner, Epoch: epoch, Token: token(), Client: client(key.client), Number: number,
		Amount: amount(uint64(n)), Fee: amount(uint64(fee)), Remainder: remainder,
	}})
	if err != nil || !errors.Is(got[0].Err, want) || got[0].Repeated != repeated || [2]uint64{got[0].Entry, got[0].FeeEntry} != lines {
		t.Fatalf("charge %d of %s: %+v, %v instead of %v", number, content, got, err, want)
	}
}

func (m *model) expire(t *rapid.T) {
	want := 0
	for key, h := range m.holds {
		if h.amount > 0 && !h.until.After(m.clock.now()) {
			m.free[key.client] += h.amount
			h.amount = 0
			want++
		}
	}
	if got, err := m.l.Expire(m.Context()); err != nil || got != want {
		t.Fatalf("%d have expired, %v, instead of %d", got, err, want)
	}
}

// compare wants the ledger to have come to what the model has.
func (m *model) compare(t *rapid.T) {
	balance := func(a ledger.Account) string {
		b, err := m.l.Balance(m.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if a.Kind != ledger.Client {
			return fmt.Sprintf("%s+%s", b.Free, b.Held)
		}
		return fmt.Sprintf("%s+%s in %d", b.Free, b.Held, b.Entries)
	}
	for c := byte(1); c <= 3; c++ {
		var all int64
		for key, h := range m.holds {
			if key.client == c {
				all += h.amount
			}
		}
		if got, want := balance(of(c)), fmt.Sprintf("%d+%d in %d", m.free[c], all, m.entries[c]); got != want {
			t.Fatalf("client %d has %s instead of %s", c, got, want)
		}
	}
	m.compareChannels(t)
	for kind, n := range m.own {
		if got, want := balance(own(kind)), fmt.Sprintf("%d+0", n); got != want {
			t.Fatalf("%s comes to %s instead of %s", kind, got, want)
		}
	}
}
