package payments

import (
	"context"
	"errors"
	"fmt"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
)

// Codes of the errors that a desk answers with, and of those that jobs end with, beside those of JSON-RPC itself.
const (
	CodeInvalid    = -32602 // the parameters make no sense
	CodeFailed     = -32040 // it did not succeed, nothing is noted, and it may be tried again
	CodeUnknown    = -32041 // no such channel, server or job
	CodeAway       = -32042 // the server is not connected
	CodeLimit      = -32043 // beyond a limit of the owner
	CodeNoFunds    = -32044 // the key has not enough coin for gas
	CodeRefused    = -32045 // the server refuses, or the method does
	CodeUnfinished = -32046 // the light client has ended before; what was begun goes on with the next, but a consent that was not given
	CodeBegun      = -32047 // it is not done yet, is noted, and goes on by itself; it is not to be repeated
)

// Error is why something was not done.
type Error struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return e.Message }

// ErrorCode is the code in JSON-RPC.
func (e *Error) ErrorCode() int { return e.Code }

func fail(code int, format string, args ...any) *Error {
	return &Error{code, fmt.Sprintf(format, args...)}
}

// explain gives an error its code, and has what it says in whole tokens.
func (d *Desk) explain(err error) *Error {
	if said, ok := errors.AsType[*Error](err); ok {
		return said
	}
	much, limit := errors.AsType[*pay.LimitError](err)
	_, refused := errors.AsType[*pay.Refusal](err)
	_, left := errors.AsType[*pay.LeftError](err)
	other, stranger := errors.AsType[*pay.NoPayerError](err)
	_, poor := errors.AsType[*watch.NoFundsError](err)
	code := CodeFailed
	switch {
	case limit:
		m := d.money()
		return fail(CodeLimit, "beyond the owner's limit: %s would come to %s, and the most is %s", much.Limit, m.Say(much.Would), m.Say(much.Most))
	case stranger:
		return fail(CodeFailed, "the channel was opened by %s, which is not in --pay: start candela light with it", other.Method)
	case errors.Is(err, pay.ErrNoTab):
		code = CodeUnknown
	case left, refused, errors.Is(err, pay.ErrNoWay), errors.Is(err, pay.ErrAsset):
		code = CodeRefused
	case poor:
		code = CodeNoFunds
	case errors.Is(err, context.Canceled), errors.Is(err, pay.ErrClosed), errors.Is(err, watch.ErrClosed):
		code = CodeUnfinished
	}
	return fail(code, "%v", err)
}

// begun explains why something is not done that is noted and goes on by itself. Who took that for a failure would do it again, and lock twice.
func (d *Desk) begun(err error) *Error {
	said := d.explain(err)
	if _, stuck := errors.AsType[*pay.NoPayerError](err); stuck {
		return said
	}
	code := said.Code
	switch code {
	case CodeFailed:
		code = CodeBegun
	case CodeNoFunds, CodeUnfinished:
	default:
		return said
	}
	return fail(code, "it is noted, and goes on by itself as soon as it can: do not repeat it. What is in its way now: %s", said.Message)
}
