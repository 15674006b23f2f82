package socket

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// maxPath is the longest name of a socket, without the byte that ends it.
const maxPath = len(syscall.RawSockaddrUnix{}.Path) - 1

// withShortPath calls f with a name of the socket that is not too long for the system: the
// path itself, or one by way of its open directory, which is good until f returns.
func withShortPath(path string, f func(short string) error) error {
	if len(path) <= maxPath {
		return f(path)
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return f(fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), filepath.Base(path)))
}

// ownerOnly makes a socket private before it has a name: the file takes its mode from the
// socket.
func ownerOnly(_, _ string, c syscall.RawConn) error {
	return c.Control(func(fd uintptr) {
		syscall.Fchmod(int(fd), 0o600) //nolint:errcheck,gosec // chmod follows; a descriptor fits
	})
}
