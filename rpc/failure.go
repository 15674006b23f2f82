package rpc

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/bidder"
)

// Failure is the data object of an error with one of the codes CodeNoHead … CodeNotBuying.
type Failure struct {
	// Kind is stable: noHead, noServer, noRoom, unproven, outOfReach, notIndexed, timeout, notBuying or configOutdated.
	Kind string `json:"kind"`
	// Failed says what could not be had.
	Failed string `json:"failed"`
	// Server is the node id of the server whose answer failed, where one can be named.
	Server string `json:"server,omitempty"`
	// Reason is what was wrong, in words.
	Reason string `json:"reason,omitempty"`
	// Remedy says what the user can do.
	Remedy string `json:"remedy"`
	// Votes are the announcements at hand when no head could be elected.
	Votes []client.Vote `json:"votes,omitempty"`
	// Refusals is what each server said that would not answer.
	Refusals []client.Refusal `json:"refusals,omitempty"`
	// RetryAfterMs is the shortest wait that a busy server asked for.
	RetryAfterMs int64 `json:"retryAfterMs,omitempty"`
	// Oldest is the oldest block that can be proven from the present head.
	Oldest *uint64 `json:"oldestBlock,omitempty"`
}

// asFailure gives an error of package client its code and data. Other errors come back as they are: they are answers
// about the request (a bad nonce, a failed call), not failures to answer.
func asFailure(err error) error {
	var coded *codedError
	if err == nil || errors.As(err, &coded) {
		return err
	}
	code, kind, remedy := classify(err)
	if kind == "" {
		return err
	}
	f := &Failure{Kind: kind, Failed: err.Error(), Remedy: remedy}
	detail(f, err)
	return &codedError{code: code, message: err.Error(), data: f, cause: err}
}

func classify(err error) (code int, kind, remedy string) {
	switch {
	case errors.Is(err, client.ErrUnproven):
		return CodeUnproven, "unproven", "the servers that answered wrongly are avoided from now on: try again, or add servers"
	case errors.Is(err, client.ErrNoHead):
		return CodeNoHead, "noHead", "wait for more trusted servers to come online and agree; candela_status shows who signed what"
	case errors.Is(err, client.ErrNoConfig):
		return CodeNoHead, "noHead", "wait until enough trusted servers agree on the chain configuration, or give one with --genesis or --network"
	case errors.Is(err, client.ErrConfigOutdated):
		return CodeNoHead, "configOutdated", "update candela: the trusted servers go by fork rules that this version does not have; candela_status shows from where on"
	case errors.Is(err, client.ErrTxUnindexed):
		return CodeNotIndexed, "notIndexed", "add a server with a longer transaction index, or look the transaction up by its block"
	case errors.Is(err, client.ErrOutOfReach):
		return CodeOutOfReach, "outOfReach", "ask for a more recent block, or trust more servers that sign helper tries (les/5)"
	case errors.Is(err, client.ErrNoRoom):
		return CodeNoServer, "noRoom", "ask for less at once, add servers, or have them grant this client more; candela_status shows what each has left"
	case errors.Is(err, client.ErrNotBuying):
		return CodeNotBuying, "notBuying", "start the light client with a key: candela light always has one"
	case errors.Is(err, client.ErrNoServers), errors.Is(err, client.ErrUnreachable), errors.Is(err, client.ErrClosed),
		errors.Is(err, bidder.ErrClosed):
		return CodeNoServer, "noServer", "check the connection and add servers; candela_status lists the present ones"
	case errors.Is(err, client.ErrTimeout), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		// go-ethereum's server cancels a request whose time is up.
		return CodeTimeout, "timeout", "try again; if it persists, add servers or ask for less at once"
	}
	return 0, "", ""
}

// detail fills in what the typed errors know beyond their kind.
func detail(f *Failure, err error) {
	var (
		noHead      *client.NoHeadError
		unproven    *client.UnprovenError
		unavailable *client.UnavailableError
		outOfReach  *client.OutOfReachError
		tx          *client.TxError
	)
	switch {
	case errors.As(err, &unproven):
		f.Failed, f.Server = unproven.What, unproven.Server
		if unproven.Reason != nil {
			f.Reason = unproven.Reason.Error()
		}
	case errors.As(err, &unavailable):
		f.Failed, f.Refusals, f.RetryAfterMs = unavailable.What, unavailable.Refused, unavailable.RetryAfter.Milliseconds()
		f.Reason = fmt.Sprintf("%d servers asked, %d silent", unavailable.Asked, unavailable.Silent)
		f.Server = refusers(unavailable.Refused)
	case errors.As(err, &noHead):
		f.Failed, f.Votes = "electing a head", noHead.Votes
		f.Reason = noHead.Error()
	case errors.As(err, &outOfReach):
		f.Failed, f.Oldest = fmt.Sprintf("block %d", outOfReach.Number), &outOfReach.Oldest
		f.Reason = outOfReach.Remedy()
	case errors.As(err, &tx):
		f.Failed = fmt.Sprintf("transaction %v", tx.Hash)
		f.Reason = fmt.Sprintf("%d of the %d trusted servers needed do not know it", tx.Agreed, tx.Needed)
	}
}

func refusers(refused []client.Refusal) string {
	names := make([]string, len(refused))
	for i, r := range refused {
		names[i] = r.Server
	}
	return strings.Join(names, ", ")
}
