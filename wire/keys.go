package wire

import "fmt"

// maxKeys bounds the entries of a key list; all versions use under forty.
const maxKeys = 1024

// A key list is [[key, value]…] with values in any RLP. Status is one, and every
// announcement has one with what changed. Unknown keys are ignored and the order
// is free; a key that comes twice is refused, for it says two things.

func openKey(dst []byte, key string) ([]byte, int) {
	dst, at := openList(dst)
	return appendString(dst, key), at
}

func appendKeyUint(dst []byte, key string, value uint64) []byte {
	dst, at := openKey(dst, key)
	return closeList(appendUint(dst, value), at)
}

func appendKeyHash(dst []byte, key string, value Hash) []byte {
	dst, at := openKey(dst, key)
	return closeList(appendHash(dst, value), at)
}

// keyMap is a decoded key list. Like reader, it keeps its first error.
type keyMap struct {
	values map[string][]byte
	err    error
}

func readKeys(r *reader) keyMap {
	l := r.list()
	l.limit("status bytes", uint64(len(l.rest)), MaxStatusBytes)
	n := l.count("keys", maxKeys)
	out := keyMap{values: make(map[string][]byte, n)}
	for l.more() {
		item := l.list()
		key, value := string(item.bytes("key", MaxStatusBytes)), item.raw()
		l.leave(&item)
		if _, twice := out.values[key]; twice {
			l.fail(malformed("key %.40q comes twice", key))
		}
		out.values[key] = value
	}
	r.leave(&l)
	out.err = r.err
	return out
}

func (m *keyMap) has(key string) bool { _, ok := m.values[key]; return ok }

// get reads a key's value if it is there, and says whether it is.
func (m *keyMap) get(key string, read func(r *reader)) bool {
	value, ok := m.values[key]
	if !ok || m.err != nil {
		return false
	}
	r := reader{rest: value}
	read(&r)
	r.end()
	if r.err != nil {
		m.err = fmt.Errorf("key %s: %w", key, r.err)
	}
	return m.err == nil
}

// need is get for a key that must be there.
func (m *keyMap) need(key string, read func(r *reader)) {
	if !m.get(key, read) && m.err == nil {
		m.err = fmt.Errorf("%w: %s", ErrMissingKey, key)
	}
}

func (m *keyMap) needUint(key string, to *uint64) { m.need(key, func(r *reader) { *to = r.uint() }) }

func (m *keyMap) needHash(key string, to *Hash) { m.need(key, func(r *reader) { *to = r.hash() }) }

func (m *keyMap) getUint(key string, to *uint64) bool {
	return m.get(key, func(r *reader) { *to = r.uint() })
}
