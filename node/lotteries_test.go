package node

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/server"
)

// gasNode is a node that says what gas costs, or does not.
type gasNode struct {
	watch.Node
	gwei int64
	err  error
}

func (g *gasNode) HeaderByNumber(context.Context, *big.Int) (*types.Header, error) {
	return &types.Header{BaseFee: big.NewInt(g.gwei * params.GWei)}, g.err
}

func (*gasNode) SuggestGasTipCap(context.Context) (*big.Int, error) { return new(big.Int), nil }

func (g *gasNode) ChainID(context.Context) (*big.Int, error) { return nil, g.err }

// A server whose lottery is too dear just now, or whose node is away, starts without it; one that asks for what no gas price makes good does not.
func TestLotteryIsOffered(t *testing.T) {
	const contract = "0x00000000000000000000000000000000c01d0002"
	for name, c := range map[string]struct {
		node    gasNode
		change  func(*LotteryConfig)
		offered bool
		flag    string
	}{
		"gas is cheap":         {node: gasNode{gwei: 1}, offered: true},
		"gas is dear":          {node: gasNode{gwei: 1_000_000}},
		"the node is away":     {node: gasNode{err: errors.New("away")}},
		"a prize for nobody":   {node: gasNode{gwei: 1}, change: func(c *LotteryConfig) { c.Prize = "11" }, flag: "--pay.prize"},
		"and the node is away": {node: gasNode{err: errors.New("away")}, change: func(c *LotteryConfig) { c.Prize = "11" }, flag: "--pay.prize"},
		"a ticket for nobody":  {node: gasNode{gwei: 1}, change: func(c *LotteryConfig) { c.Ticket = "11" }, flag: "--pay.ticket"},
	} {
		t.Run(name, func(t *testing.T) {
			log := slog.New(slog.DiscardHandler)
			cfg := &TakeConfig{
				Methods: []string{lottery.Method}, Stale: time.Minute,
				Lottery: LotteryConfig{Contract: contract, Revenue: "1000", Ticket: "0.001"},
			}
			if c.change != nil {
				c.change(&cfg.Lottery)
			}
			m := &taker{
				takings: &takings{cfg: cfg, sale: &server.Sale{ChainID: 5}, node: &c.node, coin: big.NewInt(3_000_000), log: log, unoffered: map[string]error{}},
				signer:  watch.NewKey(embedded.DevAccounts()[1].Key), now: time.Now,
			}
			if err := m.checkLottery(6); err != nil || c.flag != "" {
				if !usage.Is(err) || c.flag == "" || !strings.Contains(err.Error(), c.flag) {
					t.Error(err)
				}
				return
			}
			var err error
			m.watcher, err = watch.New(watch.Config{Chain: m.node, ChainID: 5, Confirmations: 1, Stale: time.Minute, Now: time.Now, Logger: log})
			if err != nil {
				t.Fatal(err)
			}
			defer m.watcher.Close()
			p, err := m.lottery(t.Context(), pay.Asset{ChainID: 5, Token: pay.Address{1}}, pay.Address{2}, func() {})
			if err != nil || p.Method() != lottery.Method || (m.unoffered[lottery.Method] == nil) != c.offered {
				t.Errorf("%v, and not offered are %v", err, m.unoffered)
			}
		})
	}
}
