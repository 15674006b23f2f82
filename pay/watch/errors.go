package watch

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"
)

// RevertError: a contract did not do what was asked of it.
type RevertError struct {
	Name  string // of the transaction
	Mined bool   // it is in the chain, and its gas is spent; if not, it was not sent at all
	Why   string // for people; empty if it is not known
	Data  []byte // what the contract says, by its ABI
}

func (e *RevertError) Error() string {
	why := e.Why
	if why == "" {
		why = "for an unknown reason"
	}
	if e.Mined {
		return fmt.Sprintf("transaction %q was reverted: %s", e.Name, why)
	}
	return fmt.Sprintf("transaction %q would be reverted, and was not sent: %s", e.Name, why)
}

// NoFundsError: the account has too little of the chain's own coin.
type NoFundsError struct {
	Address    common.Address
	Has, Needs *big.Int // wei; nil if they are not known
}

func (e *NoFundsError) Error() string {
	if e.Has == nil {
		return fmt.Sprintf("account %v has too little of the chain's coin to pay for gas", e.Address)
	}
	return fmt.Sprintf("account %v has %s of the chain's coin, and needs %s to pay for gas: send it some", e.Address, ether(e.Has), ether(e.Needs))
}

// FeeCapError: gas costs more than the owner allows.
type FeeCapError struct {
	Needs, Cap *big.Int // wei a gas
}

func (e *FeeCapError) Error() string {
	return fmt.Sprintf("gas costs %s gwei, and the most that is allowed is %s gwei: wait, or raise the limit", gwei(e.Needs), gwei(e.Cap))
}

// RejectedError: the provider does not take a transaction. It is kept, and offered again.
type RejectedError struct {
	Name string
	Err  error
}

func (e *RejectedError) Error() string {
	return fmt.Sprintf("transaction %q was not taken: %v", e.Name, e.Err)
}

func (e *RejectedError) Unwrap() error { return e.Err }

// DisplacedError: another transaction of the same key has the nonce, so this one will never be mined. Somebody else uses the
// key, or a state was restored that was too old. It can also be that the provider did not know of it: if that turns out later, Do with its name
// succeeds again. Look at the chain before doing it again under another name.
type DisplacedError struct {
	Name  string
	Nonce uint64
}

func (e *DisplacedError) Error() string {
	return fmt.Sprintf("transaction %q will not be mined: another one of the same key has nonce %d. Is the key used elsewhere?", e.Name, e.Nonce)
}

// IsOver reports whether an error of Sender.Do says that the transaction will not have an effect any more.
func IsOver(err error) bool {
	_, reverted := errors.AsType[*RevertError](err)
	_, displaced := errors.AsType[*DisplacedError](err)
	return reverted || displaced
}

func ether(wei *big.Int) string { return decimals(wei, 18) }
func gwei(wei *big.Int) string  { return decimals(wei, 9) }

func decimals(n *big.Int, places int) string {
	digits := n.String()
	if missing := places + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - places
	return strings.TrimRight(strings.TrimRight(digits[:point]+"."+digits[point:], "0"), ".")
}

// reverted reads why a call failed; nil if it was not by the contract's will.
func reverted(name string, err error) *RevertError {
	if detailed, ok := errors.AsType[rpc.DataError](err); ok {
		if text, ok := detailed.ErrorData().(string); ok {
			if data, bad := hexutil.Decode(text); bad == nil {
				return &RevertError{Name: name, Why: wording(data), Data: data}
			}
		}
	}
	if answered, ok := errors.AsType[rpc.Error](err); ok && (answered.ErrorCode() == 3 || strings.Contains(answered.Error(), "revert")) {
		return &RevertError{Name: name, Why: answered.Error()}
	}
	return nil
}

// wording is what a contract says in words, as far as it is one of Solidity's own errors.
func wording(data []byte) string {
	if why, err := abi.UnpackRevert(data); err == nil {
		return why
	}
	if len(data) == 0 {
		return "without a reason"
	}
	return "with " + hexutil.Encode(data)
}

// verdict is what a provider says to a transaction.
type verdict uint8

const (
	taken     verdict = iota
	unheard           // there is no answer
	tooLow            // the nonce is used up
	underpaid         // another version is in the pool, and this one does not pay enough more
	broke             // the account has too little
	refused           // for any other reason
)

// judge sorts the answer to a transaction that was sent. Clients word the same thing differently.
func judge(err error) verdict {
	if err == nil {
		return taken
	}
	answered, ok := errors.AsType[rpc.Error](err)
	if !ok {
		return unheard
	}
	text := strings.ToLower(answered.Error())
	for _, w := range []struct {
		words string
		says  verdict
	}{
		{"already known", taken},
		{"known transaction", taken},
		{"already imported", taken},
		{"alreadyknown", taken},
		{"already exists", taken},
		{"nonce too low", tooLow},
		{"nonce is too low", tooLow},
		{"oldnonce", tooLow},
		{"old nonce", tooLow},
		{"replacement", underpaid},
		{"gas price too low to replace", underpaid},
		{"insufficient funds", broke},
		{"insufficient balance", broke},
	} {
		if strings.Contains(text, w.words) {
			return w.says
		}
	}
	return refused
}
