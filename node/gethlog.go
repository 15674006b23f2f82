package node

import (
	"context"
	"log/slog"
	"strings"

	gethlog "github.com/ethereum/go-ethereum/log"
)

// tameGethLog sends what go-ethereum logs on its own, through a logger that is
// global to the process, to ours: its news are our details. It returns a logger
// that does the same, for the parts that can be handed one.
func tameGethLog(logger *slog.Logger) *slog.Logger {
	handler := tamed{logger.Handler()}
	gethlog.SetDefault(gethlog.NewLogger(handler))
	return slog.New(handler)
}

// tamed passes records on one level lower than they are, warnings and errors
// excepted, and drops the warnings that only say how we use go-ethereum.
type tamed struct{ slog.Handler }

// expected says whether a warning of go-ethereum's is about something that is
// meant to be so here.
func expected(message string) bool {
	switch message {
	case "P2P server will be useless, neither dialing nor listening", // light clients come in by our own listener
		"Head block is not reachable": // a new chain's has no state yet
		return true
	}
	return false
}

func lowered(level slog.Level) slog.Level {
	if level < slog.LevelWarn {
		return level - (slog.LevelInfo - slog.LevelDebug)
	}
	return level
}

func (t tamed) Enabled(ctx context.Context, level slog.Level) bool {
	return t.Handler.Enabled(ctx, lowered(level))
}

func (t tamed) Handle(ctx context.Context, r slog.Record) error {
	if r.Level == slog.LevelWarn {
		if expected(r.Message) {
			return nil
		}
		// A failed JSON-RPC request is the asker's affair, not the operator's.
		if strings.HasPrefix(r.Message, "Served ") {
			r.Level = slog.LevelInfo
		}
	}
	if r.Level = lowered(r.Level); !t.Handler.Enabled(ctx, r.Level) {
		return nil // it was asked for at another level
	}
	return t.Handler.Handle(ctx, r)
}

func (t tamed) WithAttrs(attrs []slog.Attr) slog.Handler { return tamed{t.Handler.WithAttrs(attrs)} }
func (t tamed) WithGroup(name string) slog.Handler       { return tamed{t.Handler.WithGroup(name)} }
