package node

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/unit"
)

// warnUnsold looks, where nothing is sold, at the ledger that the data directory has from when something was.
func (c *ServerConfig) warnUnsold(ctx context.Context, env Env) error {
	if c.DataDir == "" {
		return nil
	}
	path := filepath.Join(c.DataDir, LedgerName)
	there, err := written(path)
	if err != nil || !there {
		return err
	}
	books, err := sqlite.Open(ctx, path, ledger.Options{Now: env.Now})
	if err != nil {
		env.Logger.Error("nothing is sold, and nobody can say whether something is due from when it was", "ledger", path, "err", err)
		return ctx.Err()
	}
	defer books.Close() //nolint:errcheck // nothing was entered
	return c.warnUnwatched(ctx, env, books)
}

// warnUnwatched says, method by method, what clients owe by methods that this server does not take now: nobody collects that, and nobody sees when they
// take it back.
func (c *ServerConfig) warnUnwatched(ctx context.Context, env Env, books *ledger.Journal) error {
	for _, method := range methodNames {
		if method == offset.Method || slices.Contains(c.Take.Methods, method) { // of what is set off nothing is locked
			continue
		}
		due, err := dueBy(ctx, books, method)
		if err != nil {
			return err
		}
		if due.IsZero() {
			continue
		}
		amount := due.String() + " base units"
		if asset, ok := books.Asset(); ok {
			amount = due.Tokens(asset.Decimals) + " tokens"
		}
		env.Logger.Error("clients owe what this server does not watch: they can take it back, and it is not collected. Start the server as before, with its --sell and --pay flags "+
			"and this method in --pay.methods, and collect it (candela admin collect) before you stop selling", "method", method, "due", amount)
	}
	return nil
}

// dueBy is what is due of a method: what was promised and neither given back nor collected, and claims that are not settled.
func dueBy(ctx context.Context, books ledger.Ledger, method string) (due unit.Amount, err error) {
	for page := (ledger.ChannelPage{Due: true, Limit: ledger.MaxPage}); ; {
		list, err := books.Promises(ctx, method, page)
		if err != nil {
			return due, err
		}
		for _, c := range list {
			due, page.After = due.Plus(c.Due()), c.ID
		}
		if len(list) < page.Limit {
			break
		}
	}
	for after := [32]byte{}; ; {
		list, err := books.Claims(ctx, method, after, ledger.MaxPage)
		if err != nil {
			return due, err
		}
		for _, c := range list {
			due, after = due.Plus(c.Amount), c.Key
		}
		if len(list) < ledger.MaxPage {
			return due, nil
		}
	}
}
