package pay_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
)

// page is a note of a method that counts.
type page struct {
	pay.Note
	count uint64
}

var errPage = errors.New("this is no count")

func newPages(notes pay.Notes, method string) *pay.Notebook[*page] {
	return pay.NewNotebook(notes, method, func(n pay.Note) (*page, error) {
		p := &page{Note: n}
		if json.Unmarshal(n.Data, &p.count) != nil {
			return nil, errPage
		}
		return p, nil
	}, func(p *page) (pay.Note, error) {
		data, err := json.Marshal(p.count)
		p.Data = data
		return p.Note, err
	})
}

// A notebook is a map by method and ID: what was changed is there, also for one that is opened anew, and what was not to be changed is not.
func TestNotebook(t *testing.T) {
	ctx := t.Context()
	methods := []string{"one", "two"}
	rapid.Check(t, func(rt *rapid.T) {
		disk := fake.NewDisk()
		twin := map[string]map[pay.Hash]uint64{"one": {}, "two": {}}
		broken := errors.New("it is not to be")
		rt.Repeat(map[string]func(*rapid.T){
			"edit": func(rt *rapid.T) {
				method, id := rapid.SampledFrom(methods).Draw(rt, "method"), pay.Hash{rapid.ByteRange(0, 3).Draw(rt, "id")}
				count, is := twin[method][id]
				end := rapid.SampledFrom([]error{nil, pay.ErrSame, broken}).Draw(rt, "end")
				err := newPages(disk, method).Edit(ctx, id, func(p *page, known bool) (*page, error) {
					switch {
					case known != is || known && p.count != count:
						rt.Errorf("%v, and should be %d, %v", p, count, is)
					case !known:
						p = &page{Note: pay.Note{Method: method, ID: id}}
					}
					p.count = count + 1
					return p, end
				})
				if (err != nil) != errors.Is(end, broken) || err != nil && !errors.Is(err, broken) {
					rt.Errorf("%v", err)
				}
				if end == nil {
					twin[method][id] = count + 1
				}
			},
			"change": func(rt *rapid.T) {
				method, id := rapid.SampledFrom(methods).Draw(rt, "method"), pay.Hash{rapid.ByteRange(0, 3).Draw(rt, "id")}
				_, is := twin[method][id]
				err := newPages(disk, method).Change(ctx, id, func(p *page) error {
					p.count *= 2
					return nil
				})
				var refused *pay.Refusal
				if is != (err == nil) || err != nil && (!errors.As(err, &refused) || refused.Reason != pay.NoChannel) {
					rt.Errorf("%v of one that is there: %v", err, is)
				}
				if is {
					twin[method][id] *= 2
				}
			},
			"": func(rt *rapid.T) {
				for _, method := range methods {
					all, err := newPages(disk, method).All(ctx)
					if err != nil || len(all) != len(twin[method]) {
						rt.Fatalf("%d notes, and should be %d (%v)", len(all), len(twin[method]), err)
					}
					for _, p := range all {
						one, err := newPages(disk, method).Load(ctx, p.ID)
						if err != nil || p.count != twin[method][p.ID] || one.count != p.count {
							rt.Fatalf("%d, %v, and should be %d (%v)", p.count, one, twin[method][p.ID], err)
						}
					}
				}
			},
		})
	})
}

// Changes of one note do not get in each other's way, and a note that is damaged is no note that is not there.
func TestNotebookAtOnce(t *testing.T) {
	disk := fake.NewDisk()
	id := pay.Hash{1}
	pages := newPages(disk, "one")
	count := func(p *page, known bool) (*page, error) {
		if !known {
			p = &page{Note: pay.Note{Method: "one", ID: id}}
		}
		p.count++
		return p, nil
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			for range 10 {
				if err := pages.Edit(t.Context(), id, count); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if p, err := pages.Load(t.Context(), id); err != nil || p.count != 200 {
		t.Errorf("%v, %v", p, err)
	}
	if err := disk.Save(t.Context(), pay.Note{Method: "one", ID: id, Data: []byte("?")}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := pages.Find(t.Context(), id); !errors.Is(err, errPage) {
		t.Errorf("%v", err)
	}
	if _, err := pages.All(t.Context()); !errors.Is(err, errPage) {
		t.Errorf("%v", err)
	}
	if err := pages.Edit(t.Context(), id, count); !errors.Is(err, errPage) {
		t.Errorf("%v", err)
	}
}

// One channel's turn is had by one at a time, another's is another; who gives up waiting has none, and leaves none behind.
func TestTurns(t *testing.T) {
	var turns pay.Turns
	release, err := turns.Take(t.Context(), pay.Hash{1})
	if err != nil {
		t.Fatal(err)
	}
	other, err := turns.Take(t.Context(), pay.Hash{2})
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := turns.Take(gone, pay.Hash{1}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	got := make(chan error)
	go func() {
		release, err := turns.Take(t.Context(), pay.Hash{1})
		if err == nil {
			release()
		}
		got <- err
	}()
	select {
	case err := <-got:
		t.Errorf("a turn that somebody has: %v", err)
	default:
	}
	release()
	if err := <-got; err != nil {
		t.Error(err)
	}
	other()
	if again, err := turns.Take(t.Context(), pay.Hash{1}); err != nil {
		t.Error(err)
	} else {
		again()
	}
}
