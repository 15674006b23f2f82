package client

import (
	"encoding/hex"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/client/election"
	"github.com/candela-les/candela/client/quality"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
)

// server is one server that was configured or has been met. Its fields are
// guarded by the roster's mutex, except for those set once at the beginning.
type server struct {
	id      election.ID
	node    *enode.Node // nil if it was not configured
	trusted bool

	record  quality.Record
	session *session // nil while it is not connected
	name    string   // as it called itself last
	addr    string
	version uint
	retryAt time.Time // full: not to be dialed before; zero if it is not known to be

	measured buyer.Measured // and not asked for by who buys
	trial    int            // questions that it is to be asked before others
}

// short is the server's id as it stands in messages for people.
func (s *server) short() string { return shortID(s.id) }

func shortID(id election.ID) string { return hex.EncodeToString(id[:6]) }

// roster is the list of servers, what was measured of them, and who is connected.
type roster struct {
	now func() time.Time
	mu  struct {
		sync.Mutex
		servers map[election.ID]*server
		order   []election.ID // in which they were added
		times   quality.Times // of all servers together
		dirty   map[election.ID]bool
	}
}

func newRoster(now func() time.Time) *roster {
	r := &roster{now: now}
	r.mu.servers = make(map[election.ID]*server)
	r.mu.dirty = make(map[election.ID]bool)
	return r
}

// get returns the server with this id, adding it if it is new.
func (r *roster) get(id election.ID) *server {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.mu.servers[id]
	if !ok {
		r.forget()
		s = &server{id: id}
		r.mu.servers[id] = s
		r.mu.order = append(r.mu.order, id)
	}
	return s
}

// maxMet is how many servers are remembered that were met and not configured.
const maxMet = 512

// forget makes room for one more server, if too many were met: the one goes that was
// met first, of those that are neither connected nor banned if there are any.
func (r *roster) forget() {
	now := r.now()
	met, oldest, mild := 0, -1, -1
	for i, id := range r.mu.order {
		s := r.mu.servers[id]
		if s.node != nil {
			continue
		}
		met++
		if s.session != nil {
			continue
		}
		if oldest < 0 {
			oldest = i
		}
		if mild < 0 && !s.record.IsBanned(now) {
			mild = i
		}
	}
	if mild >= 0 {
		oldest = mild
	}
	if met < maxMet || oldest < 0 {
		return
	}
	delete(r.mu.servers, r.mu.order[oldest])
	delete(r.mu.dirty, r.mu.order[oldest])
	r.mu.order = slices.Delete(r.mu.order, oldest, oldest+1)
}

// attach makes ss the server's live session. It returns the session that it
// replaces, if there was one.
func (r *roster) attach(ss *session) (old *session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	// It may have been forgotten while it was shaking hands.
	switch known := r.mu.servers[ss.srv.id]; known {
	case ss.srv:
	case nil:
		r.mu.servers[ss.srv.id] = ss.srv
		r.mu.order = append(r.mu.order, ss.srv.id)
	default:
		ss.srv = known
	}
	old = ss.srv.session
	ss.srv.session = ss
	ss.srv.retryAt = time.Time{}
	ss.srv.name, ss.srv.addr, ss.srv.version = ss.peer.Name, ss.peer.Addr, ss.peer.Version
	return old
}

// detach ends the session's time as the live one; false if it was not.
func (r *roster) detach(ss *session) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ss.srv.session != ss {
		return false
	}
	ss.srv.session = nil
	return true
}

// candidate is a live session with its server's record at one moment.
type candidate struct {
	session  *session
	banned   bool
	trial    bool
	expected time.Duration
}

// sessions returns the live ones, in the order in which servers were added.
func (r *roster) sessions() []candidate {
	now := r.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []candidate
	for _, id := range r.mu.order {
		if s := r.mu.servers[id]; s.session != nil {
			out = append(out, candidate{s.session, s.record.IsBanned(now), s.trial > 0, s.record.Expected(now)})
		}
	}
	return out
}

// soft returns the soft time-out.
func (r *roster) soft() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.mu.times.Soft()
}

func (r *roster) answered(s *server, took time.Duration, cost unit.Cost) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.measured.Served, s.measured.Answers = s.measured.Served.Add(cost), s.measured.Answers+1
	if took > r.mu.times.Soft() {
		s.measured.Late++
	}
	s.record.Answered(took)
	r.mu.times.Add(took)
	r.mu.dirty[s.id] = true
}

func (r *roster) failed(s *server, weight float64, reason error) {
	now := r.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	s.record.Failed(now, weight, reason)
	if reason != nil { // else it is only late so far
		s.measured.Failed++
	}
	r.mu.dirty[s.id] = true
}

func (r *roster) lied(s *server, reason error) {
	now := r.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	s.record.Lied(now, reason)
	s.measured.Lies++
	r.mu.dirty[s.id] = true
}

func (r *roster) isBanned(s *server) bool {
	now := r.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	return s.record.IsBanned(now)
}

// takeDirty returns the records that changed since the last time.
func (r *roster) takeDirty() map[election.ID]quality.Record {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.mu.dirty) == 0 {
		return nil
	}
	out := make(map[election.ID]quality.Record, len(r.mu.dirty))
	for id := range r.mu.dirty {
		if s, ok := r.mu.servers[id]; ok {
			out[id] = s.record
		}
	}
	clear(r.mu.dirty)
	return out
}
