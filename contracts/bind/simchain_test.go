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
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/params"

	contracts "github.com/candela-les/candela/contracts/bind"
)

// simChain is a chain in this process on which every transaction is a block, with a token on it.
type simChain struct {
	t       *testing.T
	backend *simulated.Backend
	id      *big.Int
	owner   *ecdsa.PrivateKey
	token   common.Address
}

// keyOf makes keys that are the same in each run.
func keyOf(name string) *ecdsa.PrivateKey {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte(name)))
	if err != nil {
		panic(err)
	}
	return key
}

func addressOf(key *ecdsa.PrivateKey) common.Address { return crypto.PubkeyToAddress(key.PublicKey) }

// newSimChain starts a chain on which the named have ether for gas and a million base units of the token.
func newSimChain(t *testing.T, names ...string) *simChain {
	t.Helper()
	ether := types.Account{Balance: new(big.Int).Mul(big.NewInt(100), big.NewInt(params.Ether))}
	c := &simChain{t: t, owner: keyOf("owner")}
	alloc := types.GenesisAlloc{addressOf(c.owner): ether}
	for _, name := range names {
		alloc[addressOf(keyOf(name))] = ether
	}
	c.backend = simulated.NewBackend(alloc, mainnetRules)
	t.Cleanup(func() {
		if err := c.backend.Close(); err != nil {
			t.Error(err)
		}
	})
	id, err := c.backend.Client().ChainID(t.Context())
	c.must(err)
	c.id = id

	token := contracts.NewTestToken()
	c.token, _ = c.deploy("TestToken", &contracts.TestTokenMetaData, token.PackConstructor(addressOf(c.owner)))
	for _, name := range names {
		mint := token.PackMint(addressOf(keyOf(name)), big.NewInt(1_000_000))
		c.send("mint", c.owner, token.Instance(c.backend.Client(), c.token), mint)
	}
	return c
}

// mainnetRules leaves out a fork that go-ethereum's simulation has and mainnet has not scheduled: gas is another there.
func mainnetRules(_ *node.Config, config *ethconfig.Config) {
	rules := *config.Genesis.Config
	rules.BogotaTime = nil
	config.Genesis.Config = &rules
}

func (c *simChain) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// deploy returns the address of a new contract and the gas that it took.
func (c *simChain) deploy(what string, meta *bind.MetaData, input []byte) (common.Address, uint64) {
	c.t.Helper()
	opts := bind.NewKeyedTransactor(c.owner, c.id)
	address, tx, err := bind.DeployContract(opts, common.FromHex(meta.Bin), c.backend.Client(), input)
	c.must(err)
	return address, c.mined(what, tx).GasUsed
}

// send makes a transaction, which must succeed, and a block of it.
func (c *simChain) send(what string, from *ecdsa.PrivateKey, to *bind.BoundContract, data []byte) *types.Receipt {
	c.t.Helper()
	tx, err := bind.Transact(to, bind.NewKeyedTransactor(from, c.id), data)
	c.must(err)
	return c.mined(what, tx)
}

func (c *simChain) mined(what string, tx *types.Transaction) *types.Receipt {
	c.t.Helper()
	c.backend.Commit()
	receipt, err := c.backend.Client().TransactionReceipt(c.t.Context(), tx.Hash())
	c.must(err)
	if receipt.Status != types.ReceiptStatusSuccessful {
		c.t.Fatalf("%s failed", what)
	}
	c.t.Logf("%-28s %7d gas", what, receipt.GasUsed)
	return receipt
}

// revertData asks what a call would answer, and returns the data of the error that it must end in.
func (c *simChain) revertData(from common.Address, to common.Address, data []byte) []byte {
	c.t.Helper()
	_, err := c.backend.Client().CallContract(c.t.Context(), ethereum.CallMsg{From: from, To: &to, Data: data}, nil)
	reason, ok := ethclient.RevertErrorData(err)
	if !ok {
		c.t.Fatalf("did not revert: %v", err)
	}
	return reason
}

// later moves the chain's clock.
func (c *simChain) later(by time.Duration) {
	c.t.Helper()
	c.must(c.backend.AdjustTime(by))
}

// now is the time of the newest block.
func (c *simChain) now() uint64 {
	c.t.Helper()
	head, err := c.backend.Client().HeaderByNumber(c.t.Context(), nil)
	c.must(err)
	return head.Time
}

func (c *simChain) balance(of common.Address) int64 {
	c.t.Helper()
	token := contracts.NewTestToken()
	n, err := bind.Call(token.Instance(c.backend.Client(), c.token), nil, token.PackBalanceOf(of), token.UnpackBalanceOf)
	c.must(err)
	return n.Int64()
}

func (c *simChain) approve(from *ecdsa.PrivateKey, spender common.Address, amount int64) {
	c.t.Helper()
	token := contracts.NewTestToken()
	c.send("approve", from, token.Instance(c.backend.Client(), c.token), token.PackApprove(spender, big.NewInt(amount)))
}
