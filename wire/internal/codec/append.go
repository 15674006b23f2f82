package codec

import (
	"encoding/binary"
	"math/big"
	"math/bits"
)

// This file appends RLP to byte slices. Nothing reflects; lists are opened with
// room for the header that nearly all large ones have, and closed in place.

// listRoom is the header length of a list of 64 KiB to 16 MiB. Shorter lists,
// which are cheap to move, move down when they are closed.
const listRoom = 4

// OpenList begins a list at the end of dst; CloseList wants the position back.
func OpenList(dst []byte) ([]byte, int) {
	return append(dst, 0, 0, 0, 0), len(dst)
}

// CloseList ends the list that OpenList began at position at.
func CloseList(dst []byte, at int) []byte {
	size := len(dst) - at - listRoom
	var head [9]byte
	n := PutHead(head[:], 0xc0, uint64(size))
	switch {
	case n < listRoom:
		copy(dst[at+n:], dst[at+listRoom:])
		dst = dst[:at+n+size]
	case n > listRoom:
		dst = append(dst, head[:n-listRoom]...)
		copy(dst[at+n:], dst[at+listRoom:at+listRoom+size])
	}
	copy(dst[at:], head[:n])
	return dst
}

// PutHead writes the header of a string (base 0x80) or a list (base 0xc0) of the
// given size to the front of buf, and returns the header's length.
func PutHead(buf []byte, base byte, size uint64) int {
	if size < 56 {
		buf[0] = base + byte(size)
		return 1
	}
	n := (bits.Len64(size) + 7) / 8
	buf[0] = base + 55 + byte(n)
	for i := range n {
		buf[n-i] = byte(size >> (8 * i))
	}
	return n + 1
}

// UintSize returns the length of an integer's RLP.
func UintSize(x uint64) int {
	if x < 0x80 {
		return 1
	}
	return 1 + (bits.Len64(x)+7)/8
}

// AppendUint appends an integer.
func AppendUint(dst []byte, x uint64) []byte {
	switch {
	case x == 0:
		return append(dst, 0x80)
	case x < 0x80:
		return append(dst, byte(x))
	}
	n := (bits.Len64(x) + 7) / 8
	dst = append(dst, 0x80+byte(n))
	for i := n - 1; i >= 0; i-- {
		dst = append(dst, byte(x>>(8*i)))
	}
	return dst
}

// AppendWide appends the integer hi·2⁶⁴ + lo.
func AppendWide(dst []byte, hi, lo uint64) []byte {
	if hi == 0 {
		return AppendUint(dst, lo)
	}
	n := (bits.Len64(hi) + 7) / 8
	dst = append(dst, 0x80+byte(n)+8)
	for i := n - 1; i >= 0; i-- {
		dst = append(dst, byte(hi>>(8*i)))
	}
	return binary.BigEndian.AppendUint64(dst, lo)
}

// AppendBool appends a flag as 1 or 0.
func AppendBool(dst []byte, b bool) []byte {
	if b {
		return append(dst, 1)
	}
	return append(dst, 0x80)
}

// AppendBig appends a non-negative integer; nil is zero.
func AppendBig(dst []byte, x *big.Int) []byte {
	if x == nil || x.Sign() <= 0 {
		return append(dst, 0x80)
	}
	return AppendString(dst, x.Bytes())
}

// AppendString appends a string.
func AppendString[S ~string | ~[]byte](dst []byte, s S) []byte {
	if len(s) == 1 && s[0] < 0x80 {
		return append(dst, s[0])
	}
	var head [9]byte
	n := PutHead(head[:], 0x80, uint64(len(s)))
	dst = append(dst, head[:n]...)
	return append(dst, s...)
}

// AppendHash appends a string of 32 bytes.
func AppendHash(dst []byte, h Hash) []byte {
	return append(append(dst, 0xa0), h[:]...)
}

// AppendAddress appends a string of 20 bytes.
func AppendAddress(dst []byte, a Address) []byte {
	return append(append(dst, 0x94), a[:]...)
}

// AppendHashes appends a list of hashes.
func AppendHashes(dst []byte, hashes []Hash) []byte {
	dst, at := OpenList(dst)
	for i := range hashes {
		dst = AppendHash(dst, hashes[i])
	}
	return CloseList(dst, at)
}

// AppendStrings appends a list of strings.
func AppendStrings(dst []byte, items [][]byte) []byte {
	dst, at := OpenList(dst)
	for _, item := range items {
		dst = AppendString(dst, item)
	}
	return CloseList(dst, at)
}

// AppendRaws appends a list of items that are RLP already.
func AppendRaws(dst []byte, items [][]byte) []byte {
	dst, at := OpenList(dst)
	for _, item := range items {
		dst = append(dst, item...)
	}
	return CloseList(dst, at)
}
