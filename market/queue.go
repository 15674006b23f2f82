package market

import "container/heap"

// queue holds waiting sessions ordered by less. A session is in at most one queue of
// each slot; where in it, it knows itself, so that any can be taken out.
type queue struct {
	list []*Session
	slot int
	less func(a, b *Session) bool
}

// Slots are the queues that a session can be in at the same time.
const (
	inWaiting = iota // paid or free, the first to be served on top
	inWorst          // free, the first to be frozen on top
	inFrozen         // the first to resume on top
	inRipe           // free, the first that will be paid on top
	slots
)

// nowhere is the position of a session that is not in a queue.
const nowhere = -1

func (q *queue) Len() int           { return len(q.list) }
func (q *queue) Less(i, j int) bool { return q.less(q.list[i], q.list[j]) }

func (q *queue) Swap(i, j int) {
	q.list[i], q.list[j] = q.list[j], q.list[i]
	q.list[i].at[q.slot], q.list[j].at[q.slot] = i, j
}

// Push implements heap.Interface; use put.
func (q *queue) Push(x any) {
	s := x.(*Session)
	s.at[q.slot] = len(q.list)
	q.list = append(q.list, s)
}

// Pop implements heap.Interface; use take.
func (q *queue) Pop() any {
	last := len(q.list) - 1
	s := q.list[last]
	q.list[last] = nil
	q.list = q.list[:last]
	s.at[q.slot] = nowhere
	return s
}

func (q *queue) put(s *Session) { heap.Push(q, s) }

// take removes a session if it is there.
func (q *queue) take(s *Session) {
	if at := s.at[q.slot]; at != nowhere {
		heap.Remove(q, at)
	}
}

// top returns the first session, nil if there is none.
func (q *queue) top() *Session {
	if len(q.list) == 0 {
		return nil
	}
	return q.list[0]
}

// reorder puts everything in order after what less looks at has changed.
func (q *queue) reorder() { heap.Init(q) }
