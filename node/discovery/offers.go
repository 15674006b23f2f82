package discovery

import (
	"bytes"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/client/pool"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

// Offer is what a server said that it sells, when it was asked last. It is not signed and binds
// nobody.
type Offer struct {
	Server *enode.Node
	At     time.Time
	marketwire.Offer
}

// Offers returns the latest offers of the servers that are known and of use to the client, by
// their ids. It is empty unless Config.Offers is set. What they refer to must not be changed.
func (f *Finder) Offers() []Offer { return f.offers.all() }

// offers is what servers offer. It keeps those of servers that the pool knows, and of a bounded
// number that it knew.
type offers struct {
	mu struct {
		sync.Mutex
		by map[pool.ID]Offer
	}
}

// note takes in a server's answer, in which there may be no offer; useful says whether the
// server is of any use to the client.
func (o *offers) note(n *enode.Node, now time.Time, c *wire.Conditions, useful bool) {
	id := pool.ID(n.ID())
	offer, ok := offerIn(id, c.Market)
	o.mu.Lock()
	defer o.mu.Unlock()
	if !ok || !useful {
		delete(o.mu.by, id)
		return
	}
	if o.mu.by == nil {
		o.mu.by = make(map[pool.ID]Offer)
	}
	o.mu.by[id] = Offer{Server: n, At: now, Offer: *offer}
}

// keep forgets the offers of all other servers.
func (o *offers) keep(known func(pool.ID) bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for id := range o.mu.by {
		if !known(id) {
			delete(o.mu.by, id)
		}
	}
}

func (o *offers) all() []Offer {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := make([]Offer, 0, len(o.mu.by))
	for _, offer := range o.mu.by {
		all = append(all, offer)
	}
	slices.SortFunc(all, func(a, b Offer) int {
		x, y := a.Server.ID(), b.Server.ID()
		return bytes.Compare(x[:], y[:])
	})
	return all
}

// offerIn is the first entry that is an offer of this very server. Others are ignored: they
// are of what is not known yet, or name a market at another node, which nobody would trade in.
func offerIn(id pool.ID, entries [][]byte) (*marketwire.Offer, bool) {
	for _, entry := range entries {
		if o, err := marketwire.DecodeOffer(entry); err == nil && o.Market.Node == id {
			return o, true
		}
	}
	return nil, false
}
