package auction

import "github.com/holiman/uint256"

// waits are the clients with winning units and no correction, by when their limits are
// reached: for each k a heap by the value of integral k at which that is so.
type waits struct {
	heaps [MaxPrices + 1]heap
}

// arity of the heaps: flat ones touch less memory.
const arity = 4

// wait is one client's place in a heap.
type wait struct {
	due    uint256.Int
	client Client
}

// heap has the smallest due first; spots are where clients are, by client. A client is in
// one heap at most, so all heaps share them.
type heap struct {
	list  []wait
	spots *[]int32
}

func (w *waits) grow() {
	if w.heaps[0].spots == nil {
		spots := make([]int32, 0, 16)
		for k := range w.heaps {
			w.heaps[k].spots = &spots
		}
	}
	*w.heaps[0].spots = append(*w.heaps[0].spots, 0)
}

// watch puts a client into heap k, or into none for 0, where it is found when it has
// nothing left to pay with.
func (a *Auction) watch(id Client, c *client, k uint8) {
	spots := a.waits.heaps[0].spots
	if c.queued != k && c.queued != 0 {
		a.waits.heaps[c.queued].remove(int((*spots)[id]))
	}
	if k != 0 {
		due := c.base
		if c.limit.Gt(&c.owed) {
			due.Add(&due, &c.limit)
			due.Sub(&due, &c.owed)
		}
		h := &a.waits.heaps[k]
		if c.queued == k {
			h.change(int((*spots)[id]), due)
		} else {
			h.list = append(h.list, wait{due, id})
			h.up(len(h.list) - 1)
		}
	}
	c.queued = k
}

func (h *heap) change(i int, due uint256.Int) {
	order := due.Cmp(&h.list[i].due)
	h.list[i].due = due
	if order < 0 {
		h.up(i)
	} else if order > 0 {
		h.down(i)
	}
}

func (h *heap) remove(i int) {
	end := len(h.list) - 1
	moved := h.list[end]
	h.list = h.list[:end]
	if i == end {
		return
	}
	order := moved.due.Cmp(&h.list[i].due)
	h.list[i] = moved
	if order < 0 {
		h.up(i)
	} else {
		h.down(i)
	}
}

// up and down move what is at i to where it belongs, and note all that moves.
func (h *heap) up(i int) {
	w := h.list[i]
	for i > 0 {
		parent := (i - 1) / arity
		if !w.due.Lt(&h.list[parent].due) {
			break
		}
		h.set(i, h.list[parent])
		i = parent
	}
	h.set(i, w)
}

func (h *heap) down(i int) {
	w := h.list[i]
	for {
		child := i*arity + 1
		if child >= len(h.list) {
			break
		}
		for next := child + 1; next < min(i*arity+1+arity, len(h.list)); next++ {
			if h.list[next].due.Lt(&h.list[child].due) {
				child = next
			}
		}
		if !h.list[child].due.Lt(&w.due) {
			break
		}
		h.set(i, h.list[child])
		i = child
	}
	h.set(i, w)
}

func (h *heap) set(i int, w wait) {
	h.list[i] = w
	(*h.spots)[w.client] = int32(i)
}
