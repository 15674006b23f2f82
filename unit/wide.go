package unit

import (
	"errors"
	"math/bits"
	"strconv"
)

// ErrNumber: a text is no whole number from 0 to 2¹²⁸ − 1 in decimal.
var ErrNumber = errors.New("not a whole number below 2¹²⁸")

// wide is an unsigned integer of 128 bits.
type wide struct{ hi, lo uint64 }

func (w wide) add(x wide) (sum wide, ok bool) {
	var carry uint64
	sum.lo, carry = bits.Add64(w.lo, x.lo, 0)
	sum.hi, carry = bits.Add64(w.hi, x.hi, carry)
	return sum, carry == 0
}

func (w wide) sub(x wide) (rest wide, ok bool) {
	var borrow uint64
	rest.lo, borrow = bits.Sub64(w.lo, x.lo, 0)
	rest.hi, borrow = bits.Sub64(w.hi, x.hi, borrow)
	return rest, borrow == 0
}

func (w wide) mul(n uint64) (product wide, ok bool) {
	hi, lo := bits.Mul64(w.lo, n)
	over, top := bits.Mul64(w.hi, n)
	sum, carry := bits.Add64(hi, top, 0)
	return wide{sum, lo}, over == 0 && carry == 0
}

func (w wide) cmp(x wide) int {
	switch {
	case w == x:
		return 0
	case w.hi < x.hi || w.hi == x.hi && w.lo < x.lo:
		return -1
	default:
		return 1
	}
}

func (w wide) bytes() (b [16]byte) {
	for i := range 8 {
		b[i] = byte(w.hi >> (56 - 8*i))
		b[8+i] = byte(w.lo >> (56 - 8*i))
	}
	return b
}

func wideOf(b [16]byte) (w wide) {
	for i := range 8 {
		w.hi = w.hi<<8 | uint64(b[i])
		w.lo = w.lo<<8 | uint64(b[8+i])
	}
	return w
}

// digits is how many decimal digits are cut off at a time: as many as fit into 64 bits.
const (
	digits = 19
	chunk  = 10_000_000_000_000_000_000
)

func (w wide) String() string {
	var tail string
	for w.hi != 0 {
		hi, rest := w.hi/chunk, w.hi%chunk
		var low uint64
		w.lo, low = bits.Div64(rest, w.lo, chunk)
		w.hi = hi
		text := strconv.FormatUint(low, 10)
		for len(text) < digits {
			text = "0" + text
		}
		tail = text + tail
	}
	if tail == "" || w.lo != 0 {
		return strconv.FormatUint(w.lo, 10) + tail
	}
	return tail
}

func parseWide(text string) (w wide, err error) {
	if text == "" {
		return wide{}, ErrNumber
	}
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return wide{}, ErrNumber
		}
		tens, fits := w.mul(10)
		sum, still := tens.add(wide{0, uint64(c - '0')})
		if !fits || !still {
			return wide{}, ErrNumber
		}
		w = sum
	}
	return w, nil
}
