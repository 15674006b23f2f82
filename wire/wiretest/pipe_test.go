package wiretest_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

var _ wire.Conn = (*wiretest.End)(nil)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestPipeCarriesBothWays(t *testing.T) {
	a, b := wiretest.Pipe()
	defer a.Close()
	for _, ends := range [][2]*wiretest.End{{a, b}, {b, a}} {
		payload := []byte{1, 2, 3}
		if err := ends[0].WriteMsg(7, payload); err != nil {
			t.Fatal(err)
		}
		payload[0] = 9 // the writer's own again: the reader must not see this
		code, got, err := ends[1].ReadMsg()
		if err != nil || code != 7 || !bytes.Equal(got, []byte{1, 2, 3}) {
			t.Errorf("code %d, payload %v, %v", code, got, err)
		}
	}
}

// TestCloseWakesEverybody blocks a reader and a writer at each end.
func TestCloseWakesEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := wiretest.Pipe()
		errs := make(chan error, 4)
		for _, end := range []*wiretest.End{a, b} {
			for range wiretest.Depth {
				if err := end.WriteMsg(1, nil); err != nil {
					t.Fatal(err)
				}
			}
			go func() { errs <- end.WriteMsg(2, nil) }()
		}
		synctest.Wait()
		if len(errs) != 0 {
			t.Fatal("a full pipe does not hold its writer")
		}
		b.Close()
		for range 2 {
			if err := <-errs; !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("writer: %v", err)
			}
		}
		// What was written before is still there, then the end.
		for _, end := range []*wiretest.End{a, b} {
			for range wiretest.Depth {
				if _, _, err := end.ReadMsg(); err != nil {
					t.Fatal(err)
				}
			}
			if _, _, err := end.ReadMsg(); !errors.Is(err, io.EOF) {
				t.Errorf("reader: %v", err)
			}
			if err := end.WriteMsg(1, nil); !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("writing after close: %v", err)
			}
		}

		c, d := wiretest.Pipe()
		for _, end := range []*wiretest.End{c, d} {
			go func() {
				_, _, err := end.ReadMsg()
				errs <- err
			}()
		}
		synctest.Wait()
		c.Close()
		c.Close()
		for range 2 {
			if err := <-errs; !errors.Is(err, io.EOF) {
				t.Errorf("reader: %v", err)
			}
		}
	})
}
