package watch_test

import (
	"context"
	"errors"
	"testing"

	ethereum "github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay/watch"
)

// answering is a node that answers calls as the test wants it.
type answering struct {
	watch.Reader
	out []byte
	err error
}

func (a answering) CallContractAtHash(context.Context, ethereum.CallMsg, common.Hash) ([]byte, error) {
	return a.out, a.err
}

// reverts is an error as a node answers it.
type reverts struct{ data any }

func (reverts) Error() string    { return "execution reverted" }
func (reverts) ErrorCode() int   { return 3 }
func (r reverts) ErrorData() any { return r.data }

// What a contract does is told apart from what becomes of a call on its way to it.
func TestRead(t *testing.T) {
	away, form := errors.New("the node is away"), errors.New("this is no number")
	unpack := func(b []byte) (int, error) {
		if len(b) != 1 {
			return 0, form
		}
		return int(b[0]), nil
	}
	for name, c := range map[string]struct {
		node     answering
		value    int
		is       error
		reverted bool
	}{
		"an answer":        {node: answering{out: []byte{7}}, value: 7},
		"no contract":      {answering{}, 0, watch.ErrNoContract, true},
		"another contract": {answering{out: []byte{1, 2}}, 0, form, true},
		"a revert":         {answering{err: reverts{"0x"}}, 0, reverts{"0x"}, true},
		"no way to it":     {answering{err: away}, 0, away, false},
	} {
		v, err := watch.Read(t.Context(), c.node, common.Hash{1}, common.Address{2}, nil, unpack)
		if v != c.value || !errors.Is(err, c.is) || watch.IsReverted(err) != c.reverted {
			t.Errorf("%s: %d, %v", name, v, err)
		}
	}
}
