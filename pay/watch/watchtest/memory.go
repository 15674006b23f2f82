package watchtest

import (
	"context"
	"encoding/json"
	"strings"
	"sync"

	"github.com/candela-les/candela/pay/watch"
)

// Memory keeps cursors and transactions as a disk does: what is in it survives that a watcher or a sender ends.
type Memory struct {
	mu      sync.Mutex
	cursors map[string]watch.Cursor
	sent    map[string][]byte
	live    map[string]bool
	fail    func() error
}

var (
	_ watch.Cursors = (*Memory)(nil)
	_ watch.Outbox  = (*Memory)(nil)
)

// NewMemory makes an empty one.
func NewMemory() *Memory {
	return &Memory{cursors: make(map[string]watch.Cursor), sent: make(map[string][]byte), live: make(map[string]bool)}
}

// Set has every write go through fail first; nil ends that.
func (m *Memory) Set(fail func() error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = fail
}

func (m *Memory) broken() error {
	if m.fail == nil {
		return nil
	}
	return m.fail()
}

// Cursor implements watch.Cursors.
func (m *Memory) Cursor(_ context.Context, name string) (watch.Cursor, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.cursors[name]
	return c, ok, nil
}

// PutCursor implements watch.Cursors.
func (m *Memory) PutCursor(_ context.Context, name string, c watch.Cursor) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.broken(); err != nil {
		return err
	}
	m.cursors[name] = c
	return nil
}

// PutSent implements watch.Outbox.
func (m *Memory) PutSent(_ context.Context, s watch.Sent, live bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.broken(); err != nil {
		return err
	}
	enc, err := json.Marshal(s)
	m.sent[s.Name], m.live[s.Name] = enc, live
	return err
}

// Sent implements watch.Outbox.
func (m *Memory) Sent(_ context.Context, name string) (s watch.Sent, ok bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	enc, ok := m.sent[name]
	if ok {
		err = json.Unmarshal(enc, &s)
	}
	return s, ok, err
}

// LiveSent implements watch.Outbox.
func (m *Memory) LiveSent(_ context.Context, prefix string) ([]watch.Sent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []watch.Sent
	for name, live := range m.live {
		if !live || !strings.HasPrefix(name, prefix) {
			continue
		}
		var s watch.Sent
		if err := json.Unmarshal(m.sent[name], &s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// DeleteSent implements watch.Outbox.
func (m *Memory) DeleteSent(_ context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.broken(); err != nil {
		return err
	}
	delete(m.sent, name)
	delete(m.live, name)
	return nil
}

// Close does nothing: what is in memory stays.
func (m *Memory) Close() error { return nil }
