package eip712

import (
	"encoding/binary"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Word is a value as typed data and contracts encode it: 32 bytes, numbers with the highest byte first.
type Word [32]byte

// OfAddress returns an address as a word.
func OfAddress(a pay.Address) (w Word) {
	copy(w[12:], a[:])
	return w
}

// OfAmount returns an amount as a word.
func OfAmount(a unit.Amount) (w Word) {
	b := a.Bytes()
	copy(w[16:], b[:])
	return w
}

// OfUint returns a number as a word.
func OfUint(n uint64) (w Word) {
	binary.BigEndian.PutUint64(w[24:], n)
	return w
}

// TypeHash returns the hash of a type as EIP-712 writes it, with the types that it refers to after it.
func TypeHash(text string) Word { return Word(crypto.Keccak256Hash([]byte(text))) }

// Struct returns the hash of a struct of a type with these members. Members that are themselves structs, arrays or
// bytes are given by their hashes.
func Struct(typeHash Word, members ...Word) Word {
	packed := append(make([]byte, 0, 32*(len(members)+1)), typeHash[:]...)
	for i := range members {
		packed = append(packed, members[i][:]...)
	}
	return Word(crypto.Keccak256Hash(packed))
}

// Array returns the hash of an array of structs with these hashes.
func Array(hashes []Word) Word {
	packed := make([]byte, 0, 32*len(hashes))
	for i := range hashes {
		packed = append(packed, hashes[i][:]...)
	}
	return Word(crypto.Keccak256Hash(packed))
}

// Domain is a domain's separator: who verifies, and where. It makes a signature worthless anywhere else.
type Domain Word

// NewDomain returns the domain of a contract, or without verifyingContract if contract is nil.
func NewDomain(name, version string, chainID uint64, contract *pay.Address) Domain {
	hashed := func(text string) Word { return Word(crypto.Keccak256Hash([]byte(text))) }
	if contract == nil {
		return Domain(Struct(TypeHash("EIP712Domain(string name,string version,uint256 chainId)"),
			hashed(name), hashed(version), OfUint(chainID)))
	}
	return Domain(Struct(TypeHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
		hashed(name), hashed(version), OfUint(chainID), OfAddress(*contract)))
}

// Digest returns what is signed of a struct with this hash.
func (d Domain) Digest(structHash Word) pay.Hash {
	var packed [66]byte
	packed[0], packed[1] = 0x19, 0x01
	copy(packed[2:], d[:])
	copy(packed[34:], structHash[:])
	return pay.Hash(crypto.Keccak256Hash(packed[:]))
}
