package watch

import (
	"bufio"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// Signer signs with the key that holds the funds.
type Signer interface {
	Address() common.Address
	SignTx(tx *types.Transaction, chainID *big.Int) (*types.Transaction, error)
	// SignDigest returns 65 bytes: r, s (low), and v of 27 or 28, as contracts want it.
	SignDigest(digest common.Hash) ([]byte, error)
}

// Key is a Signer that has its key in memory.
type Key struct {
	key     *ecdsa.PrivateKey
	address common.Address
}

var _ Signer = (*Key)(nil)

// NewKey makes a signer of a bare key, as a dev chain has it.
func NewKey(key *ecdsa.PrivateKey) *Key { return &Key{key, crypto.PubkeyToAddress(key.PublicKey)} }

// OpenKeystore reads a key from a file of go-ethereum's keystore. Its password is the first line of another
// file. It takes about a second, and for that long 256 MB. Errors are one sentence for people.
func OpenKeystore(path, passwordPath string) (*Key, error) {
	sealed, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("key file %s cannot be read: %w", path, bare(err))
	}
	password, err := firstLine(passwordPath)
	if err != nil {
		return nil, fmt.Errorf("password file %s cannot be read: %w", passwordPath, bare(err))
	}
	key, err := keystore.DecryptKey(sealed, password)
	switch {
	case errors.Is(err, keystore.ErrDecrypt):
		return nil, fmt.Errorf("the password in %s is not that of key file %s", passwordPath, path)
	case err != nil:
		return nil, fmt.Errorf("%s is no key file of go-ethereum's: %w", path, err)
	}
	return NewKey(key.PrivateKey), nil
}

// firstLine reads a file's first line, without its end.
func firstLine(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Scan()
	return strings.TrimRight(lines.Text(), "\r"), lines.Err()
}

// bare leaves out of a file's error which file it is.
func bare(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}

// Address implements Signer.
func (k *Key) Address() common.Address { return k.address }

// String names the address, and never the key.
func (k *Key) String() string { return k.address.Hex() }

// GoString is String: %#v shows no key either.
func (k *Key) GoString() string { return k.String() }

// SignTx implements Signer.
func (k *Key) SignTx(tx *types.Transaction, chainID *big.Int) (*types.Transaction, error) {
	return types.SignTx(tx, types.LatestSignerForChainID(chainID), k.key)
}

// SignDigest implements Signer.
func (k *Key) SignDigest(digest common.Hash) ([]byte, error) {
	sig, err := crypto.Sign(digest[:], k.key)
	if err != nil {
		return nil, err
	}
	sig[64] += 27
	return sig, nil
}
