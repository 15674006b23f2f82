package node

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/candela-les/candela/node/admin"
)

// BoundSuffix ends the name of the file beside a server's key that keeps the last time that it has told its
// clients. Both belong together: what is signed by the key must not go back in time.
const BoundSuffix = ".told"

// boundFile is a server.Bound: a number in a file.
type boundFile string

// Load implements server.Bound.
func (f boundFile) Load() (uint64, error) {
	raw, err := os.ReadFile(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	ns, err := strconv.ParseUint(strings.TrimSpace(string(raw)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s holds no time in nanoseconds: %w", string(f), err)
	}
	return ns, nil
}

// Keep implements server.Bound.
func (f boundFile) Keep(ns uint64) error {
	return admin.Replace(filepath.Dir(string(f)), filepath.Base(string(f)), fmt.Appendln(nil, ns))
}

// boundFile is where a server keeps that; ok is false if its key is kept nowhere either.
func (c *ServerConfig) boundFile() (f boundFile, ok bool) {
	if c.Key != nil || c.NodeKey == "" && c.DataDir == "" {
		return "", false
	}
	return boundFile(c.keyFile() + BoundSuffix), true
}
