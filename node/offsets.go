package node

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/unit"
)

// OffsetConfig is how a server sets its service off against that of partners. Amounts are in whole tokens.
type OffsetConfig struct {
	// Own is the address of the operator's own light client: what it takes at partners' servers is what theirs may take here.
	Own string
	// Partners are the addresses of their light clients. Threshold is what each of them may owe; it can be lost.
	Partners  []string
	Threshold string
}

// checkOffset reads what is said of partners.
func (t *takings) checkOffset(decimals uint64) (err error) {
	c := &t.cfg.Offset
	switch wanted := slices.Contains(t.cfg.Methods, offset.Method); {
	case !wanted && (c.Own != "" || c.Threshold != "" || len(c.Partners) > 0):
		return usage.Errorf("--pay.own-client, --pay.partner and --pay.threshold need --pay.methods offset")
	case !wanted:
		return nil
	case !isAddress(c.Own):
		return usage.Errorf("--pay.own-client %q %s: say which light client is your own", c.Own, notAddress(c.Own))
	}
	for i, p := range c.Partners {
		switch {
		case !isAddress(p):
			return usage.Errorf("--pay.partner %q %s: say which light clients may take service on account", p, notAddress(p))
		case common.HexToAddress(p) == common.HexToAddress(c.Own):
			return usage.Errorf("--pay.partner %s is --pay.own-client", p)
		case slices.ContainsFunc(c.Partners[:i], func(other string) bool { return common.HexToAddress(p) == common.HexToAddress(other) }):
			return usage.Errorf("--pay.partner %s: each once", p)
		}
	}
	if t.owed, err = unit.ParseTokens(c.Threshold, decimals); err != nil || t.owed.IsZero() {
		return usage.Errorf("--pay.threshold %q: say in whole tokens what each partner may owe", c.Threshold)
	}
	return nil
}

// offset makes the method by which service is set off.
func (t *taker) offset(asset pay.Asset) (collected, error) {
	c := &t.cfg.Offset
	return offset.NewProvider(offset.ProviderConfig{
		Asset: asset, Own: addresses([]string{c.Own})[0], Partners: addresses(c.Partners), Threshold: t.owed,
	})
}

// ownPatience is how long a light client waits for its operator's server to say what a partner has taken.
const ownPatience = 5 * time.Second

// ownServer is the operator's server, as its light client asks it: by the socket in its data directory.
type ownServer struct{ dir string }

// Newest implements offset.Own.
func (o ownServer) Newest(ctx context.Context, asset pay.Asset, partner pay.Address) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, ownPatience)
	defer cancel()
	office, err := admin.Dial(ctx, admin.SocketIn(o.dir))
	if err != nil {
		return nil, err
	}
	defer office.Close() //nolint:errcheck // it was only read
	got, err := office.Taken(ctx, admin.Address(partner))
	if err != nil {
		return nil, err
	}
	if is := (pay.Asset{ChainID: got.ChainID, Token: pay.Address(got.Token)}); is != asset {
		return nil, fmt.Errorf("the own server sells for token %x of chain %d, and the partner for token %x of chain %d",
			is.Token, is.ChainID, asset.Token, asset.ChainID)
	}
	return hex.DecodeString(got.Statement)
}

// offsets reads what is said of service that is set off.
func (p *PayConfig) offsets() (threshold unit.Amount, err error) {
	switch wanted := slices.Contains(p.Methods, offset.Method); {
	case !wanted && (p.OwnServer != "" || p.Threshold != ""):
		return threshold, usage.Errorf("--pay.own-server and --pay.threshold need --pay offset")
	case !wanted:
		return threshold, nil
	case p.OwnServer == "":
		return threshold, usage.Errorf("--pay offset needs --pay.own-server: the data directory of the server that partners take service at")
	}
	if threshold, err = unit.ParseAmount(p.Threshold); err != nil || threshold.IsZero() {
		return threshold, usage.Errorf("--pay.threshold %q: say in base units what may be owed to a partner", p.Threshold)
	}
	return threshold, nil
}
