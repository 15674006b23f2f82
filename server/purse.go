package server

import (
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// purse opens the accounts of clients and keeps those of clients that have left, so
// that neither hanging up nor another name fills a buffer. Decision 0006 says why
// this bounds what all names together can have done.
type purse struct {
	fund *flow.Fund
	away map[[32]byte]awayAccount // by node id
	most int                      // accounts in away
}

type awayAccount struct {
	account *flow.Server
	since   unit.Instant
}

// keepSpan is how long the account of a client that left waits for it to come back.
const keepSpan = flow.RefillSpan

// keepPerPlace is how many such accounts there may be for each place.
const keepPerPlace = 4

func newPurse(now unit.Instant, cfg Config, dearest flow.Params) purse {
	return purse{
		fund: flow.NewFund(now, cfg.Capacity, dearest),
		away: make(map[[32]byte]awayAccount),
		most: keepPerPlace * cfg.MaxSessions,
	}
}

// open returns the account of a client that was just told p: its own if it has left
// one, else a new one as far as the fund can pay for it.
func (p *purse) open(now unit.Instant, id [32]byte, params flow.Params) *flow.Server {
	kept, ok := p.away[id]
	if !ok {
		return p.fund.Open(now, params)
	}
	delete(p.away, id)
	kept.account.Rejoin(now, params)
	return kept.account
}

// keep stores the account of a client that left. When there are too many, any one
// of them goes; its client will be a newcomer.
func (p *purse) keep(now unit.Instant, id [32]byte, account *flow.Server) {
	for other := range p.away {
		if len(p.away) < p.most {
			break
		}
		p.drop(now, other)
	}
	p.away[id] = awayAccount{account, now}
}

// sweep gives up on clients that have been away for too long.
func (p *purse) sweep(now unit.Instant) {
	for id, kept := range p.away {
		if now.Since(kept.since) > keepSpan {
			p.drop(now, id)
		}
	}
}

func (p *purse) drop(now unit.Instant, id [32]byte) {
	p.fund.Return(now, p.away[id].account)
	delete(p.away, id)
}
