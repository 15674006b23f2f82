package auction

import "math/bits"

// tree is a B+ tree of entries: all are in its leaves, and each leaf knows its neighbours,
// so that looking around the edge is a walk along an array. At a million bids the time of
// a change goes where memory is reached, not where it is compared. So a node has its codes
// side by side, where a search finds all it needs in five lines of memory, and the
// entries of a bid are looked for together, so that what each waits for comes in at once.
type tree struct {
	root  *node
	size  int
	shape uint64 // raised whenever a node is split or merged

	reached [MaxPrices]*node // by the last reach
	touched uint64           // of no meaning: what was read to have it near
}

const (
	// group is how many codes are in one line of memory.
	group = 8
	// fan is how many entries a node has room for, one of which is free except while it
	// is being split.
	fan = 4 * group
	// scant is with how many entries a node looks for a neighbour to be merged with.
	scant = fan / 4
	// merged is how many a merged node has at most, so that it is not split again at once.
	merged = fan * 3 / 4
)

// node is a leaf, or an inner node with one more kid than entries: those of kid i come
// before entry i, those of kid i+1 do not. An entry is in pieces, the same place in each array.
type node struct {
	kids       *[fan + 1]*node // nil in a leaf
	prev, next *node           // of a leaf
	tails      *[fan]uint64    // nil while all are 0
	n          int
	_          [2]uint64   // with what the allocator puts before it: a line of memory
	codes      [fan]uint64 // from place n on all ones
	ranks      [fan]uint64
	clients    [fan]Client
}

// blank is the code where no entry is: no code comes after it.
const blank = 1<<64 - 1

func newNode() *node {
	n := new(node)
	n.blank(0)
	return n
}

func newTree() tree { return tree{root: newNode()} }

func (n *node) blank(from int) {
	for i := range n.codes[from:] {
		n.codes[from+i] = blank
	}
}

func (n *node) tail(i int) uint64 {
	if n.tails == nil {
		return 0
	}
	return n.tails[i]
}

// at returns entry i.
func (n *node) at(i int) entry {
	return entry{code: n.codes[i], tail: n.tail(i), rank: n.ranks[i], client: n.clients[i]}
}

// set makes e entry i.
func (n *node) set(i int, e entry) {
	n.codes[i], n.ranks[i], n.clients[i] = e.code, e.rank, e.client
	if e.tail != 0 && n.tails == nil {
		n.tails = new([fan]uint64)
	}
	if n.tails != nil {
		n.tails[i] = e.tail
	}
}

// move writes entries low to high of a node, which may be n, to place to and on.
func (n *node) move(to int, from *node, low, high int) {
	copy(n.codes[to:], from.codes[low:high])
	copy(n.ranks[to:], from.ranks[low:high])
	copy(n.clients[to:], from.clients[low:high])
	switch {
	case from.tails != nil:
		if n.tails == nil {
			n.tails = new([fan]uint64)
		}
		copy(n.tails[to:], from.tails[low:high])
	case n.tails != nil:
		clear(n.tails[to : to+high-low])
	}
}

// after returns how many of the node's entries do not come after e: the kid that e is in,
// or the place behind it.
func (n *node) after(e entry) int {
	// By counting, without a branch that could be foretold wrongly, which lets the next
	// search begin while this one waits: first whole groups, then in one.
	var i, less uint64
	for last := group - 1; last < fan-group; last += group {
		_, less = bits.Sub64(n.codes[last], e.code, 0)
		i += group * less
	}
	for _, code := range n.codes[i : i+group : i+group] {
		_, less = bits.Sub64(code, e.code, 0)
		i += less
	}
	at := int(i)
	for at < n.n && n.codes[at] == e.code && !precedes(e, n.at(at)) {
		at++
	}
	return at
}

// reach finds the leaf that each of some entries is in or would be: all of them level by
// level, so that what is far away is waited for together.
func (t *tree) reach(list []entry) []*node {
	at := t.reached[:len(list)]
	for i := range at {
		at[i] = t.root
	}
	for len(at) > 0 && at[0].kids != nil { // all leaves are equally deep
		for i, n := range at {
			at[i] = n.kids[n.after(list[i])]
		}
		for _, n := range at {
			for last := group - 1; last < fan; last += group {
				t.touched += n.codes[last]
			}
		}
	}
	return at
}

// add puts in entries that are not there.
func (t *tree) add(list []entry) {
	t.size += len(list)
	shape := t.shape
	for i, leaf := range t.reach(list) {
		if t.shape == shape && leaf.n < fan-1 {
			leaf.insert(leaf.after(list[i]), list[i])
		} else {
			t.put(list[i])
		}
	}
}

// put adds an entry from the root down.
func (t *tree) put(e entry) {
	t.root.put(t, e)
	if t.root.n < fan {
		return
	}
	top := newNode()
	top.kids = new([fan + 1]*node)
	top.kids[0] = t.root
	top.split(t, 0)
	t.root = top
}

// put may fill the node up; whoever is above splits it then.
func (n *node) put(t *tree, e entry) {
	i := n.after(e)
	if n.kids == nil {
		n.insert(i, e)
		return
	}
	kid := n.kids[i]
	if kid.put(t, e); kid.n == fan {
		n.split(t, i)
	}
}

func (n *node) insert(i int, e entry) {
	n.move(i+1, n, i, n.n)
	n.set(i, e)
	n.n++
}

// split makes two of kid i, which is full.
func (n *node) split(t *tree, i int) {
	t.shape++
	left, right := n.kids[i], newNode()
	half := fan / 2
	between := left.at(half)
	from := half
	if left.kids == nil {
		right.prev, right.next, left.next = left, left.next, right
		if right.next != nil {
			right.next.prev = right
		}
	} else {
		from++ // goes up instead of along
		right.kids = new([fan + 1]*node)
		copy(right.kids[:], left.kids[from:])
		clear(left.kids[from:])
	}
	right.move(0, left, from, fan)
	right.n = fan - from
	left.n = half
	left.blank(half)

	copy(n.kids[i+2:n.n+2], n.kids[i+1:n.n+1])
	n.kids[i+1] = right
	n.insert(i, between)
}

// remove takes out entries that are there.
func (t *tree) remove(list []entry) {
	t.size -= len(list)
	shape := t.shape
	for i, leaf := range t.reach(list) {
		if t.shape == shape && leaf.n > scant {
			leaf.drop(list[i])
		} else {
			t.take(list[i])
		}
	}
}

// take removes an entry from the root down.
func (t *tree) take(e entry) {
	t.root.take(t, e)
	for t.root.kids != nil && t.root.n == 0 {
		t.root = t.root.kids[0]
	}
}

func (n *node) take(t *tree, e entry) {
	if n.kids == nil {
		n.drop(e)
		return
	}
	i := n.after(e)
	kid := n.kids[i]
	if kid.take(t, e); kid.n < scant {
		n.mend(t, i)
	}
}

// drop takes an entry out of a leaf.
func (n *node) drop(e entry) {
	i := n.after(e) - 1
	if i < 0 || n.at(i) != e {
		panic("auction: a price of a bid that is not in the book")
	}
	n.cut(i)
}

// cut takes out entry i.
func (n *node) cut(i int) {
	n.move(i, n, i+1, n.n)
	n.n--
	n.codes[n.n] = blank
}

// mend merges kid i, which has few entries, with one of its neighbours. If both have too
// many it stays as it is, so a node may have few entries or none, but not many
// neighbours can.
func (n *node) mend(t *tree, i int) {
	if i == n.n || !n.merge(t, i) {
		if i > 0 {
			n.merge(t, i-1)
		}
	}
}

// merge makes one of kids i and i+1 if that is not too much.
func (n *node) merge(t *tree, i int) bool {
	left, right := n.kids[i], n.kids[i+1]
	if left.n+right.n >= merged && left.n != 0 && right.n != 0 {
		return false
	}
	if left.kids == nil {
		left.next = right.next
		if left.next != nil {
			left.next.prev = left
		}
	} else {
		if left.n+right.n+1 >= fan {
			return false
		}
		left.set(left.n, n.at(i))
		copy(left.kids[left.n+1:], right.kids[:right.n+1])
		left.n++
	}
	left.move(left.n, right, 0, right.n)
	left.n += right.n
	copy(n.kids[i+1:], n.kids[i+2:n.n+1])
	n.kids[n.n] = nil
	n.cut(i)
	t.shape++
	return true
}

// seek returns the leaf that e is in or would be, and how many of its entries do not come
// after e.
func (t *tree) seek(e entry) (leaf *node, i int) {
	n := t.root
	for n.kids != nil {
		n = n.kids[n.after(e)]
	}
	return n, n.after(e)
}

// until appends at most most entries that do not come after e, the last first.
func (t *tree) until(e entry, list []entry, most int) []entry {
	for leaf, i := t.seek(e); leaf != nil; {
		for ; i > 0 && most > 0; most-- {
			i--
			list = append(list, leaf.at(i))
		}
		if leaf = leaf.prev; leaf == nil || most == 0 {
			break
		}
		i = leaf.n
	}
	return list
}

// beyond appends at most most entries that come after e, in their order.
func (t *tree) beyond(e entry, list []entry, most int) []entry {
	for leaf, i := t.seek(e); leaf != nil; leaf, i = leaf.next, 0 {
		for ; i < leaf.n && most > 0; most-- {
			list = append(list, leaf.at(i))
			i++
		}
		if most == 0 {
			break
		}
	}
	return list
}
