//go:build !unix

package bench

import (
	"os/exec"
	"time"
)

// detach does nothing here.
func detach(*exec.Cmd) {}

// processorTime is not known here.
func processorTime() time.Duration { return 0 }
