package bind_test

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	contracts "github.com/candela-les/candela/contracts/bind"
)

// deploy puts a contract on the chain, at its minter's expense.
func (c *chain) deploy(meta *bind.MetaData, input []byte) common.Address {
	c.t.Helper()
	opts := bind.NewKeyedTransactor(c.minter.key, big.NewInt(chainID))
	opts.Context = c.t.Context()
	address, tx, err := bind.DeployContract(opts, common.FromHex(meta.Bin), c.client, input)
	if err != nil {
		c.t.Fatal(err)
	}
	c.mined(tx)
	return address
}

// checkRefusedBy compares what a contract returned with an error of its own.
func checkRefusedBy(t *testing.T, unpack func([]byte) (any, error), data []byte, want any) {
	t.Helper()
	got, err := unpack(data)
	if err != nil {
		t.Fatalf("refused with %x: %v", data, err)
	}
	if got, want := fmt.Sprintf("%T %+v", got, got), fmt.Sprintf("%T %+v", want, want); got != want {
		t.Errorf("refused with %s, want %s", got, want)
	}
}

// chequebook is one on a chain, with 1000 base units in it.
type chequebook struct {
	*chain
	*contracts.Chequebook
	address       common.Address
	issuer, payee person
	relay         person         // cashes for the payee
	cold          common.Address // where the payee keeps its money
}

func newChequebook(t *testing.T) *chequebook {
	t.Helper()
	c := &chequebook{
		Chequebook: contracts.NewChequebook(),
		issuer:     newPerson(t, "issuer"), payee: newPerson(t, "payee"), relay: newPerson(t, "relay"),
		cold: common.HexToAddress("0xc01d"),
	}
	c.chain = newChain(t, newPerson(t, "minter"), c.issuer, c.payee, c.relay)
	factory := contracts.NewChequebookFactory()
	at := c.deploy(&contracts.ChequebookFactoryMetaData, factory.PackConstructor(c.token))
	day := big.NewInt(int64(24 * time.Hour / time.Second))
	deployed := c.chain.send(c.issuer, at, factory.PackDeploySimpleSwap(c.issuer.address, day, [32]byte{}))
	event, err := factory.UnpackSimpleSwapDeployedEvent(deployed.Logs[0])
	if err != nil {
		t.Fatal(err)
	}
	c.address = event.ContractAddress
	if !call(c.chain, at, factory.PackDeployedContracts(c.address), factory.UnpackDeployedContracts) {
		t.Fatal("the factory does not know what it has deployed")
	}
	c.mint(c.address, 1000)
	return c
}

func (c *chequebook) send(from person, data []byte) *types.Receipt {
	c.t.Helper()
	return c.chain.send(from, c.address, data)
}

// cheque is signed by the issuer.
func (c *chequebook) cheque(cumulative int64) []byte {
	c.t.Helper()
	return c.issuer.sign(c.t, typedDigest(c.t, chequeData(chainID, c.address, c.payee.address, cumulative)))
}

func (c *chequebook) cash(cumulative int64) {
	c.t.Helper()
	c.send(c.payee, c.PackCashChequeBeneficiary(c.cold, big.NewInt(cumulative), c.cheque(cumulative)))
}

func TestChequebookPaysAndCashes(t *testing.T) {
	c := newChequebook(t)
	c.send(c.issuer, c.PackIncreaseHardDeposit(c.payee.address, big.NewInt(300)))
	deposit := call(c.chain, c.address, c.PackHardDeposits(c.payee.address), c.UnpackHardDeposits)
	if deposit.Amount.Int64() != 300 || deposit.CanBeDecreasedAt.Sign() != 0 {
		t.Fatalf("hard deposit: %+v", deposit)
	}
	c.cash(120)
	c.cash(200)
	c.holds("the payee's cold address", c.cold, 200)

	cashout := cashoutData(chainID, c.address, c.relay.address, 260, c.cold, 5)
	byPayee := c.payee.sign(t, typedDigest(t, cashout))
	c.send(c.relay, c.PackCashCheque(c.payee.address, c.cold, big.NewInt(260), byPayee, big.NewInt(5), c.cheque(260)))
	c.holds("the payee's cold address", c.cold, 255)
	c.holds("who cashed for it", c.relay.address, 5)

	// 740 are left, 40 of them for this payee only: a cheque for more bounces once the issuer has taken its own.
	c.send(c.issuer, c.PackWithdraw(big.NewInt(700)))
	c.holds("the issuer", c.issuer.address, 700)
	c.cash(400)
	c.holds("the payee's cold address", c.cold, 295)
	if !call(c.chain, c.address, c.PackBounced(), c.UnpackBounced) {
		t.Fatal("not seen to have bounced")
	}
}

func TestChequebookReleasesAHardDepositAfterItsTimeout(t *testing.T) {
	c := newChequebook(t)
	payee := c.payee.address
	c.send(c.issuer, c.PackIncreaseHardDeposit(payee, big.NewInt(1000)))
	twoDays := int64(48 * time.Hour / time.Second)
	agreed := c.payee.sign(t, typedDigest(t, timeoutData(chainID, c.address, payee, twoDays)))
	c.send(c.issuer, c.PackSetCustomHardDepositTimeout(payee, big.NewInt(twoDays), agreed))
	c.send(c.issuer, c.PackPrepareDecreaseHardDeposit(payee, big.NewInt(1000)))

	c.wait(47 * time.Hour)
	ready := call(c.chain, c.address, c.PackHardDeposits(payee), c.UnpackHardDeposits).CanBeDecreasedAt
	checkRefusedBy(t, c.UnpackError, c.revert(c.issuer, c.address, c.PackDecreaseHardDeposit(payee)),
		&contracts.ChequebookNotYetTimedOut{CanBeDecreasedAt: ready})
	c.wait(2 * time.Hour)
	c.send(c.issuer, c.PackDecreaseHardDeposit(payee))
	c.send(c.issuer, c.PackWithdraw(big.NewInt(1000)))
	c.holds("the issuer", c.issuer.address, 1000)
}

// Swarm's programs find here what they find in their own chequebooks.
func TestChequebookHasSwarmsABI(t *testing.T) {
	book, err := contracts.ChequebookMetaData.ParseABI()
	if err != nil {
		t.Fatal(err)
	}
	factory, err := contracts.ChequebookFactoryMetaData.ParseABI()
	if err != nil {
		t.Fatal(err)
	}
	methods := make(map[string]bool)
	for _, m := range book.Methods {
		results := ""
		for _, out := range m.Outputs {
			results += " " + out.Type.String()
		}
		methods[m.Sig+results] = true
	}
	for _, m := range factory.Methods {
		methods[m.Sig] = true
	}
	for _, want := range []string{
		"CASHOUT_TYPEHASH() bytes32", "CHEQUE_TYPEHASH() bytes32", "CUSTOMDECREASETIMEOUT_TYPEHASH() bytes32",
		"EIP712DOMAIN_TYPEHASH() bytes32", "balance() uint256", "bounced() bool",
		"cashCheque(address,address,uint256,bytes,uint256,bytes)", "cashChequeBeneficiary(address,uint256,bytes)",
		"decreaseHardDeposit(address)", "defaultHardDepositTimeout() uint256",
		"hardDeposits(address) uint256 uint256 uint256 uint256", "increaseHardDeposit(address,uint256)",
		"init(address,address,uint256)", "issuer() address", "liquidBalance() uint256", "liquidBalanceFor(address) uint256",
		"paidOut(address) uint256", "prepareDecreaseHardDeposit(address,uint256)",
		"setCustomHardDepositTimeout(address,uint256,bytes)", "token() address", "totalHardDeposit() uint256",
		"totalPaidOut() uint256", "withdraw(uint256)",
		"ERC20Address()", "deployedContracts(address)", "deploySimpleSwap(address,uint256,bytes32)", "master()",
	} {
		if !methods[want] {
			t.Errorf("no %s", want)
		}
	}
	events := make(map[string]int) // by signature: how many topics
	for _, e := range book.Events {
		for _, in := range e.Inputs {
			if in.Indexed {
				events[e.Sig]++
			}
		}
		events[e.Sig]++
	}
	for _, e := range factory.Events {
		events[e.Sig] = 1
	}
	for want, topics := range map[string]int{
		"ChequeCashed(address,address,address,uint256,uint256,uint256)": 4, "ChequeBounced()": 1,
		"HardDepositAmountChanged(address,uint256)": 2, "HardDepositDecreasePrepared(address,uint256)": 2,
		"HardDepositTimeoutChanged(address,uint256)": 2, "Withdraw(uint256)": 1, "SimpleSwapDeployed(address)": 1,
	} {
		if events[want] != topics {
			t.Errorf("%s has %d topics, not %d", want, events[want], topics)
		}
	}
}
