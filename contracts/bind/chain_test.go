package bind_test

import (
	"crypto/ecdsa"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/params"

	contracts "github.com/candela-les/candela/contracts/bind"
)

// chainID is that of every simulated chain, and of Candela's dev chain.
const chainID = 1337

var (
	settlementAddress = common.HexToAddress(contracts.SettlementAddress)
	collectorAddress  = common.HexToAddress(contracts.CollectorAddress)

	settlement = contracts.NewBatchSettlement()
	testToken  = contracts.NewTestToken()
)

// person is somebody with a key, and ether to send transactions.
type person struct {
	key     *ecdsa.PrivateKey
	address common.Address
}

func newPerson(t *testing.T, name string) person {
	t.Helper()
	return personOf(t, crypto.Keccak256([]byte(name)))
}

func personOf(t *testing.T, secret []byte) person {
	t.Helper()
	key, err := crypto.ToECDSA(secret)
	if err != nil {
		t.Fatal(err)
	}
	return person{key: key, address: crypto.PubkeyToAddress(key.PublicKey)}
}

// sign returns r, s, v of a digest, v as contracts take it: 27 or 28.
func (p person) sign(t *testing.T, digest [32]byte) []byte {
	t.Helper()
	signature, err := crypto.Sign(digest[:], p.key)
	if err != nil {
		t.Fatal(err)
	}
	signature[64] += 27
	return signature
}

// chain is a chain in memory with the contracts where they are on a dev chain, and a
// token that its minter has deployed by its first transaction.
type chain struct {
	t       *testing.T
	backend *simulated.Backend
	client  simulated.Client
	minter  person
	token   common.Address
}

func newChain(t *testing.T, minter person, people ...person) *chain {
	t.Helper()
	alloc := contracts.GenesisAlloc()
	for _, p := range append(people, minter) {
		alloc[p.address] = types.Account{Balance: big.NewInt(params.Ether)}
	}
	backend := simulated.NewBackend(alloc)
	t.Cleanup(func() {
		if err := backend.Close(); err != nil {
			t.Error(err)
		}
	})
	c := &chain{t: t, backend: backend, client: backend.Client(), minter: minter}

	opts := bind.NewKeyedTransactor(minter.key, big.NewInt(chainID))
	opts.Context = t.Context()
	code := common.FromHex(contracts.TestTokenMetaData.Bin)
	address, tx, err := bind.DeployContract(opts, code, c.client, testToken.PackConstructor(minter.address))
	if err != nil {
		t.Fatal(err)
	}
	c.token = address
	c.mined(tx)
	return c
}

// send has a transaction mined, and fails the test if it fails.
func (c *chain) send(from person, to common.Address, data []byte) *types.Receipt {
	c.t.Helper()
	opts := bind.NewKeyedTransactor(from.key, big.NewInt(chainID))
	opts.Context = c.t.Context()
	tx, err := bind.Transact(settlement.Instance(c.client, to), opts, data)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.mined(tx)
}

func (c *chain) mined(tx *types.Transaction) *types.Receipt {
	c.t.Helper()
	c.backend.Commit()
	receipt, err := c.client.TransactionReceipt(c.t.Context(), tx.Hash())
	if err != nil {
		c.t.Fatal(err)
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		c.t.Fatalf("transaction failed: %+v", receipt)
	}
	return receipt
}

// wait lets time pass on the chain.
func (c *chain) wait(span time.Duration) {
	c.t.Helper()
	// The pool forgets what was mined a moment after the block, and time stands still as
	// long as it has anything. All that was sent has been mined.
	c.backend.Rollback()
	if err := c.backend.AdjustTime(span); err != nil {
		c.t.Fatal(err)
	}
}

// revert is the error data of a call that must fail.
func (c *chain) revert(from person, to common.Address, data []byte) []byte {
	c.t.Helper()
	_, err := c.client.CallContract(c.t.Context(), ethereum.CallMsg{From: from.address, To: &to, Data: data}, nil)
	if err == nil {
		c.t.Fatal("a call went well that must be refused")
	}
	return revertData(c.t, err)
}

// call asks a contract something, of the last block.
func call[T any](c *chain, to common.Address, data []byte, unpack func([]byte) (T, error)) T {
	c.t.Helper()
	instance := settlement.Instance(c.client, to)
	value, err := bind.Call(instance, &bind.CallOpts{Context: c.t.Context()}, data, unpack)
	if err != nil {
		c.t.Fatal(err)
	}
	return value
}

func (c *chain) mint(to common.Address, amount int64) {
	c.t.Helper()
	c.send(c.minter, c.token, testToken.PackMint(to, big.NewInt(amount)))
}

// holds checks what somebody has of the token.
func (c *chain) holds(who string, address common.Address, want int64) {
	c.t.Helper()
	got := call(c, c.token, testToken.PackBalanceOf(address), testToken.UnpackBalanceOf)
	if got.Cmp(big.NewInt(want)) != 0 {
		c.t.Errorf("%s has %v, want %d", who, got, want)
	}
}

// channelHas checks a channel's state.
func (c *chain) channelHas(id [32]byte, balance, claimed int64) {
	c.t.Helper()
	got := call(c, settlementAddress, settlement.PackChannels(id), settlement.UnpackChannels)
	if got.Balance.Cmp(big.NewInt(balance)) != 0 || got.TotalClaimed.Cmp(big.NewInt(claimed)) != 0 {
		c.t.Errorf("channel has %v, %v claimed; want %d, %d", got.Balance, got.TotalClaimed, balance, claimed)
	}
}
