package discovery

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common/lru"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/p2p/enr"
	"golang.org/x/time/rate"

	"github.com/candela-les/candela/wire"
)

const (
	// answerRate and answerBurst bound the answers of a server in a second.
	answerRate, answerBurst = 500, 500
	// addressRate and addressBurst are those for one address (IPv6: one /64).
	addressRate, addressBurst = 2, 10
	// maxAddresses is how many addresses are told apart.
	maxAddresses = 4096
	// refreshEvery is how often the record is brought up to date. A fork that passes
	// shows in it so much later.
	refreshEvery = 10 * time.Second
)

// RecordHost is what an Announcer needs of its host.
type RecordHost interface {
	SetEntry(e enr.Entry)
	Answer(protocol string, handler func(node *enode.Node, addr *net.UDPAddr, request []byte) []byte)
}

// An Announcer makes a server known. Close ends it.
type Announcer struct {
	host       RecordHost
	conditions func() wire.Conditions
	now        func() time.Time
	cancel     context.CancelFunc
	done       sync.WaitGroup

	total     *rate.Limiter
	addresses *lru.Cache[netip.Addr, *rate.Limiter]
}

// Announce puts a server into its host's record and answers for it from then on.
func Announce(host RecordHost, now func() time.Time, conditions func() wire.Conditions) *Announcer {
	ctx, cancel := context.WithCancel(context.Background())
	a := &Announcer{
		host: host, conditions: conditions, now: now, cancel: cancel,
		total:     rate.NewLimiter(answerRate, answerBurst),
		addresses: lru.NewCache[netip.Addr, *rate.Limiter](maxAddresses),
	}
	a.refresh()
	host.Answer(wire.TalkConditions, func(_ *enode.Node, addr *net.UDPAddr, request []byte) []byte {
		return a.answer(addr.AddrPort().Addr(), request)
	})
	a.done.Go(func() {
		ticker := time.NewTicker(refreshEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				a.refresh()
			case <-ctx.Done():
				return
			}
		}
	})
	return a
}

// Close ends the keeping of the record.
func (a *Announcer) Close() error {
	a.cancel()
	a.done.Wait()
	return nil
}

// refresh sets the entries; the record is signed anew only if they changed.
func (a *Announcer) refresh() {
	c := a.conditions()
	a.host.SetEntry(lesEntry{Conditions: wire.ConditionsVersion})
	a.host.SetEntry(ethEntry{ForkID: forkID{Hash: c.ForkID.Hash, Next: c.ForkID.Next}})
}

// answer answers one question. What is asked too often, or makes no sense, gets
// nothing: the discovery protocol then sends an empty answer.
func (a *Announcer) answer(from netip.Addr, request []byte) []byte {
	// First the one that costs least; an address that floods must not use up the total.
	if !a.limiter(from).AllowN(a.now(), 1) || !a.total.AllowN(a.now(), 1) {
		return nil
	}
	q, err := wire.DecodeGetConditions(request)
	if err != nil {
		return nil
	}
	c := a.conditions()
	return fit(&c, q.Room)
}

// fit makes an answer of at most so many bytes. Entries of the market's list are left out for
// that from the last one, which leaves an offer in an answer of wire.MaxGetConditions; without
// any it is nil if it does not fit.
func fit(c *wire.Conditions, room int) []byte {
	for short := *c; ; short.Market = short.Market[:len(short.Market)-1] {
		if answer := short.Append(nil); len(answer) <= room {
			return answer
		}
		if len(short.Market) == 0 {
			return nil
		}
	}
}

// limiter returns the limiter of an address. The discovery protocol has verified
// that who asks receives what is sent there.
func (a *Announcer) limiter(addr netip.Addr) *rate.Limiter {
	addr = addr.Unmap()
	if addr.Is6() {
		if prefix, err := addr.Prefix(64); err == nil {
			addr = prefix.Addr()
		}
	}
	if l, ok := a.addresses.Get(addr); ok {
		return l
	}
	l := rate.NewLimiter(addressRate, addressBurst)
	a.addresses.Add(addr, l)
	return l
}
