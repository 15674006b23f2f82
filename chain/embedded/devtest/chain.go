// Package devtest has a dev chain for tests of sources: contracts that touch state in
// every way, transactions of several kinds, and what is known of all that from
// go-ethereum itself.
package devtest

import (
	"encoding/hex"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/chaintest"
	"github.com/candela-les/candela/chain/embedded"
)

// Contracts of the test genesis, each a few instructions long.
var (
	Hasher   = common.HexToAddress("0xca11000000000000000000000000000000000001") // BLOCKHASH(argument)
	Writer   = common.HexToAddress("0xca11000000000000000000000000000000000002") // SSTORE(arg 0, arg 1), then a log with topic arg 0
	Reader   = common.HexToAddress("0xca11000000000000000000000000000000000003") // SLOAD(argument)
	Reverter = common.HexToAddress("0xca11000000000000000000000000000000000004") // reverts with its argument
	Looper   = common.HexToAddress("0xca11000000000000000000000000000000000005") // never ends
	Looker   = common.HexToAddress("0xca11000000000000000000000000000000000006") // EXTCODEHASH + BALANCE of its argument
	Caller   = common.HexToAddress("0xca11000000000000000000000000000000000007") // calls reader with its argument
	Nobody   = common.HexToAddress("0x00000000000000000000000000000000000abcde")
)

// readerSlots is enough for a storage trie of several levels.
const readerSlots = 300

func code(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

// Alloc puts the contracts into a genesis.
func Alloc() embedded.Alloc {
	storage := make(map[common.Hash]common.Hash)
	for i := range int64(readerSlots) {
		storage[common.BigToHash(big.NewInt(i))] = common.BigToHash(big.NewInt(i*i + 1))
	}
	one := big.NewInt(1)
	return embedded.Alloc{
		Hasher:   {Balance: one, Code: code("60003540600052602060" + "00f3")},
		Writer:   {Balance: one, Code: code("60203560003555600035600060" + "00a100")},
		Reader:   {Balance: one, Code: code("60003554600052602060" + "00f3"), Storage: storage},
		Reverter: {Balance: one, Code: code("600035600052602060" + "00fd")},
		Looper:   {Balance: one, Code: code("5b600056")},
		Looker:   {Balance: one, Code: code("6000353f600035310160" + "0052602060" + "00f3")},
		// The argument goes to memory, reader is called with it, its answer returned.
		Caller: {Balance: one, Code: code("60003560005260206000602060006000" +
			"73" + hex.EncodeToString(Reader[:]) + "5af15060206000f3")},
	}
}

// Word is a 32-byte argument.
func Word(n uint64) []byte { return common.BigToHash(new(big.Int).SetUint64(n)).Bytes() }

// Calls asks geth itself, in process, how calls on a block end.
func Calls(t *testing.T, client *rpc.Client, header *types.Header) []chaintest.Call {
	t.Helper()
	number := header.Number.Uint64()
	rich := embedded.DevAccounts()[1].Address
	addr := func(a common.Address) *chain.Address { b := chain.Address(a); return &b }
	calls := []chaintest.Call{
		{Name: "transfer", Call: chain.Call{From: rich, To: addr(Nobody), Value: big.NewInt(7)}},
		{Name: "priced", Call: chain.Call{From: rich, To: addr(Reader), Data: Word(3), GasPrice: big.NewInt(100 * params.GWei)}},
		{Name: "poor", Call: chain.Call{From: Nobody, To: addr(Reader), Value: big.NewInt(params.Ether)}, Fails: true},
		{Name: "slot", Call: chain.Call{To: addr(Reader), Data: Word(17)}},
		{Name: "empty slot", Call: chain.Call{To: addr(Reader), Data: Word(1 << 40)}},
		{Name: "write", Call: chain.Call{To: addr(Writer), Data: append(Word(5), Word(6)...)}},
		{Name: "revert", Call: chain.Call{To: addr(Reverter), Data: Word(99)}, Fails: true},
		{Name: "out of gas", Call: chain.Call{To: addr(Looper)}, Fails: true},
		{Name: "look", Call: chain.Call{To: addr(Looker), Data: common.LeftPadBytes(Writer[:], 32)}},
		{Name: "look at nobody", Call: chain.Call{To: addr(Looker), Data: common.LeftPadBytes(Nobody[:], 32)}},
		{Name: "nested", Call: chain.Call{To: addr(Caller), Data: Word(20)}},
		{Name: "access list", Call: chain.Call{To: addr(Caller), Data: Word(21), AccessList: []chain.AccessTuple{
			{Address: chain.Address(Reader), Slots: []chain.Hash{chain.Hash(Word(21))}},
		}}},
		{Name: "create", Call: chain.Call{From: rich, Data: code("6001600c60003960016000f300")}},
	}
	// The parent's hash is in the header itself; each further one takes a header.
	for _, back := range []uint64{1, 2, 5, 256, 257} {
		if back > number {
			break
		}
		c := chaintest.Call{Name: "blockhash", Call: chain.Call{To: addr(Hasher), Data: Word(number - back)}}
		if back <= 256 {
			c.Headers = int(back) - 1
		}
		calls = append(calls, c)
	}
	for i := range calls {
		calls[i].Block = chain.Hash(header.Hash())
		calls[i].Call.Gas = 200_000
		chaintest.AskGeth(t, client, &calls[i])
	}
	return calls
}

// Known describes the whole chain of a node as go-ethereum's own objects have it.
// It leaves out the genesis if the chain is longer, when from is 1.
func Known(t *testing.T, n *embedded.Node, from uint64) *chaintest.Harness {
	t.Helper()
	bc := n.Chain()
	h := &chaintest.Harness{Config: bc.Config()}
	for number := from; number <= bc.CurrentBlock().Number.Uint64(); number++ {
		block := bc.GetBlockByNumber(number)
		if block == nil {
			t.Fatalf("no block %d", number)
		}
		h.Blocks = append(h.Blocks, chaintest.Block{Block: block, Receipts: bc.GetReceiptsByHash(block.Hash())})
	}
	return h
}

// AccountsAt reads accounts through go-ethereum's flat state, not its tries.
func AccountsAt(t *testing.T, bc *core.BlockChain, header *types.Header, slots []common.Hash, addresses ...common.Address) []chaintest.Account {
	t.Helper()
	state, err := bc.StateAt(header.Root, header.Number, header.Time)
	if err != nil {
		t.Fatal(err)
	}
	var accounts []chaintest.Account
	for _, address := range addresses {
		a := chaintest.Account{Block: chain.Hash(header.Hash()), Address: address, Absent: !state.Exist(address)}
		if !a.Absent {
			a.Nonce, a.Balance, a.Code = state.GetNonce(address), state.GetBalance(address).ToBig(), state.GetCode(address)
			a.Slots = make(map[common.Hash]common.Hash)
			for _, slot := range slots {
				a.Slots[slot] = state.GetState(address, slot)
			}
		}
		accounts = append(accounts, a)
	}
	return accounts
}

// Accounts are accounts of every kind in the test genesis.
func Accounts(t *testing.T, bc *core.BlockChain, header *types.Header) []chaintest.Account {
	var slots []common.Hash
	for _, i := range []int64{0, 1, 2, 7, 17, 100, 299, 300, 1 << 40} {
		slots = append(slots, common.BigToHash(big.NewInt(i)))
	}
	addresses := []common.Address{Hasher, Writer, Reader, Reverter, Looker, Caller, Nobody}
	for _, account := range embedded.DevAccounts() {
		addresses = append(addresses, account.Address)
	}
	return AccountsAt(t, bc, header, slots, addresses...)
}

// Sender signs transactions of one dev account with running nonces.
type Sender struct {
	Account embedded.DevAccount
	Signer  types.Signer
	nonce   uint64
	Legacy  bool
}

// Next returns a transaction with the next nonce.
func (s *Sender) Next(t *testing.T, to common.Address, value int64, data []byte) *types.Transaction {
	t.Helper()
	var inner types.TxData = &types.DynamicFeeTx{
		ChainID: s.Signer.ChainID(), Nonce: s.nonce, To: &to, Value: big.NewInt(value), Data: data, Gas: 200_000,
		GasFeeCap: big.NewInt(100 * params.GWei), GasTipCap: big.NewInt(params.GWei),
	}
	if s.Legacy {
		inner = &types.LegacyTx{
			Nonce: s.nonce, To: &to, Value: big.NewInt(value), Data: data, Gas: 200_000,
			GasPrice: big.NewInt(100 * params.GWei),
		}
	}
	s.nonce++
	tx, err := types.SignNewTx(s.Account.Key, s.Signer, inner)
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

// Submit hands a transaction to a source and expects no refusal.
func Submit(t *testing.T, s chain.Source, tx *types.Transaction) {
	t.Helper()
	raw, err := tx.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	status, err := s.SubmitTx(t.Context(), raw)
	if err != nil || status.Err != "" {
		t.Fatalf("submit: %+v, %v", status, err)
	}
}
