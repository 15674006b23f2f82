//go:build !linux

package bench

import (
	"time"

	"github.com/candela-les/candela/node/usage"
)

// usageOf tells what a process has used, on Linux only.
func usageOf(pid int) (cpu time.Duration, rss uint64, err error) {
	if pid != 0 {
		return 0, 0, usage.Errorf("--pid %d: a server can be watched on Linux only", pid)
	}
	return 0, 0, nil
}
