package attached

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
)

// ErrNoConfig: the chain is no public one, no genesis was given, and the node does
// not say what the chain's configuration is.
var ErrNoConfig = errors.New("the chain's configuration is not known")

// ErrWrongChain: a node, or the genesis that was given, is of another chain.
var ErrWrongChain = errors.New("another chain")

// errNull: the node answered null, which is how JSON-RPC says that there is none.
var errNull = errors.New("the node has none")

// errRate: the configured rate leaves no room for this soon enough.
var errRate = errors.New("the node's request rate is used up")

// LieError says that a node's answer is not true. It is a chain.ErrUnavailable for
// who asked: what the right answer is, is not known from this node.
type LieError struct {
	Upstream string // the node's URL without what may be secret in it
	Method   string
	Err      error // what is wrong with the answer
}

func (e *LieError) Error() string {
	return fmt.Sprintf("%s answers %s wrongly: %v", e.Upstream, e.Method, e.Err)
}

// Unwrap makes errors.Is(err, chain.ErrUnavailable) true.
func (e *LieError) Unwrap() []error { return []error{chain.ErrUnavailable, e.Err} }

// fault is what kind of failure a request ended in: who is asked next, and what the
// caller is told, depends on it.
type fault uint8

const (
	faultNone      fault = iota
	faultUnknown         // there is no such thing
	faultPruned          // it is no longer there
	faultMethod          // the node lacks the method
	faultRefused         // any other JSON-RPC error
	faultTooLarge        // the answer would be larger than the node permits
	faultBusy            // the node wants to be asked less
	faultDown            // the node cannot be reached, or does not answer
	faultLie             // the answer is wrong
	faultOurSource       // this source has not got what is asked for
)

// faultOf sorts an error. Nodes word the same thing differently, and have codes of
// their own for it; unknown wordings are faultRefused.
func faultOf(err error) fault {
	var (
		lie      *LieError
		status   rpc.HTTPError
		answered rpc.Error
	)
	switch {
	case err == nil:
		return faultNone
	case errors.As(err, &lie):
		return faultLie
	case errors.Is(err, errNull), errors.Is(err, chain.ErrUnknown):
		return faultUnknown
	case errors.Is(err, chain.ErrPruned):
		return faultPruned
	case errors.Is(err, chain.ErrTooMuch), errors.Is(err, chain.ErrUnsupported):
		return faultOurSource
	case errors.Is(err, errRate):
		return faultBusy
	case errors.As(err, &status):
		return httpFault(status.StatusCode)
	case errors.As(err, &answered):
		return answerFault(answered)
	default:
		return faultDown
	}
}

func httpFault(status int) fault {
	switch status {
	case http.StatusTooManyRequests:
		return faultBusy
	case http.StatusRequestEntityTooLarge:
		return faultTooLarge
	default:
		return faultDown
	}
}

// Codes that more than one kind of node uses for one thing.
const (
	codeNoMethod      = -32601
	codeUnsupported   = -32004 // EIP-1474: method not supported
	codeLimitExceeded = -32005 // EIP-1474: too often, or too much at once
	codeTooLarge      = -32003 // geth: response too large
	codePruned        = 4444   // EIP-4444
)

// wordings of errors, in lower case, in the order in which they are looked for.
func wordings() []struct {
	fault fault
	words []string
} {
	return []struct {
		fault fault
		words []string
	}{
		{faultTooLarge, []string{
			"query returned more than", "range too large", "range is too", "block range", "exceeds the range", "exceed maximum block",
			"max results", "too many results", "response too large", "response size", "limit the query", "query timeout", "too many logs",
			"max block range", "exceeds max",
		}},
		{faultBusy, []string{"too many requests", "rate limit", "request limit", "limit exceeded", "capacity exceeded", "throttled"}},
		{faultMethod, []string{"method not found", "does not exist/is not available", "method not supported", "not implemented", "unknown method", "method is not whitelisted", "unsupported method"}},
		{faultPruned, []string{
			"pruned", "missing trie node", "historical state", "state not available", "state is not available", "state unavailable",
			"no state available", "old data not available", "proof window", "state at block", "state histories",
			"history is not available", "stateroot not found", "state recreation", "layer stale", "state for block",
		}},
	}
}

func answerFault(err rpc.Error) fault {
	switch err.ErrorCode() {
	case codeNoMethod, codeUnsupported:
		return faultMethod
	case codePruned:
		return faultPruned
	case codeTooLarge:
		return faultTooLarge
	}
	text := strings.ToLower(err.Error())
	for _, w := range wordings() {
		for _, words := range w.words {
			if strings.Contains(text, words) {
				return w.fault
			}
		}
	}
	if err.ErrorCode() == codeLimitExceeded {
		return faultBusy
	}
	return faultRefused
}

// sentinel turns the failure of a request into the error that a Source returns.
func sentinel(err error) error {
	var as error
	switch faultOf(err) {
	case faultNone, faultOurSource:
		return err
	case faultUnknown:
		as = chain.ErrUnknown
	case faultPruned:
		as = chain.ErrPruned
	case faultMethod:
		as = chain.ErrUnsupported
	case faultRefused, faultTooLarge, faultBusy, faultDown, faultLie:
		as = chain.ErrUnavailable
	}
	if errors.Is(err, as) {
		return err
	}
	// The text of the cause only: its other identities would say something else.
	return fmt.Errorf("%w: %s", as, err.Error())
}

// ended returns why a request must stop, nil if it need not.
func ended(ctx, life context.Context) error {
	if life.Err() != nil {
		return fmt.Errorf("node is closed: %w", chain.ErrUnavailable)
	}
	return ctx.Err()
}
