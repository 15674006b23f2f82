package attached

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/evm"
)

// maxRounds is how often a node is asked again for what a run of a call came upon.
// Where it can say beforehand what a call touches, two or three rounds are the rule.
const maxRounds = 48

// maxTouched is the most that is remembered of what one call touched.
const maxTouched = 512

// Witness runs a call over state that is fetched as the run comes upon it, until
// nothing is missing. What a node can say beforehand of what the call touches saves
// rounds; none of it is believed.
func (n *Node) Witness(ctx context.Context, block chain.Hash, call chain.Call) (chain.Witness, error) {
	if err := n.gate.enter(ctx); err != nil {
		return chain.Witness{}, err
	}
	defer n.gate.leave()
	if !n.caps.Witness {
		return chain.Witness{}, fmt.Errorf("witness: %w", chain.ErrUnsupported)
	}
	msg, err := message(call)
	if err != nil {
		return chain.Witness{}, err
	}
	id := callHash(&call)
	return share(ctx, n.flights, key("witness", block[:], id[:]), func(ctx context.Context) (chain.Witness, error) {
		header, err := n.headerOf(ctx, block)
		if err != nil {
			return chain.Witness{}, err
		}
		r := &rehearsal{n: n, header: header, call: &call, msg: msg, id: id, found: newEvidence()}
		w, err := r.run(ctx)
		if stop := ended(ctx, n.life); err != nil && stop != nil {
			err = stop
		}
		if err != nil {
			return chain.Witness{}, fmt.Errorf("witness on block %d: %w", header.Number, err)
		}
		return w, nil
	})
}

// rehearsal is a call being run until its state is complete.
type rehearsal struct {
	n       *Node
	header  *types.Header
	call    *chain.Call
	msg     *core.Message
	id      common.Hash
	found   *evidence
	headers [][]byte // down from the parent's parent, without a gap
	lowest  *types.Header
	// foretold: a node, or the last time, has said what the call touches.
	foretold bool
	touched  wants
}

func (r *rehearsal) run(ctx context.Context) (chain.Witness, error) {
	state := evm.NewState(r.header)
	for range maxRounds {
		missing, err := r.once(ctx, state)
		if err != nil {
			return chain.Witness{}, err
		}
		if missing.Empty() {
			return r.complete(ctx)
		}
		nodes, codes, headers := len(r.found.nodes), len(r.found.codes), len(r.headers)
		if err := r.fetch(ctx, missing); err != nil {
			return chain.Witness{}, err
		}
		if nodes == len(r.found.nodes) && codes == len(r.found.codes) && headers == len(r.headers) {
			return chain.Witness{}, fmt.Errorf("what was fetched is not what was missing: %w", chain.ErrUnavailable)
		}
		state.Add(r.found.nodes[nodes:], r.found.codes[codes:], r.headers[headers:])
	}
	return chain.Witness{}, fmt.Errorf("more than %d rounds to the node: %w", maxRounds, chain.ErrTooMuch)
}

// once runs the call. How it ends does not matter as long as nothing was missing.
func (r *rehearsal) once(ctx context.Context, state *evm.State) (evm.Missing, error) {
	_, missing, err := evm.Run(ctx, state, evm.Call{Config: r.n.config, Msg: r.msg})
	switch {
	case errors.Is(err, evm.ErrAborted):
		return missing, ctx.Err()
	case errors.Is(err, proof.ErrConfig), errors.Is(err, proof.ErrMalformed):
		return missing, fmt.Errorf("%w: %w", chain.ErrUnavailable, err)
	default:
		return missing, nil
	}
}

// fetch gets what a run missed; the first time all that the call is said to touch.
func (r *rehearsal) fetch(ctx context.Context, missing evm.Missing) error {
	var list wants
	if len(r.touched) == 0 {
		for _, address := range r.always() {
			list.add(address, false)
		}
	}
	for _, address := range missing.Accounts {
		list.add(address, false)
	}
	for address, slots := range missing.Slots {
		list.add(address, false, slots...)
	}
	for address := range missing.Codes {
		list.add(address, true)
	}
	// What is kept costs nothing: a call that was just run is run again from that.
	if rest := r.n.gather(r.header.Root, list, r.found); len(rest) > 0 {
		if !r.foretold {
			r.foretold = true
			for _, w := range r.foretell(ctx) {
				list.add(w.address, w.code, w.slots...)
			}
		}
		if err := r.n.prove(ctx, r.header, list, r.found); err != nil {
			return err
		}
	}
	for _, w := range list {
		r.touched.add(w.address, w.code, w.slots...)
	}
	if len(missing.Headers) > 0 {
		return r.ancestors(ctx, missing.Headers[0])
	}
	return r.found.tooLarge()
}

// ancestors gets the headers that BLOCKHASH walks over, down to a number.
func (r *rehearsal) ancestors(ctx context.Context, lowest uint64) error {
	if r.lowest == nil {
		r.lowest = r.header
	}
	u := r.n.chosen()
	for r.lowest.Number.Uint64() > lowest {
		child := linkOf(r.lowest)
		below, err := tell(ctx, r.n, anyNode(), func(ctx context.Context, other *upstream) ([]*types.Header, error) {
			u = other
			return r.n.below(ctx, u, child, child.number-lowest)
		})
		if err != nil {
			return err
		}
		for _, header := range below {
			if header.Number.Uint64() < lowest {
				break
			}
			enc, ok := r.n.cache.get(kindHeader, header.Hash())
			if !ok {
				if enc, err = rlp.EncodeToBytes(header); err != nil {
					return err
				}
			}
			r.headers, r.lowest = append(r.headers, enc), header
		}
	}
	return nil
}

// foretell asks what the call will touch: it may have been run before, on another
// block, or a node can trace it. Not knowing only costs rounds.
func (r *rehearsal) foretell(ctx context.Context) wants {
	if before, ok := r.n.cache.touched.Get(r.id); ok {
		return *before
	}
	for _, source := range []struct {
		can func(*profile) bool
		ask func(context.Context, *upstream) (wants, error)
	}{
		{func(p *profile) bool { return p.trace }, r.trace},
		{func(p *profile) bool { return p.accessList }, r.accessList},
	} {
		list, err := tell(ctx, r.n, need{what: "a trace", can: source.can, none: chain.ErrUnsupported}, source.ask)
		if err == nil {
			return list
		}
	}
	return nil
}

// trace asks for what the prestate tracer sees.
func (r *rehearsal) trace(ctx context.Context, u *upstream) (wants, error) {
	has := u.profile()
	accounts, err := one[map[common.Address]struct {
		Code    hexutil.Bytes               `json:"code"`
		Storage map[common.Hash]common.Hash `json:"storage"`
	}](ctx, u, "debug_traceCall", callArgs(r.call), stateBlock(&has, r.header), prestate())
	if err != nil {
		return nil, err
	}
	var list wants
	for address, account := range accounts {
		if len(account.Code) > 0 {
			list.add(address, true)
			// Whosever code it is, it is the one with its hash: no need to ask for it.
			hash := crypto.Keccak256Hash(account.Code)
			r.n.cache.put(kindCode, hash, account.Code)
			r.n.cache.codeOf.Add(address, hash)
		}
		list.add(address, false)
		for slot := range account.Storage {
			list.add(address, false, slot)
		}
	}
	return list, nil
}

// accessList asks for what eth_createAccessList finds, which leaves out accounts that
// need not be in an access list.
func (r *rehearsal) accessList(ctx context.Context, u *upstream) (wants, error) {
	has := u.profile()
	answer, err := one[struct {
		AccessList types.AccessList `json:"accessList"`
	}](ctx, u, "eth_createAccessList", callArgs(r.call), stateBlock(&has, r.header))
	if err != nil {
		return nil, err
	}
	var list wants
	for _, tuple := range answer.AccessList {
		list.add(tuple.Address, true, tuple.StorageKeys...)
	}
	if r.call.To != nil {
		list.add(*r.call.To, true)
	}
	return list, nil
}

// complete runs the call once more on all that was found, to leave out what earlier
// runs only came upon because something was missing.
func (r *rehearsal) complete(ctx context.Context) (chain.Witness, error) {
	state := evm.NewState(r.header)
	offer := state.Offer(r.found.nodes, r.found.codes, r.headers)
	missing, err := r.once(ctx, state)
	if err == nil && !missing.Empty() {
		err = fmt.Errorf("a run that was complete no longer is: %w", chain.ErrUnavailable)
	}
	if err != nil {
		offer.Withdraw()
		return chain.Witness{}, err
	}
	for _, address := range r.always() {
		if _, err := state.Account(address); err != nil {
			offer.Withdraw()
			return chain.Witness{}, fmt.Errorf("%w: %w", chain.ErrUnavailable, err)
		}
	}
	used := offer.Withdraw()
	if used.Bytes > chain.MaxWitness {
		return chain.Witness{}, fmt.Errorf("witness of %d bytes: %w", used.Bytes, chain.ErrTooMuch)
	}
	if touched := r.touched; touched.size() <= maxTouched {
		r.n.cache.touched.Add(r.id, &touched)
	}
	return chain.Witness{Nodes: data(used.Nodes), Codes: data(used.Codes), Headers: data(used.Headers)}, nil
}

// always are the accounts that a client looks at before it runs anything.
func (r *rehearsal) always() []common.Address {
	list := []common.Address{r.msg.From, r.header.Coinbase}
	if r.msg.To != nil {
		list = append(list, *r.msg.To)
	}
	return list
}

func data(pieces []evm.Piece) [][]byte {
	list := make([][]byte, len(pieces))
	for i, p := range pieces {
		list[i] = p.Data
	}
	return list
}

// message turns a call into a message.
func message(call chain.Call) (*core.Message, error) {
	price, err := word("gas price", call.GasPrice)
	if err != nil {
		return nil, err
	}
	value, err := word("value", call.Value)
	if err != nil {
		return nil, err
	}
	msg := &core.Message{
		From: call.From, To: (*common.Address)(call.To), GasLimit: call.Gas,
		GasPrice: price, GasFeeCap: price, GasTipCap: price, Value: value, Data: call.Data,
	}
	for _, entry := range call.AccessList {
		tuple := types.AccessTuple{Address: entry.Address}
		for _, slot := range entry.Slots {
			tuple.StorageKeys = append(tuple.StorageKeys, slot)
		}
		msg.AccessList = append(msg.AccessList, tuple)
	}
	for _, hash := range call.BlobHashes {
		msg.BlobHashes = append(msg.BlobHashes, hash)
	}
	for _, blob := range call.Authorizations {
		var auth types.SetCodeAuthorization
		if err := rlp.DecodeBytes(blob, &auth); err != nil {
			return nil, fmt.Errorf("authorization: %w: %w", chain.ErrUnknown, err)
		}
		msg.SetCodeAuthorizations = append(msg.SetCodeAuthorizations, auth)
	}
	return msg, nil
}

// word makes an EVM word of an amount; nil is zero.
func word(what string, v *big.Int) (*uint256.Int, error) {
	if v == nil {
		return new(uint256.Int), nil
	}
	w, overflow := uint256.FromBig(v)
	if overflow || v.Sign() < 0 {
		return nil, fmt.Errorf("%s %v is no 256-bit amount: %w", what, v, chain.ErrUnsupported)
	}
	return w, nil
}

// callArgs is a call's JSON form.
func callArgs(call *chain.Call) map[string]any {
	args := map[string]any{
		"from": common.Address(call.From), "gas": hexutil.Uint64(call.Gas), "input": hexutil.Bytes(call.Data),
	}
	if call.To != nil {
		args["to"] = common.Address(*call.To)
	}
	if call.GasPrice != nil && call.GasPrice.Sign() > 0 {
		args["gasPrice"] = (*hexutil.Big)(call.GasPrice)
	}
	if call.Value != nil {
		args["value"] = (*hexutil.Big)(call.Value)
	}
	if len(call.AccessList) > 0 {
		list := make(types.AccessList, len(call.AccessList))
		for i, entry := range call.AccessList {
			list[i].Address = entry.Address
			for _, slot := range entry.Slots {
				list[i].StorageKeys = append(list[i].StorageKeys, slot)
			}
		}
		args["accessList"] = list
	}
	if len(call.BlobHashes) > 0 {
		hashes := make([]common.Hash, len(call.BlobHashes))
		for i, hash := range call.BlobHashes {
			hashes[i] = hash
		}
		args["blobVersionedHashes"] = hashes
	}
	return args
}

// callHash names a call, whatever block it is run on.
func callHash(call *chain.Call) common.Hash {
	var b bytes.Buffer
	amount := func(v *big.Int) *big.Int {
		if v == nil {
			return new(big.Int)
		}
		return v
	}
	to := []byte{}
	if call.To != nil {
		to = call.To[:]
	}
	// Encoding cannot fail: all of it is bytes, lists and amounts that were checked.
	_ = rlp.Encode(&b, []any{
		call.From, to, call.Gas, amount(call.GasPrice), amount(call.Value), call.Data,
		call.AccessList, call.BlobHashes, call.Authorizations,
	})
	return crypto.Keccak256Hash(b.Bytes())
}
