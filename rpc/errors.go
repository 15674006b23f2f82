package rpc

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/vm"
)

// Codes of Candela's own failures: a right question that could not be answered with a proof. They keep clear of -32603,
// -32005 and -1, which viem retries as if the endpoint were merely busy.
const (
	CodeNoHead     = -32010 // no block is elected yet, or the chain's configuration is not known (yet, or for a new fork)
	CodeNoServer   = -32011 // no connected server can answer
	CodeUnproven   = -32012 // servers answered, nothing of it could be proven
	CodeOutOfReach = -32013 // the block cannot be linked to a trusted head, or its data are gone
	CodeNotIndexed = -32014 // the servers' transaction index does not reach back far enough
	CodeTimeout    = -32015 // no answer in time
	CodeNotBuying  = -32016 // this client was not made to buy anything
)

// Codes of go-ethereum v1.17.8.
const (
	codeRevert        = 3
	codeServer        = -32000
	codeInvalidParams = -32602
	codeLimit         = -38026
)

// Errors in go-ethereum's words.
var (
	errHeaderNotFound  = errors.New("header not found")
	errHashNotFound    = errors.New("header for hash not found")
	errNotCanonical    = errors.New("hash is not currently canonical")
	errSafeNotFound    = errors.New("safe block not found")
	errFinalNotFound   = errors.New("finalized block not found")
	errPendingBlock    = errors.New("pending block is not available")
	errPendingReceipts = errors.New("pending receipts is not available")
	errUnknownBlock    = errors.New("unknown block")
	errFilterNotFound  = errors.New("filter not found")
	errExceedMaxTopics = errors.New("exceed max topics")
	errExceedLogQuery  = errors.New("exceed max addresses or topics per search position")
	errInvalidTopic    = invalidParams("invalid topic(s)")
	errInvalidRange    = invalidParams("invalid block range params")
	errRangeIntoFuture = invalidParams("block range extends beyond current head block")
	errHashWithRange   = invalidParams("can't specify fromBlock/toBlock with blockHash")
	errPendingLogs     = invalidParams("pending logs are not supported")
	errTooManyFilters  = &codedError{code: codeLimit, message: "too many filters"}
	errTooManySubs     = &codedError{code: codeLimit, message: "too many subscriptions"}
	errOnlyProtected   = errors.New("only replay-protected (EIP-155) transactions allowed over RPC")
)

// codedError is an error with a JSON-RPC code, and with data where data is not nil.
type codedError struct {
	code    int
	message string
	data    any
	cause   error
}

// Error implements error.
func (e *codedError) Error() string { return e.message }

// ErrorCode implements rpc.Error of go-ethereum.
func (e *codedError) ErrorCode() int { return e.code }

// ErrorData implements rpc.DataError of go-ethereum.
func (e *codedError) ErrorData() any { return e.data }

// Unwrap keeps the cause visible to errors.Is.
func (e *codedError) Unwrap() error { return e.cause }

func invalidParams(format string, args ...any) error {
	return &codedError{code: codeInvalidParams, message: fmt.Sprintf(format, args...)}
}

// revertError is what a call that reverted answers: code 3, the reason in words where it is ABI encoded, the raw data.
func revertError(data []byte) error {
	message := vm.ErrExecutionReverted.Error()
	if reason, err := abi.UnpackRevert(data); err == nil {
		message += ": " + reason
	}
	return &codedError{code: codeRevert, message: message, data: hexutil.Encode(data), cause: vm.ErrExecutionReverted}
}

// isUnknown tells a block that does not exist from one that could not be had.
func isUnknown(err error) bool {
	return errors.Is(err, errHeaderNotFound) || errors.Is(err, errHashNotFound)
}
