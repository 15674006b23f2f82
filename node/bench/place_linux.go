package bench

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// take moves this process there. The system knows threads only: those that exist are
// moved, and others are born where their parents are.
func (p *Place) take() error {
	if len(p.CPUs) == 0 && p.Nice == 0 && !p.RealTime {
		return nil
	}
	moved := make(map[string]bool)
	for before := -1; before != len(moved); {
		before = len(moved)
		threads, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return err
		}
		for _, thread := range threads {
			if moved[thread.Name()] {
				continue
			}
			id, err := strconv.Atoi(thread.Name())
			if err != nil {
				return err
			}
			if err := p.move(id); err != nil {
				return err
			}
			moved[thread.Name()] = true
		}
	}
	if len(p.CPUs) > 0 {
		runtime.GOMAXPROCS(len(p.CPUs))
	}
	return nil
}

func (p *Place) move(thread int) error {
	if len(p.CPUs) > 0 {
		var set unix.CPUSet
		for _, cpu := range p.CPUs {
			set.Set(cpu)
		}
		if err := unix.SchedSetaffinity(thread, &set); err != nil {
			return fmt.Errorf("run on processors %v: %w", p.CPUs, err)
		}
	}
	if p.Nice != 0 {
		if err := syscall.Setpriority(syscall.PRIO_PROCESS, thread, p.Nice); err != nil {
			return fmt.Errorf("run at nice %d: %w", p.Nice, err)
		}
	}
	if p.RealTime {
		if err := unix.SchedSetAttr(thread, &unix.SchedAttr{Policy: unix.SCHED_RR, Priority: 1}, 0); err != nil {
			return fmt.Errorf("run in real time: %w", err)
		}
	}
	return nil
}

// monotonic is a clock that all processes of this machine share and nobody sets.
func monotonic() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &t); err != nil {
		panic(err) // Linux always has it
	}
	return time.Duration(t.Nano())
}
