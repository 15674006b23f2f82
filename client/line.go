package client

import (
	"slices"
	"sync"
	"time"
)

// line is where questions wait for a server that has room for them, in the order in
// which they were asked, whatever became of them meanwhile: one whose server fails it
// goes on before those that came after it. It is the one place where servers are
// chosen and requests are sent.
//
// Whoever is told something that may make room calls look. The line is then gone
// through from its front: a question that some server has room for is sent there, and
// one that has to wait keeps the server that will have room for it first, so that many
// small ones behind it do not use up what a large one waits for. It ends when all
// servers are kept; nobody behind could be sent anyway.
type line struct {
	c  *Client
	mu struct {
		sync.Mutex
		tickets uint64
		waiting []*retrieval // by ticket
		timer   *time.Timer  // when the next server has room, if nothing happens before
	}
}

// lookAgain is how often a line that does not move is looked at, for the sake of
// whatever its events do not tell.
const lookAgain = 500 * time.Millisecond

func newLine(c *Client) *line {
	l := &line{c: c}
	l.mu.timer = time.AfterFunc(time.Hour, l.look)
	l.mu.timer.Stop()
	return l
}

// close stops the timer; nobody may wait any more.
func (l *line) close() { l.mu.timer.Stop() }

// draw gives a question its place in the order. Urgent ones come before all others.
func (l *line) draw(r *retrieval) {
	if r.q.urgent {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mu.tickets++
	r.ticket = l.mu.tickets
}

// enter makes a question wait for a server, or sends it at once.
func (l *line) enter(r *retrieval) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r.waits, r.looked, r.stuck = true, false, false
	at, _ := slices.BinarySearchFunc(l.mu.waiting, r.ticket+1, func(o *retrieval, t uint64) int {
		if o.ticket < t {
			return -1
		}
		return 1
	})
	l.mu.waiting = slices.Insert(l.mu.waiting, at, r)
	sessions := l.advance()
	if r.waits && !r.looked {
		// Its turn does not come yet. Does it wait for anybody at all?
		kept := make(map[*session]bool, len(sessions))
		for _, cand := range sessions {
			kept[cand.session] = true
		}
		r.try(sessions, kept)
		r.seen(nil)
	}
}

// leave takes a question out. Until it enters again nobody else looks at it.
func (l *line) leave(r *retrieval) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !r.waits {
		return
	}
	r.waits = false
	at := slices.Index(l.mu.waiting, r)
	l.mu.waiting = slices.Delete(l.mu.waiting, at, at+1)
	l.advance() // what was kept for it
}

// look sends what can be sent by now.
func (l *line) look() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.advance()
}

// length is how many questions wait.
func (l *line) length() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.mu.waiting)
}

// maxLooked bounds how many questions in vain are looked at in one go.
const maxLooked = 128

// advance goes through the line, and returns those who were in question. mu is held.
func (l *line) advance() []candidate {
	if len(l.mu.waiting) == 0 {
		l.mu.timer.Stop()
		return nil
	}
	sessions := slices.DeleteFunc(l.c.roster.sessions(), func(cand candidate) bool { return !cand.session.serves() })
	kept := make(map[*session]bool, len(sessions))
	wait := lookAgain
	still := l.mu.waiting[:0]
	for i, r := range l.mu.waiting {
		if len(kept) == len(sessions) && i > 0 || len(still) == maxLooked {
			still = append(still, l.mu.waiting[i:]...)
			break
		}
		sent, next, after := r.try(sessions, kept)
		if sent {
			r.waits = false
			r.tell()
			continue
		}
		still = append(still, r)
		if next != nil {
			kept[next] = true
			wait = min(wait, after)
		}
		r.seen(next)
	}
	clear(l.mu.waiting[len(still):])
	l.mu.waiting = still
	l.mu.timer.Reset(max(wait, time.Millisecond))
	return sessions
}

// state says whether a question waits in line; if so, whether that is in vain for now,
// and if it is, whether that will not change either.
func (l *line) state(r *retrieval, started time.Time) (waits, vain, hopeless bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	vain = r.waits && r.stuck && len(r.flying) == 0
	return r.waits, vain, vain && r.hopeless(started)
}
