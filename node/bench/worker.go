package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// Loads run in processes of their own, so that they do not share a scheduler, a
// garbage collector or file descriptors, and can be given processors and priorities.
// A parent tells each worker what to do, one order a line in JSON on its standard
// input, and reads one answer to each on its standard output. A worker whose input
// ends leaves: it does not outlive its parent, however that ended.

// Orders to a worker. The first one is orderJob.
const (
	orderJob     = "job"
	orderConnect = "connect" // answers when all are connected, or Within has passed
	orderOpen    = "open"    // the first Clients begin to make load, the others cease to
	orderSpend   = "spend"   // all begin to, and first use up what they have saved; answers when they have, or Within has passed
	orderMeasure = "measure" // counting begins
	orderReport  = "report"  // answers with what was counted
)

// order is what a parent wants a worker to do.
type order struct {
	Do      string        `json:"do"`
	Job     *job          `json:"job,omitempty"`
	Clients int           `json:"clients,omitempty"`
	Within  time.Duration `json:"withinNs,omitempty"`
}

// job is what a worker is there for.
type job struct {
	Role    string `json:"role"`
	Target  string `json:"target"`
	Clients int    `json:"clients"`
	First   int    `json:"first"` // index of the first one, among those of all workers with this role
	Hosts   int    `json:"hosts"` // how many source addresses all those share; 0: the system's choice
	Seed    uint64 `json:"seed"`  // of the keys
	Load    Load   `json:"load"`

	Rate  float64       `json:"rate,omitempty"`    // cheaters: requests a second of each
	Every time.Duration `json:"everyNs,omitempty"` // crowd: between two questions of one client

	Place Place `json:"place"`
}

// answer is what a worker says to an order.
type answer struct {
	Error   string  `json:"error,omitempty"` // nothing else counts then
	Clients int     `json:"clients"`         // connected now; after spend: that have spent what they had
	Silent  int     `json:"silent"`          // making load and without any reply since measure
	Tally   *Tally  `json:"tally,omitempty"`
	Seconds float64 `json:"seconds,omitempty"` // since measure
	CPU     float64 `json:"cpu,omitempty"`     // processor time used since measure, in seconds
	Heads   []sight `json:"heads,omitempty"`
	Price   float64 `json:"price,omitempty"` // announced, of an item
}

// crew are the clients of one worker.
type crew interface {
	connect(ctx context.Context, within time.Duration) error
	open(ctx context.Context, clients int)
	spend(ctx context.Context, within time.Duration) int
	measure()
	report() answer
	connected() int
	leave() // ends and waits for all that connect has started
}

// RunWorker is a worker process: it obeys the orders that come from in until there
// are no more, and answers to out. Only Overload and Crowd start such processes.
func RunWorker(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	orders, ended := make(chan order), make(chan error, 1)
	go func() {
		// Reading standard input cannot be interrupted; this ends with the process, at
		// the latest.
		ended <- readOrders(ctx, in, orders)
		cancel()
	}()
	w := &worker{out: json.NewEncoder(out)}
	defer w.dismiss()
	for {
		select {
		case o := <-orders:
			if err := w.out.Encode(w.obey(ctx, o)); err != nil {
				return err
			}
		case <-ctx.Done():
			select {
			case err := <-ended:
				return err
			default:
				return ctx.Err()
			}
		}
	}
}

func readOrders(ctx context.Context, in io.Reader, orders chan<- order) error {
	for decoder := json.NewDecoder(in); ; {
		var o order
		err := decoder.Decode(&o)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read orders: %w", err)
		}
		select {
		case orders <- o:
		case <-ctx.Done():
			return nil
		}
	}
}

type worker struct {
	out     *json.Encoder
	crew    crew
	cpu     time.Duration
	measure time.Time
}

func (w *worker) dismiss() {
	if w.crew != nil {
		w.crew.leave()
	}
}

func (w *worker) obey(ctx context.Context, o order) answer {
	if o.Do == orderJob {
		if err := w.hire(ctx, o.Job); err != nil {
			return answer{Error: err.Error()}
		}
		return answer{}
	}
	if w.crew == nil {
		return answer{Error: "an order before there is a job"}
	}
	out := answer{}
	switch o.Do {
	case orderConnect:
		if err := w.crew.connect(ctx, o.Within); err != nil {
			return answer{Error: err.Error()}
		}
	case orderOpen:
		w.crew.open(ctx, o.Clients)
	case orderSpend:
		return answer{Clients: w.crew.spend(ctx, o.Within)}
	case orderMeasure:
		w.cpu, w.measure = processorTime(), time.Now()
		w.crew.measure()
	case orderReport:
		out = w.crew.report()
		out.Seconds, out.CPU = time.Since(w.measure).Seconds(), (processorTime() - w.cpu).Seconds()
	default:
		return answer{Error: fmt.Sprintf("no such order: %q", o.Do)}
	}
	out.Clients = w.crew.connected()
	return out
}

// hire makes the clients of a job.
func (w *worker) hire(ctx context.Context, j *job) error {
	if j == nil || w.crew != nil {
		return errors.New("a worker has one job")
	}
	target, err := targetOf(j.Target)
	if err != nil {
		return err
	}
	if err := j.Place.take(); err != nil {
		return err
	}
	switch j.Role {
	case rolePaid, roleFree:
		w.crew = newLoadCrew(ctx, j, target)
	case roleCheat:
		w.crew = newCheatCrew(ctx, j, target)
	case roleCrowd:
		w.crew = newCrowdCrew(ctx, j, target)
	default:
		return fmt.Errorf("no such role: %q", j.Role)
	}
	return nil
}
