//go:build !linux

package node

import "time"

// cpuWait is not known here.
func cpuWait() func() time.Duration { return nil }
