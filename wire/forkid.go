package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"

	"github.com/candela-les/candela/wire/internal/codec"
)

// Errors of Forks.Check.
var (
	// ErrRemoteStale: the peer does not know a fork that has passed here.
	ErrRemoteStale = errors.New("fork id: peer is out of date")
	// ErrForkMismatch: the peer is on other forks, or knows one that passed here
	// unnoticed.
	ErrForkMismatch = errors.New("fork id: incompatible with this chain, or this node is out of date")
)

// firstTimestamp tells fork times from fork block numbers: the time of mainnet's
// genesis. No chain has that many blocks.
const firstTimestamp = 1438269973

// ForkID is EIP-2124's fork identifier: [4 bytes, next].
type ForkID struct {
	Hash [4]byte // CRC-32 of the genesis hash and the forks that have passed
	Next uint64  // block number or time of the next fork, 0 if none is known
}

func (f ForkID) append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendString(dst, f.Hash[:])
	return codec.CloseList(codec.AppendUint(dst, f.Next), at)
}

func readForkID(r *reader) (f ForkID) {
	l := r.List()
	copy(f.Hash[:], l.Fixed(4))
	f.Next = l.Uint()
	r.Leave(&l)
	return f
}

// Forks is a chain's fork schedule as EIP-2124 sees it. It is read-only.
type Forks struct {
	at     []uint64 // block numbers, then times, each ascending and without repeats
	blocks int      // how many of them are block numbers
	sums   []uint32 // sums[i]: the checksum after i forks
}

// NewForks derives the schedule from a canonical configuration, the genesis hash
// and the genesis block's time.
func NewForks(config []byte, genesis Hash, genesisTime uint64) (*Forks, error) {
	c, err := DecodeConfig(config)
	if err != nil {
		return nil, fmt.Errorf("fork id: %w", err)
	}
	var blocks, times []uint64
	for _, f := range forkFields(c) {
		switch {
		case f.block != nil && *f.block != nil && f.matches(c):
			if n := (*f.block).Uint64(); n > 0 {
				blocks = append(blocks, n)
			}
		case f.time != nil && *f.time != nil:
			if t := **f.time; t > genesisTime {
				times = append(times, t)
			}
		}
	}
	slices.Sort(blocks)
	slices.Sort(times)
	blocks, times = slices.Compact(blocks), slices.Compact(times)

	out := &Forks{at: append(blocks, times...), blocks: len(blocks)}
	sum := crc32.ChecksumIEEE(genesis[:])
	out.sums = append(out.sums, sum)
	for _, at := range out.at {
		sum = crc32.Update(sum, crc32.IEEETable, binary.BigEndian.AppendUint64(nil, at))
		out.sums = append(out.sums, sum)
	}
	return out, nil
}

// passed returns how many forks have passed at a block.
func (f *Forks) passed(number, time uint64) int {
	for i, at := range f.at {
		if now := f.clock(i, number, time); now < at {
			return i
		}
	}
	return len(f.at)
}

// clock returns what fork i is compared with: the block's number or its time.
func (f *Forks) clock(i int, number, time uint64) uint64 {
	if i < f.blocks {
		return number
	}
	return time
}

// ID returns the fork id of a node whose head has this number and time.
func (f *Forks) ID(number, time uint64) ForkID {
	i := f.passed(number, time)
	id := ForkID{Hash: f.hash(i)}
	if i < len(f.at) {
		id.Next = f.at[i]
	}
	return id
}

func (f *Forks) hash(i int) (h [4]byte) {
	binary.BigEndian.PutUint32(h[:], f.sums[i])
	return h
}

// Check says whether a peer with the given fork id can be on this chain, by the
// rules of EIP-2124, our head having this number and time.
func (f *Forks) Check(id ForkID, number, time uint64) error {
	here := f.passed(number, time)
	for i := range f.sums {
		if f.hash(i) != id.Hash {
			continue
		}
		switch {
		case i == here:
			// Same forks so far: a next one that we should have passed is wrong.
			now := f.clock(here, number, time)
			if id.Next > 0 && (now >= id.Next || (id.Next > firstTimestamp && time >= id.Next)) {
				return ErrForkMismatch
			}
		case i < here && f.at[i] != id.Next:
			return ErrRemoteStale // it is behind and does not know what comes
		}
		return nil // behind but aware, or ahead of us
	}
	return ErrForkMismatch
}
