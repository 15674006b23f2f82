package server

import (
	"fmt"
	"time"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/wire"
)

// news is a head and the ranges that go with it, made into messages once for all
// sessions. It does not change once it is published.
type news struct {
	seq  uint64 // ascending; of all that is announced
	head chain.Head
	time uint64 // of the head's header
	// headSeq and rangesSeq are the seq of the news that last changed them.
	headSeq, rangesSeq uint64
	ranges             wire.Ranges

	announce5             wire.Announce5
	plain4, signed4       []byte // payloads
	signed5, changedRange []byte
}

// startNews reads the source's head and begins to follow it.
func (s *Server) startNews() error {
	genesis, err := s.cfg.Source.Header(s.ctx, s.info.Genesis)
	if err != nil {
		return fmt.Errorf("genesis header: %w", err)
	}
	first, err := wire.PeekHeader(genesis)
	if err != nil {
		return fmt.Errorf("genesis: %w", err)
	}
	if s.forks, err = wire.NewForks(s.info.Config, s.info.Genesis, first.Time); err != nil {
		return err
	}
	s.configHash = wire.ConfigHash(s.info.Config)

	heads := make(chan chain.Head, 16)
	stop := s.cfg.Source.Heads(heads)
	if err := s.publish(s.cfg.Source.Head()); err != nil {
		stop()
		return err
	}
	s.wg.Add(1)
	go s.follow(heads, stop)
	return nil
}

// rangesEvery is how many seconds pass between looks at the ranges while the head
// stands still.
const rangesEvery = 10

// follow announces what is new until the server closes, and looks after what goes
// by the second.
func (s *Server) follow(heads <-chan chain.Head, stop func()) {
	defer s.wg.Done()
	defer stop()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for n := 1; ; n++ {
		select {
		case <-s.ctx.Done():
			return
		case head := <-heads:
			s.announce(head)
		case <-tick.C:
			s.everySecond()
			if n%rangesEvery == 0 {
				s.announce(s.latest().head)
			}
		}
	}
}

// everySecond learns what requests cost, and ends the stuck sessions.
func (s *Server) everySecond() {
	now := s.now()
	if capacity, changed := s.meter.second(now); changed {
		s.SetCapacity(capacity)
	}
	for _, one := range s.all() {
		one.sweep(now)
	}
}

// announce publishes a head and tells the sessions.
func (s *Server) announce(head chain.Head) {
	before := s.latest().seq
	if err := s.publish(head); err != nil {
		s.cfg.Logger.Warn("head not announced", "number", head.Number, "err", err)
		return
	}
	if n := s.latest(); n.seq != before {
		for _, one := range s.all() {
			one.tell(n)
		}
	}
}

// publish makes news of a head and of the source's ranges, if they are new. Only
// New and then follow call it.
func (s *Server) publish(head chain.Head) error {
	ranges := rangesOf(s.cfg.Source.Ranges())
	old := s.latest()
	n := &news{head: head, ranges: ranges}
	if old != nil {
		n.seq, n.headSeq, n.rangesSeq, n.time = old.seq, old.headSeq, old.rangesSeq, old.time
		n.announce5, n.plain4, n.signed4, n.signed5 = old.announce5, old.plain4, old.signed4, old.signed5
		n.changedRange = old.changedRange
	}
	newHead := old == nil || !sameHead(old.head, head)
	newRanges := old != nil && rangesChanged(old.ranges, ranges)
	if !newHead && !newRanges {
		return nil
	}
	n.seq++
	if newRanges {
		n.rangesSeq = n.seq
		update := wire.Announce5{Update: wire.Update{Ranges: &ranges}}
		n.changedRange = update.Append(nil)
	}
	if newHead {
		n.headSeq = n.seq
		if err := s.sign(n); err != nil {
			return err
		}
	}
	s.mu.Lock()
	s.mu.news = n
	s.mu.Unlock()
	return nil
}

// sign makes the announcements of a head.
func (s *Server) sign(n *news) error {
	info, err := wire.PeekHeader(n.head.Header)
	if err != nil {
		return err
	}
	n.time = info.Time
	four := wire.Announce4{Hash: n.head.Hash, Number: n.head.Number, TD: n.head.TD, ReorgDepth: n.head.ReorgDepth}
	n.plain4 = four.Append(nil)
	if err := four.Sign(s.cfg.Key); err != nil {
		return err
	}
	n.signed4 = four.Append(nil)
	n.announce5 = wire.Announce5{
		Head: wire.Head{
			Genesis: s.info.Genesis, Config: s.configHash,
			Number: n.head.Number, Hash: n.head.Hash,
			Safe: wire.BlockID(n.head.Safe), Finalized: wire.BlockID(n.head.Finalized),
			ReorgDepth: n.head.ReorgDepth, Timestamp: s.timestamp(),
		},
		Header: n.head.Header,
	}
	helper := helperRoots(n.head.Helper)
	if helper != nil {
		n.announce5.Head.HelperRoot = helper.Hash()
	}
	if err := n.announce5.Sign(s.cfg.Key); err != nil {
		return err
	}
	announced := n.announce5
	announced.Update.Helper = helper
	n.signed5 = announced.Append(nil)
	return nil
}

// signedHead is the head for a Status, signed just now: a client that finds the
// chain standing still can tell a live server from a recording. It signs at most
// once a second.
func (s *Server) signedHead(n *news) wire.Announce5 {
	now := s.timestamp()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.fresh.Head.Timestamp >= now && s.mu.fresh.Head.Hash == n.head.Hash && s.mu.freshSeq == n.headSeq {
		return s.mu.fresh
	}
	fresh := n.announce5
	if now > fresh.Head.Timestamp {
		fresh.Head.Timestamp, fresh.Head.ReorgDepth = now, 0
		if err := fresh.Sign(s.cfg.Key); err != nil {
			return n.announce5
		}
	}
	s.mu.fresh, s.mu.freshSeq = fresh, n.headSeq
	return fresh
}

// timestamp is the clock in seconds since 1970; it never goes back.
func (s *Server) timestamp() uint64 {
	now := uint64(max(s.cfg.Now().Unix(), 0))
	for {
		last := s.said.Load()
		if now <= last {
			return last
		}
		if s.said.CompareAndSwap(last, now) {
			return now
		}
	}
}

// latest returns what is announced now, nil before there is anything.
func (s *Server) latest() *news {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.news
}

// tell announces to one client what it has not been told yet.
func (s *session) tell(n *news) {
	s.out.Lock()
	defer s.out.Unlock()
	old := s.out.sent
	if n.seq <= old.seq {
		return
	}
	s.out.sent = n
	if n.headSeq != old.headSeq {
		s.tellHead(old, n)
	}
	if s.version == wire.LES5 && n.rangesSeq != old.rangesSeq && !s.srv.cfg.OnlyAnnounce {
		s.pushLocked(wire.CodeAnnounce, n.changedRange)
	}
}

// tellHead announces a new head in the form that this client is to get, if any; in
// les/5 it is always signed, as it costs nothing more. In les/4 heads go by total difficulty, and a client drops a server whose does not
// grow; where it no longer can, after the merge, the number has to. out is locked.
func (s *session) tellHead(old, n *news) {
	payload := n.signed5
	if wire.Legacy(s.version) {
		grows := n.head.TD.Cmp(old.head.TD)
		if grows < 0 || grows == 0 && n.head.Number <= old.head.Number {
			// The client's picture stays as it was: the next head is compared with that.
			kept := *n
			kept.head = old.head
			s.out.sent = &kept
			return
		}
		payload = n.plain4
		if s.announces == wire.AnnounceSigned {
			payload = n.signed4
		}
	}
	if s.announces == wire.AnnounceNone {
		return
	}
	s.srv.stats.announced.Add(1)
	s.pushLocked(wire.CodeAnnounce, payload)
}

// announceFlow tells the client what it may spend from now on.
func (s *session) announceFlow(p flow.Params) {
	if s.srv.cfg.OnlyAnnounce {
		return
	}
	update := wire.Update{Flow: &wire.Flow{BL: p.Limit, MRR: p.Recharge}}
	if wire.Legacy(s.version) {
		s.push(wire.CodeAnnounce, (&wire.Announce4{Update: update}).Append(nil))
	} else {
		s.push(wire.CodeAnnounce, (&wire.Announce5{Update: update}).Append(nil))
	}
}

func sameHead(a, b chain.Head) bool {
	return a.Block == b.Block && a.Safe == b.Safe && a.Finalized == b.Finalized && a.Helper == b.Helper
}

func rangesOf(r chain.Ranges) wire.Ranges {
	return wire.Ranges{
		Headers: r.Headers, Bodies: r.Bodies, Receipts: r.Receipts,
		State: r.State, StateRecent: r.Recent, TxIndex: r.TxIndex,
	}
}

// rangesChanged reports whether clients must be told. A first state that moves
// with the head is no news, nor is an index that grows.
func rangesChanged(a, b wire.Ranges) bool {
	if a.StateRecent != 0 && a.StateRecent == b.StateRecent && (a.State == wire.None) == (b.State == wire.None) {
		a.State = b.State
	}
	return a != b
}
