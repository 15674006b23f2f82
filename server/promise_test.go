package server_test

import (
	"context"
	"errors"
	"io"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// farSource is a fake source that has to ask another machine for each proof, so that
// a hundred clients can be served their units' worth without a processor for each.
type farSource struct{ *servertest.FakeSource }

func (s farSource) ProveHashed(ctx context.Context, q chain.HashedQuery, add func([]byte)) error {
	time.Sleep(10 * time.Millisecond)
	return s.FakeSource.ProveHashed(ctx, q, add)
}

// drawer is a paid client that asks whenever its buffer permits.
type drawer struct {
	*client
	flow  *flow.Client
	cost  unit.Cost
	start time.Time
	spent chan struct{} // closed when it first had to wait
}

func (d *drawer) now() unit.Instant { return unit.Instant(time.Since(d.start)) }

// draw asks until the connection is closed.
func (d *drawer) draw(src *servertest.FakeSource) error {
	request := &wire.GetProofs{Queries: []wire.ProofQuery{{Block: src.Head().Hash, Key: make([]byte, 32)}}}
	waited := false
	for {
		ok, wait := d.flow.CanSend(d.now(), d.cost)
		if !ok && !waited {
			waited = true
			close(d.spent)
		}
		if wait == flow.Never { // stopped, by a machine that was too busy to keep to its prices: Resume will come
			if err := d.receive(); err != nil {
				return err
			}
			continue
		}
		if !ok {
			time.Sleep(time.Duration(wait))
			continue
		}
		d.nextID++
		request.SetID(d.nextID)
		d.flow.Sent(d.now(), d.nextID, d.cost)
		if d.conn.WriteMsg(request.Code(), request.Append(nil)) != nil {
			return nil
		}
		if err := d.receive(); err != nil {
			return err
		}
	}
}

// receive waits until the request that was sent last is answered, or worthless.
func (d *drawer) receive() error {
	for {
		code, payload, err := d.conn.ReadMsg()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case code == wire.CodeStop:
			// The units were granted a moment ago: their buffer is not full yet.
			d.flow.Stop(d.now())
			continue
		case code == wire.CodeResume:
			value, err := wire.DecodeResume(d.version, payload)
			d.flow.Resume(d.now(), value)
			return err
		case code == wire.CodeAnnounce:
			announce, err := wire.DecodeAnnounce4(payload)
			if err != nil {
				return err
			}
			if f := announce.Update.Flow; f != nil {
				d.flow.Update(d.now(), flow.Params{Limit: f.BL, Recharge: f.MRR})
			}
			continue
		}
		reply, err := wire.DecodeReply(d.version, code, payload)
		if err != nil {
			return err
		}
		d.flow.Reply(d.now(), reply.ID(), reply.Buffer())
		return nil
	}
}

// TestPromisesInRealTime: a hundred paid clients that draw at their limit are together served
// what they were promised, within a twentieth, by the clock on the wall. (One alone may have
// been kept from asking by a busy machine.)
func TestPromisesInRealTime(t *testing.T) {
	const clients, units = 100, 4
	src := servertest.NewFakeSource(1)
	settings := server.Settings{ReservePermille: 50, FreePermille: 50}
	ids := make([][32]byte, clients)
	for i := range ids {
		ids[i] = [32]byte{byte(i), 1}
		settings.Grants = append(settings.Grants, server.Grant{ID: ids[i], Units: units})
	}
	srv := start(t, src, func(c *server.Config) {
		c.Source, c.Settings = farSource{src}, &settings
		c.Workers, c.MaxSessions = 32, clients
	})
	var drawing sync.WaitGroup
	drawers := make([]*drawer, clients)
	for i := range drawers {
		c := dialAs(t, srv, wire.LES4, ids[i])
		c.shake(hello(src, wire.LES4))
		f := c.status.Server.Flow
		cost, ok := c.status.Server.Costs.Of(&wire.GetProofs{Queries: make([]wire.ProofQuery, 1)})
		if !ok {
			t.Fatal("proofs have no price")
		}
		d := &drawer{client: c, cost: cost, start: time.Now(), spent: make(chan struct{})}
		d.flow = flow.NewClient(d.now(), flow.Params{Limit: f.BL, Recharge: f.MRR})
		drawers[i] = d
		drawing.Go(func() {
			if err := d.draw(src); err != nil {
				t.Error(err)
			}
		})
	}
	for _, d := range drawers { // what they have saved would count too
		<-d.spent
	}
	before, from := spending(srv), time.Now()
	time.Sleep(10 * time.Second)
	after, span := spending(srv), time.Since(from)
	promised := float64(units) * 10_000 * float64(span.Milliseconds())
	var all, worst float64
	for _, id := range ids {
		part := float64(after[id]-before[id]) / promised
		all += part / clients
		if math.Abs(part-1) > math.Abs(worst-1) || worst == 0 {
			worst = part
		}
	}
	t.Logf("served over promised: %.4f together, %.4f of the client furthest from it", all, worst)
	if math.Abs(all-1) > 0.05 {
		t.Error("that is not what was promised")
	}
	for _, d := range drawers {
		d.conn.Close()
	}
	drawing.Wait()
}

// spending is what each client was served, as cost.
func spending(srv *server.Server) map[[32]byte]unit.Cost {
	out := make(map[[32]byte]unit.Cost)
	for _, c := range srv.Clients() {
		out[c.ID] = c.Spent
	}
	return out
}
