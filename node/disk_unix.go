//go:build linux || darwin

package node

import "syscall"

// freeBytes is the space that is left for us on the disk of a directory.
func freeBytes(dir string) (free uint64, ok bool) {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return 0, false
	}
	return fs.Bavail * uint64(fs.Bsize), true //nolint:gosec,unconvert // never negative; its type differs between systems
}
