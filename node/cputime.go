package node

import (
	"context"
	"time"

	"github.com/candela-les/candela/node/devp2p"
)

// processorTime returns cpuTime where it can tell, else nil.
func processorTime() func() time.Duration {
	if !knowsCPUTime {
		return nil
	}
	return cpuTime
}

// transport measures what messages cost, if that is wanted and can be done; zero
// leaves it to the server's defaults.
func (c *ServerConfig) transport(ctx context.Context, env Env) devp2p.TransportCost {
	if !c.Measure || c.OnlyAnnounce || !knowsCPUTime {
		return devp2p.TransportCost{}
	}
	cost, err := devp2p.MeasureTransport(ctx, cpuTime)
	if err != nil {
		env.Logger.Debug("messages are taken to cost what they do on most machines", "err", err)
		return devp2p.TransportCost{}
	}
	env.Logger.Debug("the transport was measured", "message", cost.Message, "ns/byte", cost.Byte)
	return cost
}
