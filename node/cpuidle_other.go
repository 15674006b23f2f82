//go:build !linux

package node

import "time"

// cpuIdle is not known here.
func cpuIdle() func() time.Duration { return nil }
