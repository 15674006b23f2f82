package client

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/wire"
)

// maxLookups bounds how many servers are asked about a transaction at once.
const maxLookups = 8

// txAnswer is what became of asking one server about a transaction.
type txAnswer struct {
	found   *TxLookup
	trusted bool
	err     error // errTxNotHere, errTxNoIndex, or why there is no usable answer
}

var (
	errTxNotHere = errors.New("knows no such mined transaction")
	errTxNoIndex = errors.New("knows no such mined transaction, but does not index all")
)

// Transaction finds a transaction: proven by the body of the canonical block that
// it is in, or one of the client's own that is not mined yet (then without a
// Header). That there is none cannot be proven; a *TxError says whether enough
// trusted servers agree on it (ErrTxUnknown), do not index that far back
// (ErrTxUnindexed), or could not be asked (ErrUnreachable).
func (c *Client) Transaction(ctx context.Context, hash common.Hash) (lookup *TxLookup, err error) {
	ctx, done := c.begin(ctx, "Transaction")
	defer func() {
		if lookup != nil && lookup.Header != nil {
			done(lookup.Header, lookup.Header.TxHash, err)
		}
	}()
	lookup, err = share(ctx, c, "tx"+string(hash[:]), func(ctx context.Context) (*TxLookup, error) {
		return c.findTx(ctx, hash)
	})
	if err != nil {
		if tx := c.txs.get(hash); tx != nil {
			return &TxLookup{Tx: tx}, nil
		}
	}
	return lookup, err
}

// findTx asks servers at the same time, the trusted ones first, and takes the first
// answer that can be proven.
func (c *Client) findTx(ctx context.Context, hash common.Hash) (*TxLookup, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	asked := c.lookupSessions()
	answers := make(chan txAnswer, len(asked))
	for _, s := range asked {
		if !c.enter() {
			return nil, ErrClosed
		}
		go func() {
			defer c.work.Done()
			found, err := c.askTx(ctx, s, hash)
			answers <- txAnswer{found, s.srv.trusted, err}
		}()
	}
	needed := c.electionStatus().Needed
	unknown, noIndex := 0, 0
	var found *TxLookup
	var enough <-chan time.Time // when nobody else is waited for
	for left := len(asked); left > 0; {
		var a txAnswer
		select {
		case a = <-answers:
			left--
		case <-enough:
			left = 0
			continue
		}
		switch {
		case a.found != nil && found == nil:
			found = a.found
			cancel()
		case !a.trusted:
		case errors.Is(a.err, errTxNotHere):
			unknown++
		case errors.Is(a.err, errTxNoIndex):
			noIndex++
		}
		// A silent server must not hold up what the others agree on.
		if enough == nil && unknown+noIndex >= needed {
			timer := time.NewTimer(c.roster.soft())
			defer timer.Stop()
			enough = timer.C
		}
	}
	if found != nil {
		return found, nil
	}
	if err := context.Cause(ctx); err != nil && c.ctx.Err() == nil {
		return nil, err
	}
	e := &TxError{Hash: hash, Agreed: unknown, Needed: needed, Err: ErrUnreachable}
	switch {
	case unknown >= e.Needed:
		e.Err = ErrTxUnknown
	case unknown+noIndex >= e.Needed:
		e.Err = ErrTxUnindexed
	}
	return nil, e
}

// lookupSessions returns whom to ask about a transaction: all trusted servers that
// answer such questions, and a few others.
func (c *Client) lookupSessions() []*session {
	var trusted, others []*session
	for _, cand := range c.roster.sessions() {
		s := cand.session
		switch {
		case !s.can(need{wire.ServesTxStatus, anyBlock}):
		case s.srv.trusted:
			trusted = append(trusted, s)
		case !cand.banned:
			others = append(others, s)
		}
	}
	room := max(maxLookups-len(trusted), 0)
	return append(trusted, others[:min(room, len(others))]...)
}

// askTx asks one server where a transaction is, and proves what it says.
func (c *Client) askTx(ctx context.Context, s *session, hash common.Hash) (*TxLookup, error) {
	what := fmt.Sprintf("transaction %x", hash[:6])
	statuses, err := c.txStatus(ctx, what, s, func() wire.Request {
		return &wire.GetTxStatus{Hashes: []wire.Hash{hash}}
	})
	if err != nil {
		return nil, err
	}
	if statuses.State != wire.TxIncluded || statuses.Lookup == nil {
		if s.indexed() {
			return nil, errTxNotHere
		}
		return nil, errTxNoIndex
	}
	at := statuses.Lookup
	header, err := c.HeaderByNumber(ctx, at.Number)
	if errors.Is(err, ErrNotFound) || (err == nil && header.Hash() != common.Hash(at.Block)) {
		return nil, errTxNotHere // mined, but not in a block of the elected chain
	}
	if err != nil {
		return nil, err
	}
	body, err := c.body(ctx, header)
	if err != nil {
		return nil, err
	}
	if at.Index >= uint64(len(body.Transactions)) || body.Transactions[at.Index].Hash() != hash {
		err := fmt.Errorf("%s: is not number %d of block %d", what, at.Index, at.Number)
		c.lie(s, err)
		// It was asked to show the transaction, and could not: a lie about where it is
		// must not keep the others from agreeing that it is nowhere.
		return nil, fmt.Errorf("%w: %w", errTxNotHere, err)
	}
	return &TxLookup{Tx: body.Transactions[at.Index], Header: header, Index: at.Index}, nil
}

// txStatus asks one particular server something that is answered by the status of
// one transaction.
func (c *Client) txStatus(ctx context.Context, what string, s *session, request func() wire.Request) (wire.TxStatus, error) {
	var status wire.TxStatus
	_, err := c.retrieve(ctx, query{
		what:    what,
		can:     func(other *session) bool { return other == s },
		request: func(*session) wire.Request { return request() },
		check: func(_ *session, reply wire.Reply) error {
			got := reply.(*wire.TxStatuses).Statuses //nolint:forcetypeassert // the session has checked the code
			if len(got) != 1 {
				return &lieError{fmt.Errorf("%d statuses of one transaction", len(got))}
			}
			status = got[0]
			return nil
		},
	})
	return status, err
}
