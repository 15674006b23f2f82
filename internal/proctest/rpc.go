package proctest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"
)

// RPCError is an error that a JSON-RPC endpoint answered with.
type RPCError struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data"`
}

func (e *RPCError) Error() string { return fmt.Sprintf("%d %s %s", e.Code, e.Message, e.Data) }

// callTimeout is the longest that one question may take.
const callTimeout = 30 * time.Second

// Call asks a JSON-RPC endpoint. What it refuses is an *RPCError.
func Call(url, method string, params ...any) (json.RawMessage, error) {
	if params == nil {
		params = []any{}
	}
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	blob, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	var reply struct {
		Result json.RawMessage `json:"result"`
		Error  *RPCError       `json:"error"`
	}
	if err := json.Unmarshal(blob, &reply); err != nil {
		return nil, fmt.Errorf("%s: %w", blob, err)
	}
	if reply.Error != nil {
		return nil, reply.Error
	}
	return reply.Result, nil
}

// MustCall is Call for answers that have to come.
func MustCall(t testing.TB, url, method string, params ...any) json.RawMessage {
	t.Helper()
	result, err := Call(url, method, params...)
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return result
}

// Ask is MustCall into a value.
func Ask[T any](t testing.TB, url, method string, params ...any) (value T) {
	t.Helper()
	if err := json.Unmarshal(MustCall(t, url, method, params...), &value); err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return value
}
