//go:build !linux

package socket

import (
	"fmt"
	"syscall"
)

// maxPath is the longest name of a socket, without the byte that ends it.
const maxPath = 103

// withShortPath calls f with a name of the socket that is not too long for the system.
func withShortPath(path string, f func(short string) error) error {
	if len(path) > maxPath {
		return fmt.Errorf("its path has %d bytes and %d fit: name the directory by a shorter path, such as a relative one or a symbolic link", len(path), maxPath)
	}
	return f(path)
}

// ownerOnly can do nothing here before the socket has a name.
func ownerOnly(_, _ string, _ syscall.RawConn) error { return nil }
