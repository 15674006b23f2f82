package node

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/pay"
)

// Channels belong to the session key that has opened them, over any number of keys; and when one is put back, so are its channels.
func TestSessions(t *testing.T) {
	file, err := store.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	notes := file.Notes()
	note := func(n byte, closed bool) {
		t.Helper()
		if err := notes.Save(t.Context(), pay.Note{Method: "channel", ID: pay.Hash{n}, Closed: closed}); err != nil {
			t.Fatal(err)
		}
	}
	first, second, third := pay.Address{1}, pay.Address{2}, pay.Address{3}
	// start starts with a key: then channels 1, 2 and so on were opened by these, zero for the key itself.
	start := func(key pay.Address, want ...pay.Address) {
		t.Helper()
		var log bytes.Buffer
		s, err := loadSessions(t.Context(), file, notes, key, slog.New(slog.NewTextHandler(&log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		lost := false
		for i, w := range want {
			by, other := s.opener("channel", pay.Hash{byte(i + 1)})
			if other != (w != pay.Address{}) || other && by != w {
				t.Errorf("channel %d: %v %v instead of %v", i+1, by, other, w)
			}
			lost = lost || other
		}
		if strings.Contains(log.String(), "not here") != lost {
			t.Errorf("said: %s", log.String())
		}
	}
	note(1, false) // before it was kept which keys there were
	note(9, true)
	start(first, pay.Address{})
	note(2, false)
	start(first, pay.Address{}, pay.Address{})
	start(second, first, first)
	note(3, false)
	start(second, first, first, pay.Address{})
	start(third, first, first, second)
	note(4, false)
	start(first, pay.Address{}, pay.Address{}, second, third)
	start(second, first, first, pay.Address{}, third)
}
