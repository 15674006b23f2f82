package server

import (
	"context"
	"errors"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// loop reads and serves until the session ends.
func (s *session) loop() error {
	for {
		code, payload, err := s.conn.ReadMsg()
		if err != nil {
			return unread(err)
		}
		s.srv.stats.bytesIn.Add(uint64(len(payload)))
		if err := s.handle(code, payload); err != nil {
			return err
		}
	}
}

// unread says why there is nothing more to read: a transport may have refused to hand over what
// breaks a rule.
func unread(err error) *Disconnect {
	switch {
	case errors.Is(err, wire.ErrTooLarge):
		return leave(ReasonTooLarge, err)
	case errors.Is(err, wire.ErrUnknownCode):
		return leave(ReasonUnknownCode, err)
	default:
		return leave(ReasonLeft, err)
	}
}

// handle serves one message. An error ends the session.
func (s *session) handle(code uint64, payload []byte) error {
	if code, ok := s.peer.MarketCode(code); ok && s.trade != nil {
		return s.trade.take(code, payload)
	}
	start := s.srv.now()
	if err := s.allowed(code, len(payload)); err != nil {
		return err
	}
	// Frozen clients first: what they send is not even decoded.
	if s.stopped.Load() && wire.CanStop(s.version) {
		return s.drop(len(payload))
	}
	s.dropped, s.droppedBytes = 0, 0
	req, err := wire.DecodeRequest(s.version, code, payload)
	if err == nil && s.srv.cfg.OnlyAnnounce {
		return s.noData(req.ID())
	}
	var limit *wire.LimitError
	switch {
	case err == nil:
		return s.request(start, len(payload), req)
	case errors.As(err, &limit):
		return s.overLimit(start, len(payload), limit)
	case errors.Is(err, wire.ErrTooLarge):
		return leave(ReasonTooLarge, err)
	case errors.Is(err, wire.ErrUnknownCode):
		return leave(ReasonUnknownCode, err)
	default:
		return leave(ReasonMalformed, err)
	}
}

// allowed checks code and length of a message before anything is done about it.
func (s *session) allowed(code uint64, size int) error {
	if _, ok := s.pricing.table.Price(code); !ok {
		return leavef(ReasonUnknownCode, "%s is no request", wire.CodeName(s.version, code))
	}
	if size > wire.MaxMessage {
		return leavef(ReasonTooLarge, "%s of %d bytes", wire.CodeName(s.version, code), size)
	}
	return nil
}

// maxUseless is how many requests a server without data refuses before it leaves.
const maxUseless = 16

// noData answers a request to a server that only announces: never with data.
func (s *session) noData(id uint64) error {
	if s.useless++; wire.Legacy(s.version) || s.useless > maxUseless {
		return leavef(ReasonUseless, "this server only announces heads")
	}
	return s.refuse(wire.ReplyHead{ReqID: id}, &refusal{wire.Unsupported, 0, "this server only announces heads"})
}

// overLimit answers a request for more than is permitted, or for nothing: les/5
// says so, les/4 says nothing. It costs the client what it cost to find out.
func (s *session) overLimit(start unit.Instant, size int, limit *wire.LimitError) error {
	cost := s.srv.meter.bookRefused(s.paid(), s.srv.now().Since(start), size).Add(dropCost)
	var bv unit.Cost
	var ok bool
	s.srv.desk.do(func(now unit.Instant, m *market.Market) { bv, ok = m.Refuse(now, s.seat, cost) })
	if !ok {
		return nil
	}
	if wire.Legacy(s.version) {
		return nil
	}
	return s.refuse(wire.ReplyHead{ReqID: limit.ReqID, BV: bv}, &refusal{wire.OverLimit, 0, limit.Error()})
}

// request serves a well-formed request.
func (s *session) request(start unit.Instant, size int, req wire.Request) error {
	price, _ := s.pricing.table.Price(req.Code())
	amount := s.amount(req)
	maxCost := price.Of(amount)
	reading := s.srv.now().Since(start)
	t, ok, err := s.enter(maxCost)
	if !ok || err != nil {
		return err
	}
	if t.action == market.Expire {
		return s.takenBack(req, t)
	}
	if s.goes != nil && t.yields == s.paid() {
		s.goes.Prefer(!t.yields)
	}
	s.service = service{turn: t, since: s.srv.now()}
	s.srv.meter.waited(s.paid(), s.service.since.Since(start)-reading)
	b := s.srv.builder()
	defer s.srv.recycle(b)
	b.Reset(req.ID())
	failed := s.answer(b, req, maxCost)
	if s.service.lost {
		return s.takenBack(req, s.service.turn)
	}
	spent := reading + s.service.before + s.srv.now().Since(s.service.since)
	s.srv.stats.served(s.version, req.Code(), amount, uint64(spent))
	bv := s.settle(s.srv.meter.book(s.version, req.Code(), amount, s.paid(), spent, size, b.Size()))
	err = s.reply(b, req, bv, failed)
	s.letGo()
	return err
}

// amount is what a request's price is multiplied with. les/4 counts transactions
// whatever their size; it is not given the ones whose work goes by their size.
func (s *session) amount(req wire.Request) uint64 {
	if tx, ok := req.(*wire.SendTx); ok && wire.Legacy(s.version) {
		return uint64(len(tx.Txs))
	}
	return req.Amount()
}

// reply sends what answer made.
func (s *session) reply(b *wire.ReplyBuilder, req wire.Request, bv unit.Cost, failed error) error {
	head := wire.ReplyHead{ReqID: req.ID(), BV: bv}
	if failed != nil {
		if s.ctx.Err() != nil {
			return context.Cause(s.ctx)
		}
		if s.version == wire.LES5 {
			return s.refuse(head, refusalOf(failed))
		}
	}
	if _, ok := req.(*wire.GetConfig); ok {
		config := wire.Config{ReplyHead: head, Config: s.srv.info.Config}
		return s.write(wire.CodeConfig, config.Append(nil))
	}
	return s.write(req.ReplyCode(), b.Finish(bv))
}

// refusal is why a request gets no data.
type refusal struct {
	reason  wire.Reason
	retryMs uint64
	text    string
}

func (r *refusal) Error() string { return r.text }

func (s *session) refuse(head wire.ReplyHead, r *refusal) error {
	s.srv.stats.refused[r.reason].Add(1)
	p := wire.Refused{ReplyHead: head, Reason: r.reason, RetryAfterMs: r.retryMs, Text: r.text}
	return s.write(wire.CodeRefused, p.Append(nil))
}

// retryMs is when to ask again for what is not available just now.
const retryMs = 1000

// refusalOf puts a source's error into words of the protocol. The source's own
// words may say more about this machine than clients need to know.
func refusalOf(err error) *refusal {
	var r *refusal
	switch {
	case errors.As(err, &r):
		return r
	case errors.Is(err, chain.ErrPruned):
		return &refusal{wire.Pruned, 0, "no longer available here"}
	case errors.Is(err, chain.ErrUnsupported):
		return &refusal{wire.Unsupported, 0, "not served here"}
	case errors.Is(err, chain.ErrTooMuch), errors.Is(err, context.DeadlineExceeded):
		return &refusal{wire.OverLimit, 0, "takes too much work"}
	case errors.Is(err, chain.ErrUnknown):
		return &refusal{wire.Unavailable, retryMs, "unknown here"}
	default:
		return &refusal{wire.Unavailable, retryMs, "not available now"}
	}
}

// keepBytes is the largest reply buffer that is kept for the next reply.
const keepBytes = 256 << 10

func (s *Server) builder() *wire.ReplyBuilder {
	if b, ok := s.builders.Get().(*wire.ReplyBuilder); ok {
		return b
	}
	return new(wire.ReplyBuilder)
}

func (s *Server) recycle(b *wire.ReplyBuilder) {
	b.Shrink(keepBytes)
	s.builders.Put(b)
}
