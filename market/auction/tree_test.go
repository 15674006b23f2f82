package auction

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/candela-les/candela/unit"
)

// A tree is a sorted list, whatever grows and shrinks it.
func TestTree(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 1))
		tr := newTree()
		var list []entry
		grow := 4 // in 8 times
		for step := range 30_000 {
			if step%3000 == 0 {
				grow = []int{7, 1, 4, 0, 6}[step/3000%5]
			}
			e := drawn(r, seed)
			if r.IntN(8) < grow {
				var more []entry
				for range r.IntN(4) {
					e := drawn(r, seed)
					if i, found := slices.BinarySearchFunc(list, e, order); !found {
						list = slices.Insert(list, i, e)
						more = append(more, e)
					}
				}
				tr.add(more)
			} else if len(list) > 0 {
				i := r.IntN(len(list))
				if r.IntN(2) == 0 {
					i = min(i, 3) // from one end
				}
				j := min(i+r.IntN(4), len(list))
				tr.remove(list[i:j])
				list = slices.Delete(list, i, j)
			}
			if step%100 == 0 {
				holds(t, &tr, list)
			}
			i, found := slices.BinarySearchFunc(list, e, order)
			if found {
				i++
			}
			up, down := tr.until(e, nil, 5), tr.beyond(e, nil, 5)
			slices.Reverse(up)
			if !slices.Equal(up, list[max(i-5, 0):i]) || !slices.Equal(down, list[i:min(i+5, len(list))]) {
				t.Fatalf("seed %d, step %d: around %v: %v %v", seed, step, e, up, down)
			}
		}
	}
}

// drawn has a price that is often that of others, or nearly so; in every other run few have a tail.
func drawn(r *rand.Rand, seed uint64) entry {
	var p unit.Price
	switch {
	case seed%2 == 0:
		lo := r.Uint64N(1<<20) << 44
		if r.IntN(50) == 0 {
			lo++
		}
		p = unit.NewPrice(lo)
	case r.IntN(4) == 0:
		p = unit.PriceOfWords(r.Uint64()>>(6+r.IntN(58)), r.Uint64())
	default:
		p = unit.PriceOfWords(r.Uint64N(2), r.Uint64N(40))
	}
	return newEntry(p, r.Uint64N(1<<40), 0, Client(r.Uint32()))
}

func order(e, f entry) int {
	switch {
	case precedes(e, f):
		return -1
	case precedes(f, e):
		return 1
	}
	return 0
}

func holds(t *testing.T, tr *tree, list []entry) {
	t.Helper()
	if got := tr.beyond(first, nil, len(list)+1); !slices.Equal(got, list) || tr.size != len(list) {
		t.Fatalf("%d entries, size %d, should be %d", len(got), tr.size, len(list))
	}
	depth, leaves := -1, 1
	if err := sound(tr.root, 0, &depth); err != nil {
		t.Fatal(err)
	}
	leaf, _ := tr.seek(first)
	for ; leaf.next != nil; leaf = leaf.next {
		leaves++
	}
	if leaves > 8+len(list)/3 {
		t.Fatalf("%d leaves for %d entries", leaves, len(list))
	}
}

// sound: all leaves are equally deep, no node is full, entries are where they are
// looked for, and where none is there are only ones.
func sound(n *node, at int, depth *int) error {
	for _, code := range n.codes[n.n:] {
		if code != blank {
			return fmt.Errorf("code %x where no entry is", code)
		}
	}
	if n.n >= fan {
		return fmt.Errorf("a node with %d entries", n.n)
	}
	if n.kids == nil {
		if *depth < 0 {
			*depth = at
		}
		if *depth != at {
			return fmt.Errorf("leaves at %d and at %d", at, *depth)
		}
		if n.next != nil && n.next.prev != n || n.prev != nil && n.prev.next != n {
			return fmt.Errorf("a leaf whose neighbour does not know it")
		}
		return nil
	}
	for i := range n.n + 1 {
		kid := n.kids[i]
		if kid.n > 0 && (i > 0 && precedes(kid.at(0), n.at(i-1)) || i < n.n && !precedes(kid.at(kid.n-1), n.at(i))) {
			return fmt.Errorf("entries outside of their place")
		}
		if err := sound(kid, at+1, depth); err != nil {
			return err
		}
	}
	return nil
}
