package bidder_test

import (
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/bidder/biddertest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// talk has a seller say all that it can to a client.
func talk(s *biddertest.Seller, client marketwire.Address) (codes []uint64, payloads [][]byte) {
	line := s.Open(client, func(code uint64, payload []byte) {
		codes, payloads = append(codes, code), append(payloads, payload)
	})
	defer line.Close()
	s.Credit(client, unit.NewAmount(1000))
	s.Lock(opening, 1000)
	id := biddertest.ChannelOf(opening)
	for i, m := range []marketwire.Request{
		&marketwire.GetConditions{}, &marketwire.GetCurves{Max: 1}, &marketwire.GetAccount{},
		&marketwire.GetStatement{First: 1, Max: 10}, &marketwire.GetCharge{Number: 1}, &marketwire.Close{},
		&marketwire.Establish{Method: biddertest.Method, Opening: []byte(opening)}, &marketwire.Increase{Channel: id},
		&marketwire.Promise{Channel: id, Promise: biddertest.Promise(opening, 500)}, &marketwire.Settle{Channel: id},
	} {
		m.SetID(uint64(i + 1))
		line.Receive(m.Code(), marketwire.Append(nil, m))
	}
	return codes, payloads
}

// Whatever a server sends, it is taken in or ends with an error that says what it was.
func FuzzReceive(f *testing.F) {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("buyer")))
	if err != nil {
		f.Fatal(err)
	}
	s := biddertest.New(1, time.Now)
	s.Begin()
	b, err := bidder.New(f.Context(), bidder.Config{
		Key: key, Clock: time.Now, Client: &fakeClient{}, Demand: wallet, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() {
		if err := b.Close(); err != nil {
			f.Error(err)
		}
	})
	codes, payloads := talk(s, b.Address())
	for i, code := range codes {
		f.Add(code, payloads[i], true)
		f.Add(code, payloads[i], false)
	}
	f.Fuzz(func(t *testing.T, code uint64, payload []byte, greeted bool) {
		session := b.Attach(wire.Peer{ID: s.ID(), Market: true}, &recorder{})
		defer session.End()
		if greeted {
			if err := session.Receive(codes[0], payloads[0]); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			err := session.Receive(code, payload)
			if err != nil && !errors.Is(err, bidder.ErrLie) && !errors.Is(err, bidder.ErrBroken) {
				t.Errorf("ends with %v", err)
			}
		}
		if _, err := b.Market(); err != nil { // it goes on
			t.Error(err)
		}
	})
}
