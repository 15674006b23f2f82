package server

import (
	"errors"
	"time"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// handshakeTimeout is how long a client may take to send its Status.
const handshakeTimeout = 5 * time.Second

// handshake exchanges Status messages.
func (s *session) handshake() error {
	latest := s.srv.latest()
	ours := s.srv.status(s.version, s.pricing, latest, s.offer())
	if s.version < wire.LES4 && ours.Server.Legacy.TxLookup != 0 {
		return leavef(ReasonUseless, "les/%d has no way to say that not every transaction can be looked up here", s.version)
	}
	s.out.sent = latest

	timer := time.AfterFunc(handshakeTimeout, func() {
		s.kill(leavef(ReasonTimeout, "no Status within %v", handshakeTimeout))
	})
	defer timer.Stop()
	// Both ends send first: on a transport without buffers neither may wait for the
	// other to read.
	sent := make(chan error, 1)
	s.jobs.Go(func() { sent <- s.write(wire.CodeStatus, ours.Append(nil)) })
	theirs, err := s.readStatus()
	if err != nil {
		return err
	}
	// Even a client that does not fit gets the whole Status: it shows which key was
	// the wrong one.
	err = s.judge(ours, theirs, latest)
	if failed := <-sent; err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	if !timer.Stop() {
		return leavef(ReasonTimeout, "Status unread for %v", handshakeTimeout)
	}
	s.announces = theirs.AnnounceType
	return nil
}

func (s *session) readStatus() (*wire.Status, error) {
	code, payload, err := s.conn.ReadMsg()
	// Neither protocol waits for the other: the client's Hello may come first.
	if deal, ok := s.peer.MarketCode(code); err == nil && ok && s.trade != nil {
		if err := s.trade.take(deal, payload); err != nil {
			return nil, err
		}
		code, payload, err = s.conn.ReadMsg()
	}
	if err != nil {
		return nil, unread(err)
	}
	if code != wire.CodeStatus {
		return nil, leavef(ReasonMalformed, "first message is %s, not Status", wire.CodeName(s.version, code))
	}
	theirs, err := wire.DecodeStatus(s.version, payload)
	if err != nil {
		return nil, leave(mismatchReason(err, ReasonMalformed), err)
	}
	return theirs, nil
}

// judge says whether client and server belong together.
func (s *session) judge(ours, theirs *wire.Status, latest *news) error {
	if err := ours.Match(theirs); err != nil {
		return leave(mismatchReason(err, ReasonVersion), err)
	}
	if s.version >= wire.LES4 { // older ones have no fork id
		if err := s.srv.forks.Check(theirs.ForkID, latest.head.Number, latest.time); err != nil {
			return leave(ReasonFork, err)
		}
	}
	// The configuration may be another one: of two ends that agree on all forks so
	// far, one has not heard of the next yet. What to make of it is the client's to say.
	if theirs.Server != nil {
		return leavef(ReasonUseless, "the peer is a server")
	}
	return nil
}

func mismatchReason(err error, other Reason) Reason {
	var m *wire.MismatchError
	if !errors.As(err, &m) {
		return other
	}
	switch m.Key {
	case "genesisHash":
		return ReasonGenesis
	case "networkId":
		return ReasonNetwork
	default:
		return ReasonVersion
	}
}

// offer is what the client may spend, as its Status says.
func (s *session) offer() (p flow.Params) {
	if s.srv.cfg.OnlyAnnounce {
		return p
	}
	s.srv.desk.do(func(unit.Instant, *market.Market) { p = s.seat.Params() })
	return p
}

// status is what a new session is told.
func (s *Server) status(version uint, prices *pricing, latest *news, share flow.Params) *wire.Status {
	own := &wire.ServerStatus{
		OnlyAnnounce: s.cfg.OnlyAnnounce,
		Flow:         wire.Flow{BL: share.Limit, MRR: share.Recharge},
	}
	if !s.cfg.OnlyAnnounce {
		own.Costs = prices.announce
	}
	if wire.Legacy(version) {
		own.Legacy = s.legacy(latest)
	} else {
		own.Head = s.signedHead(latest)
		own.Ranges, own.Limits = latest.ranges, wire.DefaultLimits()
		own.Serves = serves(s.caps)
		own.Helper = helperRoots(latest.head.Helper)
	}
	return &wire.Status{
		Version: version, NetworkID: s.info.NetworkID, Genesis: s.info.Genesis,
		ForkID: s.forks.ID(latest.head.Number, latest.time),
		Config: s.configHash, Server: own,
	}
}

// stateMargin is taken off the recent states that les/4 announces, as clients add
// it again: geth's own blockSafetyMargin.
const stateMargin = 4

// legacy says in les/4's words what can be asked for.
func (s *Server) legacy(latest *news) *wire.LegacyStatus {
	r := latest.ranges
	status := &wire.LegacyStatus{
		Head:       wire.Head4{Hash: latest.head.Hash, Number: latest.head.Number, TD: latest.head.TD},
		ChainSince: max(r.Headers, r.Bodies, r.Receipts),
		StateSince: r.State,
		TxLookup:   txLookup(latest.head.Number, r.TxIndex),
	}
	switch {
	case !s.caps.HashedKeys:
		status.StateSince = wire.None
	case r.StateRecent > stateMargin && r.State != wire.None:
		status.StateSince, status.RecentState = 0, r.StateRecent-stateMargin
	case r.StateRecent != 0:
		status.StateSince = wire.None
	}
	if s.cfg.OnlyAnnounce {
		status.TxLookup = 1
	}
	return status
}

// txLookup is the recentTxLookup of les/4: 0 for all, 1 for none, n + 1 for the
// last n blocks, with the same margin as for states.
func txLookup(head, first uint64) uint64 {
	switch {
	case first == 0:
		return 0
	case first > head || head-first+1 <= stateMargin:
		return 1
	}
	return head - first + 1 - stateMargin + 1
}

// serves names what the source can answer at all, for as long as the session
// lasts. How far back it can is the ranges' to say, and changes.
func serves(caps chain.Capabilities) wire.Capability {
	out := wire.ServesConfig | wire.ServesChain | wire.ServesState | wire.ServesTxStatus
	for _, c := range []struct {
		is  bool
		bit wire.Capability
	}{
		{caps.Witness, wire.ServesWitness},
		{caps.LogCandidates, wire.ServesLogRange},
		{caps.TxRelay, wire.ServesTxRelay},
		{caps.HelperTries, wire.ServesHelper},
	} {
		if c.is {
			out |= c.bit
		}
	}
	return out
}
