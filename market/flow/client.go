package flow

import "github.com/candela-les/candela/unit"

// Client is a client's estimate of its buffer at one server. Make one with
// NewClient. Requests must leave in the order in which they were given to Sent.
//
// The estimate has two parts. base is a lower bound of the server's buffer value
// before the requests that are not known to have arrived; it recharges as the
// server does. flying is what those requests will take when they arrive, which
// may be at any time from their sending on. Keeping them apart matters: a request
// that dawdles finds the server's buffer already full, so recharge that the client
// counted meanwhile never happened. base never exceeds the limit, so neither does
// base − flying assume more than a full buffer less all that may still arrive.
type Client struct {
	base   bucket
	params Params

	sent    unit.Cost            // sum of all maximum costs sent
	arrived unit.Cost            // the part of sent that the server is known to have seen
	pending map[uint64]unit.Cost // by request id: sent up to and including it
	frozen  bool
}

// NewClient returns the estimate for a server that just announced p: full.
func NewClient(now unit.Instant, p Params) *Client {
	c := &Client{pending: make(map[uint64]unit.Cost)}
	c.base.last = now
	c.set(p)
	c.base.fill()
	return c
}

// Params returns what the server last announced.
func (c *Client) Params() Params { return c.params }

// Estimate returns what can be relied on to be in the buffer now, with all that
// was sent already taken from it. It is zero while frozen.
func (c *Client) Estimate(now unit.Instant) unit.Cost {
	c.base.advance(now)
	if c.frozen {
		return 0
	}
	return unit.Cost(max(c.base.level-c.flying(), 0))
}

// CanSend reports whether a request with this maximum cost can be sent now. If
// not, wait is how long time alone takes to allow it; Never means that a reply or
// a Resume has to come first, or that the cost is more than the buffer can hold.
func (c *Client) CanSend(now unit.Instant, maxCost unit.Cost) (ok bool, wait unit.Span) {
	c.base.advance(now)
	if c.frozen || maxCost > c.params.Limit || c.params.Limit == 0 {
		return false, Never
	}
	margin := c.params.Recharge.Mul(uint64(Margin / unit.Millisecond))
	need := min(maxCost.Add(margin), c.params.Limit)
	wait = c.base.until(int64(need) + c.flying())
	return wait == 0, wait
}

// Sent records a request under way. Call it before the request leaves.
func (c *Client) Sent(now unit.Instant, id uint64, maxCost unit.Cost) {
	c.base.advance(now)
	c.sent += min(maxCost, MaxLimit)
	c.pending[id] = c.sent
}

// Reply takes note of the buffer value in the reply to a request. A reply to no
// pending request changes nothing.
func (c *Client) Reply(now unit.Instant, id uint64, bv unit.Cost) {
	sum, ok := c.arrive(now, id)
	if !ok {
		return
	}
	// The server reported as if nothing had come after this request. What is known
	// to have come since is in base no more and must be taken off.
	later := int64(c.arrived - sum)
	if level := int64(min(bv, c.params.Limit)) - later; level > c.base.level {
		c.base.level, c.base.part = level, 0
		c.base.add(0)
	}
}

// Expire gives up on a request that should have been answered long ago: it is
// taken to have arrived and to have cost its maximum.
func (c *Client) Expire(now unit.Instant, id uint64) { c.arrive(now, id) }

// arrive notes that a request has arrived, and with it all that were sent before.
func (c *Client) arrive(now unit.Instant, id uint64) (sum unit.Cost, ok bool) {
	c.base.advance(now)
	sum, ok = c.pending[id]
	if !ok {
		return 0, false
	}
	delete(c.pending, id)
	if seen := int64(sum - c.arrived); seen > 0 {
		c.base.add(-seen)
		c.arrived = sum
	}
	return sum, true
}

// Update takes note of announced parameters. The estimate never grows by it: what
// the server may have granted shows in its next reply.
func (c *Client) Update(now unit.Instant, p Params) {
	c.base.advance(now)
	c.set(p)
}

// Stop takes note that the server has frozen this client: what is pending will not
// be answered, nothing can be sent until Resume.
func (c *Client) Stop(now unit.Instant) {
	c.base.advance(now)
	c.frozen = true
}

// Resume takes note that the server accepts requests again, from this buffer value.
func (c *Client) Resume(now unit.Instant, bv unit.Cost) {
	c.base.advance(now)
	c.frozen = false
	clear(c.pending)
	c.arrived = c.sent
	c.base.level, c.base.part = int64(min(bv, c.params.Limit)), 0
}

// Frozen reports whether the server has stopped this client.
func (c *Client) Frozen() bool { return c.frozen }

func (c *Client) flying() int64 { return int64(c.sent - c.arrived) }

func (c *Client) set(p Params) {
	c.params = p.bounded()
	c.base.rate = uint64(c.params.Recharge)
	c.base.resize(c.params.Limit)
}
