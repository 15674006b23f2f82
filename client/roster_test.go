package client

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/client/election"
)

// Servers that come and go do not fill memory, and do not push out those that matter.
func TestRosterForgets(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	r := newRoster(func() time.Time { return now })
	configured := r.get(election.ID{1})
	configured.node = new(enode.Node)
	connected := r.get(election.ID{2})
	r.attach(&session{srv: connected})
	banned := r.get(election.ID{3})
	r.lied(banned, nil)
	for i := range uint64(10 * maxMet) {
		var id election.ID
		id[0] = 0xff
		binary.BigEndian.PutUint64(id[1:], i)
		r.failed(r.get(id), 1, nil)
	}
	if n := len(r.mu.order); n != maxMet+1 || n != len(r.mu.servers) || len(r.mu.dirty) > n {
		t.Errorf("%d servers, %d by id, %d to be written", n, len(r.mu.servers), len(r.mu.dirty))
	}
	for _, s := range []*server{configured, connected, banned} {
		if r.get(s.id) != s {
			t.Errorf("%x is forgotten", s.id[0])
		}
	}
	// One that was forgotten during its handshake is there again.
	late := &session{srv: &server{id: election.ID{4}}}
	r.attach(late)
	if r.get(election.ID{4}) != late.srv || len(r.sessions()) != 2 {
		t.Error("a session is lost")
	}
}
