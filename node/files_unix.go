//go:build linux || darwin

package node

import "syscall"

// raiseFiles raises the limit of open files to what is wanted, if it is lower and may be
// raised, and returns what it is then.
func raiseFiles(want uint64) (have uint64, ok bool) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, false
	}
	if limit.Cur >= want || limit.Cur >= limit.Max {
		return limit.Cur, true
	}
	raised := limit
	raised.Cur = min(want, limit.Max)
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &raised); err != nil {
		return limit.Cur, true
	}
	return raised.Cur, true
}
