package server

import (
	"time"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// DefaultRetryAfter is what a client that finds no place is told while no client has
// left yet, so that nothing is known.
const DefaultRetryAfter = 30 * time.Second

// Conditions says what a client finds here, without giving it anything: for whoever
// asks before it connects.
func (s *Server) Conditions() wire.Conditions {
	latest := s.latest()
	c := wire.Conditions{
		Version: wire.ConditionsVersion, Protocols: s.protocols,
		Genesis: s.info.Genesis, ForkID: s.forks.ID(latest.head.Number, latest.time),
	}
	if !s.cfg.OnlyAnnounce {
		c.Serves = serves(s.caps)
	}
	s.desk.do(func(now unit.Instant, m *market.Market) {
		taken, total, retry := m.Vacancy(now)
		c.Total, c.Free, c.RetryAfterMs = uint64(total), uint64(total-taken), millis(retry)
	})
	if s.seller != nil {
		c.Market = append(c.Market, s.seller.offer())
	}
	return c
}

func millis(d unit.Span) uint64 { return uint64((d + unit.Millisecond - 1) / unit.Millisecond) }

// partingTime is how long a client that is sent away may take to hear it.
const partingTime = 2 * time.Second

// turnAway tells a client that there is no place for it, and when to come again.
// les/4 has no message for that. The client's Status is read because a connection
// that is closed on unread data may lose what was sent on it.
func (s *session) turnAway() error {
	full := leavef(ReasonTooMany, "all %d places are taken", s.srv.cfg.MaxSessions)
	if s.version != wire.LES5 {
		return full
	}
	timer := time.AfterFunc(partingTime, func() { s.kill(full) })
	defer timer.Stop()
	s.refuse(wire.ReplyHead{}, &refusal{wire.Busy, millis(s.unwelcome), full.Err.Error()}) //nolint:errcheck // it leaves either way
	s.conn.ReadMsg()                                                                       //nolint:errcheck // see above
	return full
}

// dismiss sends a client away that the market wants no longer, and tells it when to
// come again.
func (s *session) dismiss(retryAfter unit.Span) {
	s.jobs.Go(func() {
		crowded := leavef(ReasonCrowded, "others come first")
		if s.version == wire.LES5 {
			s.refuse(wire.ReplyHead{}, &refusal{wire.Busy, millis(retryAfter), crowded.Err.Error()}) //nolint:errcheck // it leaves either way
		}
		s.kill(crowded)
	})
}
