// Package cache keeps verified objects by their hash, within a limit of bytes.
//
// What goes in must have been proven first: a cache never verifies, and whatever
// it returns is taken for true. The least recently used entries make room.
package cache

import (
	"container/list"
	"sync"
)

// Cache is a least-recently-used cache. It may be used by many goroutines.
// Values are shared with whoever gets them and must not be changed.
type Cache[K comparable, V any] struct {
	limit uint64

	mu struct {
		sync.Mutex
		items map[K]*list.Element
		order *list.List // front: most recently used
		bytes uint64
	}
}

type item[K comparable, V any] struct {
	key   K
	value V
	size  uint64
}

// overhead is what an entry costs beside its value, in bytes: the list element,
// the map slot and the key, roughly.
const overhead = 160

// New returns a cache that holds at most limit bytes.
func New[K comparable, V any](limit uint64) *Cache[K, V] {
	c := &Cache[K, V]{limit: limit}
	c.mu.items = make(map[K]*list.Element)
	c.mu.order = list.New()
	return c
}

// Get returns the value and makes it the most recently used one.
func (c *Cache[K, V]) Get(key K) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.mu.items[key]
	if !ok {
		return value, false
	}
	c.mu.order.MoveToFront(e)
	return e.Value.(*item[K, V]).value, true //nolint:forcetypeassert // only Put fills the list
}

// Put adds a value of the given size in bytes. One that is larger than the whole
// cache is not kept. A key that is present keeps its value: equal hashes mean
// equal objects.
func (c *Cache[K, V]) Put(key K, value V, size int) {
	cost := uint64(max(size, 0)) + overhead
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.mu.items[key]; ok {
		c.mu.order.MoveToFront(e)
		return
	}
	if cost > c.limit {
		return
	}
	c.mu.items[key] = c.mu.order.PushFront(&item[K, V]{key, value, cost})
	c.mu.bytes += cost
	for c.mu.bytes > c.limit {
		c.remove(c.mu.order.Back())
	}
}

// Delete forgets a value.
func (c *Cache[K, V]) Delete(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.mu.items[key]; ok {
		c.remove(e)
	}
}

// Clear forgets all values.
func (c *Cache[K, V]) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.mu.items)
	c.mu.order.Init()
	c.mu.bytes = 0
}

// remove takes an entry out. The mutex must be held.
func (c *Cache[K, V]) remove(e *list.Element) {
	it := c.mu.order.Remove(e).(*item[K, V]) //nolint:forcetypeassert // only Put fills the list
	delete(c.mu.items, it.key)
	c.mu.bytes -= it.size
}

// Bytes returns what the cache holds now, in bytes.
func (c *Cache[K, V]) Bytes() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.mu.bytes
}
