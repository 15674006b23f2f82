package devmoney_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node/devmoney"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/unit"
)

// A dev chain has the contracts that payments need where they are looked for, and a token that is made once,
// also if the chain is kept.
func TestOpen(t *testing.T) {
	dir, rich := t.TempDir(), common.Address{0xbe}
	for run := range 2 {
		chain, err := embedded.OpenDev(embedded.DevConfig{
			Config: embedded.Config{DataDir: dir}, BlockTime: time.Second, Alloc: devmoney.Alloc(),
		})
		if err != nil {
			t.Fatal(err)
		}
		client := chain.Attach()
		eth := ethclient.NewClient(client)
		money, err := devmoney.Open(t.Context(), eth)
		if err != nil {
			t.Fatal(err)
		}
		if err := money.Mint(t.Context(), rich, unit.NewAmount(7_000_000)); err != nil {
			t.Fatal(err)
		}
		if has, err := money.Has(t.Context(), rich); err != nil || has != unit.NewAmount(7_000_000*uint64(run+1)) {
			t.Errorf("after run %d there are %v tokens (%v)", run, has, err)
		}
		who, err := money.Person(t.Context(), "somebody")
		if err != nil {
			t.Fatal(err)
		}
		ether, err := eth.BalanceAt(t.Context(), who.Address(), nil)
		if want := new(big.Int).Mul(big.NewInt(params.Ether), big.NewInt(int64(run+1))); err != nil || ether.Cmp(want) != 0 {
			t.Errorf("after run %d there are %v wei (%v)", run, ether, err)
		}
		for _, at := range []common.Address{common.Address(channel.Settlement), common.Address(channel.Collector), money.Factory, money.Lottery} {
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
