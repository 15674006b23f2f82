package devp2p

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/node/devp2p/link"
	"github.com/candela-les/candela/wire"
)

// Messages of devp2p itself, and where those of les begin. Those of market follow them.
const (
	helloMsg = 0x00
	discMsg  = 0x01
	pingMsg  = 0x02
	pongMsg  = 0x03
	offset   = 0x10
)

// As in go-ethereum.
const (
	pingEvery    = 15 * time.Second
	readPatience = 30 * time.Second // a client is heard of at least this often
	sendPatience = 20 * time.Second
	partPatience = time.Second // for the reason of a disconnection
)

// How many messages of devp2p itself a client may send: a ping every fifteen seconds is
// what is usual. No flow control counts them.
const (
	chatterBurst = 20
	chatterEvery = 2 * time.Second
)

var errChatter = errors.New("too many devp2p messages")

// peer is an accepted connection that has proven its key and said Hello. It is a
// wire.Conn, and does with one goroutine, the one that reads: p2p's own takes four, keeps
// buffers as large as the largest message that ever was, makes room for any frame that
// is announced, and answers as many pings as come.
type peer struct {
	host *Host
	tcp  net.Conn
	out  *socket // below tcp
	link *link.Conn
	is   wire.Peer

	pen   sync.Mutex // held while writing
	clock struct {
		sync.Mutex
		shut bool // nothing is waited for any more
	}
	ping *time.Timer

	// What follows belongs to who reads.
	chatter int // messages that may come
	since   time.Time
	fault   error // the client has broken a rule of the transport
}

// ReadMsg implements wire.Conn. What is devp2p's own is dealt with on the way.
func (p *peer) ReadMsg() (code uint64, payload []byte, err error) {
	for {
		if err := p.patience(p.tcp.SetReadDeadline, readPatience); err != nil {
			return 0, nil, err
		}
		code, payload, err := p.link.Read(wire.MaxMessage)
		switch {
		case errors.Is(err, link.ErrTooLarge):
			p.fault = err
			return 0, nil, fmt.Errorf("%w: %w", wire.ErrTooLarge, err)
		case err != nil:
			return 0, nil, fmt.Errorf("%w: %w", errConnectionLost, err)
		case code >= offset:
			code -= offset
			if p.fault = checkCode(&p.is, code); p.fault != nil {
				return 0, nil, p.fault
			}
			return code, payload, nil
		}
		if err := p.devp2p(code, payload); err != nil {
			return 0, nil, fmt.Errorf("%w: %w", errConnectionLost, err)
		}
	}
}

// devp2p takes in a message of devp2p itself.
func (p *peer) devp2p(code uint64, payload []byte) error {
	if code == discMsg {
		return reasonOf(payload)
	}
	now := time.Now()
	if gained := int(now.Sub(p.since) / chatterEvery); gained > 0 {
		p.chatter = min(p.chatter+gained, chatterBurst)
		p.since = now
	}
	if p.chatter == 0 {
		p.fault = errChatter
		return errChatter
	}
	p.chatter--
	if code == pingMsg {
		return p.send(pongMsg, []byte{0xc0})
	}
	return nil
}

// WriteMsg implements wire.Conn.
func (p *peer) WriteMsg(code uint64, payload []byte) error {
	if err := checkCode(&p.is, code); err != nil {
		return err
	}
	if err := p.send(code+offset, payload); err != nil {
		return fmt.Errorf("%w: %w", errConnectionLost, err)
	}
	return nil
}

func (p *peer) send(code uint64, payload []byte) error {
	if err := p.patience(p.tcp.SetWriteDeadline, sendPatience); err != nil {
		return err
	}
	if !p.pen.TryLock() {
		p.out.waits() // for another message, of which nobody knows how long it takes
		p.pen.Lock()
	}
	defer p.pen.Unlock()
	return p.link.Write(code, payload)
}

// WhenWaiting has f called, once, as soon as a WriteMsg has to wait for the other end to
// read. It is for the goroutine that writes next; nil ends it.
func (p *peer) WhenWaiting(f func()) bool {
	if f == nil {
		p.out.waiting.Store(nil)
	} else {
		p.out.waiting.Store(&f)
	}
	return true
}

// Prefer has the connection go before others, which wait with what they have read, or
// ends that. It is for the goroutine that reads.
func (p *peer) Prefer(on bool) { p.out.prefer(on) }

// patience sets how long what follows may take, unless the end has come.
func (p *peer) patience(set func(time.Time) error, d time.Duration) error {
	p.clock.Lock()
	defer p.clock.Unlock()
	if p.clock.shut {
		return fmt.Errorf("%w: %w", errConnectionLost, net.ErrClosed)
	}
	return set(time.Now().Add(d))
}

// Close has whatever waits for the client return. The client is told why, and the
// connection closed, when its handler has returned.
func (p *peer) Close() error {
	p.clock.Lock()
	defer p.clock.Unlock()
	p.clock.shut = true
	return p.tcp.SetDeadline(time.Unix(1, 0))
}

// sayPing shows the client now and then that the connection is there, and has it show
// the same.
func (p *peer) sayPing() {
	defer p.host.loops.Done()
	if p.send(pingMsg, []byte{0xc0}) != nil {
		p.Close() //nolint:errcheck // ends its reader
		return
	}
	p.clock.Lock()
	defer p.clock.Unlock()
	if !p.clock.shut {
		p.host.loops.Add(1)
		p.ping.Reset(pingEvery)
	}
}

// end tells the client why, if that can be told, and closes the connection.
func (p *peer) end(reason p2p.DiscReason) {
	p.clock.Lock()
	p.clock.shut = true
	if p.ping.Stop() {
		p.host.loops.Done()
	}
	p.tcp.SetWriteDeadline(time.Now().Add(partPatience)) //nolint:errcheck // the write fails then
	p.clock.Unlock()
	p.link.Write(discMsg, encodeReason(reason)) //nolint:errcheck // it is gone then
	p.out.prefer(false)
	p.tcp.Close()
}

// session runs a peer to its end.
func (h *Host) session(p *peer) {
	ctx, cancel := context.WithCancel(h.ctx)
	defer cancel()
	defer h.forget(p)
	defer context.AfterFunc(h.ctx, func() { p.Close() })() //nolint:errcheck // as Close of the host says
	p.clock.Lock()
	h.loops.Add(1)
	p.ping = time.AfterFunc(pingEvery, p.sayPing)
	p.clock.Unlock()
	p.chatter, p.since = chatterBurst, time.Now()
	p.end(h.farewell(p, h.cfg.Handler(ctx, p.is, p)))
}

// farewell is what a client is told whose session has ended with this error.
func (h *Host) farewell(p *peer, err error) p2p.DiscReason {
	switch {
	case err == nil || h.ctx.Err() != nil:
		return p2p.DiscQuitting
	case p.fault != nil:
		return p2p.DiscProtocolError
	case h.cfg.Disconnect == nil || errors.Is(err, errConnectionLost):
		return p2p.DiscSubprotocolError
	default:
		return h.cfg.Disconnect(err)
	}
}

// admits says why there is no place for a node, if there is none.
func (h *Host) admits(id enode.ID) (failure, p2p.DiscReason) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.admitsLocked(id)
}

func (h *Host) admitsLocked(id enode.ID) (failure, p2p.DiscReason) {
	switch {
	case h.mu.closed:
		return failedLeft, p2p.DiscQuitting
	case id == h.srv.Self().ID():
		return failedTwice, p2p.DiscSelf
	case len(h.mu.peers) >= h.cfg.MaxPeers:
		return failedFull, p2p.DiscTooManyPeers
	case h.mu.peers[id] != nil:
		return failedTwice, p2p.DiscAlreadyConnected
	default:
		return failedNone, 0
	}
}

// enroll gives a node a place and runs its session, or says why there is none.
func (h *Host) enroll(p *peer) (failure, p2p.DiscReason) {
	h.mu.Lock()
	defer h.mu.Unlock()
	why, reason := h.admitsLocked(p.is.ID)
	if why == failedNone {
		h.mu.peers[p.is.ID] = p
		h.loops.Go(func() { h.session(p) })
	}
	return why, reason
}

func (h *Host) forget(p *peer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.mu.peers, p.is.ID)
}

func encodeReason(reason p2p.DiscReason) []byte {
	payload, err := rlp.EncodeToBytes([]uint{uint(reason)})
	if err != nil {
		panic(err) // a list of a number can be encoded
	}
	return payload
}

// reasonOf is why a client says that it leaves: a list of a number, or only that.
func reasonOf(payload []byte) error {
	var list struct {
		Reason p2p.DiscReason
		Rest   []rlp.RawValue `rlp:"tail"`
	}
	if err := rlp.DecodeBytes(payload, &list); err == nil {
		return list.Reason
	}
	var reason p2p.DiscReason
	if err := rlp.DecodeBytes(payload, &reason); err == nil {
		return reason
	}
	return p2p.DiscRequested
}
