package main

import (
	"testing"
	"time"

	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/unit"
)

// What status says of a channel is what its owner can do about it.
func TestStateOf(t *testing.T) {
	more, at := unit.NewAmount(80), time.Date(2030, 1, 2, 3, 4, 5, 0, time.Local)
	for want, c := range map[string]payments.Channel{
		"open":                                 {State: payments.Open},
		"opening, 80 on the way":               {State: payments.Opening, Locking: &more},
		"closing":                              {State: payments.Closing},
		"closing by consent":                   {State: payments.Closing, Consent: true},
		"closing, the server has not agreed":   {State: payments.Closing, Asking: true, Locking: &more},
		"closing, back at 2030-01-02 03:04:05": {State: payments.Closing, Back: &at},
		"closed":                               {State: payments.Closed},
	} {
		if got := stateOf(&payments.Money{}, &c); got != want {
			t.Errorf("%q instead of %q", got, want)
		}
	}
}
