package wire

import (
	"fmt"

	"github.com/candela-les/candela/wire/internal/codec"
)

// maxKeys bounds the entries of a key list; all versions use under forty.
const maxKeys = 1024

// A key list is [[key, value]…] with values in any RLP. Status is one, and every
// announcement has one with what changed. Unknown keys are ignored and the order
// is free; a key that comes twice is refused, for it says two things.

func openKey(dst []byte, key string) ([]byte, int) {
	dst, at := codec.OpenList(dst)
	return codec.AppendString(dst, key), at
}

func appendKeyUint(dst []byte, key string, value uint64) []byte {
	dst, at := openKey(dst, key)
	return codec.CloseList(codec.AppendUint(dst, value), at)
}

func appendKeyHash(dst []byte, key string, value Hash) []byte {
	dst, at := openKey(dst, key)
	return codec.CloseList(codec.AppendHash(dst, value), at)
}

// keyMap is a decoded key list. Like reader, it keeps its first error.
type keyMap struct {
	values map[string][]byte
	err    error
}

func readKeys(r *reader) keyMap {
	l := r.List()
	l.Limit("status bytes", uint64(len(l.Rest)), MaxStatusBytes)
	n := l.Count("keys", maxKeys)
	out := keyMap{values: make(map[string][]byte, n)}
	for l.More() {
		item := l.List()
		key, value := string(item.Bytes("key", MaxStatusBytes)), item.Raw()
		l.Leave(&item)
		if _, twice := out.values[key]; twice {
			l.Fail(codec.Malformed("key %.40q comes twice", key))
		}
		out.values[key] = value
	}
	r.Leave(&l)
	out.err = r.Err
	return out
}

func (m *keyMap) has(key string) bool { _, ok := m.values[key]; return ok }

// get reads a key's value if it is there, and says whether it is.
func (m *keyMap) get(key string, read func(r *reader)) bool {
	value, ok := m.values[key]
	if !ok || m.err != nil {
		return false
	}
	r := reader{Rest: value}
	read(&r)
	r.End()
	if r.Err != nil {
		m.err = fmt.Errorf("key %s: %w", key, r.Err)
	}
	return m.err == nil
}

// need is get for a key that must be there.
func (m *keyMap) need(key string, read func(r *reader)) {
	if !m.get(key, read) && m.err == nil {
		m.err = fmt.Errorf("%w: %s", ErrMissingKey, key)
	}
}

func (m *keyMap) needUint(key string, to *uint64) { m.need(key, func(r *reader) { *to = r.Uint() }) }

func (m *keyMap) needHash(key string, to *Hash) { m.need(key, func(r *reader) { *to = r.Hash() }) }

func (m *keyMap) getUint(key string, to *uint64) bool {
	return m.get(key, func(r *reader) { *to = r.Uint() })
}
