package e2e

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/node"
)

// A discovered server that lies is caught, thrown out and not dialed again; another
// one takes its place, and no answer is wrong.
func TestDiscoveredLiar(t *testing.T) {
	truth := conformanceChain(t)
	serve := func(source chain.Source, change func(*node.ServerConfig)) *node.Server {
		key, err := crypto.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		cfg := node.ServerConfig{Source: source, Key: key, ListenAddr: "127.0.0.1:0"}
		change(&cfg)
		s, err := node.StartServer(t.Context(), quietEnv(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeAll(t, s.Close) })
		return s
	}
	trusted := serve(truth, func(c *node.ServerConfig) { c.OnlyAnnounce = true })
	liar := serve(newLiar(truth, 1), func(c *node.ServerConfig) { c.Discovery = true })
	light, err := node.StartLight(t.Context(), quietEnv(), node.LightConfig{
		Trusted: []string{trusted.Enode()}, Fraction: 100, HTTPAddr: "127.0.0.1:0",
		Discovery: true, Bootnodes: []string{liar.Enode()}, UDPAddr: "127.0.0.1:0", MaxServers: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeAll(t, light.Close) })
	c := light.Client()
	caught := func() bool {
		for _, s := range c.Status().Servers {
			if !s.Trusted && s.Lies > 0 && !s.BannedUntil.IsZero() && !s.Connected {
				return true
			}
		}
		return false
	}
	eventually(t, func() bool {
		heads, err := c.Heads()
		if err == nil {
			c.Account(t.Context(), heads.Latest, common.Address{1}) //nolint:errcheck // it lies
		}
		return caught()
	}, "the liar is not caught")
	came := liar.Stats().Opened

	// Now there is somebody else, whom the liar's own table leads to.
	serve(truth, func(c *node.ServerConfig) { c.Discovery, c.Bootnodes = true, []string{liar.Enode()} })
	heads, err := c.Heads()
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool {
		_, err := c.Account(t.Context(), heads.Latest, common.Address{1})
		return err == nil
	}, "no honest server is found")
	for i := range byte(20) {
		if _, err := c.Account(t.Context(), heads.Latest, common.Address{i, 7}); err != nil {
			t.Error(err)
		}
	}
	if now := liar.Stats().Opened; now != came {
		t.Errorf("the liar was visited %d times more", now-came)
	}
}
