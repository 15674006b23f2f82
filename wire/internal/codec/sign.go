package codec

import (
	"bytes"
	"crypto/ecdsa"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/crypto"
)

// SignatureLength is the length of R‖S‖V in bytes, V being 0 or 1.
const SignatureLength = 65

// SignDigest signs a digest; the signature has a low s.
func SignDigest(digest Hash, key *ecdsa.PrivateKey) ([]byte, error) {
	sig, err := crypto.Sign(digest[:], key) // always low s
	if err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	return sig, nil
}

// VerifyDigest accepts one signature per key and digest, and no twin of it: s in
// the lower half, V that of the recovered key. Its errors wrap ErrSignature.
func VerifyDigest(digest Hash, sig []byte, key *ecdsa.PublicKey) error {
	signer, err := recoverKey(digest, sig)
	if err != nil {
		return err
	}
	if key == nil || !bytes.Equal(signer, crypto.FromECDSAPub(key)) {
		return fmt.Errorf("%w: by another key", ErrSignature)
	}
	return nil
}

// VerifyAddress is VerifyDigest where only the address of the key is known.
func VerifyAddress(digest Hash, sig []byte, signer Address) error {
	key, err := recoverKey(digest, sig)
	if err != nil {
		return err
	}
	// An address is the end of the hash of the key without its format byte.
	if got := Address(crypto.Keccak256(key[1:])[12:]); got != signer {
		return fmt.Errorf("%w: by %x, not %x", ErrSignature, got, signer)
	}
	return nil
}

// recoverKey returns the uncompressed key, of 65 bytes, that made the signature.
func recoverKey(digest Hash, sig []byte) ([]byte, error) {
	if len(sig) != SignatureLength {
		return nil, fmt.Errorf("%w: %d bytes", ErrSignature, len(sig))
	}
	r, s := new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:64])
	if !crypto.ValidateSignatureValues(sig[64], r, s, true) {
		return nil, fmt.Errorf("%w: values out of range", ErrSignature)
	}
	signer, err := crypto.Ecrecover(digest[:], sig)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return signer, nil
}
