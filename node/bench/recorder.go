package bench

import (
	"errors"
	"io"
	"maps"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/ethereum/go-ethereum/p2p"
)

// Tally is what clients have seen in some time.
type Tally struct {
	Requests uint64 `json:"requests"` // replies that came
	Items    uint64 `json:"items"`
	Bytes    uint64 `json:"bytes"` // received, as on the wire (compressed)

	Empty   uint64 `json:"empty"`
	Wrong   uint64 `json:"wrong"` // of the replies that were proven, one in 64
	Refused uint64 `json:"refused"`
	Stops   uint64 `json:"stops"`
	Ignored uint64 `json:"ignored"` // requests sent that Stop made worthless
	Skipped uint64 `json:"skipped"` // turns to ask that a crowd let pass: no buffer, or the last answer still due

	Waited time.Duration `json:"waitedNs"` // with nothing to do but to let buffers fill
	Frozen time.Duration `json:"frozenNs"` // between Stop and Resume
	// Drawn and Promised are what the replies' buffer values say was spent, and what
	// was recharged meanwhile, in units of cost.
	Drawn    float64 `json:"drawn"`
	Promised float64 `json:"promised"`

	Lost   uint64            `json:"lost"`          // connections that ended
	Turned uint64            `json:"turnedAway"`    // connections that were not let in
	Why    map[string]uint64 `json:"why,omitempty"` // for what reasons, both
	First  string            `json:"first,omitempty"`

	Latency histogram `json:"latency"`
}

// add puts together what two groups of clients have seen.
func (t *Tally) add(other *Tally) {
	t.Requests, t.Items, t.Bytes = t.Requests+other.Requests, t.Items+other.Items, t.Bytes+other.Bytes
	t.Empty, t.Wrong, t.Refused = t.Empty+other.Empty, t.Wrong+other.Wrong, t.Refused+other.Refused
	t.Stops, t.Ignored, t.Skipped = t.Stops+other.Stops, t.Ignored+other.Ignored, t.Skipped+other.Skipped
	t.Waited, t.Frozen = t.Waited+other.Waited, t.Frozen+other.Frozen
	t.Drawn, t.Promised = t.Drawn+other.Drawn, t.Promised+other.Promised
	t.Lost, t.Turned = t.Lost+other.Lost, t.Turned+other.Turned
	for why, n := range other.Why {
		t.because(why, n)
	}
	if t.First == "" {
		t.First = other.First
	}
	t.Latency.merge(&other.Latency)
}

func (t *Tally) because(why string, n uint64) {
	if t.Why == nil {
		t.Why = make(map[string]uint64)
	}
	t.Why[why] += n
}

// recorder collects what the clients of one process see.
type recorder struct {
	mu struct {
		sync.Mutex
		Tally
	}
}

// note changes the counts; f must not wait.
func (r *recorder) note(f func(*Tally)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(&r.mu.Tally)
}

func (r *recorder) reset() { r.note(func(t *Tally) { *t = Tally{} }) }

func (r *recorder) snapshot() (out Tally) {
	r.note(func(t *Tally) {
		out = *t
		out.Why = maps.Clone(t.Why)
		out.Latency = t.Latency.clone()
	})
	return out
}

// lost counts a connection that ended.
func (r *recorder) lost(err error) {
	r.note(func(t *Tally) {
		t.Lost++
		t.because(reasonOf(err), 1)
		if t.First == "" {
			t.First = err.Error()
		}
	})
}

// turned counts a connection that could not be made.
func (r *recorder) turned(err error) {
	r.note(func(t *Tally) {
		t.Turned++
		t.because(reasonOf(err), 1)
	})
}

// LaterError says that a server has no place now, and when to come again.
type LaterError struct {
	After time.Duration
	Text  string
}

func (e *LaterError) Error() string {
	return "told to come again in " + e.After.Round(time.Millisecond).String() + ": " + e.Text
}

// reasonOf puts an error into words that are the same for all errors of a kind, so
// that they can be counted.
func reasonOf(err error) string {
	var (
		later   *LaterError
		reason  p2p.DiscReason
		timeout net.Error
	)
	switch {
	case errors.As(err, &later):
		return "told to come again later"
	case errors.As(err, &reason):
		return reason.Error()
	case errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "connection refused"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "closed without a word"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return "no free port or no such source address"
	case errors.Is(err, syscall.EMFILE):
		return "out of file descriptors"
	default:
		return err.Error()
	}
}
