package wire

import (
	"bytes"
	"crypto/ecdsa"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/crypto"
)

// SignatureLength is the length of R‖S‖V in bytes, V being 0 or 1.
const SignatureLength = 65

func signDigest(digest Hash, key *ecdsa.PrivateKey) ([]byte, error) {
	sig, err := crypto.Sign(digest[:], key) // always low s
	if err != nil {
		return nil, fmt.Errorf("signing an announcement: %w", err)
	}
	return sig, nil
}

// verifyDigest accepts one signature per key and digest, and no twin of it: s in
// the lower half, V that of the recovered key.
func verifyDigest(digest Hash, sig []byte, key *ecdsa.PublicKey) error {
	if len(sig) != SignatureLength {
		return fmt.Errorf("%w: %d bytes", ErrSignature, len(sig))
	}
	r, s := new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:64])
	if !crypto.ValidateSignatureValues(sig[64], r, s, true) {
		return fmt.Errorf("%w: values out of range", ErrSignature)
	}
	signer, err := crypto.Ecrecover(digest[:], sig)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSignature, err)
	}
	if key == nil || !bytes.Equal(signer, crypto.FromECDSAPub(key)) {
		return fmt.Errorf("%w: by another key", ErrSignature)
	}
	return nil
}
