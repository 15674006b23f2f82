package ledgertest

import (
	"errors"
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/ledger"
)

// modelChannel is a channel in plain integers.
type modelChannel struct {
	cumulative, returned, collecting, collected int64
	settlements                                 uint64
	settled                                     int64
	handed                                      string
}

// channel returns the channel of a client, which counts from the first successful call on.
func (m *model) channel(c byte) *modelChannel {
	if known := m.promises[c]; known != nil {
		return known
	}
	return &modelChannel{}
}

func (m *model) promise(t *rapid.T, c byte, n int64) {
	ch := m.channel(c)
	to := ch.cumulative + n - 10
	if to < 0 {
		return
	}
	from := max(min(to, ch.cumulative+int64(rapid.IntRange(-5, 2).Draw(t, "from"))), 0)
	known := ch.settlements
	if rapid.IntRange(0, 5).Draw(t, "unaware") == 0 {
		known++
	}
	p := ledger.Promise{
		Method: "twin", ID: [32]byte{c}, Token: token(), Client: client(c), From: amount(uint64(from)),
		Cumulative: amount(uint64(to)), Chance: rapid.Bool().Draw(t, "chance"), Settlements: known,
	}
	if rapid.IntRange(0, 3).Draw(t, "wins") == 0 {
		p.Claims = []ledger.Claim{{Key: [32]byte{m.claims + 1}, Amount: amount(uint64(n)), Data: []byte{c}}}
	}
	credited := max(to-ch.cumulative, 0)
	var want error
	switch {
	case credited == 0:
	case known != ch.settlements:
		want = ledger.ErrSettled
	case from > ch.cumulative:
		want = ledger.ErrGap
	}
	got, err := m.l.Advance(m.Context(), p)
	if !errors.Is(err, want) || err == nil && (got.Credited != amount(uint64(credited)) || got.Before != amount(uint64(ch.cumulative))) {
		t.Fatalf("promise of %d after %d: %+v, %v instead of %v", to, ch.cumulative, got, err, want)
	}
	if want != nil || credited == 0 {
		return
	}
	m.promises[c] = ch
	m.entries[c]++
	ch.cumulative += credited
	m.free[c] += credited
	against := ledger.External
	if p.Chance {
		against = ledger.Luck
	}
	m.own[against] -= credited
	if len(p.Claims) > 0 {
		m.claims++
		m.open[m.claims] = n
	}
}

func (m *model) settle(t *rapid.T, c byte) {
	ch := m.channel(c)
	back := min(ch.cumulative-ch.returned-ch.collecting, m.free[c])
	m.promises[c] = ch
	ch.settled = ch.cumulative
	if back > 0 {
		m.entries[c]++
	}
	ch.returned += back
	m.free[c] -= back
	m.own[ledger.External] += back
	got, err := m.l.GiveBack(m.Context(), ledger.Settlement{Method: "twin", ID: [32]byte{c}, Token: token(), Client: client(c)})
	if err != nil || got.Amount != amount(uint64(back)) {
		t.Fatalf("%d of %+v go back: %+v, %v", back, ch, got, err)
	}
}

func (m *model) collect(t *rapid.T, c byte) {
	ch := m.channel(c)
	collecting := ch.collecting + int64(rapid.IntRange(-5, 30).Draw(t, "collecting"))
	collected := int64(rapid.IntRange(0, int(max(collecting, 0))).Draw(t, "collected"))
	if collecting < 0 {
		return
	}
	var want error
	switch {
	case m.promises[c] == nil:
		want = ledger.ErrNoChannel
	case collecting > ch.cumulative-ch.returned:
		want = ledger.ErrInsufficient
	default:
		ch.collecting, ch.collected = max(ch.collecting, collecting), max(ch.collected, collected)
	}
	_, err := m.l.Collect(m.Context(), ledger.Collection{
		Method: "twin", ID: [32]byte{c}, Collecting: amount(uint64(collecting)), Collected: amount(uint64(collected)),
	})
	if !errors.Is(err, want) {
		t.Fatalf("collecting %d, %d collected, of %+v: %v instead of %v", collecting, collected, ch, err, want)
	}
}

func (m *model) draw(t *rapid.T, n int64) {
	key := byte(rapid.IntRange(1, 40).Draw(t, "claim"))
	p := drawn(fmt.Sprint("draw ", key), uint64(n/2))
	var want error
	_, open := m.open[key]
	repeated := false
	switch {
	case open:
		delete(m.open, key)
		m.keys[p.Key] = "draw " + fmt.Sprint(n/2)
		m.own[ledger.Luck] += n / 2
		m.own[ledger.External] -= n / 2
	case key > m.claims:
		want = ledger.ErrNoClaim
	default:
		repeated = m.keys[p.Key] == "draw "+fmt.Sprint(n/2)
		if !repeated {
			want = ledger.ErrConflict
		}
	}
	got, err := m.l.SettleClaim(m.Context(), "twin", [32]byte{key}, p)
	if !errors.Is(err, want) || got.Repeated != repeated {
		t.Fatalf("claim %d comes to %d: %+v, %v instead of %v", key, n/2, got, err, want)
	}
}

func (m *model) handOut(t *rapid.T, c byte, n int64) {
	ch := m.channel(c)
	known := ch.settlements
	if rapid.IntRange(0, 5).Draw(t, "unaware") == 0 {
		known++
	}
	data := fmt.Sprint(n % 3)
	var want error
	switch {
	case m.promises[c] == nil:
		want = ledger.ErrNoChannel
	case ch.settled != ch.cumulative:
		want = ledger.ErrSettled
	case ch.settlements > 0 && ch.handed == data:
	case ch.settlements != known:
		want = ledger.ErrSettled
	default:
		ch.settlements, ch.handed = ch.settlements+1, data
	}
	got, err := m.l.HandOut(m.Context(), ledger.Handout{Method: "twin", ID: [32]byte{c}, Settlements: known, Data: []byte(data)})
	if !errors.Is(err, want) || err == nil && (string(got.Handed) != ch.handed || got.Settlements != ch.settlements) {
		t.Fatalf("handing out %s of %+v: %+v, %v instead of %v", data, ch, got, err, want)
	}
}

// compareChannels wants channels and claims to stand as the model has them.
func (m *model) compareChannels(t *rapid.T) {
	var got, want []string
	for c := byte(1); c <= 3; c++ {
		if ch := m.promises[c]; ch != nil {
			want = append(want, fmt.Sprint(c, ch.cumulative, ch.returned, ch.collecting, ch.collected, ch.settlements, ch.settled, " "+ch.handed))
		}
	}
	channels, err := m.l.Promises(m.Context(), "twin", ledger.ChannelPage{Limit: 9})
	for _, c := range channels {
		got = append(got, fmt.Sprint(c.ID[0], c.Cumulative, c.Returned, c.Collecting, c.Collected, c.Settlements, c.Settled, " "+string(c.Handed)))
	}
	claims, err2 := m.l.Claims(m.Context(), "twin", [32]byte{}, 99)
	for key := range m.claims {
		if n, open := m.open[key+1]; open {
			want = append(want, fmt.Sprint(key+1, n))
		}
	}
	for _, c := range claims {
		got = append(got, fmt.Sprint(c.Key[0], c.Amount))
	}
	if err := errors.Join(err, err2); err != nil || strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Fatalf("%q instead of %q, %v", got, want, err)
	}
}
