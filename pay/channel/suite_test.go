package channel_test

import (
	"testing"

	"github.com/candela-les/candela/contracts/bind"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/channel/channeltest"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/unit"
)

const delay = channeltest.Delay

func method() paytest.Method { return channeltest.Method() }

func providerConfig(s *paytest.Server) channel.ProviderConfig { return channeltest.ProviderConfig(s) }

func forge(c *paytest.Client, ch paytest.Channel, cumulative unit.Amount) []byte {
	return channeltest.Forge(c, ch, cumulative)
}

func bound(c channel.Config) bind.ChannelConfig { return channeltest.Bound(c) }

func TestMethod(t *testing.T) { paytest.Run(t, method()) }

func TestCrooks(t *testing.T) { paytest.Crooks(t, method()) }
