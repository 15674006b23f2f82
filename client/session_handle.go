package client

import (
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client/election"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// Breaches of the protocol by a server.
var (
	errWrongKind = errors.New("reply is of another kind than the request")
	errUnsigned  = errors.New("trusted server announced a head without a valid signature")
)

// handle takes one message in. An error ends the session.
func (s *session) handle(code uint64, payload []byte) error {
	if code, ok := s.peer.MarketCode(code); ok {
		return s.traded(code, payload)
	}
	switch code {
	case wire.CodeAnnounce:
		return s.announced(payload)
	case wire.CodeStop:
		if err := wire.DecodeStop(s.version(), payload); err != nil {
			return err
		}
		s.stopped()
		return nil
	case wire.CodeResume:
		bv, err := wire.DecodeResume(s.version(), payload)
		if err != nil {
			return err
		}
		s.mu.Lock()
		s.mu.flow.Resume(s.instant(), bv)
		s.mu.Unlock()
		s.c.line.look()
		return nil
	}
	reply, err := wire.DecodeReply(s.version(), code, payload)
	if err != nil {
		return s.garbled(code, err)
	}
	// No request has the id 0: this is about the connection.
	if refused, ok := reply.(*wire.Refused); ok && refused.ID() == 0 && refused.Reason == wire.Busy {
		return noPlace(refused)
	}
	return s.replied(code, reply)
}

// replied hands a reply to whoever waits for it.
func (s *session) replied(code uint64, reply wire.Reply) error {
	s.mu.Lock()
	p, ok := s.mu.pending[reply.ID()]
	if ok {
		delete(s.mu.pending, reply.ID())
		s.mu.flow.Reply(s.instant(), reply.ID(), reply.Buffer())
		s.mu.silent = 0
	}
	s.mu.Unlock()
	if !ok {
		return nil // late, or made up: nobody asked, so nothing can come of it
	}
	if code != p.code && code != wire.CodeRefused {
		err := fmt.Errorf("%w: %s", errWrongKind, wire.CodeName(s.version(), code))
		s.deliver(p, nil, &lieError{err})
		return nil
	}
	s.deliver(p, reply, nil)
	s.c.line.look() // it says how full the buffer is
	return nil
}

// garbled deals with a reply that does not decode. Whose it was cannot be known for
// sure, so everybody who waits for that kind is sent elsewhere. A trusted server
// keeps its vote: what it serves is another matter than what it signs.
func (s *session) garbled(code uint64, err error) error {
	s.mu.Lock()
	var hit []*pending
	for id, p := range s.mu.pending {
		if p.code == code {
			hit = append(hit, p)
			delete(s.mu.pending, id)
			s.mu.flow.Expire(s.instant(), id)
		}
	}
	s.mu.Unlock()
	for _, p := range hit {
		s.deliver(p, nil, &lieError{err})
	}
	if len(hit) == 0 {
		s.c.lie(s, err)
	}
	if !s.srv.trusted {
		return err
	}
	return nil
}

// stopped: the server froze this client and answers nothing that is under way. What
// has not left yet stays here: it would be dropped, or worse, arrive after Resume, when
// neither end reckons with it.
func (s *session) stopped() {
	s.mu.Lock()
	s.mu.flow.Stop(s.instant())
	waiting := s.mu.pending
	s.mu.pending = make(map[uint64]*pending)
	for range len(s.out) {
		select {
		case m := <-s.out:
			if _, business := s.peer.MarketCode(m.code); business {
				s.out <- m // there is room: whoever fills it holds the lock
			}
		default:
		}
	}
	s.mu.Unlock()
	for _, p := range waiting {
		s.deliver(p, nil, errFrozen)
	}
}

// announced takes an announcement in: new parameters, a new head, or both.
func (s *session) announced(payload []byte) error {
	if s.version() == wire.LES4 {
		a, err := wire.DecodeAnnounce4(payload)
		if err != nil {
			return err
		}
		s.update(&a.Update)
		if !a.IsHead() {
			return nil
		}
		return s.headed(func() error {
			if s.srv.trusted {
				if err := a.Verify(s.peer.Key); err != nil {
					return fmt.Errorf("%w: %w", errUnsigned, err)
				}
			}
			s.newHead4(wire.Head4{Hash: a.Hash, Number: a.Number, TD: a.TD})
			return nil
		})
	}
	a, err := wire.DecodeAnnounce5(payload)
	if err != nil {
		return err
	}
	s.update(&a.Update)
	if !a.IsHead() {
		return nil
	}
	return s.headed(func() error { return s.newHead5(a, a.Update.Helper) })
}

// update applies changed parameters.
func (s *session) update(u *wire.Update) {
	if u.Flow == nil && u.Costs == nil && u.Ranges == nil && u.Limits == nil {
		return
	}
	s.mu.Lock()
	u.Apply(s.mu.status)
	if u.Flow != nil {
		s.mu.flow.Update(s.instant(), flow.Params{Limit: u.Flow.BL, Recharge: u.Flow.MRR})
	}
	s.mu.Unlock()
	s.c.line.look()
}

// newHead4 takes in a head of les/4, whose signature was checked or which came in
// a handshake with the key's owner. Total difficulty is not looked at.
func (s *session) newHead4(h wire.Head4) {
	s.setHead(wire.BlockID{Number: h.Number, Hash: h.Hash})
	if s.srv.trusted {
		s.c.vote(s, election.Statement{
			Genesis: s.genesis(),
			Head:    election.Block{Number: h.Number, Hash: h.Hash},
		}, nil)
	}
}

// newHead5 takes in a head of les/5, with the helper section that it names if the
// message says which. Only a signed one is a vote.
func (s *session) newHead5(a *wire.Announce5, helper *wire.HelperRoots) error {
	h := &a.Head
	var header *types.Header
	if len(a.Header) > 0 {
		var err error
		if header, err = proof.VerifyHeader(a.Header, common.Hash(h.Hash)); err != nil {
			return fmt.Errorf("announced header: %w", err)
		}
	}
	if !s.srv.trusted {
		s.setHelper(h.HelperRoot, helper)
		s.setHead(wire.BlockID{Number: h.Number, Hash: h.Hash})
		return nil
	}
	if err := a.Verify(s.peer.Key, s.genesis(), s.config()); err != nil {
		return fmt.Errorf("%w: %w", errUnsigned, err)
	}
	helper = s.setHelper(h.HelperRoot, helper)
	s.setHead(wire.BlockID{Number: h.Number, Hash: h.Hash})
	st := election.Statement{
		Genesis: h.Genesis, Config: h.Config,
		Head:      election.Block{Number: h.Number, Hash: h.Hash},
		Safe:      election.Block{Number: h.Safe.Number, Hash: h.Safe.Hash},
		Finalized: election.Block{Number: h.Finalized.Number, Hash: h.Finalized.Hash},
		Time:      h.Timestamp,
	}
	// One that is named and not known says neither that there is one nor that there
	// is none.
	s.c.signed(s, st, header, helper, helper != nil || h.HelperRoot == [32]byte{})
	return nil
}

// setHelper notes which helper section the server's head names, and returns it if it
// is known: from this message or, if its hash is the same, from one before.
func (s *session) setHelper(root [32]byte, helper *wire.HelperRoots) *wire.HelperRoots {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.mu.status.Helper; helper == nil && known != nil && known.Hash() == root {
		helper = known
	}
	s.mu.status.Helper = helper
	return helper
}

func (s *session) setHead(head wire.BlockID) {
	s.mu.Lock()
	s.mu.head = head
	s.mu.Unlock()
	s.c.line.look()
}

// lieError marks what is proven to be a server's fault.
type lieError struct{ err error }

func (e *lieError) Error() string { return e.err.Error() }
func (e *lieError) Unwrap() error { return e.err }

// refusedError is a typed refusal as the reason for a failure.
type refusedError struct {
	reason wire.Reason
	text   string
	retry  time.Duration
}

func (e *refusedError) Error() string { return fmt.Sprintf("refused: %v: %s", e.reason, e.text) }
