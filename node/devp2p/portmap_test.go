package devp2p

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"testing"
	"time"
)

// fakeRouter is a fake of a router that maps ports to others than were asked for, and
// fails the first time.
type fakeRouter struct {
	mu      sync.Mutex
	asked   int
	deleted []string
}

func (r *fakeRouter) AddMapping(protocol string, external, internal int, _ string, _ time.Duration) (uint16, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.asked++; r.asked == 1 {
		return 0, errors.New("busy")
	}
	return uint16(internal - 10_000), nil //nolint:gosec // a port
}

func (r *fakeRouter) DeleteMapping(protocol string, external, internal int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.deleted = append(r.deleted, fmt.Sprintf("%s %d", protocol, external-internal))
	return nil
}

func (r *fakeRouter) ExternalIP() (net.IP, error) { return net.IPv4(203, 0, 113, 7), nil }
func (r *fakeRouter) String() string              { return "fake router" }

// What the router maps is what the record says, and it is given back.
func TestPortMapping(t *testing.T) {
	h := newHost(t, true, Config{Discovery: &Discovery{}})
	port := h.Self().TCP()
	r := new(fakeRouter)
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.mapPorts(r)
	}()
	for h.Self().UDP() != port-10_000 {
		time.Sleep(time.Millisecond)
	}
	if self := h.Self(); self.TCP() != port || !self.IP().Equal(net.IPv4(203, 0, 113, 7)) {
		t.Errorf("record says %v, TCP %d", self.IP(), self.TCP())
	}
	if h.mappable() {
		t.Error("a port on loopback would be mapped")
	}
	h.Close()
	<-done
	if !slices.Equal(r.deleted, []string{"udp -10000"}) {
		t.Errorf("given back: %v", r.deleted)
	}
}
