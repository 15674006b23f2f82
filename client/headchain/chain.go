// Package headchain holds the recent part of the elected chain, as headers.
//
// Chain keeps a window of canonical headers, linked by parent hashes without a
// gap, and a bounded number of headers beside it: heads that servers have
// announced, and what lies between them and the window. Every header was hashed by
// whoever put it in; the package does no I/O and checks links only.
//
// Moving the head gives exactly what left the canonical chain and what joined it,
// so that a listener never misses a number. The one exception is a gap too long
// to be fetched, after the client was away for long: Reset starts a new window.
package headchain

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

const (
	// Window is how many canonical headers are kept at least, once there are that many.
	Window = 4096
	// windowSlack is how many more there may be, so that moving the head by one does
	// not copy the window.
	windowSlack = 256
	// MaxGap is the longest gap between an old and a new head that is filled.
	MaxGap = 8192
	// sideLimit bounds the headers beside the window; a gap that is being filled
	// has to fit, and what lying servers have announced meanwhile.
	sideLimit = MaxGap + 4096
	// sideBytes bounds what they take, roughly: an honest gap takes half of it.
	sideBytes = 16 << 20
)

// ErrNumber: a header's number is not one above its parent's.
var ErrNumber = errors.New("header's number does not follow its parent's")

// GapError says which header has to be fetched before the head can move.
type GapError struct {
	Number uint64
	Hash   common.Hash
	// Length is how many headers at most are missing from there on down: up to the
	// window's oldest header, or its head if that is where the chains should meet.
	Length uint64
}

// Error implements error.
func (e *GapError) Error() string {
	return fmt.Sprintf("header %d (%x) is missing", e.Number, e.Hash)
}

type entry struct {
	header *types.Header
	hash   common.Hash
}

func (e entry) number() uint64 { return e.header.Number.Uint64() }

// Chain is the window and what is beside it. It is not safe for concurrent use.
type Chain struct {
	canon []entry // ascending, each the parent of the next
	index map[common.Hash]*types.Header
	side  []beside // what of index is not canonical, oldest first
	bytes int      // of side
}

// beside is a header beside the window, with roughly what it takes.
type beside struct {
	hash common.Hash
	size int
}

// New returns an empty chain.
func New() *Chain { return &Chain{index: make(map[common.Hash]*types.Header)} }

// Head returns the head, or nil if there is none.
func (c *Chain) Head() *types.Header {
	if len(c.canon) == 0 {
		return nil
	}
	return c.canon[len(c.canon)-1].header
}

// Base returns the oldest canonical header held, or nil.
func (c *Chain) Base() *types.Header {
	if len(c.canon) == 0 {
		return nil
	}
	return c.canon[0].header
}

// Get returns a header by its hash, canonical or not.
func (c *Chain) Get(hash common.Hash) (*types.Header, bool) {
	h, ok := c.index[hash]
	return h, ok
}

// Parent tells an election how headers are linked.
func (c *Chain) Parent(hash [32]byte) (parent [32]byte, number uint64, ok bool) {
	h, ok := c.index[hash]
	if !ok {
		return parent, 0, false
	}
	return h.ParentHash, h.Number.Uint64(), true
}

// Canonical returns the canonical header at a number, if it is in the window.
func (c *Chain) Canonical(number uint64) (*types.Header, common.Hash, bool) {
	i, ok := c.position(number)
	if !ok {
		return nil, common.Hash{}, false
	}
	return c.canon[i].header, c.canon[i].hash, true
}

// IsCanonical reports whether the block is in the window.
func (c *Chain) IsCanonical(number uint64, hash common.Hash) bool {
	i, ok := c.position(number)
	return ok && c.canon[i].hash == hash
}

func (c *Chain) position(number uint64) (int, bool) {
	if len(c.canon) == 0 || number < c.canon[0].number() {
		return 0, false
	}
	i := number - c.canon[0].number()
	return int(i), i < uint64(len(c.canon)) //nolint:gosec // a larger i is refused by the second value
}

// Add puts a header beside the window. The hash must be the header's.
func (c *Chain) Add(hash common.Hash, header *types.Header) {
	if _, known := c.index[hash]; known {
		return
	}
	c.index[hash] = header
	c.aside(hash, header)
	c.trimSide()
}

func (c *Chain) aside(hash common.Hash, header *types.Header) {
	size := 900 + len(header.Extra)
	c.side = append(c.side, beside{hash, size})
	c.bytes += size
}

// Forget drops a header from beside the window.
func (c *Chain) Forget(hash common.Hash) {
	h, ok := c.index[hash]
	if !ok || c.IsCanonical(h.Number.Uint64(), hash) {
		return
	}
	for i, b := range c.side {
		if b.hash == hash {
			c.side = slices.Delete(c.side, i, i+1)
			c.bytes -= b.size
			delete(c.index, hash)
			return
		}
	}
}

// trimSide forgets the oldest side headers. Hashes that have become canonical
// since, or that are gone, are dropped from the list as they come up.
func (c *Chain) trimSide() {
	for len(c.side) > sideLimit || c.bytes > sideBytes {
		hash := c.side[0].hash
		c.bytes -= c.side[0].size
		c.side = c.side[1:]
		if h, ok := c.index[hash]; ok && !c.IsCanonical(h.Number.Uint64(), hash) {
			delete(c.index, hash)
		}
	}
}

// SetHead makes the block with this hash the head, and returns what left and what
// joined the canonical chain, both ascending. A GapError says what is missing to
// link the two; then nothing has changed.
func (c *Chain) SetHead(hash common.Hash, number uint64) (removed, added []*types.Header, err error) {
	path, err := c.pathTo(hash, number)
	if err != nil {
		return nil, nil, err
	}
	keep := 0 // canonical headers that stay
	if len(c.canon) > 0 {
		low := number + 1
		if len(path) > 0 {
			low = path[0].number()
		}
		if base := c.canon[0].number(); low > base {
			keep = min(int(low-base), len(c.canon)) //nolint:gosec // bounded by the window
		}
	}
	for _, e := range c.canon[keep:] {
		removed = append(removed, e.header)
		c.aside(e.hash, e.header)
	}
	c.canon = append(c.canon[:keep], path...)
	for _, e := range path {
		added = append(added, e.header)
	}
	c.trimWindow()
	c.trimSide()
	return removed, added, nil
}

// pathTo walks from the new head down to a canonical block and returns what lies
// above that, ascending. Into an empty chain the path is the head alone.
func (c *Chain) pathTo(hash common.Hash, number uint64) ([]entry, error) {
	var down []entry
	for {
		if c.IsCanonical(number, hash) {
			break
		}
		header, ok := c.index[hash]
		if !ok {
			return nil, &GapError{Number: number, Hash: hash, Length: c.gapBelow(number)}
		}
		if header.Number.Uint64() != number {
			return nil, fmt.Errorf("%w: %x has %d instead of %d", ErrNumber, hash, header.Number, number)
		}
		down = append(down, entry{header, hash})
		if len(c.canon) == 0 || number == 0 {
			break
		}
		// Below the window nothing is left to meet: the whole window is replaced.
		if number <= c.canon[0].number() {
			break
		}
		hash, number = header.ParentHash, number-1
	}
	for i, j := 0, len(down)-1; i < j; i, j = i+1, j-1 {
		down[i], down[j] = down[j], down[i]
	}
	return down, nil
}

// gapBelow estimates how many headers from number down are missing.
func (c *Chain) gapBelow(number uint64) uint64 {
	head := c.Head()
	if head == nil || number <= head.Number.Uint64() {
		return 1 // within the window a reorg is usually short
	}
	return number - head.Number.Uint64()
}

// Reset drops the window and begins a new one with this header.
func (c *Chain) Reset(hash common.Hash, header *types.Header) {
	clear(c.index)
	c.side, c.bytes, c.canon = nil, 0, []entry{{header, hash}}
	c.index[hash] = header
}

// Extend adds canonical headers below the window, the newest of them first. The
// first must be the parent of Base; hashes are taken from the children. Headers
// that would make the window too long are left out. It returns an error if one
// is not linked; those before it have been added.
func (c *Chain) Extend(descending []*types.Header) error {
	var below []entry
	for _, h := range descending {
		if len(c.canon)+len(below) >= Window {
			break
		}
		child := c.Base()
		if n := len(below); n > 0 {
			child = below[n-1].header
		}
		if child == nil || h.Number.Uint64()+1 != child.Number.Uint64() || h.Hash() != child.ParentHash {
			return fmt.Errorf("header %d does not link to the chain above it", h.Number)
		}
		below = append(below, entry{h, child.ParentHash})
	}
	canon := make([]entry, 0, len(below)+len(c.canon))
	for _, e := range slices.Backward(below) {
		canon = append(canon, e)
		c.index[e.hash] = e.header
	}
	c.canon = append(canon, c.canon...)
	return nil
}

func (c *Chain) trimWindow() {
	if len(c.canon) <= Window+windowSlack {
		return
	}
	over := len(c.canon) - Window
	for _, e := range c.canon[:over] {
		delete(c.index, e.hash)
	}
	c.canon = append([]entry(nil), c.canon[over:]...)
}
