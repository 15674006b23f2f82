package node

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/postgres"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/server"
)

// LedgerName is the file in a data directory that keeps accounts.
const LedgerName = "ledger.db"

// openLedger opens where accounts are kept, if they are kept in what is sold for.
func (c *SellConfig) openLedger(ctx context.Context, env Env, cfg *ServerConfig, sale *server.Sale) (*ledger.Journal, error) {
	where, open := c.Ledger, sqlite.Open
	switch {
	case strings.HasPrefix(where, "postgres://"), strings.HasPrefix(where, "postgresql://"):
		open = postgres.Open
	case where == "" && cfg.DataDir == "":
		return nil, usage.Errorf("--ledger is empty: name a file to keep accounts in")
	case where == "":
		where = filepath.Join(cfg.DataDir, LedgerName)
	}
	asset := ledger.Asset{ChainID: sale.ChainID, Token: ledger.Address(sale.Token), Decimals: sale.Decimals}
	books, err := open(ctx, where, ledger.Options{Now: env.Now, Asset: &asset})
	if errors.Is(err, ledger.ErrOtherAsset) {
		return nil, usage.Errorf("%w: give --sell.token, --sell.chain-id and --sell.decimals as before, or sell from another --datadir", err)
	}
	return books, err
}
