package marketview

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p"

	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/wire"
)

// What may be wrong with a server; match with errors.Is.
var (
	// ErrNothingSold: the server sells nothing, or does not speak market/1.
	ErrNothingSold = errors.New("the server sells nothing")
	// ErrDishonest: what it said is not signed as it should be, or contradicts itself.
	ErrDishonest = errors.New("the server does not say the truth about its market")
)

// Config says whom to look at.
type Config struct {
	Target string // enode URL
	Watch  bool   // look again and again, until the context ends
	Now    func() time.Time
	Logger *slog.Logger
}

// Run connects and calls show with what the server sells, and while it watches again whenever that has
// changed. It returns what show returns, ErrNothingSold, ErrDishonest, or why there is no connection.
func Run(ctx context.Context, cfg Config, show func(View) error) error {
	target, err := devp2p.ParseURL(cfg.Target)
	if err != nil {
		return usage.Errorf("--target: %w", err)
	}
	key, err := crypto.GenerateKey()
	if err != nil {
		return err
	}
	asked := ctx // to end
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	result := make(chan error, 1)
	host, err := devp2p.NewHost(devp2p.Config{
		Key: key, Name: "candela-market", MaxPeers: 1, Versions: []uint{wire.LES5}, Market: true, Logger: cfg.Logger,
		Handler: func(ctx context.Context, peer wire.Peer, conn wire.Conn) error {
			err := look(ctx, &cfg, peer, conn, show)
			select {
			case result <- err:
			default: // it has been looked at
			}
			cancel()
			return err
		},
		Disconnect: func(error) p2p.DiscReason { return p2p.DiscQuitting },
	})
	if err != nil {
		return err
	}
	defer host.Close()
	_, ended := host.Visit(ctx, target, nil)
	select {
	case err := <-result:
		if asked.Err() != nil { // the connection was ended for it
			return context.Cause(asked)
		}
		return err
	default:
	}
	if errors.Is(ended, p2p.DiscUselessPeer) {
		return fmt.Errorf("%w: it does not speak les/5", ErrNothingSold)
	}
	return fmt.Errorf("cannot look at the server: %w", ended)
}
