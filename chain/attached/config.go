package attached

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/ethereum/go-ethereum/core"
)

// Config is what Open takes. URLs and Now are required.
type Config struct {
	// URLs are the nodes' JSON-RPC endpoints in the order of preference: http, https,
	// ws or wss URLs, or paths of IPC sockets. All must be of one chain.
	URLs []string
	// JWTSecret is a file with a 32-byte secret in hex. With it every HTTP request and
	// every WebSocket handshake carries a token, as the Engine API wants. Empty: none.
	JWTSecret string
	// Genesis is the chain's first block and configuration. Nil: the configuration is
	// known for public networks, and is asked of the node for others.
	Genesis *core.Genesis
	// NetworkID is what LES peers compare; 0 asks the node, which most often has the
	// chain id.
	NetworkID uint64

	// Rate is how many requests each node is asked at most per second; every element
	// of a batch counts. 0: no limit.
	Rate float64
	// Burst is how many may be asked at once after a pause; 0: as many as in two
	// seconds, at least 20. No batch is larger.
	Burst int
	// CacheBytes bounds what is kept of answers that cannot change; 0: 64 MiB.
	CacheBytes uint64

	// PollInterval is how often the head is asked for where it cannot be subscribed
	// to; 0: one second. With a subscription, and of nodes that
	// are only standing by, it is asked for five times more rarely.
	PollInterval time.Duration
	// Timeout bounds one request to a node; 0: ten seconds.
	Timeout time.Duration
	// HTTP carries HTTP requests; nil: a transport of its own for each node.
	HTTP http.RoundTripper
	// Now is the clock, such as time.Now.
	Now func() time.Time
	// Logger is where trouble with nodes is told of; nil discards.
	Logger *slog.Logger
}

// Defaults of Config.
const (
	defaultCache   = 64 << 20
	defaultPoll    = time.Second
	defaultTimeout = 10 * time.Second
	minBurst       = 20
	// subscribedPolls is how many times rarer the head is asked for while a
	// subscription tells of it: safe and finalized move without telling.
	subscribedPolls = 5
	// standbyPolls is the same for nodes that are not the chosen one.
	standbyPolls = 5
)

func (c Config) withDefaults() (Config, error) {
	if len(c.URLs) == 0 || c.Now == nil {
		return c, errors.New("attached: URLs and Now are required")
	}
	if c.Rate < 0 || c.Burst < 0 {
		return c, errors.New("attached: a rate cannot be negative")
	}
	if c.Burst == 0 {
		c.Burst = max(minBurst, int(2*c.Rate))
	}
	if c.CacheBytes == 0 {
		c.CacheBytes = defaultCache
	}
	if c.PollInterval <= 0 {
		c.PollInterval = defaultPoll
	}
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c, nil
}
