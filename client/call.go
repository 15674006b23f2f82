package client

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/evm"
	"github.com/candela-les/candela/wire"
)

// ErrRounds: a call went on to need more state after CallRounds rounds.
var ErrRounds = errors.New("call needs too many rounds to fetch its state")

// Call runs a message on the state after call.Header, as eth_call does. A missing
// configuration is filled in. The result is that of go-ethereum's EVM over state
// of which every piece that was read is proven.
func (c *Client) Call(ctx context.Context, call evm.Call) (result *core.ExecutionResult, err error) {
	err = c.execute(ctx, "Call", call, callGas(&call), func(ctx context.Context, st *evm.State, call evm.Call) (evm.Missing, error) {
		var missing evm.Missing
		var err error
		result, missing, err = evm.Run(ctx, st, call)
		return missing, err
	})
	return result, err
}

// EstimateGas returns the gas that the call needs, at most gasCap unless that is 0.
// If the call reverts at any gas, the revert data comes with the error.
func (c *Client) EstimateGas(ctx context.Context, call evm.Call, gasCap uint64) (gas uint64, revert []byte, err error) {
	limit := callGas(&call)
	if gasCap != 0 {
		limit = min(limit, gasCap)
	}
	err = c.execute(ctx, "EstimateGas", call, limit, func(ctx context.Context, st *evm.State, call evm.Call) (evm.Missing, error) {
		var missing evm.Missing
		var err error
		gas, revert, missing, err = evm.EstimateGas(ctx, st, call, gasCap)
		return missing, err
	})
	return gas, revert, err
}

// AccessList returns the access list that the call would use.
func (c *Client) AccessList(ctx context.Context, call evm.Call) (result *AccessListResult, err error) {
	err = c.execute(ctx, "AccessList", call, callGas(&call), func(ctx context.Context, st *evm.State, call evm.Call) (evm.Missing, error) {
		list, used, vmErr, missing, err := evm.CreateAccessList(ctx, st, call)
		if err == nil {
			result = &AccessListResult{List: list, GasUsed: used, VMErr: vmErr}
		}
		return missing, err
	})
	return result, err
}

// callGas is the gas that a witness is asked for: the call's own, or the block's.
func callGas(call *evm.Call) uint64 {
	if call.Msg != nil && call.Msg.GasLimit != 0 {
		return call.Msg.GasLimit
	}
	return call.Header.GasLimit
}

// runner executes a call over st, once, and says what it missed.
type runner func(ctx context.Context, st *evm.State, call evm.Call) (evm.Missing, error)

// execute runs until nothing is missing: first on what is known, then on a server's
// witness of the very call, then on what is still missing, fetched together.
func (c *Client) execute(ctx context.Context, method string, call evm.Call, gas uint64, run runner) (err error) {
	ctx, done := c.begin(ctx, method)
	header := call.Header
	defer func() { done(header, header.Root, err) }()
	ctx, cancel := context.WithTimeoutCause(ctx, RequestLimit, ErrTimeout)
	defer cancel()
	// Somebody else's configuration is not used where the trusted servers would object
	// to this client's own.
	config, err := c.rulesOf(ctx, &call)
	if err != nil && (call.Config == nil || errors.Is(err, ErrConfigOutdated)) {
		return err
	}
	if call.Config == nil {
		call.Config = config
	}
	st := c.states.get(header)
	var witness *session
	asked := false
	var offer *evm.Offer
	var giver *session // of the offer
	complete := false
	defer func() {
		if offer != nil {
			c.settle(ctx, st, offer, giver, complete && faithful(&call, gas))
		}
	}()
	for range CallRounds {
		missing, err := run(ctx, st, call)
		if !errors.Is(err, evm.ErrIncomplete) {
			complete = !errors.Is(err, evm.ErrAborted)
			return c.executed(ctx, err)
		}
		more, err := c.fillCall(ctx, st, missing)
		if err != nil {
			return err
		}
		if more {
			continue
		}
		if witness != nil && faithful(&call, gas) {
			// It ran the same call on the same state: what is missing it has left out.
			c.fault(witness, 0.5, fmt.Errorf("witness of a call on block %d: incomplete", header.Number))
			witness = nil
		}
		if !asked {
			asked = true
			if witness, offer, err = c.fetchWitness(ctx, st, &call, gas); err == nil {
				giver = witness
				continue
			}
			c.log.Debug("no witness", "err", err)
		}
		if err := c.fetchMissing(ctx, st, missing); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: %d", ErrRounds, CallRounds)
}

// executed passes on how a complete run ended, or the time-out that ended it.
func (c *Client) executed(ctx context.Context, err error) error {
	if errors.Is(err, evm.ErrAborted) && errors.Is(context.Cause(ctx), ErrTimeout) {
		return fmt.Errorf("%w: the call ran for %v", ErrTimeout, RequestLimit)
	}
	return err
}

// settle ends the trial of a witness: what the run came upon is kept, the rest is
// not, and is held against the server if it is much and it ran the same call.
func (c *Client) settle(ctx context.Context, st *evm.State, offer *evm.Offer, giver *session, same bool) {
	used := offer.Withdraw()
	t := traceOf(ctx)
	for _, n := range used.Nodes {
		t.evidence(n.Data)
		c.caches.nodes.Put(n.Hash, n.Data, len(n.Data))
	}
	for _, code := range used.Codes {
		c.caches.codes.Put(code.Hash, code.Data, len(code.Data))
	}
	pieces := len(used.Nodes) + len(used.Codes) + len(used.Headers)
	c.states.grown(st, used.Bytes+100*pieces)
	if same && used.Unused > used.Bytes+witnessSlack {
		c.fault(giver, 2, fmt.Errorf("%w: %d bytes in a witness of %d", errJunk, used.Unused, used.Unused+used.Bytes))
	}
}

// witnessSlack is how many bytes a witness may hold, beside as much as was of use,
// that this client does not come upon when it runs the same call.
const witnessSlack = 64 << 10

// faithful says whether a server that was asked for the witness ran exactly this
// call: overrides are not sent, and more gas than it permits is not either.
func faithful(call *evm.Call, gas uint64) bool {
	return call.Overrides == nil && call.BlockOverrides == nil && gas <= witnessGas
}

// witnessGas is the most gas that a witness is asked for: what runs longer is rare,
// and its cost at the server counts by gas asked for, not by gas used.
const witnessGas = 16_000_000

// fillCall adds what the caches know of the missing pieces.
func (c *Client) fillCall(ctx context.Context, st *evm.State, missing evm.Missing) (more bool, err error) {
	root := st.Header().Root
	e := newEvidence()
	for _, q := range missingQueries(missing, false) {
		rest, err := c.fillFromCache(ctx, root, e, q)
		if err != nil {
			return false, fmt.Errorf("cached state: %w", err)
		}
		if rest == nil || len(rest.slots) < len(q.slots) {
			more = true
		}
	}
	for _, hash := range missing.Codes {
		if code, ok := c.caches.codes.Get(hash); ok {
			e.codes[hash] = code
			more = true
		}
	}
	if more {
		c.states.add(st, e.blobs, e.codes, nil)
	}
	return more, nil
}

// missingQueries asks for what a run missed; for accounts whose code is not known
// to matter, the code comes in the same trip if wanted.
func missingQueries(missing evm.Missing, code bool) []stateQuery {
	var queries []stateQuery
	for _, addr := range missing.Accounts {
		queries = append(queries, stateQuery{addr: addr, code: code})
	}
	for _, addr := range slices.SortedFunc(maps.Keys(missing.Slots), common.Address.Cmp) {
		queries = append(queries, stateQuery{addr: addr, slots: missing.Slots[addr]})
	}
	if code {
		for _, addr := range slices.SortedFunc(maps.Keys(missing.Codes), common.Address.Cmp) {
			queries = append(queries, stateQuery{addr: addr, code: true})
		}
	}
	return queries
}

// fetchMissing gets the missing pieces from servers, all that belongs to the state
// together.
func (c *Client) fetchMissing(ctx context.Context, st *evm.State, missing evm.Missing) error {
	if queries := missingQueries(missing, true); len(queries) > 0 {
		e, err := c.prove(ctx, st.Header(), queries)
		if err != nil {
			return err
		}
		c.states.add(st, e.blobs, e.codes, nil)
	}
	if len(missing.Headers) == 0 {
		return nil
	}
	headers, err := c.ancestors(ctx, st.Header(), missing.Headers[0])
	if err != nil {
		return err
	}
	encs := make([][]byte, 0, len(headers))
	for _, h := range headers {
		enc, err := rlp.EncodeToBytes(h)
		if err != nil {
			return fmt.Errorf("header %d: %w", h.Number, err)
		}
		encs = append(encs, enc)
	}
	c.states.add(st, nil, nil, encs)
	return nil
}

// fetchWitness asks a server to run the call and offers what it touched to st.
func (c *Client) fetchWitness(ctx context.Context, st *evm.State, call *evm.Call, gas uint64) (from *session, offer *evm.Offer, err error) {
	header := st.Header()
	number := header.Number.Uint64()
	msg := wireCall(call.Msg)
	from, err = c.retrieve(ctx, query{
		what:     fmt.Sprintf("witness of a call on block %d", number),
		optional: true,
		can:      func(s *session) bool { return s.version() != wire.LES4 && s.can(need{wire.ServesWitness, number}) },
		block:    number,
		request: func(s *session) wire.Request {
			req := &wire.GetWitness{Block: header.Hash(), Call: msg}
			units := s.fits(req.Code())
			if units == 0 {
				return nil
			}
			req.Call.Gas = min(gas, s.limits().WitnessGas, witnessGas)
			if units < req.Amount() {
				req.Call.Gas = units * wire.WitnessGasUnit
			}
			return req
		},
		check: func(_ *session, reply wire.Reply) error {
			w := reply.(*wire.Witness) //nolint:forcetypeassert // the session has checked the code
			if len(w.Nodes) == 0 && header.Root != types.EmptyRootHash {
				return errLacks
			}
			trial := st.Offer(w.Nodes, w.Codes, w.Headers)
			// Every run reads its sender. Beyond that only running it shows whether the
			// witness is whole.
			if _, err := st.Account(msg.From); err != nil {
				trial.Withdraw()
				if errors.Is(err, proof.ErrMissingNode) {
					return &cutError{err}
				}
				return &lieError{err}
			}
			offer = trial
			return nil
		},
	})
	return from, offer, err
}

// wireCall is the message as a server is told it.
func wireCall(msg *core.Message) wire.Call {
	call := wire.Call{
		From: msg.From, To: (*wire.Address)(msg.To), Gas: msg.GasLimit,
		GasPrice: toBig(msg.GasPrice), Value: toBig(msg.Value), Data: msg.Data,
	}
	for _, t := range msg.AccessList {
		tuple := wire.AccessTuple{Address: t.Address}
		for _, key := range t.StorageKeys {
			tuple.Slots = append(tuple.Slots, key)
		}
		call.AccessList = append(call.AccessList, tuple)
	}
	for _, h := range msg.BlobHashes {
		call.BlobHashes = append(call.BlobHashes, h)
	}
	for i := range msg.SetCodeAuthorizations {
		if enc, err := rlp.EncodeToBytes(&msg.SetCodeAuthorizations[i]); err == nil {
			call.Authorizations = append(call.Authorizations, enc)
		}
	}
	return call
}

func toBig(x *uint256.Int) *big.Int {
	if x == nil {
		return nil
	}
	return x.ToBig()
}
