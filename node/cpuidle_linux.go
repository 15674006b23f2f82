package node

import (
	"bytes"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// clockTick is the unit of processor times in /proc: USER_HZ, 100 on every Linux.
const clockTick = 10 * time.Millisecond

// cpuIdle returns how long the processors on which this process may run have had nothing
// to do, summed up; nil where the system does not say.
func cpuIdle() func() time.Duration {
	read := func() (time.Duration, bool) {
		stat, err := os.ReadFile("/proc/stat")
		if err != nil {
			return 0, false
		}
		var may unix.CPUSet // it can be changed at any time
		if err := unix.SchedGetaffinity(0, &may); err != nil {
			return 0, false
		}
		return idleOf(stat, may.IsSet)
	}
	if _, ok := read(); !ok {
		return nil
	}
	return func() time.Duration {
		idle, _ := read()
		return idle
	}
}

// idleOf sums up the idle time of processors in the text of /proc/stat, that in which they
// wait for a disk included. It is not ok if none of them is there.
func idleOf(stat []byte, may func(int) bool) (sum time.Duration, ok bool) {
	for line := range bytes.Lines(stat) {
		fields := bytes.Fields(line) // cpu0 user nice system idle iowait …
		if len(fields) < 6 || !bytes.HasPrefix(fields[0], []byte("cpu")) {
			continue
		}
		cpu, err := strconv.Atoi(string(fields[0][3:]))
		if err != nil || !may(cpu) { // the first line is of all together
			continue
		}
		for _, field := range fields[4:6] {
			ticks, err := strconv.ParseInt(string(field), 10, 64)
			if err != nil {
				return 0, false
			}
			sum += time.Duration(ticks) * clockTick
		}
		ok = true
	}
	return sum, ok
}
