package bench

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/candela-les/candela/node/usage"
)

// clockTick is the unit of processor times in /proc: USER_HZ, 100 on every Linux.
const clockTick = 10 * time.Millisecond

// usageOf is what a process has used so far: processor time, and memory that it holds now.
// For process 0 it is nothing.
func usageOf(pid int) (cpu time.Duration, rss uint64, err error) {
	if pid == 0 {
		return 0, 0, nil
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, usage.Errorf("--pid %d: %w", pid, err)
	}
	// The second field is the program's name in parentheses, whatever that contains.
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 22 {
		return 0, 0, fmt.Errorf("/proc/%d/stat has %d fields", pid, len(fields))
	}
	var n [3]uint64
	for i, at := range []int{11, 12, 21} { // utime, stime, rss
		if n[i], err = strconv.ParseUint(string(fields[at]), 10, 64); err != nil {
			return 0, 0, err
		}
	}
	return time.Duration(n[0]+n[1]) * clockTick, n[2] * uint64(os.Getpagesize()), nil //nolint:gosec // small
}
