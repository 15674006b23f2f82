package devp2p

import (
	"log/slog"
	"time"
)

// remindAfter is how often a lasting outage is told of.
const remindAfter = time.Minute

// outage tells the operator of a server that cannot be reached: at once, then
// now and again, and when it is over. Every single attempt is a detail. It is for
// one goroutine.
type outage struct {
	log  *slog.Logger
	told time.Time // zero while all is well
}

// failed is called after each attempt that came to nothing.
func (o *outage) failed(err error) {
	now := time.Now()
	if !o.told.IsZero() && now.Sub(o.told) < remindAfter {
		o.log.Debug("server still not reached", "err", err)
		return
	}
	o.told = now
	o.log.Warn("server not reached, trying on", "err", err)
}

// over is called when a connection works.
func (o *outage) over() {
	if !o.told.IsZero() {
		o.log.Info("server reached again")
	}
	o.told = time.Time{}
}
