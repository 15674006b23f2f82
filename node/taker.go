package node

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/pay/watch"
	"github.com/candela-les/candela/unit"
)

// methodNames are the methods by which clients can pay, as they are named in configuration.
var methodNames = []string{channel.Method, cheque.Method, lottery.Method, offset.Method}

// onChain reports whether any of some methods needs a chain: service is set off without one.
func onChain(methods []string) bool {
	return slices.ContainsFunc(methods, func(m string) bool { return m != offset.Method })
}

// checkMethods finds methods that there are not, or not once. flag is what they were named by.
func checkMethods(flag string, methods []string) error {
	for i, m := range methods {
		switch {
		case !slices.Contains(methodNames, m):
			return usage.Errorf("%s %q is no method of payment here: %s", flag, m, strings.Join(methodNames, ", "))
		case slices.Contains(methods[:i], m):
			return usage.Errorf("%s %s: each once", flag, strings.Join(methods, ","))
		}
	}
	return nil
}

// checkCheques reads what is said of cheques.
func (t *takings) checkCheques(decimals uint64) (err error) {
	c := t.cfg
	switch cheques := slices.Contains(c.Methods, cheque.Method); {
	case !cheques && (c.Factory != "" || c.Credit != ""):
		return usage.Errorf("--pay.factory and --pay.credit need --pay.methods cheque")
	case cheques && !isAddress(c.Factory):
		return usage.Errorf("--pay.factory %q %s: say which one deploys the chequebooks that are taken", c.Factory, notAddress(c.Factory))
	case c.Credit == "":
		return nil
	}
	if t.credit, err = unit.ParseTokens(c.Credit, decimals); err != nil {
		return usage.Errorf("--pay.credit: %w", err)
	}
	return nil
}

// taker makes the methods by which a server is paid. They share one watcher of the chain and one sender.
type taker struct {
	*takings
	signer  watch.Signer
	watcher *watch.Watcher
	sender  *watch.Sender
	now     func() time.Time
	alarm   func(method string)
}

// collected is a method that is paid, and collects what it was paid.
type collected interface {
	pay.Provider
	pay.Collectable
}

// checked is a method that needs a chain.
type checked interface {
	collected
	// Check makes sure that the chain has what the method needs, as it was configured.
	Check(ctx context.Context) error
}

// provider makes one method.
func (t *taker) provider(ctx context.Context, method string) (collected, error) {
	asset := pay.Asset{ChainID: t.sale.ChainID, Token: pay.Address(t.sale.Token)}
	receiver, react := pay.Address(common.HexToAddress(t.cfg.Receiver)), t.cfg.Stale+claimSpan
	alarm := func() { t.alarm(method) }
	switch method {
	case channel.Method:
		return channel.NewProvider(channel.ProviderConfig{
			Asset: asset, Receiver: receiver, Authorizer: t.signer, Delay: t.cfg.Delay, React: react, Watcher: t.watcher, Reader: t.node,
			Sender: t.sender, GasCost: t.gasCost, Now: t.now, Alarm: alarm,
		})
	case cheque.Method:
		return cheque.NewProvider(cheque.ProviderConfig{
			Asset: asset, Factory: pay.Address(common.HexToAddress(t.cfg.Factory)), Beneficiary: t.signer, Recipient: receiver,
			Timeout: t.cfg.Delay, React: react, Credit: t.credit, Watcher: t.watcher, Reader: t.node, Sender: t.sender, GasCost: t.gasCost,
			Now: t.now, Alarm: alarm,
		})
	case lottery.Method:
		return t.lottery(ctx, asset, receiver, alarm)
	case offset.Method:
		return t.offset(asset)
	default:
		return nil, fmt.Errorf("no method %q", method)
	}
}
