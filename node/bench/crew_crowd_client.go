package bench

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// use reads until the connection ends.
func (c *crowdClient) use(ctx context.Context) error {
	defer c.conn.tcp.Close()
	defer context.AfterFunc(ctx, func() { c.conn.tcp.Close() })()
	c.crew.add(c)
	defer c.crew.remove(c)
	for {
		code, payload, err := c.conn.ReadMsg()
		if err != nil {
			return err
		}
		if err := c.handle(code, payload); err != nil {
			return err
		}
	}
}

func (c *crowdClient) handle(code uint64, payload []byte) error {
	version := c.crew.job.Load.Version
	switch code {
	case wire.CodeAnnounce:
		return c.announced(monotonic(), payload)
	case wire.CodeStop:
		c.crew.rec.note(func(t *Tally) { t.Stops++ })
		c.mu.Lock()
		defer c.mu.Unlock()
		c.mu.flow.Stop(c.crew.now())
		return nil
	case wire.CodeResume:
		value, err := wire.DecodeResume(version, payload)
		if err != nil {
			return err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.mu.flow.Resume(c.crew.now(), value)
		c.mu.last.since = time.Time{}
		return nil
	}
	if later := comeAgain(version, code, payload); later != nil {
		return later
	}
	reply, err := wire.DecodeReply(version, code, payload)
	if err != nil {
		return err
	}
	return c.answered(reply)
}

// announced takes in a head, or new parameters.
func (c *crowdClient) announced(at time.Duration, payload []byte) error {
	var (
		head   block
		header []byte
		update wire.Update
	)
	if wire.Legacy(c.crew.job.Load.Version) {
		a, err := wire.DecodeAnnounce4(payload)
		if err != nil {
			return err
		}
		head, update = block{a.Number, a.Hash}, a.Update
	} else {
		a, err := wire.DecodeAnnounce5(payload)
		if err != nil {
			return err
		}
		head, header, update = block{a.Head.Number, a.Head.Hash}, a.Header, a.Update
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if update.Flow != nil {
		c.mu.flow.Update(c.crew.now(), flow.Params{Limit: update.Flow.BL, Recharge: update.Flow.MRR})
	}
	if update.Costs != nil {
		c.mu.costs = c.mu.costs.Merge(update.Costs)
	}
	if head.hash != (common.Hash{}) {
		c.crew.saw(head, at)
		c.mu.head, c.mu.root = head, common.Hash{}
		if len(header) > 0 {
			c.learn(header)
		}
	}
	return nil
}

// learn takes in the header of the head. It changes nothing if it is another one. mu
// is locked, or nobody else knows of the client yet.
func (c *crowdClient) learn(enc []byte) {
	if header, err := proof.VerifyHeader(enc, c.mu.head.hash); err == nil {
		c.mu.root = header.Root
	}
}

// ask sends the client's next request: for an account if the head's header is known,
// else for the header, whose reply gives the account its turn.
func (c *crowdClient) ask() {
	request := c.next()
	if request == nil {
		c.crew.rec.note(func(t *Tally) { t.Skipped++ })
		return
	}
	c.failed(c.conn.WriteMsg(request.Code(), request.Append(nil)))
}

// next makes a request, or none if flow control forbids it or the last one is still
// under way.
func (c *crowdClient) next() wire.Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	last := &c.mu.last
	if !last.since.IsZero() {
		return nil
	}
	var request wire.Request
	q := question{id: last.id + 1}
	if c.mu.root == (common.Hash{}) {
		q.header = c.mu.head
		request = &wire.GetHeaders{Origin: wire.Origin{Hash: q.header.hash}, Max: 1}
	} else {
		q.root = c.mu.root
		q.account = Account((c.name*7919 + q.id) % uint64(c.crew.job.Load.Accounts)) //nolint:gosec // checked positive
		request = c.accountRequest(q.account)
	}
	request.SetID(q.id)
	cost, _ := c.mu.costs.Of(request)
	now := c.crew.now()
	if ok, _ := c.mu.flow.CanSend(now, cost); !ok {
		return nil
	}
	c.mu.flow.Sent(now, q.id, cost)
	q.since = time.Now()
	c.mu.last = q
	return request
}

func (c *crowdClient) accountRequest(account common.Address) wire.Request {
	at := c.mu.head.hash
	if wire.Legacy(c.crew.job.Load.Version) {
		return &wire.GetProofs{Queries: []wire.ProofQuery{{Block: at, Key: crypto.Keccak256(account.Bytes())}}}
	}
	return &wire.GetState{Queries: []wire.StateQuery{{Block: at, Address: account}}}
}

// answered counts and proves a reply.
func (c *crowdClient) answered(reply wire.Reply) error {
	now := time.Now()
	c.mu.Lock()
	q := c.mu.last
	if reply.ID() != q.id || q.since.IsZero() {
		c.mu.Unlock()
		return nil // Resume was quicker
	}
	c.mu.last.since = time.Time{}
	c.mu.flow.Reply(c.crew.now(), q.id, reply.Buffer())
	items, wrong := 0, false
	if r, ok := reply.(*wire.Headers); ok && len(r.Headers) == 1 {
		items = 1
		if c.mu.head == q.header {
			c.learn(r.Headers[0])
			wrong = c.mu.root == (common.Hash{})
		}
	}
	c.mu.Unlock()
	if _, nodes := contents(reply); len(nodes) > 0 {
		set := proof.NewNodeSet(nodes...)
		_, err := proof.Account(q.root, q.account, set)
		items, wrong = 1, err != nil
	}
	c.crew.rec.note(func(t *Tally) {
		t.Requests++
		t.Items += uint64(items) //nolint:gosec // 0 or 1
		t.Latency.add(now.Sub(q.since))
		switch {
		case reply.Code() == wire.CodeRefused:
			t.Refused++
		case wrong:
			t.Wrong++
		case items == 0:
			t.Empty++
		}
	})
	if items == 1 && q.root == (common.Hash{}) && !wrong {
		select {
		case c.crew.followUps <- c:
		default: // one comes at its next turn
		}
	}
	return nil
}

// saw notes when a client was told of a head.
func (c *crowdCrew) saw(head block, at time.Duration) {
	c.sights.Lock()
	defer c.sights.Unlock()
	s := c.sights.byHash[head.hash]
	if s == nil {
		if len(c.sights.order) == maxSights {
			return
		}
		s = &sight{Hash: head.hash, Number: head.number, First: int64(at)}
		c.sights.byHash[head.hash] = s
		c.sights.order = append(c.sights.order, head.hash)
	}
	after := time.Duration(max(int64(at)-s.First, 0))
	s.After = append(s.After, uint32(min(after.Microseconds(), 1<<32-1))) //nolint:gosec // bounded
}
