package admin

import (
	"fmt"

	"github.com/candela-les/candela/unit"
)

// Codes of the errors that the API answers with, beside those of JSON-RPC itself.
const (
	CodeInvalid       = -32602 // the parameters make no sense
	CodeOversold      = -32020 // more units than there are for sale
	CodeUnknownClient = -32021 // not connected
	CodeNoGrant       = -32022 // nothing to take back
	CodeNotSaved      = -32023 // the decision could not be written
	CodeNothingSold   = -32024 // the server sells nothing for money
	CodeUsedKey       = -32025 // the key was used for something else
	CodeNotKnown      = -32026 // it may have been written: to be repeated
)

// Error is what the API answers when it does not do as asked. Nothing has changed then.
type Error struct {
	Code    int
	Message string
	Data    ErrorData
}

// ErrorData is the data of an Error, for programs.
type ErrorData struct {
	// Kind is oversold, unknownClient, noGrant, notSaved, nothingSold, usedKey, notKnown or invalid.
	Kind string `json:"kind"`
	// Left is how many units could be had; with oversold only.
	Left *uint64 `json:"left,omitempty"`
}

func (e *Error) Error() string { return e.Message }

// ErrorCode is the code in JSON-RPC.
func (e *Error) ErrorCode() int { return e.Code }

// ErrorData is the data in JSON-RPC.
func (e *Error) ErrorData() any { return e.Data }

func fail(code int, kind, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Data: ErrorData{Kind: kind}}
}

func invalid(format string, args ...any) *Error {
	return fail(CodeInvalid, "invalid", format, args...)
}

func notSaved(path string, err error) *Error {
	return fail(CodeNotSaved, "notSaved", "%s cannot be written, nothing was changed: %v", path, err)
}

func unknownClient(id ID) *Error {
	return fail(CodeUnknownClient, "unknownClient", "client %v is not connected", id)
}

func noGrant(id ID) *Error {
	return fail(CodeNoGrant, "noGrant", "client %v has no units to take back", id)
}

// oversold says how many units could be had instead.
func oversold(left uint64, format string, args ...any) *Error {
	e := fail(CodeOversold, "oversold", format, args...)
	e.Data.Left = &left
	return e
}

// sum is how many units are granted together, saturating.
func sum(grants []Grant) uint64 {
	var units unit.Cost
	for _, g := range grants {
		units = units.Add(unit.Cost(g.Units))
	}
	return uint64(units)
}
