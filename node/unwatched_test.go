package node

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/candela-les/candela/pay/channel"
)

// says is what the server logs as an error when it starts.
func (s *shop) says(change ...func(*ServerConfig)) string {
	s.Helper()
	var log bytes.Buffer
	env := Env{Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError})), Now: time.Now}
	srv, err := StartServer(s.Context(), env, s.config(change...))
	if err != nil {
		s.Fatal(err)
	}
	if err := srv.Close(); err != nil {
		s.Error(err)
	}
	return log.String()
}

// A server that does not take any more what its clients owe by says so, and how much that is, whether it sells or not.
func TestUnwatched(t *testing.T) {
	c := openPaychain(t)
	s := &shop{t, c.Dev, t.TempDir()}
	takes, sellsNothing := taking(c), func(cfg *ServerConfig) { cfg.Sell = SellConfig{} }
	if said := s.says(sellsNothing); said != "" {
		t.Errorf("it has never sold, and says %s", said)
	}
	token := func(cfg *ServerConfig) { cfg.Sell.Token = c.Token.Hex() }
	for _, change := range []func(*ServerConfig){takes, sellsNothing, token} {
		if said := s.says(change); said != "" {
			t.Errorf("nothing is due, and it says %s", said)
		}
	}
	s.owe(channel.Method, 1_500_000)
	for name, change := range map[string]func(*ServerConfig){"it sells nothing": sellsNothing, "by hand only": token} {
		if said := s.says(change); !strings.Contains(said, "this server does not watch") || !strings.Contains(said, "method=channel") || !strings.Contains(said, `due="1.5 tokens"`) {
			t.Errorf("%s, and says %q", name, said)
		}
	}
	if said := s.says(takes); strings.Contains(said, "this server does not watch") {
		t.Errorf("it is watched, and it says %s", said)
	}
}
