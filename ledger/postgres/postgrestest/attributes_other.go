//go:build !linux

package postgrestest

import "syscall"

// dieWithUs does nothing here: the test ends the process.
func dieWithUs(*syscall.SysProcAttr) {}
