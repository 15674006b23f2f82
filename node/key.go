package node

import (
	"crypto/ecdsa"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ethereum/go-ethereum/crypto"
)

// loadKey reads a private key from the file (64 hex digits, as go-ethereum's
// nodekey), or makes one and writes it there, readable by its owner only. A
// file that holds anything else is an error: it may be somebody's key, and is
// never written over.
func loadKey(path string) (*ecdsa.PrivateKey, error) {
	key, err := crypto.LoadECDSA(path)
	switch {
	case err == nil:
		return key, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("key file %s cannot be used: %w", path, reason(err))
	}
	if key, err = crypto.GenerateKey(); err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("key file %s cannot be made: %w", path, reason(err))
	}
	if err := crypto.SaveECDSA(path, key); err != nil {
		return nil, fmt.Errorf("key file %s cannot be made: %w", path, reason(err))
	}
	return key, nil
}

// reason leaves out of a file's error which file it is, where the message around
// it says so.
func reason(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}
