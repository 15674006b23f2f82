package node

import (
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain/embedded"
	contracts "github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/unit"
)

// A dev chain has the contracts that payments need where they are looked for, and a token that is made once,
// also if the chain is kept.
func TestDevMoney(t *testing.T) {
	dir, rich := t.TempDir(), common.Address{0xbe}
	for run := range 2 {
		chain, err := embedded.OpenDev(embedded.DevConfig{
			Config: embedded.Config{DataDir: dir}, BlockTime: time.Second, Alloc: devAlloc(),
		})
		if err != nil {
			t.Fatal(err)
		}
		client := chain.Attach()
		eth := ethclient.NewClient(client)
		money, err := openDevMoney(t.Context(), eth)
		if err != nil {
			t.Fatal(err)
		}
		if err := money.mint(t.Context(), rich, unit.NewAmount(7_000_000)); err != nil {
			t.Fatal(err)
		}
		token := contracts.NewTestToken()
		got, err := eth.CallContract(t.Context(), ethereum.CallMsg{To: &money.Token, Data: token.PackBalanceOf(rich)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if has, err := token.UnpackBalanceOf(got); err != nil || has.Int64() != 7_000_000*int64(run+1) {
			t.Errorf("after run %d there are %v tokens (%v)", run, has, err)
		}
		who, err := money.person(t.Context(), "somebody")
		if err != nil {
			t.Fatal(err)
		}
		ether, err := eth.BalanceAt(t.Context(), who.Address(), nil)
		if want := new(big.Int).Mul(big.NewInt(params.Ether), big.NewInt(int64(run+1))); err != nil || ether.Cmp(want) != 0 {
			t.Errorf("after run %d there are %v wei (%v)", run, ether, err)
		}
		for _, at := range []common.Address{common.Address(channel.Settlement), common.Address(channel.Collector)} {
			if code, err := eth.CodeAt(t.Context(), at, nil); err != nil || len(code) == 0 {
				t.Errorf("there is no code at %s (%v)", at, err)
			}
		}
		client.Close()
		if err := chain.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
