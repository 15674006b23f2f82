package auction

// tree is a B+ tree of entries: all are in its leaves, and each leaf knows its neighbours,
// so that looking around the edge is a walk along an array. Nodes have a fixed size, a
// leaf is one object and has next to nothing for the garbage collector: at a million bids
// the time of a change goes where memory is reached, not where it is compared.
type tree struct {
	root *node
	size int
}

const (
	// fan is how many entries a node has room for, one of which is free except while it
	// is being split. With it a node has 1024 bytes.
	fan = 31
	// scant is with how many entries a node looks for a neighbour to be merged with.
	scant = fan / 4
	// merged is how many a merged node has at most, so that it is not split again at once.
	merged = fan * 3 / 4
)

// node is a leaf, or an inner node with one more kid than entries: those of kid i come
// before entry i, those of kid i+1 do not.
type node struct {
	kids       *[fan + 1]*node // nil in a leaf
	prev, next *node           // of a leaf
	n          int
	entries    [fan]entry
}

func newTree() tree { return tree{root: new(node)} }

// after returns how many of the node's entries do not come after e: the kid that e is in,
// or the place behind it.
func (n *node) after(e entry) int {
	if n.kids == nil {
		// From one to the next: that is how memory comes in.
		for i := range n.entries[:n.n] {
			if precedes(e, n.entries[i]) {
				return i
			}
		}
		return n.n
	}
	low, high := 0, n.n
	for low < high {
		i := int(uint(low+high) / 2)
		if precedes(e, n.entries[i]) {
			high = i
		} else {
			low = i + 1
		}
	}
	return low
}

// add puts in an entry that is not there.
func (t *tree) add(e entry) {
	t.size++
	t.root.add(e)
	if t.root.n < fan {
		return
	}
	top := &node{kids: new([fan + 1]*node)}
	top.kids[0] = t.root
	top.split(0)
	t.root = top
}

// add may fill the node up; whoever is above splits it then.
func (n *node) add(e entry) {
	i := n.after(e)
	if n.kids == nil {
		copy(n.entries[i+1:n.n+1], n.entries[i:n.n])
		n.entries[i] = e
		n.n++
		return
	}
	kid := n.kids[i]
	if kid.add(e); kid.n == fan {
		n.split(i)
	}
}

// split makes two of kid i, which is full.
func (n *node) split(i int) {
	left, right := n.kids[i], new(node)
	half := fan / 2
	between := left.entries[half]
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
	right.n = copy(right.entries[:], left.entries[from:])
	left.n = half

	copy(n.entries[i+1:n.n+1], n.entries[i:n.n])
	copy(n.kids[i+2:n.n+2], n.kids[i+1:n.n+1])
	n.entries[i], n.kids[i+1] = between, right
	n.n++
}

// remove takes an entry out, if it is there.
func (t *tree) remove(e entry) {
	if t.root.remove(e) {
		t.size--
	}
	for t.root.kids != nil && t.root.n == 0 {
		t.root = t.root.kids[0]
	}
}

func (n *node) remove(e entry) bool {
	i := n.after(e)
	if n.kids == nil {
		if i == 0 || n.entries[i-1] != e {
			return false
		}
		copy(n.entries[i-1:], n.entries[i:n.n])
		n.n--
		return true
	}
	kid := n.kids[i]
	found := kid.remove(e)
	if kid.n < scant {
		n.mend(i)
	}
	return found
}

// mend merges kid i, which has few entries, with one of its neighbours. If both have too
// many it stays as it is, so a node may have few entries or none, but not many
// neighbours can.
func (n *node) mend(i int) {
	if i == n.n || !n.merge(i) {
		if i > 0 {
			n.merge(i - 1)
		}
	}
}

// merge makes one of kids i and i+1 if that is not too much.
func (n *node) merge(i int) bool {
	left, right := n.kids[i], n.kids[i+1]
	if left.n+right.n >= merged && left.n != 0 && right.n != 0 {
		return false
	}
	if left.kids == nil {
		left.n += copy(left.entries[left.n:], right.entries[:right.n])
		left.next = right.next
		if left.next != nil {
			left.next.prev = left
		}
	} else {
		if left.n+right.n+1 >= fan {
			return false
		}
		left.entries[left.n] = n.entries[i]
		copy(left.kids[left.n+1:], right.kids[:right.n+1])
		copy(left.entries[left.n+1:], right.entries[:right.n])
		left.n += right.n + 1
	}
	copy(n.entries[i:], n.entries[i+1:n.n])
	copy(n.kids[i+1:], n.kids[i+2:n.n+1])
	n.kids[n.n] = nil
	n.n--
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
			list = append(list, leaf.entries[i])
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
			list = append(list, leaf.entries[i])
			i++
		}
		if most == 0 {
			break
		}
	}
	return list
}
