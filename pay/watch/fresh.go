package watch

import (
	"time"

	"github.com/candela-les/candela/pay"
)

// sight is a head, and when it was seen first.
type sight struct {
	view View
	at   time.Time
}

// fresh says whether what was seen can be relied on. Two clocks are looked at, since either may be wrong
// by itself: how old the head says it is (a provider that is behind, and still moving, has old heads), and for
// how long no other one has come (this machine's clock may be behind).
func (s *sight) fresh(now time.Time, limit time.Duration, why error) error {
	because := ""
	if why != nil {
		because = ": " + why.Error()
	}
	if s == nil {
		return pay.Refuse(pay.Stale, "the chain has not been seen yet%s", because)
	}
	if heard := now.Sub(s.at); heard > limit {
		return pay.Refuse(pay.Stale, "no new block has been seen for %v%s", heard.Round(time.Second), because)
	}
	head := s.view.Head
	if age := now.Sub(time.Unix(int64(head.TimeS), 0)); age > limit { //nolint:gosec // a block's time
		return pay.Refuse(pay.Stale, "the newest block seen, %d, is %v old%s", head.Number, age.Round(time.Second), because)
	}
	return nil
}
