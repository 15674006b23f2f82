package devp2p

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/wire"
)

// How MeasureTransport measures.
const (
	measureClients = 4
	measureSmall   = 100      // bytes of a message that is mostly overhead
	measureLarge   = 16 << 10 // and of one that is mostly bytes
	measureWarm    = 8 * time.Millisecond
	measureSpan    = 20 * time.Millisecond // of one look
	measureLooks   = 2                     // at each size; the cheaper one counts
	measureTimeout = time.Second           // for the connections to come up
)

// TransportCost is the processor time that moving messages takes on this machine.
type TransportCost struct {
	Message time.Duration // one message, sent or received, without its bytes
	Byte    float64       // ns for one byte more of payload
}

// errUnmeasured: the machine did something else while it was measured.
var errUnmeasured = errors.New("the transport's cost was not found")

// MeasureTransport lets a few connections over loopback exchange messages for about
// a tenth of a second and returns what of the process's processor time, which cpu
// reads, a message took. The process should do nothing else meanwhile: what it does
// is counted as the transport's.
//
// All of the way is in it: devp2p's goroutines, snappy, encryption, frame MACs, and
// the kernel's share. Both ends run here and do the same, so one end has half of it.
func MeasureTransport(ctx context.Context, cpu func() time.Duration) (TransportCost, error) {
	m, err := newMeasurement()
	if err != nil {
		return TransportCost{}, fmt.Errorf("measure the transport: %w", err)
	}
	defer m.close()
	if err := m.connect(ctx); err != nil {
		return TransportCost{}, fmt.Errorf("measure the transport: %w", err)
	}
	small, large := m.perMessage(cpu, measureSmall), m.perMessage(cpu, measureLarge)
	if ctx.Err() != nil {
		return TransportCost{}, ctx.Err()
	}
	if small <= 0 || large <= small {
		return TransportCost{}, errUnmeasured
	}
	perByte := (large - small) / (measureLarge - measureSmall)
	return TransportCost{
		Message: time.Duration(max(small-measureSmall*perByte, 1)),
		Byte:    perByte,
	}, nil
}

// measurement is the connections that are measured.
type measurement struct {
	server  *Host
	clients []*Host
	ready   chan struct{} // gets one for each client that is connected
	size    atomic.Int64  // of the messages that are exchanged now
	count   atomic.Int64  // echoes that came back
}

func newMeasurement() (*measurement, error) {
	m := &measurement{ready: make(chan struct{}, measureClients)}
	m.size.Store(measureSmall)
	host := func(listen string, handler Handler) (*Host, error) {
		key, err := crypto.GenerateKey()
		if err != nil {
			return nil, err
		}
		return NewHost(Config{
			Key: key, Name: "candela-measure", ListenAddr: listen, MaxPeers: measureClients + 1,
			Versions: []uint{wire.LES5}, Handler: handler,
		})
	}
	var err error
	if m.server, err = host("127.0.0.1:0", reflect); err != nil {
		return nil, err
	}
	for range measureClients {
		client, err := host("", m.exchange)
		if err != nil {
			m.close()
			return nil, err
		}
		m.clients = append(m.clients, client)
	}
	return m, nil
}

func (m *measurement) close() {
	for _, c := range m.clients {
		c.Close()
	}
	m.server.Close()
}

// connect returns when all clients exchange messages.
func (m *measurement) connect(ctx context.Context) error {
	for _, c := range m.clients {
		c.Keep(ctx, m.server.Self())
	}
	late := time.NewTimer(measureTimeout)
	defer late.Stop()
	for range m.clients {
		select {
		case <-m.ready:
		case <-ctx.Done():
			return ctx.Err()
		case <-late.C:
			return errUnmeasured
		}
	}
	return nil
}

// exchange sends messages and waits for each to come back.
func (m *measurement) exchange(_ context.Context, _ wire.Peer, conn wire.Conn) error {
	// Like proofs, what is sent does not get smaller by compression.
	payload := make([]byte, measureLarge)
	rand.NewChaCha8([32]byte{}).Read(payload)
	select {
	case m.ready <- struct{}{}:
	default: // connected again
	}
	for {
		if err := conn.WriteMsg(wire.CodeAnnounce, payload[:m.size.Load()]); err != nil {
			return err
		}
		if _, _, err := conn.ReadMsg(); err != nil {
			return err
		}
		m.count.Add(1)
	}
}

// reflect sends back what it gets.
func reflect(_ context.Context, _ wire.Peer, conn wire.Conn) error {
	for {
		code, payload, err := conn.ReadMsg()
		if err != nil {
			return err
		}
		if err := conn.WriteMsg(code, payload); err != nil {
			return err
		}
	}
}

// perMessage returns the processor time, in ns, for one end to send or receive one
// message of this size: an exchange has two of them at each of its two ends.
func (m *measurement) perMessage(cpu func() time.Duration, size int64) (least float64) {
	m.size.Store(size)
	time.Sleep(measureWarm)
	for range measureLooks {
		used, count := cpu(), m.count.Load()
		time.Sleep(measureSpan)
		used, count = cpu()-used, m.count.Load()-count
		if count == 0 {
			continue
		}
		if each := float64(used) / float64(4*count); least == 0 || each < least {
			least = each
		}
	}
	return least
}
