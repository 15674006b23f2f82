package client

import (
	"encoding/hex"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Status returns a snapshot for people and monitoring. It never waits.
func (c *Client) Status() Status {
	s := Status{
		NetworkID: c.NetworkID(), Genesis: c.Genesis(), Config: c.configStatus(), Election: c.electionStatus(),
		CacheBytes: c.caches.bytes() + c.states.bytes(), PendingTransactions: c.txs.count(),
		Waiting: c.line.length(),
	}
	if heads, err := c.Heads(); err == nil {
		s.Head, s.Safe, s.Finalized = headStatus(heads.Latest), headStatus(heads.Safe), headStatus(heads.Finalized)
		if helper, signers := c.electHelper(heads.Latest); !helper.IsZero() {
			s.Helper = &HelperStatus{Section: helper.Section, LastBlock: c.helpers.end(helper), Signers: signers}
		}
	} else {
		s.Election.Error = err.Error()
	}
	s.Servers = c.serverStatus()
	if found := c.discovery.Load(); found != nil {
		status := (*found)()
		s.Discovery = &status
	}
	return s
}

func headStatus(h *types.Header) *HeadStatus {
	if h == nil {
		return nil
	}
	return &HeadStatus{Number: h.Number.Uint64(), Hash: h.Hash(), Time: h.Time}
}

func (c *Client) electionStatus() ElectionStatus {
	f := c.follow
	f.mu.RLock()
	defer f.mu.RUnlock()
	cfg := f.mu.election.Config()
	e := ElectionStatus{Configured: len(cfg.Trusted), Needed: cfg.Needed(), Percent: cfg.Percent, Votes: []Vote{}}
	counts := make(map[[32]byte]bool)
	for _, id := range f.mu.result.Signers {
		counts[id] = true
	}
	for _, id := range cfg.Trusted {
		st, ok := f.mu.election.Statement(id)
		if !ok {
			continue
		}
		e.Votes = append(e.Votes, Vote{
			Server: hex.EncodeToString(id[:]),
			Number: st.Head.Number, Hash: st.Head.Hash,
			SafeNumber: st.Safe.Number, SafeHash: st.Safe.Hash,
			FinalizedNumber: st.Finalized.Number, FinalizedHash: st.Finalized.Hash,
			Time: st.Time, Counts: counts[id],
		})
	}
	return e
}

func (c *Client) serverStatus() []ServerStatus {
	r := c.roster
	now := c.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]ServerStatus, 0, len(r.mu.order))
	for _, id := range r.mu.order {
		s := r.mu.servers[id]
		st := ServerStatus{
			ID: hex.EncodeToString(id[:]), Name: s.name, Address: s.addr, Trusted: s.trusted,
			Connected: s.session != nil, Version: s.version,
			Answers: s.record.Answers, Failures: s.record.Failures, Lies: s.record.Lies,
			Latency: s.record.Latency, LastError: s.record.Reason,
		}
		if s.record.IsBanned(now) {
			st.BannedUntil = s.record.Banned
		}
		if s.session == nil && s.retryAt.After(now) {
			st.RetryAt = s.retryAt
		}
		if st.Address == "" && s.node != nil {
			st.Address = s.node.URLv4()
		}
		if s.session != nil {
			s.session.describe(&st)
		}
		out = append(out, st)
	}
	return out
}

// describe fills in what the live session knows.
func (s *session) describe(st *ServerStatus) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.status == nil {
		return
	}
	st.OnlyAnnounces = s.mu.status.OnlyAnnounce
	st.Head = HeadStatus{Number: s.mu.head.Number, Hash: common.Hash(s.mu.head.Hash)}
	st.Buffer = uint64(s.mu.flow.Estimate(s.instant()))
	params := s.mu.flow.Params()
	st.BufferLimit, st.Recharge = uint64(params.Limit), uint64(params.Recharge)
	st.Frozen, st.UnderWay = s.mu.flow.Frozen(), len(s.mu.pending)
	if s.mu.rest.After(s.c.now()) {
		st.RetryAt = s.mu.rest
	}
}
