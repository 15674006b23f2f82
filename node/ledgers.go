package node

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/postgres"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay/offset"
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
	books, err := open(ctx, where, ledger.Options{Now: env.Now, Asset: &asset, New: func() error { return cfg.mayBegin(env, where) }})
	if errors.Is(err, ledger.ErrOtherAsset) {
		return nil, usage.Errorf("%w: give --sell.token, --sell.chain-id and --sell.decimals as before, or sell from another --datadir", err)
	}
	return books, err
}

// mayBegin is asked before a ledger is a new one. That it is new is what a lost one looks like, too: empty, or a database of another name. What is written
// beside it only once there was a ledger tells them apart, for a ledger is on disk before anything else of a sale is.
func (c *ServerConfig) mayBegin(env Env, where string) error {
	proof, err := c.hasSold()
	switch {
	case err != nil || proof == "":
		return err
	case c.Sell.Anew:
		env.Logger.Warn("a new ledger is begun, though this server has sold before: what clients had, and what they owe, is not known any more", "proof", proof)
		return nil
	}
	return usage.Errorf("the ledger %s is empty or was not there, and %s says that this server has sold before: restore the ledger and %s together, "+
		"or give up what clients had and owe, with --sell.anew once", shown(where), proof, PaymentsName)
}

// hasSold is a file that only a server that sells has written; empty if there is none.
func (c *ServerConfig) hasSold() (string, error) {
	files := []string{c.Take.file(c)}
	if bound, ok := c.boundFile(); ok {
		files = append(files, string(bound))
	}
	for _, file := range files {
		if there, err := written(file); err != nil || there {
			return file, err
		}
	}
	return "", nil
}

// written reports whether there is something in a file.
func written(path string) (bool, error) {
	if path == "" {
		return false, nil
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && info.Size() > 0, err
}

// shown is where a ledger is, without what is secret.
func shown(where string) string {
	if strings.Contains(where, "://") {
		return bareURL(where)
	}
	return where
}

// mayPay is asked before transactions are kept in a new file. Which were sent is not known without the old one, and they would be sent again: there was one if
// this server has sold before, and clients have promised something.
func (c *ServerConfig) mayPay(ctx context.Context, env Env, books ledger.Ledger) error {
	file := c.Take.file(c)
	there, err := written(file)
	bound, ok := c.boundFile()
	if err != nil || there || file == "" || !ok {
		return err
	}
	sold, err := written(string(bound))
	if err != nil || !sold {
		return err
	}
	for _, method := range methodNames {
		if method == offset.Method {
			continue // which sends none
		}
		list, err := books.Promises(ctx, method, ledger.ChannelPage{Limit: 1})
		switch {
		case err != nil:
			return err
		case len(list) == 0:
		case c.Sell.Anew:
			env.Logger.Warn("a new file of transactions is begun, though clients have paid before", "file", file, "method", method)
			return nil
		default:
			return usage.Errorf("%s is empty or was not there, and clients have paid this server by %s before: restore it together with the ledger, "+
				"or begin it anew, with --sell.anew once, and perhaps pay gas twice", file, method)
		}
	}
	return nil
}
