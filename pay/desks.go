package pay

import (
	"container/list"
	"sync"
)

// desks are the channels that are kept in memory: so many, and so many of each client. Those that nobody uses make
// place, the one that was used longest ago first.
type desks struct {
	most, each int
	mu         struct {
		sync.Mutex
		byID    map[Hash]*desk
		all     *list.List // of desks, the one used last in front
		clients map[Address]*list.List
	}
}

func newDesks(most, each int) *desks {
	ds := &desks{most: most, each: each}
	ds.mu.byID, ds.mu.all, ds.mu.clients = map[Hash]*desk{}, list.New(), map[Address]*list.List{}
	return ds
}

// enter finds a desk and keeps it until leave; nil if it is not there.
func (ds *desks) enter(id Hash) *desk {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	return ds.use(ds.mu.byID[id])
}

func (ds *desks) use(d *desk) *desk {
	if d != nil {
		d.users++
		ds.mu.all.MoveToFront(d.place)
		ds.mu.clients[d.client].MoveToFront(d.own)
	}
	return d
}

func (ds *desks) leave(d *desk) {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	d.users--
}

// add enters a new desk, or the one that is there under its ID already.
func (ds *desks) add(d *desk) (*desk, error) {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	if there := ds.mu.byID[d.id]; there != nil {
		return ds.use(there), nil
	}
	own := ds.mu.clients[d.client]
	if own != nil && own.Len() >= ds.each && !ds.evict(own) {
		return nil, Refuse(Busy, "%d channels of this client are in use", ds.each)
	}
	if len(ds.mu.byID) >= ds.most && !ds.evict(ds.mu.all) {
		return nil, Refuse(Busy, "%d channels are in use", ds.most)
	}
	own = ds.mu.clients[d.client] // the last of it may have gone
	if own == nil {
		own = list.New()
		ds.mu.clients[d.client] = own
	}
	ds.mu.byID[d.id], d.place, d.own = d, ds.mu.all.PushFront(d), own.PushFront(d)
	return ds.use(d), nil
}

// evict forgets one desk of a list that nobody uses, and reports whether there was one.
func (ds *desks) evict(from *list.List) bool {
	for at := from.Back(); at != nil; at = at.Prev() {
		d, _ := at.Value.(*desk)
		if d.users > 0 {
			continue
		}
		own := ds.mu.clients[d.client]
		ds.mu.all.Remove(d.place)
		own.Remove(d.own)
		if own.Len() == 0 {
			delete(ds.mu.clients, d.client)
		}
		delete(ds.mu.byID, d.id)
		return true
	}
	return false
}
