package node

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// cpuWait returns how long the threads of this process that there are now have been
// ready to run while the system ran others, nil where it does not say.
func cpuWait() func() time.Duration {
	if _, err := os.Stat("/proc/self/task/" + strconv.Itoa(os.Getpid()) + "/schedstat"); err != nil {
		return nil
	}
	return func() (sum time.Duration) {
		// Threads come and go; what the gone ones waited is lost, and no harm done.
		files, _ := filepath.Glob("/proc/self/task/*/schedstat") //nolint:errcheck // the pattern is good
		for _, name := range files {
			content, err := os.ReadFile(name)
			if err != nil {
				continue
			}
			if fields := bytes.Fields(content); len(fields) == 3 {
				if wait, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
					sum += time.Duration(wait)
				}
			}
		}
		return sum
	}
}
