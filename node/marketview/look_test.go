package marketview

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/candela-les/candela/client/bidder/biddertest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
	"github.com/candela-les/candela/wire/wiretest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// at looks at a seller over a pipe, in a bubble of synctest.
func at(ctx context.Context, s *biddertest.Seller, watch bool, show func(View) error) error {
	ours, theirs := wiretest.Pipe()
	var work sync.WaitGroup
	defer work.Wait()
	defer ours.Close()
	work.Go(func() {
		defer theirs.Close()
		line := s.Open(marketwire.Address{1}, func(code uint64, payload []byte) { _ = theirs.WriteMsg(wire.FirstMarket+code, payload) })
		defer line.Close()
		for {
			code, payload, err := theirs.ReadMsg()
			if errors.Is(err, io.EOF) {
				return
			}
			line.Receive(code-wire.FirstMarket, payload)
		}
	})
	peer := wire.Peer{ID: s.ID(), Version: wire.LES5, Market: true}
	return look(ctx, &Config{Watch: watch, Now: time.Now}, peer, ours, show)
}

func TestLook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := biddertest.New(1, time.Now)
		s.Units = 2
		s.Begin()
		s.Others(1, unit.PricePerHour(9_000), unit.PricePerHour(8_000), unit.PricePerHour(5_000))
		var got View
		if err := at(t.Context(), s, false, func(v View) error { got = v; return nil }); err != nil {
			t.Fatal(err)
		}
		if got.Market != s.Market() || got.Curve.Free != 0 || got.Terms.MaxUnits != 8 {
			t.Errorf("%+v", got)
		}
		quotes := got.Quotes()
		if len(quotes) != 2 || quotes[0].PerHour != unit.PricePerHour(8_000) || quotes[1].PerHour != unit.PricePerHour(17_000) {
			t.Errorf("%+v", quotes)
		}
		enc, err := json.Marshal(&got)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			`"currency":"TST"`, `"quotes":[{"units":1,"perHour":"8000000000"},{"units":2,"perHour":"17000000000"}]`,
			`"losing":["5000000000"]`, `"reserve":"3600000000"`, `"methods":["grant","fake"]`, `"falls":[]`,
		} {
			if !strings.Contains(string(enc), want) {
				t.Errorf("%s is not in %s", want, enc)
			}
		}
	})
}

// While it is watched, each change is shown once.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := biddertest.New(1, time.Now)
		s.Begin()
		ctx, cancel := context.WithCancel(t.Context())
		seen := make(chan uint64, 100)
		done := make(chan error, 1)
		go func() {
			done <- at(ctx, s, true, func(v View) error { seen <- v.Curve.Free; return nil })
		}()
		time.Sleep(10 * time.Second)
		s.Others(1, unit.PricePerHour(9_000))
		time.Sleep(10 * time.Second)
		s.Others(1)
		time.Sleep(10 * time.Second)
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("ends with %v", err)
		}
		close(seen)
		var free []uint64
		for n := range seen {
			free = append(free, n)
		}
		if len(free) != 3 || free[0] != 8 || free[1] != 7 || free[2] != 8 {
			t.Errorf("unsold: %v", free)
		}
	})
}

// What is wrong with a server is told apart.
func TestLookFails(t *testing.T) {
	nothing := func(marketwire.Message) marketwire.Message { return nil }
	for _, tt := range []struct {
		name   string
		cheats biddertest.Cheats
		want   error
	}{
		{"no Hello", biddertest.Cheats{Mangle: nothing}, ErrNothingSold},
		{"a Hello without a market", biddertest.Cheats{Mangle: func(marketwire.Message) marketwire.Message {
			return &marketwire.Hello{Version: 1}
		}}, ErrNothingSold},
		{"another's node", biddertest.Cheats{WrongNode: true}, ErrDishonest},
		{"another's key", biddertest.Cheats{WrongKey: true}, ErrDishonest},
		{"no conditions", biddertest.Cheats{Mute: map[uint64]bool{marketwire.CodeGetConditions: true}}, errSilent},
		{"no curves", biddertest.Cheats{Mute: map[uint64]bool{marketwire.CodeGetCurves: true}}, errSilent},
		{"nothing sold now", biddertest.Cheats{Mangle: func(m marketwire.Message) marketwire.Message {
			if m, ok := m.(*marketwire.Curves); ok {
				return &marketwire.Refused{Tag: m.Tag, Reason: marketwire.NotSold}
			}
			return m
		}}, ErrNothingSold},
		{"another refusal", biddertest.Cheats{Mangle: func(m marketwire.Message) marketwire.Message {
			if m, ok := m.(*marketwire.Curves); ok {
				return &marketwire.Refused{Tag: m.Tag, Reason: marketwire.Busy}
			}
			return m
		}}, &marketwire.Refused{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := biddertest.New(1, time.Now)
				s.Begin()
				s.Cheat(tt.cheats)
				err := at(t.Context(), s, false, func(View) error { t.Error("it is shown"); return nil })
				var refused *marketwire.Refused
				if ok := errors.As(tt.want, &refused); ok && !errors.As(err, &refused) || !ok && !errors.Is(err, tt.want) {
					t.Errorf("%v, want %v", err, tt.want)
				}
			})
		})
	}
	if err := look(t.Context(), &Config{}, wire.Peer{Version: wire.LES5}, nil, nil); !errors.Is(err, ErrNothingSold) {
		t.Errorf("no market/1: %v", err)
	}
}

// Two curves under one number are seen while they are watched, and what show says is passed on.
func TestWatchCheat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := biddertest.New(1, time.Now)
		s.Begin()
		s.Cheat(biddertest.Cheats{TwoCurves: true})
		if err := at(t.Context(), s, true, func(View) error { return nil }); !errors.Is(err, ErrDishonest) {
			t.Errorf("ends with %v", err)
		}
		enough := errors.New("enough")
		if err := at(t.Context(), s, true, func(View) error { return enough }); !errors.Is(err, enough) {
			t.Errorf("ends with %v", err)
		}
	})
}
