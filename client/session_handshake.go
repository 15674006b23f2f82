package client

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/wire"
)

// Why a handshake fails; match with errors.Is. A *wire.MismatchError says which key
// does not fit.
var (
	// ErrBanned: the server lied before and its ban has not ended.
	ErrBanned = errors.New("server is banned for a wrong answer")
	// ErrNotServer: the peer serves nothing.
	ErrNotServer = errors.New("peer is not a server")
	// ErrHandshake: the peer sent something else than a Status, or nothing in time.
	ErrHandshake = errors.New("handshake failed")
	// ErrReplaced: the same server has connected again.
	ErrReplaced = errors.New("replaced by a newer session")
	// ErrFull: the server has no place for another client.
	ErrFull = errors.New("server is full")
)

// LongestRetry is how long a server is believed at most that it will be full.
const LongestRetry = time.Hour

// FullError is what a server without a place says. It matches ErrFull.
type FullError struct {
	RetryAfter time.Duration // 0 if it did not say
	Text       string        // the server's own words, may be empty
}

// Error implements error.
func (e *FullError) Error() string {
	return fmt.Sprintf("%v, try again in %v (%s)", ErrFull, e.RetryAfter.Round(time.Second), e.Text)
}

// Is makes the error match ErrFull.
func (e *FullError) Is(target error) bool { return target == ErrFull }

// Serve runs one live devp2p session until it ends, and returns why. The owner of
// the connection closes it then. It may be called for many servers at once.
func (c *Client) Serve(ctx context.Context, peer wire.Peer, conn wire.Conn) error {
	if !c.enter() {
		return ErrClosed
	}
	defer c.work.Done()
	srv := c.roster.get(peer.ID)
	if !srv.trusted && c.roster.isBanned(srv) {
		return ErrBanned
	}
	s := &session{
		c: c, srv: srv, peer: peer, conn: conn,
		out: make(chan message, outboxSize), quit: make(chan struct{}),
		gate: newGate(c.now()),
	}
	s.mu.pending = make(map[uint64]*pending)
	s.greet()
	var reader sync.WaitGroup
	in := make(chan incoming)
	reader.Go(func() { read(conn, in, s.quit) })
	defer func() {
		s.end(ErrClosed)
		if closer, ok := conn.(interface{ Close() error }); ok {
			_ = closer.Close()
			reader.Wait()
		}
	}()
	status, err := s.handshake(ctx, in)
	if err != nil {
		level := slog.LevelDebug
		if srv.trusted && errors.Is(err, wire.ErrForkMismatch) && !c.staleWarned.Swap(true) {
			level = slog.LevelWarn // nobody else says that this program may need an update
		}
		c.log.Log(ctx, level, "handshake failed", "server", srv.short(), "err", err)
		c.heed(peer.ID, err)
		return err
	}
	if old := c.roster.attach(s); old != nil {
		old.end(ErrReplaced)
	}
	defer c.disconnected(s)
	s.openMarket()
	defer s.closeMarket()
	c.log.Debug("server connected", "server", srv.short(), "version", peer.Version, "trusted", srv.trusted, "name", peer.Name)
	if err := s.begin(status); err != nil {
		return err
	}
	c.offer(s)
	if err := s.tradedEarly(); err != nil {
		return err
	}
	err = s.run(ctx, in)
	c.log.Debug("server disconnected", "server", srv.short(), "err", err)
	c.heed(peer.ID, err)
	return err
}

// heed notes when a server may be tried again that had no place.
func (c *Client) heed(id [32]byte, err error) {
	if full, ok := errors.AsType[*FullError](err); ok {
		c.SetRetry(id, c.now().Add(full.RetryAfter))
	}
}

// handshake exchanges Status messages.
func (s *session) handshake(ctx context.Context, in <-chan incoming) (*wire.Status, error) {
	ctx, cancel := context.WithTimeout(ctx, HandshakeLimit)
	defer cancel()
	ours, complete, err := s.c.ownStatus(s)
	if err != nil {
		return nil, err
	}
	var sent chan error
	if complete {
		sent = s.sendStatus(ours)
	}
	theirs, err := s.readStatus(ctx, in)
	if err != nil {
		return nil, err
	}
	if !complete {
		// Not knowing the chain yet, the client says what the server said. It believes
		// none of it: the elected fraction decides which chain this is.
		// A configuration that was learned may be out of date, and its fork id with it.
		ours.Genesis, ours.NetworkID, ours.ForkID = theirs.Genesis, theirs.NetworkID, theirs.ForkID
		if known := s.c.cfg.NetworkID; known != 0 {
			ours.NetworkID = known
		}
		if known := s.c.Genesis(); known != (common.Hash{}) {
			ours.Genesis = known
		}
		sent = s.sendStatus(ours)
	}
	select {
	case err := <-sent:
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrHandshake, err)
		}
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %w", ErrHandshake, context.Cause(ctx))
	}
	return theirs, s.c.match(ours, theirs)
}

// sendStatus writes beside the reading, since both ends send at once.
func (s *session) sendStatus(ours *wire.Status) chan error {
	sent := make(chan error, 1)
	go func() {
		if err := <-s.greeted; err != nil {
			sent <- err
			return
		}
		sent <- s.conn.WriteMsg(wire.CodeStatus, ours.Append(nil))
	}()
	return sent
}

func (s *session) readStatus(ctx context.Context, in <-chan incoming) (*wire.Status, error) {
	for {
		status, err := s.readOne(ctx, in)
		if status != nil || err != nil {
			return status, err
		}
	}
}

// readOne takes in the next message. It returns neither if that was about business, which may come before a
// Status.
func (s *session) readOne(ctx context.Context, in <-chan incoming) (*wire.Status, error) {
	select {
	case m := <-in:
		if m.err != nil {
			return nil, fmt.Errorf("%w: %w", ErrHandshake, m.err)
		}
		if code, ok := s.peer.MarketCode(m.code); ok {
			return nil, s.keepTraded(code, m.payload)
		}
		if s.version() == wire.LES5 && m.code == wire.CodeRefused {
			return nil, unwelcome(m.payload)
		}
		if m.code != wire.CodeStatus {
			return nil, fmt.Errorf("%w: first message is %s", ErrHandshake, wire.CodeName(s.version(), m.code))
		}
		theirs, err := wire.DecodeStatus(s.version(), m.payload)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrHandshake, err)
		}
		return theirs, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %w", ErrHandshake, context.Cause(ctx))
	case <-s.c.ctx.Done():
		return nil, ErrClosed
	}
}

// unwelcome reads what a server says instead of a Status when it has no place.
func unwelcome(payload []byte) error {
	reply, err := wire.DecodeReply(wire.LES5, wire.CodeRefused, payload)
	refused, ok := reply.(*wire.Refused)
	if err != nil || !ok {
		return fmt.Errorf("%w: %w", ErrHandshake, err)
	}
	if refused.Reason != wire.Busy {
		return fmt.Errorf("%w: %w", ErrHandshake, refused)
	}
	return noPlace(refused)
}

// noPlace is what a server says that sends a client away.
func noPlace(refused *wire.Refused) error {
	wait := time.Duration(min(refused.RetryAfterMs, uint64(LongestRetry/time.Millisecond))) * time.Millisecond
	return &FullError{RetryAfter: wait, Text: brief(refused.Text)}
}

// ownStatus returns what this client says of itself, and whether that is all.
func (c *Client) ownStatus(s *session) (status *wire.Status, complete bool, err error) {
	kind := wire.AnnounceSimple
	if s.srv.trusted {
		kind = wire.AnnounceSigned
	}
	status = &wire.Status{Version: s.version(), NetworkID: c.NetworkID(), Genesis: c.Genesis(), AnnounceType: kind}
	c.mu.RLock()
	if chain := c.mu.rules.chain; chain != nil {
		status.Config = chain.hash
	}
	c.mu.RUnlock()
	if status.NetworkID == 0 || status.Genesis == ([32]byte{}) || c.forks == nil {
		return status, false, nil
	}
	number, at := c.headNumberTime()
	status.ForkID = c.forks.ID(number, at)
	return status, true, nil
}

// match refuses a server of another chain. One that has another configuration is
// welcome: as long as the forks so far are the same, both are on one chain.
func (c *Client) match(ours, theirs *wire.Status) error {
	if theirs.Server == nil {
		return ErrNotServer
	}
	if err := ours.Match(theirs); err != nil {
		return err
	}
	if c.forks != nil {
		number, at := c.headNumberTime()
		return c.forks.Check(theirs.ForkID, number, at)
	}
	return nil
}

// begin starts the session with what the server said of itself.
func (s *session) begin(status *wire.Status) error {
	srv := status.Server
	s.mu.Lock()
	s.mu.status = srv
	s.mu.flow = flow.NewClient(s.instant(), flow.Params{Limit: srv.Flow.BL, Recharge: srv.Flow.MRR})
	s.mu.genesis, s.mu.config = status.Genesis, status.Config
	s.mu.Unlock()
	s.c.line.look()
	s.c.metNetwork(status.NetworkID)
	if s.version() == wire.LES4 {
		s.newHead4(srv.Legacy.Head)
		return nil
	}
	if !srv.Head.IsHead() {
		return nil
	}
	// A server cannot sign a Status for everybody; then a signed announcement
	// follows, and until it does there is no vote.
	if len(srv.Head.Signature) == 0 {
		s.setHead(wire.BlockID{Number: srv.Head.Head.Number, Hash: srv.Head.Head.Hash})
		return nil
	}
	return s.newHead5(&srv.Head, srv.Helper)
}

func (s *session) genesis() [32]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.genesis
}

func (s *session) config() common.Hash {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.config
}

// now returns the client's time.
func (c *Client) now() time.Time { return c.cfg.Clock() }
