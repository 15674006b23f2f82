package bind_test

import (
	"bytes"
	"crypto/ecdsa"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"

	contracts "github.com/candela-les/candela/contracts/bind"
)

// chequebook is one on a chain, with 1000 base units in it.
type chequebook struct {
	*simChain
	*contracts.Chequebook
	address common.Address
	bound   *bind.BoundContract
	issuer  *ecdsa.PrivateKey
	payee   *ecdsa.PrivateKey
}

func newChequebook(t *testing.T) *chequebook {
	c := &chequebook{
		simChain:   newSimChain(t, "issuer", "payee", "relay"),
		Chequebook: contracts.NewChequebook(), issuer: keyOf("issuer"), payee: keyOf("payee"),
	}
	factory := contracts.NewChequebookFactory()
	at, _ := c.deploy("ChequebookFactory", &contracts.ChequebookFactoryMetaData, factory.PackConstructor(c.token))
	day := big.NewInt(int64(24 * time.Hour / time.Second))
	receipt := c.simChain.send("deploySimpleSwap", c.issuer, factory.Instance(c.backend.Client(), at),
		factory.PackDeploySimpleSwap(addressOf(c.issuer), day, [32]byte{}))
	deployed, err := factory.UnpackSimpleSwapDeployedEvent(receipt.Logs[0])
	c.must(err)
	c.address = deployed.ContractAddress
	c.bound = c.Instance(c.backend.Client(), c.address)
	known, err := bind.Call(factory.Instance(c.backend.Client(), at), nil,
		factory.PackDeployedContracts(c.address), factory.UnpackDeployedContracts)
	c.must(err)
	if !known {
		t.Fatal("the factory does not know what it deployed")
	}
	token := contracts.NewTestToken()
	c.simChain.send("deposit, first", c.issuer, token.Instance(c.backend.Client(), c.token),
		token.PackTransfer(c.address, big.NewInt(1000)))
	return c
}

func (c *chequebook) send(what string, from *ecdsa.PrivateKey, data []byte) {
	c.t.Helper()
	c.simChain.send(what, from, c.bound, data)
}

func (c *chequebook) cheque(cumulative int64) []byte {
	c.t.Helper()
	return sign(c.t, c.issuer, typedDigest(c.t, chequeData(c.id, c.address, addressOf(c.payee), cumulative)))
}

func TestChequebookPaysAndCashes(t *testing.T) {
	c := newChequebook(t)
	payee, cold := addressOf(c.payee), common.HexToAddress("0xc01d")

	c.send("increaseHardDeposit", c.issuer, c.PackIncreaseHardDeposit(payee, big.NewInt(300)))
	deposit, err := bind.Call(c.bound, nil, c.PackHardDeposits(payee), c.UnpackHardDeposits)
	c.must(err)
	if deposit.Amount.Int64() != 300 || deposit.CanBeDecreasedAt.Sign() != 0 {
		t.Fatalf("hard deposit: %+v", deposit)
	}
	c.send("cashChequeBeneficiary, first", c.payee, c.PackCashChequeBeneficiary(cold, big.NewInt(120), c.cheque(120)))
	c.send("cashChequeBeneficiary, again", c.payee, c.PackCashChequeBeneficiary(cold, big.NewInt(200), c.cheque(200)))
	if got := c.balance(cold); got != 200 {
		t.Fatalf("cashed %d, not 200", got)
	}

	relay := keyOf("relay")
	before := c.balance(addressOf(relay))
	byPayee := sign(t, c.payee, typedDigest(t, cashoutData(c.id, c.address, addressOf(relay), 260, cold, 5)))
	c.send("cashCheque, with a fee", relay, c.PackCashCheque(payee, cold, big.NewInt(260), byPayee, big.NewInt(5), c.cheque(260)))
	if got := c.balance(cold); got != 255 {
		t.Fatalf("cashed %d, not 255", got)
	}
	if got := c.balance(addressOf(relay)) - before; got != 5 {
		t.Fatalf("the fee was %d, not 5", got)
	}

	// 740 are left, 40 of them for this payee only: more than that bounces, once the issuer has taken its own.
	c.send("withdraw", c.issuer, c.PackWithdraw(big.NewInt(700)))
	c.send("cashChequeBeneficiary, bounces", c.payee, c.PackCashChequeBeneficiary(cold, big.NewInt(400), c.cheque(400)))
	bounced, err := bind.Call(c.bound, nil, c.PackBounced(), c.UnpackBounced)
	c.must(err)
	if got := c.balance(cold); got != 295 || !bounced {
		t.Fatalf("cashed %d, not 295; bounced %t", got, bounced)
	}
}

func TestChequebookReleasesAHardDepositAfterItsTimeout(t *testing.T) {
	c := newChequebook(t)
	payee := addressOf(c.payee)
	before := c.balance(addressOf(c.issuer))
	c.send("increaseHardDeposit", c.issuer, c.PackIncreaseHardDeposit(payee, big.NewInt(1000)))
	twoDays := int64(48 * time.Hour / time.Second)
	agreed := sign(t, c.payee, typedDigest(t, timeoutData(c.id, c.address, payee, twoDays)))
	c.send("setCustomHardDepositTimeout", c.issuer, c.PackSetCustomHardDepositTimeout(payee, big.NewInt(twoDays), agreed))
	c.send("prepareDecreaseHardDeposit", c.issuer, c.PackPrepareDecreaseHardDeposit(payee, big.NewInt(1000)))

	c.later(47 * time.Hour)
	data := c.revertData(payee, c.address, c.PackDecreaseHardDeposit(payee))
	if _, err := c.UnpackNotYetTimedOutError(data[4:]); err != nil || !bytes.HasPrefix(data, contracts.ChequebookNotYetTimedOutErrorID().Bytes()[:4]) {
		t.Fatalf("decreased too early: %x, %v", data, err)
	}
	c.later(2 * time.Hour)
	c.send("decreaseHardDeposit", c.issuer, c.PackDecreaseHardDeposit(payee))
	c.send("withdraw", c.issuer, c.PackWithdraw(big.NewInt(1000)))
	if got := c.balance(addressOf(c.issuer)) - before; got != 1000 {
		t.Fatalf("the issuer got %d back", got)
	}
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
