package devp2p

import (
	"context"
	"errors"
	"testing"
	"time"
)

// What is found is what the clock of processor time says, here one that knows the truth.
func TestMeasureTransport(t *testing.T) {
	const message, perByte = 5000.0, 2.0
	m, err := newMeasurement()
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	if err := m.connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, size := range []int64{measureSmall, measureLarge} {
		want := message + perByte*float64(size)
		cpu := func() time.Duration { return time.Duration(4 * float64(m.count.Load()) * want) }
		// Some messages go between two readings.
		if got := m.perMessage(cpu, size); got < want*0.9 || got > want*1.1 {
			t.Errorf("%d bytes: %.0f ns, want %.0f", size, got, want)
		}
	}
}

// A clock that stands still says nothing, and is not believed.
func TestMeasureTransportWithoutClock(t *testing.T) {
	got, err := MeasureTransport(t.Context(), func() time.Duration { return 0 })
	if !errors.Is(err, errUnmeasured) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestMeasureTransportEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, err := MeasureTransport(ctx, func() time.Duration { return 0 })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", got, err)
	}
}
