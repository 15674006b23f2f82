package election

import (
	"bytes"
	"container/heap"
	"math/bits"
	"slices"
)

// Result is the outcome of an election at one moment.
type Result struct {
	// Genesis is the one configured, or the one that enough servers signed; zero while
	// there is none, and then nothing is elected.
	Genesis Hash
	// Chain is the chain configuration that enough servers for this Genesis signed;
	// zero while there is none.
	Chain Hash
	// Head, Safe and Finalized are zero if no block has enough signers.
	Head, Safe, Finalized Block
	// Signers are the trusted servers that count for Head, in configured order.
	Signers []ID
	// Wanted are headers that could change the outcome if they were known, highest
	// first: the ends of the chains walked so far. The caller fetches them, from the
	// servers named if it can, and asks again.
	Wanted []Want
	// Liars signed a number that is not that of the block's header.
	Liars []ID
}

// Want asks for one header by hash.
type Want struct {
	Block
	Signers []ID
	// Depth is how many more headers below it may be walked: a hint for a batch.
	Depth int
}

// Elect counts the votes over the headers known through links.
func (s *State) Elect(links Links) Result {
	r := Result{Genesis: s.cfg.Genesis}
	if r.Genesis == (Hash{}) {
		r.Genesis = s.majority(func(st Statement) Hash { return st.Genesis })
	}
	if r.Genesis == (Hash{}) {
		return r
	}
	r.Chain = s.majority(func(st Statement) Hash {
		if st.Genesis != r.Genesis {
			return Hash{}
		}
		return st.Config
	})
	valid := s.valid(links, &r)

	head := s.walk(links, valid, func(st Statement) Block { return st.Head })
	r.Head, r.Wanted = head.elected, head.wanted
	r.Signers = s.members(head.signers)
	if r.Head.IsZero() {
		return r
	}
	// Nothing above the head may be called safe: the three answers are one view.
	safe := s.walk(links, valid, func(st Statement) Block { return st.Safe })
	final := s.walk(links, valid, func(st Statement) Block { return st.Finalized })
	if safe.elected.Number <= r.Head.Number {
		r.Safe = safe.elected
	}
	if final.elected.Number <= r.Head.Number {
		r.Finalized = final.elected
	}
	r.Wanted = append(r.Wanted, safe.wanted...)
	r.Wanted = append(r.Wanted, final.wanted...)
	return r
}

// valid returns the set of servers whose statements fit the genesis in force and
// do not contradict a known header.
func (s *State) valid(links Links, r *Result) set {
	valid := newSet(len(s.entries))
	for i, e := range s.entries {
		st := e.statement
		if !e.live || st.Genesis != r.Genesis {
			continue
		}
		if contradicts(links, st.Head) || contradicts(links, st.Safe) || contradicts(links, st.Finalized) {
			r.Liars = append(r.Liars, s.cfg.Trusted[i])
			continue
		}
		valid.add(i)
	}
	return valid
}

func contradicts(links Links, b Block) bool {
	if b.IsZero() {
		return false
	}
	_, number, ok := links.Parent(b.Hash)
	return ok && number != b.Number
}

// majority returns the non-zero hash that enough statements name, or zero. If the
// fraction is below one half two hashes may qualify; then the one with more votes
// wins, and with equally many none does: there is nothing to tell them apart.
func (s *State) majority(field func(Statement) Hash) Hash {
	votes := make(map[Hash]int)
	for _, e := range s.entries {
		if e.live {
			votes[field(e.statement)]++
		}
	}
	var best Hash
	most, tied := 0, false
	for h, n := range votes {
		switch {
		case h == (Hash{}) || n < s.cfg.Needed():
		case n > most:
			best, most, tied = h, n, false
		case n == most:
			tied = true
		}
	}
	if tied {
		return Hash{}
	}
	return best
}

type walked struct {
	elected Block
	signers set
	wanted  []Want
}

// walk visits blocks from the highest down. All ways to a block start above it, so
// when it is visited its signers are complete, and the first block with enough of
// them is the highest there is.
func (s *State) walk(links Links, valid set, pick func(Statement) Block) walked {
	var (
		q   frontier
		out walked
	)
	for i, e := range s.entries {
		if b := pick(e.statement); valid.has(i) && !b.IsZero() {
			// The depth is bounded for each statement by itself, so that one absurd
			// number does not put the others out of reach.
			q.put(visit{b, newSet(len(s.entries)).with(i), b.Number - min(b.Number, MaxDepth)})
		}
	}
	for len(q) > 0 {
		v := q.next()
		if v.signers.count() >= s.cfg.Needed() {
			out.elected, out.signers = v.Block, v.signers
			return out
		}
		if v.Number <= v.floor {
			continue
		}
		if len(q) == 0 && len(out.wanted) == 0 {
			return out // alone, with nobody left to join in further down
		}
		parent, _, ok := links.Parent(v.Hash)
		if !ok {
			out.wanted = append(out.wanted, Want{
				Block: v.Block, Signers: s.members(v.signers), Depth: int(v.Number - v.floor),
			})
			continue
		}
		q.put(visit{Block{v.Number - 1, parent}, v.signers, v.floor})
	}
	return out
}

func (s *State) members(m set) []ID {
	var ids []ID
	for i, id := range s.cfg.Trusted {
		if m.has(i) {
			ids = append(ids, id)
		}
	}
	return ids
}

// set is a set of indices of trusted servers. Sets are never changed after they
// have been shared; union makes a new one.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (m set) add(i int)      { m[i/64] |= 1 << (i % 64) }
func (m set) with(i int) set { m.add(i); return m }
func (m set) has(i int) bool { return i/64 < len(m) && m[i/64]&(1<<(i%64)) != 0 }

func (m set) count() (n int) {
	for _, w := range m {
		n += bits.OnesCount64(w)
	}
	return n
}

func (m set) union(o set) set {
	u := slices.Clone(m)
	for i := range o {
		u[i] |= o[i]
	}
	return u
}

type visit struct {
	Block
	signers set
	floor   uint64 // the lowest number that may still be walked to
}

// frontier is a heap of blocks to visit, highest (number, hash) first.
type frontier []visit

func (q frontier) Len() int           { return len(q) }
func (q frontier) Less(i, j int) bool { return q[i].After(q[j].Block) }
func (q frontier) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *frontier) Push(x any)        { *q = append(*q, x.(visit)) } //nolint:forcetypeassert // heap's contract
func (q *frontier) Pop() any {
	old := *q
	v := old[len(old)-1]
	*q = old[:len(old)-1]
	return v
}

func (q *frontier) put(v visit) { heap.Push(q, v) }

// next takes the highest block off, with the signers of all its visits.
func (q *frontier) next() visit {
	v := heap.Pop(q).(visit) //nolint:forcetypeassert // only put fills it
	for len(*q) > 0 && (*q)[0].Number == v.Number && bytes.Equal((*q)[0].Hash[:], v.Hash[:]) {
		same := heap.Pop(q).(visit) //nolint:forcetypeassert // only put fills it
		v.signers = v.signers.union(same.signers)
		v.floor = min(v.floor, same.floor)
	}
	return v
}
