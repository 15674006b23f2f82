package attached

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/proof"
)

// prober finds out what one node has. Every question is harmless and small.
type prober struct {
	u    *upstream
	head *types.Header
	has  profile
}

// probe finds out all that a node has. Its error means that the node does not answer;
// what it lacks is in the profile.
func (u *upstream) probe(ctx context.Context, head *types.Header) (profile, error) {
	p := &prober{u: u, head: head}
	for _, step := range []func(context.Context) error{p.methods, p.stateForm, p.history, p.states, p.txIndex} {
		if err := step(ctx); err != nil {
			return profile{}, err
		}
	}
	p.has.probed = true
	return p.has, nil
}

// methods tries each method once, on the head.
func (p *prober) methods(ctx context.Context) error {
	hash, byHash := p.head.Hash(), blockHash(p.head.Hash())
	call := map[string]any{"to": common.Address{}, "gas": hexutil.Uint64(100_000)}
	tries := []struct {
		request *request
		has     *bool
	}{
		{ask("debug_getRawHeader", hash), &p.has.rawHeader},
		{ask("debug_getRawBlock", hash), &p.has.rawBlock},
		{ask("debug_getRawReceipts", hash), &p.has.rawReceipts},
		{ask("eth_getBlockReceipts", hash), &p.has.blockReceipts},
		{ask("debug_traceCall", call, byHash, prestate()), &p.has.trace},
		{ask("eth_createAccessList", call, byHash), &p.has.accessList},
		{ask("eth_getLogs", map[string]any{"fromBlock": hexutil.Uint64(p.head.Number.Uint64()), "toBlock": hexutil.Uint64(p.head.Number.Uint64())}), &p.has.logs},
		{ask("eth_getTransactionByHash", hash), &p.has.txs},
		{ask("eth_sendRawTransaction", "0x"), &p.has.send},
	}
	requests := make([]*request, len(tries))
	for i := range tries {
		requests[i] = tries[i].request
	}
	if err := p.u.do(ctx, requests...); err != nil {
		return err
	}
	for _, t := range tries {
		if faultOf(t.request.err) == faultBusy {
			return p.u.failed(t.request.err)
		}
		*t.has = t.request.err == nil
	}
	// These two may answer with an error to what was asked here.
	txs, send := requests[len(requests)-2], requests[len(requests)-1]
	p.has.send = faultOf(send.err) != faultMethod
	p.has.txs = faultOf(txs.err) != faultMethod
	p.has.indexing = p.has.txs && txs.err != nil
	// A raw form that is not what it should be is as good as none.
	p.has.rawHeader = p.has.rawHeader && p.rawHeaderFits(requests[0])
	for _, t := range tries[1:4] {
		*t.has = *t.has && string(t.request.answer) != "null"
	}
	return nil
}

func (p *prober) rawHeaderFits(r *request) bool {
	raw, err := read[hexutil.Bytes](p.u, r)
	if err != nil {
		return false
	}
	_, err = proof.VerifyHeader(raw, p.head.Hash())
	return err == nil
}

// stateForm finds out how the node wants to be told which block's state is meant.
func (p *prober) stateForm(ctx context.Context) error {
	for _, p.has.numbered = range []bool{false, true} {
		block := p.blockOf(p.head)
		prove, code := ask("eth_getProof", common.Address{}, []string{}, block), ask("eth_getCode", common.Address{}, block)
		if err := p.u.do(ctx, prove, code); err != nil {
			return err
		}
		if faultOf(prove.err) == faultBusy {
			return p.u.failed(prove.err)
		}
		if p.proves(prove, p.head) {
			p.has.proof, p.has.code = true, code.err == nil
			return nil
		}
	}
	p.has.numbered = false
	return nil
}

// proves checks an answer to eth_getProof for the zero address. Some nodes answer
// for the latest state whatever they are asked for.
func (p *prober) proves(r *request, header *types.Header) bool {
	answer, err := read[accountProof](p.u, r)
	if err != nil {
		return false
	}
	// Anvil's genesis block has the root of the empty state, and accounts all the same.
	if header.Root == types.EmptyRootHash && len(answer.AccountProof) > 0 {
		return false
	}
	_, err = proof.Account(header.Root, common.Address{}, proof.NewNodeSet(blobs(answer.AccountProof)...))
	return err == nil
}

func (p *prober) blockOf(header *types.Header) any { return stateBlock(&p.has, header) }

// history finds the first header, body and receipts.
func (p *prober) history(ctx context.Context) error {
	var err error
	if p.has.headers, err = p.first(ctx, p.hasHeader); err != nil {
		return err
	}
	if p.has.bodies, err = p.first(ctx, p.hasBody); err != nil {
		return err
	}
	p.has.receipts, err = p.first(ctx, p.hasReceipts)
	return err
}

// first returns the lowest block from which on the node has something, as far as
// what it has reaches up to the head; chain.None if the head has not got it.
func (p *prober) first(ctx context.Context, has func(context.Context, uint64) (bool, error)) (uint64, error) {
	head := p.head.Number.Uint64()
	// Nodes that drop old blocks keep the genesis, which says nothing then.
	for _, number := range []uint64{head, min(1, head)} {
		ok, err := has(ctx, number)
		if err != nil {
			return 0, err
		}
		if !ok && number == head {
			return chain.None, nil
		}
		if ok && number <= 1 {
			if ok, err = has(ctx, 0); ok || err != nil {
				return 0, err
			}
			return number, nil
		}
	}
	low, high := uint64(1), head // low has not got it, high has
	for high-low > 1 {
		middle := low + (high-low)/2
		ok, err := has(ctx, middle)
		if err != nil {
			return 0, err
		}
		if ok {
			high = middle
		} else {
			low = middle
		}
	}
	return high, nil
}

// there turns the outcome of a question into whether the node has it. An error that
// says nothing about that ends the probing.
func there(err error) (bool, error) {
	switch faultOf(err) {
	case faultNone:
		return true, nil
	case faultBusy, faultDown:
		return false, err
	case faultUnknown, faultPruned, faultMethod, faultRefused, faultTooLarge, faultLie, faultOurSource:
		return false, nil
	}
	return false, nil
}

func (p *prober) hasHeader(ctx context.Context, number uint64) (bool, error) {
	_, _, err := p.u.headerAt(ctx, number)
	return there(err)
}

func (p *prober) hasBody(ctx context.Context, number uint64) (bool, error) {
	_, err := p.u.blockAt(ctx, number)
	return there(err)
}

// hasReceipts asks for receipts also where there are none: a node that dropped them
// says so.
func (p *prober) hasReceipts(ctx context.Context, number uint64) (bool, error) {
	block, err := p.u.blockAt(ctx, number)
	if err != nil {
		return there(err)
	}
	_, err = p.u.receipts(ctx, &p.has, block.header, block.txHashes)
	return there(err)
}

// states finds out how many states the node has. Those that it drops go in the order
// in which they came, so the distance from the head matters.
func (p *prober) states(ctx context.Context) error {
	p.has.state = window{first: chain.None}
	if !p.has.proof {
		return nil
	}
	head := p.head.Number.Uint64()
	// Gallop down: good is a distance at which there is a state, bad one without.
	good, bad := uint64(0), head+1
	for step := uint64(1); good < head; step *= 2 {
		distance := min(step, head)
		ok, err := p.hasState(ctx, head-distance)
		if err != nil {
			return err
		}
		if !ok {
			bad = distance
			break
		}
		good = distance
	}
	for bad-good > 1 {
		middle := good + (bad-good)/2
		ok, err := p.hasState(ctx, head-middle)
		if err != nil {
			return err
		}
		if ok {
			good = middle
		} else {
			bad = middle
		}
	}
	p.has.state = stateWindow(head, good)
	return nil
}

// stateWindow says what follows from the oldest state being this far from the head.
func stateWindow(head, distance uint64) window {
	first := head - distance
	switch {
	// Some nodes lack nothing but the genesis block's.
	case first <= 1 && head < youngChain:
		return window{first: first, recent: usualStates, young: true}
	case first <= 1:
		return window{first: first}
	case distance == 0:
		// Nothing but the latest state: gone before anybody can ask for it.
		return window{first: chain.None}
	default:
		// The oldest may go while a question is on its way.
		recent := max(distance-1, 1)
		return window{first: head - recent, recent: recent}
	}
}

func (p *prober) hasState(ctx context.Context, number uint64) (bool, error) {
	header, _, err := p.u.headerAt(ctx, number)
	if err != nil {
		return there(err)
	}
	r := ask("eth_getProof", common.Address{}, []string{}, p.blockOf(header))
	if err := p.u.do(ctx, r); err != nil {
		return there(err)
	}
	if f := faultOf(r.err); f == faultBusy {
		return false, p.u.failed(r.err)
	}
	return p.proves(r, header), nil
}

// txIndex finds out from which block on transactions are found by their hash.
func (p *prober) txIndex(ctx context.Context) error {
	p.has.index = window{first: chain.None}
	if !p.has.txs || p.has.bodies == chain.None {
		return nil
	}
	first, err := p.first(ctx, p.hasIndex)
	if err != nil || first == chain.None {
		return err
	}
	if first <= p.has.bodies || first <= 1 {
		p.has.index = window{first: p.has.bodies}
		return nil
	}
	p.has.index = window{first: first, recent: p.head.Number.Uint64() - first}
	return nil
}

// indexScan is how many blocks are looked through for one with a transaction.
const indexScan = 16

// hasIndex looks for the first transaction of a block, or of one of the next blocks
// if that has none. Where there are none at all nothing is missing.
func (p *prober) hasIndex(ctx context.Context, number uint64) (bool, error) {
	for at := number; at < number+indexScan && at <= p.head.Number.Uint64(); at++ {
		block, err := p.u.blockAt(ctx, at)
		if err != nil {
			return there(err)
		}
		if len(block.txHashes) == 0 {
			continue
		}
		found, err := one[txPlace](ctx, p.u, "eth_getTransactionByHash", block.txHashes[0])
		ok, err := there(err)
		return ok && found.BlockHash != nil && *found.BlockHash == block.header.Hash(), err
	}
	return true, nil
}

// indexed says whether a node that was indexing transactions no longer is.
func (u *upstream) indexed(ctx context.Context) bool {
	r := ask("eth_getTransactionByHash", common.Hash{})
	return u.do(ctx, r) == nil && r.err == nil
}

// recheck looks whether the edges of what a node has are where they were.
func (u *upstream) recheck(ctx context.Context, head *types.Header) (bool, error) {
	p := &prober{u: u, head: head, has: u.profile()}
	number := head.Number.Uint64()
	checks := []struct {
		first uint64
		has   func(context.Context, uint64) (bool, error)
	}{
		{p.has.bodies, p.hasBody},
		{p.has.receipts, p.hasReceipts},
		{p.has.state.from(number), p.hasState},
		{p.has.index.from(number), p.hasIndex},
	}
	for _, c := range checks {
		if c.first == chain.None {
			continue
		}
		ok, err := c.has(ctx, min(c.first, number))
		if err != nil || !ok {
			return false, err
		}
	}
	grown := p.has.state.young && number >= youngChain || p.has.indexing && u.indexed(ctx)
	return !grown, nil
}

// identify checks that a node is of this chain.
func (u *upstream) identify(ctx context.Context, genesis chain.Hash) error {
	header, _, err := u.headerAt(ctx, 0)
	if errors.Is(err, errNull) || faultOf(err) == faultPruned {
		return nil // it no longer has its genesis: heads will show
	}
	if err != nil {
		return err
	}
	if hash := header.Hash(); hash != genesis {
		return fmt.Errorf("%s: %w: it has genesis %x, not %x", u.name, ErrWrongChain, hash, genesis)
	}
	return nil
}
