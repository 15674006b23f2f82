package postgrestest

import "syscall"

// dieWithUs has the kernel end a process when the thread that started it is gone.
func dieWithUs(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }
