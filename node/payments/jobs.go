package payments

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
)

const (
	// keptJobs is how many jobs are remembered that are over, and mostJobs how many may be under way.
	keptJobs = 32
	mostJobs = 32
	// lookSpan is how long news of a job is waited for.
	lookSpan = 5 * time.Second
	// mostSteps is how many steps of a job are told.
	mostSteps = 1000
)

// job is a Job that is under way, or over.
type job struct {
	mu struct {
		sync.Mutex
		Job
		news chan struct{} // closed when there is some
	}
}

// say adds a step.
func (j *job) say(at time.Time, format string, args ...any) {
	j.change(func(now *Job) {
		if len(now.Steps) < mostSteps {
			now.Steps = append(now.Steps, Step{at.UTC().Truncate(time.Millisecond), fmt.Sprintf(format, args...)})
		}
	})
}

// begin adds a step from which on something is noted, and goes on whatever becomes of the job.
func (j *job) begin(at time.Time, format string, args ...any) {
	j.change(func(now *Job) { now.Begun = true })
	j.say(at, format, args...)
}

func (j *job) change(change func(*Job)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	change(&j.mu.Job)
	close(j.mu.news)
	j.mu.news = make(chan struct{})
}

// see returns the job as it is now, and what is closed with the next change.
func (j *job) see() (Job, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	now := j.mu.Job
	now.Steps, now.Waiting, now.Results = slices.Clone(now.Steps), slices.Clone(now.Waiting), slices.Clone(now.Results)
	return now, j.mu.news
}

// begin starts a job, unless the order makes no sense. It is done by itself, whoever looks.
func (d *Desk) begin(action string, o Order, do func(context.Context, *job, Order) []Result) (Job, error) {
	if err := o.check(action); err != nil {
		return Job{}, err
	}
	j, err := d.newJob(action, func(j *job) {
		ctx, cancel := context.WithCancel(d.ctx)
		var watching sync.WaitGroup
		watching.Go(func() { d.follow(ctx, j) })
		results := do(ctx, j, o)
		cancel()
		watching.Wait()
		j.change(func(now *Job) { now.Done, now.Results, now.Waiting = true, results, []string{} })
	})
	if err != nil {
		return Job{}, err
	}
	now, _ := j.see()
	return now, nil
}

// newJob begins a job, unless the desk is closed or has too many.
func (d *Desk) newJob(action string, do func(*job)) (*job, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	busy, oldest := d.count()
	switch {
	case d.ctx.Err() != nil:
		return nil, fail(CodeUnfinished, "the light client is ending")
	case busy >= mostJobs:
		return nil, fail(CodeFailed, "%d jobs are under way: wait for one of them", busy)
	case len(d.mu.jobs)-busy >= keptJobs:
		delete(d.mu.jobs, oldest)
	}
	d.mu.last++
	j := new(job)
	j.mu.Job = Job{ID: d.mu.last, Action: action, Steps: []Step{}, Waiting: []string{}, Results: []Result{}}
	j.mu.news = make(chan struct{})
	d.mu.jobs[d.mu.last] = j
	d.work.Go(func() { do(j) })
	return j, nil
}

// count returns how many jobs are under way, and the oldest that is over; 0 if none is. Called with the lock.
func (d *Desk) count() (busy int, oldest uint64) {
	for id, j := range d.mu.jobs {
		switch now, _ := j.see(); {
		case !now.Done:
			busy++
		case oldest == 0 || id < oldest:
			oldest = id
		}
	}
	return busy, oldest
}

// busy is how many jobs are under way.
func (d *Desk) busy() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	busy, _ := d.count()
	return busy
}

// look returns a job when it has news for who has seen so much of it, or after a few seconds. When the desk is closed the news is how the job has ended.
func (d *Desk) look(ctx context.Context, id, seen, block uint64) (Job, error) {
	d.mu.Lock()
	j := d.mu.jobs[id]
	d.mu.looking++
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		d.mu.looking--
		d.mu.Unlock()
	}()
	if j == nil {
		return Job{}, fail(CodeUnknown, "there is no job %d", id)
	}
	timer := time.NewTimer(lookSpan)
	defer timer.Stop()
	for {
		now, news := j.see()
		if now.Done || uint64(len(now.Steps)) > seen || len(now.Waiting) > 0 && now.Block != block {
			return now, nil
		}
		select {
		case <-news:
		case <-timer.C:
			return now, nil
		case <-ctx.Done():
			return now, ctx.Err()
		}
	}
}

// follow tells of the transactions that are sent while a job is under way.
func (d *Desk) follow(ctx context.Context, j *job) {
	ticker := time.NewTicker(d.cfg.Pause)
	defer ticker.Stop()
	told := make(map[string]bool)
	for {
		d.followOnce(j, told)
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// followOnce tells what is new. told are the transactions that were told of.
func (d *Desk) followOnce(j *job, told map[string]bool) {
	v, _ := d.cfg.Chain.View()
	waiting := []string{}
	for _, sent := range d.cfg.Pending() {
		tx := new(types.Transaction)
		if len(sent.Raw) == 0 || tx.UnmarshalBinary(sent.Raw[len(sent.Raw)-1]) != nil {
			continue
		}
		hash := tx.Hash().Hex()
		waiting = append(waiting, hash)
		if !told[hash] {
			told[hash] = true
			j.say(d.cfg.Now(), "transaction %s is sent: %s", hash, deed(sent.Name))
		}
	}
	if now, _ := j.see(); now.Block != v.Head.Number || !slices.Equal(now.Waiting, waiting) {
		j.change(func(now *Job) { now.Block, now.Waiting = v.Head.Number, waiting })
	}
}

// deed says what a transaction does, given the name that a method has sent it under: METHOD/CHANNEL/DEED/NUMBER.
func deed(name string) string {
	method, rest, _ := strings.Cut(name, "/")
	id, what, ok := strings.Cut(rest, "/")
	if !ok {
		return name
	}
	if number := strings.LastIndexByte(what, '/'); number > 0 {
		what = what[:number]
	}
	if len(id) > 12 {
		id = id[:12]
	}
	return fmt.Sprintf("%s of %s 0x%s", what, method, id)
}
