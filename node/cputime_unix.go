//go:build unix

package node

import (
	"syscall"
	"time"
)

// cpuTime returns the processor time that this process has used, in user mode and in
// the kernel. It is zero where the system does not say.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// knowsCPUTime says whether cpuTime can tell.
const knowsCPUTime = true
