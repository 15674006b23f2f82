package clienttest

import (
	"context"
	"crypto/ecdsa"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/client/bidder/biddertest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// Flow that fake servers announce: generous, and priced by the item.
const (
	BufferLimit unit.Cost = 1_000_000
	Recharge    unit.Cost = 10_000
)

// Server is a fake server of a Chain. Set its exported fields before Connect.
type Server struct {
	Key     *ecdsa.PrivateKey
	Chain   *Chain
	Version uint
	// NetworkID, OnlyAnnounce, Serves and Ranges (les/5) are what it says of itself.
	NetworkID    uint64
	OnlyAnnounce bool
	Serves       wire.Capability
	Ranges       wire.Ranges
	TxLookup     uint64 // les/4
	// Config is the encoded chain configuration that it goes by; nil is the chain's own.
	Config []byte
	// Latency is how long its messages are on their way; many may be at a time.
	Latency time.Duration
	// Meter keeps account of the client; nil serves whatever comes.
	Meter *Meter
	// Market sells to the client, over les/5, with this server's key; nil sells nothing.
	Market   *biddertest.Seller
	Customer [20]byte // the client's account at Market
	// Now is the time that it signs, in Unix seconds.
	Now func() uint64

	mu struct {
		sync.Mutex
		head     *types.Block
		safe     *types.Block
		final    *types.Block
		conns    map[*wiretest.End]bool
		requests []wire.Request
		forge    func(wire.Request, wire.Reply) wire.Reply
		raw      func(wire.Request, uint64, []byte) (uint64, []byte)
		pool     map[common.Hash]*types.Transaction
		poolErr  string
		helper   *Helper
		named    *wire.HelperRoots // in announcements
	}
}

// NewServer returns an honest les/5 server whose key is made from its number.
func NewServer(chain *Chain, number byte, head *types.Block) *Server {
	key := must(crypto.ToECDSA(crypto.Keccak256([]byte("server"), []byte{number})))
	s := &Server{
		Key: key, Chain: chain, Version: wire.LES5, NetworkID: 1337,
		Serves: wire.ServesChain | wire.ServesState | wire.ServesWitness | wire.ServesLogRange |
			wire.ServesTxRelay | wire.ServesTxStatus | wire.ServesConfig | wire.ServesHelper,
		Now: func() uint64 { return 1_700_000_000 },
	}
	s.mu.head = head
	s.mu.conns = make(map[*wiretest.End]bool)
	s.mu.pool = make(map[common.Hash]*types.Transaction)
	return s
}

// Node returns the server's identity for a client's configuration.
func (s *Server) Node() *enode.Node {
	return enode.NewV4(&s.Key.PublicKey, net.IPv4(127, 0, 0, 1), 30303, 0)
}

// Peer returns how a transport would describe the server.
func (s *Server) Peer() wire.Peer {
	return wire.Peer{
		ID: [32]byte(s.Node().ID()), Key: &s.Key.PublicKey, Name: "fake", Addr: "127.0.0.1:30303", Version: s.Version,
		Market: s.Market != nil && s.Version == wire.LES5,
	}
}

// Client is the part of a light client that sessions are given to.
type Client interface {
	Serve(ctx context.Context, peer wire.Peer, conn wire.Conn) error
}

// Session is a live connection between a fake server and a client.
type Session struct {
	end  *wiretest.End
	done chan struct{}
	err  error
}

// Close cuts the connection and waits until the client has noticed.
func (c *Session) Close() {
	_ = c.end.Close()
	<-c.done
}

// Wait waits for the session to end and returns what Serve returned, or fails the
// test if it goes on for too long.
func (c *Session) Wait(tb testing.TB) error {
	tb.Helper()
	select {
	case <-c.done:
		return c.err
	case <-time.After(10 * time.Second):
		tb.Fatal("the session goes on")
		return nil
	}
}

// Connect gives the client a session with this server, which ends with the test.
func (s *Server) Connect(tb testing.TB, client Client) *Session {
	tb.Helper()
	ours, theirs := wiretest.Pipe()
	sess := &Session{end: ours, done: make(chan struct{})}
	var wg sync.WaitGroup
	wg.Go(func() { s.serve(ours) })
	wg.Go(func() {
		sess.err = client.Serve(tb.Context(), s.Peer(), delayed(theirs, s.Latency))
		_ = theirs.Close()
		close(sess.done)
	})
	tb.Cleanup(func() {
		_ = ours.Close()
		wg.Wait()
	})
	return sess
}

// SetHead moves the head and announces it. Safe and final may be nil.
func (s *Server) SetHead(head, safe, final *types.Block) {
	s.mu.Lock()
	s.mu.head, s.mu.safe, s.mu.final = head, safe, final
	var conns []*wiretest.End
	for c := range s.mu.conns {
		conns = append(conns, c)
	}
	s.mu.Unlock()
	for _, c := range conns {
		_ = c.WriteMsg(wire.CodeAnnounce, s.Announcement())
	}
}

// Announcement returns the payload of an announcement of the present head, signed.
func (s *Server) Announcement() []byte {
	if s.Version == wire.LES4 {
		a := s.announce4()
		return a.Append(nil)
	}
	a := s.announce5()
	return a.Append(nil)
}

// Connections returns how many clients have completed the handshake.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.mu.conns)
}

// Send writes any message to all clients that have completed the handshake.
func (s *Server) Send(code uint64, payload []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.mu.conns {
		_ = c.WriteMsg(code, payload)
	}
}

func (s *Server) announce4() wire.Announce4 {
	head := s.Head()
	a := wire.Announce4{Hash: head.Hash(), Number: head.NumberU64()}
	if err := a.Sign(s.Key); err != nil {
		panic(err)
	}
	return a
}

func (s *Server) announce5() wire.Announce5 {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := func(b *types.Block) wire.BlockID {
		if b == nil {
			return wire.BlockID{}
		}
		return wire.BlockID{Number: b.NumberU64(), Hash: b.Hash()}
	}
	a := wire.Announce5{
		Head: wire.Head{
			Genesis: s.Chain.Genesis.Hash(), Config: wire.ConfigHash(s.config()),
			Number: s.mu.head.NumberU64(), Hash: s.mu.head.Hash(),
			Safe: id(s.mu.safe), Finalized: id(s.mu.final), Timestamp: s.Now(),
		},
		Header: must(rlp.EncodeToBytes(s.mu.head.Header())),
	}
	if a.Update.Helper = s.mu.named; s.mu.named != nil {
		a.Head.HelperRoot = s.mu.named.Hash()
	}
	if err := a.Sign(s.Key); err != nil {
		panic(err)
	}
	return a
}

func (s *Server) config() []byte {
	if s.Config != nil {
		return s.Config
	}
	return must(wire.EncodeConfig(s.Chain.Config))
}

// forks is the schedule of its configuration, or of the chain's where that has forks
// that this version does not know.
func (s *Server) forks() *wire.Forks {
	genesis := s.Chain.Genesis
	if forks, err := wire.NewForks(s.config(), genesis.Hash(), genesis.Time()); err == nil {
		return forks
	}
	return must(wire.NewForks(must(wire.EncodeConfig(s.Chain.Config)), genesis.Hash(), genesis.Time()))
}

// Head returns the head that the server follows.
func (s *Server) Head() *types.Block {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.head
}

// Forge makes every reply go through f, which may change it or return nil for
// silence. A nil f makes the server honest again.
func (s *Server) Forge(f func(wire.Request, wire.Reply) wire.Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.forge = f
}

// ForgeBytes is Forge for a reply's code and encoded payload.
func (s *Server) ForgeBytes(f func(req wire.Request, code uint64, payload []byte) (uint64, []byte)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.raw = f
}

// RefuseTxs makes the pool refuse every transaction with these words.
func (s *Server) RefuseTxs(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.poolErr = text
}

// Pool returns whether the server was sent this transaction and took it.
func (s *Server) Pool(hash common.Hash) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.pool[hash] != nil
}

// ForgetTxs empties the pool.
func (s *Server) ForgetTxs() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.mu.pool)
}

// Requests returns the requests that came in since the last call.
func (s *Server) Requests() []wire.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.mu.requests
	s.mu.requests = nil
	return out
}

func (s *Server) status() *wire.Status {
	head := s.Head()
	srv := &wire.ServerStatus{
		OnlyAnnounce: s.OnlyAnnounce, Flow: wire.Flow{BL: BufferLimit, MRR: Recharge},
		Serves: s.Serves, Ranges: s.Ranges, Limits: wire.DefaultLimits(),
	}
	price := wire.CostEntry{Base: 10, PerItem: 10}
	if m := s.Meter; m != nil {
		srv.Flow = wire.Flow{BL: m.Flow.Limit, MRR: m.Flow.Recharge}
	}
	for price.Code = range wire.Length(s.Version) {
		if s.Meter != nil {
			price.Base, price.PerItem = s.Meter.price(price.Code), 0
		}
		srv.Costs = append(srv.Costs, price)
	}
	st := &wire.Status{
		Version: s.Version, NetworkID: s.NetworkID, Genesis: s.Chain.Genesis.Hash(),
		ForkID: s.forks().ID(head.NumberU64(), head.Time()), Config: wire.ConfigHash(s.config()), Server: srv,
	}
	if s.Version == wire.LES4 {
		srv.Legacy = &wire.LegacyStatus{
			Head: wire.Head4{Hash: head.Hash(), Number: head.NumberU64()}, TxLookup: s.TxLookup,
		}
	} else {
		srv.Head = s.announce5()
		srv.Helper, srv.Head.Update.Helper = srv.Head.Update.Helper, nil
	}
	return st
}

// serve runs one session to its end.
func (s *Server) serve(conn *wiretest.End) {
	defer conn.Close()
	s.mu.Lock()
	told, named := s.mu.head, s.mu.named
	s.mu.Unlock()
	var business *biddertest.Line
	if s.Market != nil {
		business = s.Market.Open(s.Customer, func(code uint64, payload []byte) { _ = conn.WriteMsg(wire.FirstMarket+code, payload) })
		defer business.Close()
	}
	if conn.WriteMsg(wire.CodeStatus, s.status().Append(nil)) != nil {
		return
	}
	for {
		code, payload, err := conn.ReadMsg()
		if err == nil && business != nil && code >= wire.FirstMarket {
			business.Receive(code-wire.FirstMarket, payload)
			continue
		}
		if err != nil || code != wire.CodeStatus {
			return
		}
		break
	}
	s.mu.Lock()
	s.mu.conns[conn] = true
	moved := s.mu.head != told || s.mu.named != named
	s.mu.Unlock()
	if s.Meter != nil {
		s.Meter.open(conn)
		defer s.Meter.close()
	}
	if moved { // between the Status and now nobody was told
		_ = conn.WriteMsg(wire.CodeAnnounce, s.Announcement())
	}
	defer func() {
		s.mu.Lock()
		delete(s.mu.conns, conn)
		s.mu.Unlock()
	}()
	for {
		code, payload, err := conn.ReadMsg()
		if err != nil {
			return
		}
		if business != nil && code >= wire.FirstMarket {
			business.Receive(code-wire.FirstMarket, payload)
			continue
		}
		req, err := wire.DecodeRequest(s.Version, code, payload)
		if err != nil {
			panic(err)
		}
		if code, payload, ok := s.answer(req); ok && conn.WriteMsg(code, payload) != nil {
			return
		}
	}
}

func (s *Server) answer(req wire.Request) (code uint64, payload []byte, ok bool) {
	bv := BufferLimit
	if s.Meter != nil {
		if bv, ok = s.Meter.serve(req.Code()); !ok {
			return 0, nil, false
		}
	}
	reply := s.honest(req, bv)
	s.mu.Lock()
	s.mu.requests = append(s.mu.requests, req)
	forge, raw := s.mu.forge, s.mu.raw
	s.mu.Unlock()
	if forge != nil {
		if reply = forge(req, reply); reply == nil {
			return 0, nil, false
		}
	}
	code, payload = reply.Code(), reply.Append(nil)
	if raw != nil {
		if code, payload = raw(req, code, payload); payload == nil {
			return 0, nil, false
		}
	}
	return code, payload, true
}
