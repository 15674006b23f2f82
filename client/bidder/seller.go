package bidder

import (
	"encoding/hex"
	"slices"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// seller is what is known of a server that sells, over connections and restarts of it.
type seller struct {
	id      buyer.ID
	name    string
	addr    string
	market  marketwire.Market
	hash    marketwire.Hash // of market
	epoch   uint64
	session *Session     // nil while it is not connected
	goneAt  unit.Instant // when the buyer is told that it is not connected
	joined  bool         // the buyer takes it for connected
	foreign bool         // sells for another currency
	stopped bool         // sells nothing any more

	terms  *marketwire.Signed[marketwire.Terms]
	curve  *marketwire.Curve // the newest
	asked  uint64            // number of the first curve that was asked for
	wanted uint64            // the same, to be asked for next
	pollAt unit.Instant
	ahead  unit.Span // how far its clock is ahead at most
	dated  bool      // ahead is known
	latest uint64    // the latest time that it has named

	trade
	account
	line     *Line // nil before anybody has wanted it
	calls    []*call
	measured buyer.Measured // not handed to the buyer yet
	measures unit.Instant   // since when

	left    error        // why nothing is bought here
	leftAt  unit.Instant // since when
	proven  bool         // that is proven to others
	shunned unit.Instant // until then
	ending  error        // the connection ends for this
	endAt   unit.Instant // then at the latest
	proofs  []string     // files
}

func short(id buyer.ID) string { return hex.EncodeToString(id[:6]) }

// trades reports whether there is business with it.
func (v *seller) trades(now unit.Instant) bool {
	return v.session != nil && !v.foreign && !v.stopped && now >= v.shunned && v.ending == nil
}

// serverNow is the time by its clock, as far as that is known: not much before it.
func (v *seller) serverNow(now unit.Instant) uint64 {
	at := now
	if v.dated {
		at = now + unit.Instant(v.ahead)
	}
	return max(uint64(max(at, 0)), v.latest)
}

// local is when an instant of its clock was by ours, or earlier.
func (v *seller) local(at uint64) unit.Instant {
	local := instantOf(at)
	if v.dated {
		local -= unit.Instant(v.ahead)
	}
	return max(local, 0)
}

// sees takes in that its clock showed a time after ours showed asked.
func (v *seller) sees(at uint64, asked unit.Instant) {
	v.latest = max(v.latest, min(at, 1<<62))
	if at < 1<<62 {
		v.ahead, v.dated = unit.Span(instantOf(at)-asked), true
	}
}

// greeted takes in who is at the other end. Without a market there is no seller.
func (b *Bidder) greeted(now unit.Instant, s *Session) {
	if !b.sessions[s] {
		return
	}
	s.greetBy = never
	hello := s.hello
	if hello.Market == nil {
		return
	}
	v := b.find(s.id())
	if v == nil {
		v = b.meet(now, s)
	}
	if v.session != nil {
		b.detach(now, v.session)
	}
	if v.epoch != 0 && v.hash == s.hash && hello.Epoch < v.epoch {
		b.fail(now, s, lie("book %d after book %d", hello.Epoch, v.epoch))
		return
	}
	if v.hash != s.hash || v.epoch != hello.Epoch {
		b.renew(now, v, hello)
	}
	s.seller, v.session, v.stopped, v.goneAt = v, s, false, never
	v.name, v.addr, v.measures = s.peer.Name, s.peer.Addr, now
	v.foreign = !b.accepts(&v.market)
	v.pollAt = now
	v.settled, v.missed = false, true
	if v.want.number == 0 {
		v.retryAt = now.Add(2 * unit.Second) // what stands may be wanted again by then
	}
	if v.trades(now) && !v.joined {
		v.joined = true
		b.buyer.Join(now, v.id)
	}
	if now >= v.shunned {
		s.ask(now, askTerms, new(marketwire.GetConditions))
		b.fetch(now, v)
	}
	b.pump(now, v)
}

// renew begins business with a new book.
func (b *Bidder) renew(now unit.Instant, v *seller, hello *marketwire.Hello) {
	b.gone(now, v)
	if v.epoch != 0 {
		b.log.Info("server has begun a new book", "server", short(v.id))
	}
	hash := hello.Market.ID()
	if v.hash != hash {
		if lost := v.doubt.amount; !lost.IsZero() {
			b.buyer.Unfilled(now, v.id, lost)
		}
		v.account = account{}
		v.hangUp(ErrOther)
	}
	v.market, v.hash, v.epoch = *hello.Market, hash, hello.Epoch
	v.terms, v.curve, v.latest, v.dated = nil, nil, hello.Epoch, false
	v.trade = trade{nonce: v.nonce, orders: v.orders}
	v.reported = false
	b.restore(v)
}

// meet makes a seller known, and room for it.
func (b *Bidder) meet(now unit.Instant, s *Session) *seller {
	if len(b.sellers) >= maxSellers {
		oldest := -1
		for i, v := range b.sellers {
			if v.session == nil && v.goneAt <= now && (oldest < 0 || v.goneAt < b.sellers[oldest].goneAt) {
				oldest = i
			}
		}
		if oldest >= 0 {
			b.sellers[oldest].hangUp(ErrAway)
			b.sellers = slices.Delete(b.sellers, oldest, oldest+1)
		}
	}
	v := &seller{id: s.id(), goneAt: never}
	i, _ := b.index(v.id)
	b.sellers = slices.Insert(b.sellers, i, v)
	return v
}

func (b *Bidder) index(id buyer.ID) (int, bool) {
	return slices.BinarySearchFunc(b.sellers, id, func(v *seller, id buyer.ID) int { return slices.Compare(v.id[:], id[:]) })
}

func (b *Bidder) find(id buyer.ID) *seller {
	if i, ok := b.index(id); ok {
		return b.sellers[i]
	}
	return nil
}

// accepts reports whether a market sells for the currency that is paid in. The first one decides if that
// is open.
func (b *Bidder) accepts(m *marketwire.Market) bool {
	theirs := currencyOf(m)
	if b.currency == nil {
		b.currency = &theirs
		b.dirty.spending = true
		b.log.Info("prices and budget are in this currency", "currency", m.Currency, "chain", m.ChainID,
			"token", hex.EncodeToString(m.Token[:]), "decimals", m.Decimals)
	}
	if !b.currency.same(&theirs) {
		return false
	}
	if b.currency.Decimals != theirs.Decimals && b.cfg.Currency != nil {
		b.currency = &theirs // which a configuration need not say
	}
	return true
}

// detach ends a session.
func (b *Bidder) detach(now unit.Instant, s *Session) {
	s.over.Store(true)
	if !b.sessions[s] {
		return
	}
	delete(b.sessions, s)
	v := s.seller
	if v == nil || v.session != s {
		return
	}
	b.measure(now, v)
	v.session = nil
	v.interrupted(now)
	v.goneAt = now.Add(b.waits(v))
	if v.flight != nil {
		v.flight, v.unsure = nil, true
	}
	if s.asks(askCurves) {
		v.wanted = max(v.wanted, v.asked)
	}
	if v.ending != nil {
		b.ended(now, v)
	}
}

// waits is for how long the buyer is not told that a server is gone.
func (b *Bidder) waits(v *seller) unit.Span {
	if !v.joined || v.stopped {
		return 0
	}
	if v.terms != nil {
		return min(returnSpan, spanOf(v.terms.Body.LingerMs))
	}
	return returnSpan
}

// gone tells the buyer that a server is not there.
func (b *Bidder) gone(now unit.Instant, v *seller) {
	if v.joined {
		v.joined = false
		b.buyer.Gone(now, v.id)
	}
	v.wants(intent{})
}

// again has the buyer begin anew with a server whose bid does not stand, without it being said since when.
func (b *Bidder) again(now unit.Instant, v *seller) {
	b.gone(now, v)
	if v.trades(now) {
		v.joined = true
		b.buyer.Join(now, v.id)
	}
}

// failed ends business on a connection whose owner knows of the error.
func (b *Bidder) failed(now unit.Instant, s *Session, err error) {
	level := b.log.Warn
	level("business with a server has ended", "server", short(s.id()), "err", err)
	b.detach(now, s)
	if v := b.find(s.id()); v != nil && isLie(err) {
		b.shun(now, v, err, now.Add(shunSpan), false)
	}
}

// fail ends a connection.
func (b *Bidder) fail(now unit.Instant, s *Session, err error) {
	b.failed(now, s, err)
	s.conn.End(err)
}

// shun notes that nothing is bought there, and nothing is paid.
func (b *Bidder) shun(now unit.Instant, v *seller, reason error, until unit.Instant, proven bool) {
	v.left, v.leftAt, v.shunned, v.proven = reason, now, until, proven
	b.gone(now, v)
	b.keepMoney(now, v)
	b.touched(v)
}
