package node

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain/embedded"
	contracts "github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/unit"
)

// DevDecimals and DevCurrency say how the money of a dev chain is shown.
const (
	DevDecimals = 6
	DevCurrency = "CTT"
)

// DevLottery is where a dev chain's first block places the lottery.
var DevLottery = common.HexToAddress("0xCa4de1a000000000000000000000000000000001")

// devMoney is the money of a dev chain: who makes it, and its token.
type devMoney struct {
	eth   *ethclient.Client
	key   *ecdsa.PrivateKey
	Token common.Address
}

// devMint is the key that deploys a dev chain's token and makes its money:
// keccak256("candela dev mint"). Everybody has it.
func devMint() *ecdsa.PrivateKey {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("candela dev mint")))
	if err != nil {
		panic(err) // a constant that is a valid key
	}
	return key
}

// devAlloc are the accounts that payments need in a dev chain's first block: the contracts of channels
// at the addresses that they have everywhere, the lottery, and ether for who deploys the rest.
func devAlloc() embedded.Alloc {
	code := func(hex string) types.Account { return types.Account{Code: common.FromHex(hex), Balance: new(big.Int)} }
	ether := new(big.Int).Mul(big.NewInt(1000), big.NewInt(params.Ether))
	return embedded.Alloc{
		common.Address(channel.Settlement):          code(contracts.BatchSettlementRuntime),
		common.Address(channel.Collector):           code(contracts.ERC3009CollectorRuntime),
		DevLottery:                                  code(contracts.LotteryRuntime),
		crypto.PubkeyToAddress(devMint().PublicKey): {Balance: ether},
	}
}

// openDevMoney deploys the token, unless the chain has it from an earlier run. It returns when the token is in a block.
func openDevMoney(ctx context.Context, eth *ethclient.Client) (*devMoney, error) {
	m := &devMoney{eth: eth, key: devMint()}
	owner := crypto.PubkeyToAddress(m.key.PublicKey)
	m.Token = crypto.CreateAddress(owner, 0)
	code, err := eth.CodeAt(ctx, m.Token, nil)
	if err != nil || len(code) > 0 {
		return m, err
	}
	token := contracts.NewTestToken()
	data := append(common.FromHex(contracts.TestTokenMetaData.Bin), token.PackConstructor(owner)...)
	if err := m.send(ctx, nil, data); err != nil {
		return nil, fmt.Errorf("deploying the dev chain's token: %w", err)
	}
	return m, nil
}

// mint makes tokens for somebody, and gives it ether to pay gas with. It returns when both are in a block.
func (m *devMoney) mint(ctx context.Context, to common.Address, amount unit.Amount) error {
	if err := m.send(ctx, &m.Token, contracts.NewTestToken().PackMint(to, amount.Big())); err != nil {
		return fmt.Errorf("making tokens for %s: %w", to, err)
	}
	return m.pay(ctx, to, big.NewInt(params.Ether))
}

func (m *devMoney) pay(ctx context.Context, to common.Address, wei *big.Int) error {
	if err := m.transact(ctx, &to, nil, wei); err != nil {
		return fmt.Errorf("sending ether to %s: %w", to, err)
	}
	return nil
}

func (m *devMoney) send(ctx context.Context, to *common.Address, data []byte) error {
	return m.transact(ctx, to, data, new(big.Int))
}

// transact has one transaction of the mint mined. Nobody else sends any with its key.
func (m *devMoney) transact(ctx context.Context, to *common.Address, data []byte, wei *big.Int) error {
	from := crypto.PubkeyToAddress(m.key.PublicKey)
	chainID, err := m.eth.ChainID(ctx)
	if err != nil {
		return err
	}
	nonce, err := m.eth.NonceAt(ctx, from, nil)
	if err != nil {
		return err
	}
	gas, err := m.eth.EstimateGas(ctx, ethereum.CallMsg{From: from, To: to, Data: data, Value: wei})
	if err != nil {
		return err
	}
	tx, err := types.SignNewTx(m.key, types.LatestSignerForChainID(chainID), &types.DynamicFeeTx{
		ChainID: chainID, Nonce: nonce, To: to, Data: data, Value: wei, Gas: gas,
		GasTipCap: big.NewInt(params.GWei), GasFeeCap: big.NewInt(100 * params.GWei),
	})
	if err != nil {
		return err
	}
	if err := m.eth.SendTransaction(ctx, tx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	receipt, err := bind.WaitMined(ctx, m.eth, tx.Hash())
	if err != nil {
		return err
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return errors.New("the transaction has failed")
	}
	return nil
}
