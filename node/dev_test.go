package node

import (
	"log/slog"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/client"
)

// testEnv logs to the test.
func testEnv(t *testing.T) Env {
	return Env{Logger: slog.New(slog.NewTextHandler(t.Output(), nil)), Now: time.Now}
}

// startDev starts a development setup whose blocks are made by Commit.
func startDev(t *testing.T, servers, fraction int) *Dev {
	t.Helper()
	d, err := StartDev(t.Context(), testEnv(t), DevConfig{
		Servers: servers, Fraction: fraction, HTTPAddr: "127.0.0.1:0",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.Light.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

// A transaction goes from the light client to a block and comes back as a proven
// receipt.
func TestTransaction(t *testing.T) {
	d := startDev(t, 3, 60)
	c := d.Light.Client()
	key := embedded.DevAccounts()[0].Key
	tx := types.MustSignNewTx(key, types.LatestSigner(c.Config()), &types.DynamicFeeTx{
		ChainID: c.Config().ChainID, To: &common.Address{0xca}, Value: big.NewInt(5), Gas: params.TxGas,
		GasTipCap: big.NewInt(params.GWei / 1000), GasFeeCap: big.NewInt(10 * params.GWei),
	})
	events := make(chan client.HeadEvent, 10)
	defer c.SubscribeHeads(events)()
	if err := c.SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	status, err := d.Chain.TxStatus(t.Context(), []chain.Hash{tx.Hash()})
	if err != nil || status[0].State == chain.TxUnknown {
		t.Errorf("the node has the transaction as %+v, %v", status, err)
	}
	made, err := d.Chain.Commit()
	if err != nil {
		t.Fatal(err)
	}
	for head := range events {
		if last := head.Added[len(head.Added)-1]; last.Hash() == made.Hash {
			break
		}
	}
	found, err := c.Transaction(t.Context(), tx.Hash())
	if err != nil {
		t.Fatal(err)
	}
	if found.Header == nil || found.Header.Hash() != made.Hash {
		t.Fatalf("looked up: %+v, want it in block %d", found, made.Number)
	}
	receipts, err := c.Receipts(t.Context(), found.Header)
	if err != nil || len(receipts) != 1 || receipts[0].TxHash != tx.Hash() {
		t.Fatalf("receipts %v, %v", receipts, err)
	}
}
