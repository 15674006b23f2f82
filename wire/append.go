package wire

import (
	"math/big"
	"math/bits"
)

// This file appends RLP to byte slices. Nothing reflects; lists are opened with
// room for the header that nearly all large ones have, and closed in place.

// listRoom is the header length of a list of 64 KiB to 16 MiB. Shorter lists,
// which are cheap to move, move down when they are closed.
const listRoom = 4

// openList begins a list at the end of dst; closeList wants the position back.
func openList(dst []byte) ([]byte, int) {
	return append(dst, 0, 0, 0, 0), len(dst)
}

// closeList ends the list that openList began at position at.
func closeList(dst []byte, at int) []byte {
	size := len(dst) - at - listRoom
	var head [9]byte
	n := putHead(head[:], 0xc0, uint64(size))
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

// putHead writes the header of a string (base 0x80) or a list (base 0xc0) of the
// given size to the front of buf, and returns the header's length.
func putHead(buf []byte, base byte, size uint64) int {
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

// uintSize returns the length of an integer's RLP.
func uintSize(x uint64) int {
	if x < 0x80 {
		return 1
	}
	return 1 + (bits.Len64(x)+7)/8
}

func appendUint(dst []byte, x uint64) []byte {
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

func appendBool(dst []byte, b bool) []byte {
	if b {
		return append(dst, 1)
	}
	return append(dst, 0x80)
}

// appendBig appends a non-negative integer; nil is zero.
func appendBig(dst []byte, x *big.Int) []byte {
	if x == nil || x.Sign() <= 0 {
		return append(dst, 0x80)
	}
	return appendString(dst, x.Bytes())
}

func appendString[S ~string | ~[]byte](dst []byte, s S) []byte {
	if len(s) == 1 && s[0] < 0x80 {
		return append(dst, s[0])
	}
	var head [9]byte
	n := putHead(head[:], 0x80, uint64(len(s)))
	dst = append(dst, head[:n]...)
	return append(dst, s...)
}

func appendHash(dst []byte, h Hash) []byte {
	return append(append(dst, 0xa0), h[:]...)
}

func appendAddress(dst []byte, a Address) []byte {
	return append(append(dst, 0x94), a[:]...)
}

func appendHashes(dst []byte, hashes []Hash) []byte {
	dst, at := openList(dst)
	for i := range hashes {
		dst = appendHash(dst, hashes[i])
	}
	return closeList(dst, at)
}

// appendStrings appends a list of strings.
func appendStrings(dst []byte, items [][]byte) []byte {
	dst, at := openList(dst)
	for _, item := range items {
		dst = appendString(dst, item)
	}
	return closeList(dst, at)
}

// appendRaws appends a list of items that are RLP already.
func appendRaws(dst []byte, items [][]byte) []byte {
	dst, at := openList(dst)
	for _, item := range items {
		dst = append(dst, item...)
	}
	return closeList(dst, at)
}
