package link

import (
	"bytes"
	"crypto/ecdsa"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"runtime"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/rlpx"
	"github.com/golang/snappy"
	"pgregory.net/rapid"
)

const limit = 10 << 20

// pair connects our listening side to go-ethereum's dialing side.
func pair(t testing.TB) (*Conn, *rlpx.Conn, *ecdsa.PrivateKey, net.Conn) {
	t.Helper()
	server, client := newKey(t), newKey(t)
	here, there := tcp(t)
	theirs := rlpx.NewConn(there, &server.PublicKey)
	done := make(chan error, 1)
	go func() {
		_, err := theirs.Handshake(client)
		done <- err
	}()
	ours, err := Accept(here, first(t, here), server)
	if err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	return ours, theirs, client, there
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// tcp are both ends of a connection over loopback: net.Pipe has no buffers.
func tcp(t testing.TB) (a, b net.Conn) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	b, err = new(net.Dialer).DialContext(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if a, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close(); b.Close() })
	return a, b
}

// first reads a first message whole.
func first(t testing.TB, conn io.Reader) []byte {
	t.Helper()
	var prefix [2]byte
	if _, err := io.ReadFull(conn, prefix[:]); err != nil {
		t.Fatal(err)
	}
	message := append(prefix[:], make([]byte, int(prefix[0])<<8|int(prefix[1]))...)
	if _, err := io.ReadFull(conn, message[2:]); err != nil {
		t.Fatal(err)
	}
	return message
}

// go-ethereum understands us and we it, whatever the messages are.
func TestAgainstGeth(t *testing.T) {
	ours, theirs, client, _ := pair(t)
	if !ours.Remote.Equal(&client.PublicKey) {
		t.Fatal("another key was proven")
	}
	compressed := false
	rapid.Check(t, func(t *rapid.T) {
		if !compressed && rapid.IntRange(0, 20).Draw(t, "compress") == 0 {
			compressed = true
			ours.Compress()
			theirs.SetSnappy(true)
		}
		code := rapid.Uint64Range(0, 1<<16).Draw(t, "code")
		size := rapid.OneOf(rapid.IntRange(0, 100), rapid.IntRange(0, 200_000)).Draw(t, "size")
		payload := make([]byte, size)
		if rapid.Bool().Draw(t, "random") {
			rand.NewChaCha8([32]byte{byte(size)}).Read(payload)
		}
		failed := make(chan error, 1)
		go func() {
			_, err := theirs.Write(code, payload)
			failed <- err
		}()
		gotCode, got, err := ours.Read(limit)
		if err := errors.Join(err, <-failed); err != nil {
			t.Fatal(err)
		}
		if gotCode != code || !bytes.Equal(got, payload) {
			t.Fatalf("received %d bytes of code %d, not %d of %d", len(got), gotCode, size, code)
		}
		go func() { failed <- ours.Write(code, payload) }()
		gotCode, got, _, err = theirs.Read()
		if err := errors.Join(err, <-failed); err != nil {
			t.Fatal(err)
		}
		if gotCode != code || !bytes.Equal(got, payload) {
			t.Fatalf("sent %d bytes of code %d, not %d of %d", size, code, len(got), gotCode)
		}
	})
}

// A payload belongs to who reads it, also after the next one.
func TestPayloadIsOwn(t *testing.T) {
	ours, theirs, _, _ := pair(t)
	for _, text := range []string{"one", "two"} {
		if _, err := theirs.Write(1, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	_, one, err := ours.Read(limit)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := ours.Read(limit); err != nil || string(one) != "one" {
		t.Errorf("%q, %v", one, err)
	}
}

func TestLimits(t *testing.T) {
	noise := make([]byte, 1<<20)
	rand.NewChaCha8([32]byte{}).Read(noise)
	for _, tt := range []struct {
		name    string
		send    []byte
		packed  bool // is sent as it is, though compression is on
		limit   int
		failure error
	}{
		{"at the limit", noise[:5000], false, 5000, nil},
		{"one more", noise[:5001], false, 5000, ErrTooLarge},
		{"far too large", noise, false, 5000, ErrTooLarge},
		{"large only when unpacked", make([]byte, 100_000), false, 5000, ErrTooLarge},
		{"very small when packed", make([]byte, 100_000), false, 100_000, nil},
		{"says it is what it cannot be", append([]byte{0xff, 0xff, 0x3f}, noise[:10]...), true, limit, ErrFrame},
		{"not packed at all", bytes.Repeat([]byte{0xff}, 20), true, limit, ErrFrame},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ours, theirs, _, _ := pair(t)
			ours.Compress()
			theirs.SetSnappy(!tt.packed)
			go theirs.Write(1, tt.send) //nolint:errcheck // what is received says it
			_, got, err := ours.Read(tt.limit)
			if !errors.Is(err, tt.failure) {
				t.Fatalf("%v, want %v", err, tt.failure)
			}
			if tt.failure == nil && !bytes.Equal(got, tt.send) {
				t.Error("something else was received")
			}
		})
	}
}

// Some codes may have a limit of their own, which widens no other one.
func TestNarrow(t *testing.T) {
	for _, tt := range []struct {
		code  uint64
		size  int
		limit int
		want  error
	}{
		{8, 5000, 5000, nil},
		{8, 5001, 5000, ErrTooLarge},
		{9, 1000, 5000, nil},
		{9, 1001, 5000, ErrTooLarge},
		{99, 1001, 5000, ErrTooLarge},
		{9, 501, 500, ErrTooLarge},
	} {
		for _, compress := range []bool{false, true} {
			ours, theirs, _, _ := pair(t)
			ours.Narrow(9, 1000)
			if compress {
				ours.Compress()
				theirs.SetSnappy(true)
			}
			if _, err := theirs.Write(tt.code, make([]byte, tt.size)); err != nil {
				t.Fatal(err)
			}
			if _, got, err := ours.Read(tt.limit); !errors.Is(err, tt.want) || err == nil && len(got) != tt.size {
				t.Errorf("%+v, compressed %v: %d bytes, %v", tt, compress, len(got), err)
			}
		}
	}
}

// No compression of snappy's gains more than is thought possible.
func TestExpansion(t *testing.T) {
	for size := 1; size <= 1<<22; size *= 2 {
		if packed := snappy.Encode(nil, make([]byte, size)); size > expands*len(packed) {
			t.Errorf("%d bytes became %d", size, len(packed))
		}
	}
}

// An announced frame takes no memory before it comes.
func TestAnnouncedFrame(t *testing.T) {
	server := newKey(t)
	here, there := tcp(t)
	wire := &short{Conn: there}
	theirs := rlpx.NewConn(wire, &server.PublicKey)
	done := make(chan error, 1)
	go func() {
		_, err := theirs.Handshake(newKey(t))
		done <- err
	}()
	ours, err := Accept(here, first(t, here), server)
	if err := errors.Join(err, <-done); err != nil {
		t.Fatal(err)
	}
	wire.only = headerLen + 100
	if _, err := theirs.Write(1, make([]byte, limit)); err != nil {
		t.Fatal(err)
	}
	there.Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, _, err := ours.Read(limit); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatalf("%v, want that the frame ends early", err)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 10*firstRead {
		t.Errorf("100 bytes of a frame of %d took %d bytes", limit, took)
	}
}

// short sends only the beginning of what is written, if it is told to.
type short struct {
	net.Conn
	only int
}

func (s *short) Write(p []byte) (int, error) {
	send := p
	if s.only > 0 {
		send = p[:s.only]
	}
	_, err := s.Conn.Write(send)
	return len(p), err
}

// One bit of difference anywhere is noticed.
func TestForged(t *testing.T) {
	for _, at := range []int{0, 1, 16, 31, 32, 40, 48, 63} {
		server, client := newKey(t), newKey(t)
		here, there := tcp(t)
		flip := &flipping{Conn: there, at: at}
		mine := rlpx.NewConn(flip, &server.PublicKey)
		done := make(chan error, 1)
		go func() {
			_, err := mine.Handshake(client)
			done <- err
		}()
		ours, err := Accept(here, first(t, here), server)
		if err := errors.Join(err, <-done); err != nil {
			t.Fatal(err)
		}
		flip.on = true
		if _, err := mine.Write(3, []byte("hello")); err != nil {
			t.Fatal(err)
		}
		if _, _, err := ours.Read(limit); !errors.Is(err, ErrFrame) {
			t.Errorf("byte %d changed: %v", at, err)
		}
	}
}

type flipping struct {
	net.Conn
	at int
	on bool
}

func (f *flipping) Write(p []byte) (int, error) {
	if f.on {
		p = bytes.Clone(p)
		p[f.at] ^= 1
	}
	return f.Conn.Write(p)
}

func TestBadFirstMessages(t *testing.T) {
	server, other, client := newKey(t), newKey(t), newKey(t)
	here, there := tcp(t)
	go rlpx.NewConn(there, &server.PublicKey).Handshake(client) //nolint:errcheck // for its first message
	good := first(t, here)
	forged := bytes.Clone(good)
	forged[len(forged)-1] ^= 1
	for name, tt := range map[string]struct {
		message []byte
		key     *ecdsa.PrivateKey
	}{
		"of another node": {good, other},
		"forged":          {forged, server},
		"nothing":         {nil, server},
		"a length":        {good[:2], server},
		"cut off":         {good[:100], server},
	} {
		if _, err := Accept(here, tt.message, tt.key); !errors.Is(err, ErrKeys) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Accept(here, good, server); err != nil {
		t.Errorf("the message itself: %v", err)
	}
}

// After a frame that was sent in part nothing is sent, because it would not be
// understood.
func TestBrokenWrite(t *testing.T) {
	ours, _, _, _ := pair(t)
	large := make([]byte, 8<<20)
	rand.NewChaCha8([32]byte{}).Read(large)
	ours.conn.SetWriteDeadline(time.Now().Add(50 * time.Millisecond)) //nolint:errcheck // seen by what follows
	if err := ours.Write(1, large); err == nil {
		t.Fatal("more was sent than anybody reads")
	}
	ours.conn.SetWriteDeadline(time.Time{}) //nolint:errcheck // as above
	if err := ours.Write(1, nil); err == nil {
		t.Error("a frame was sent behind half of one")
	}
}

func FuzzFirstMessage(f *testing.F) {
	key := newKey(f)
	here, there := tcp(f)
	go rlpx.NewConn(there, &key.PublicKey).Handshake(newKey(f)) //nolint:errcheck // for its first message
	f.Add(first(f, here))
	f.Add([]byte{0, 0})
	f.Fuzz(func(t *testing.T, message []byte) {
		Accept(nowhere{}, message, key) //nolint:errcheck // must not panic
	})
}

type nowhere struct{ net.Conn }

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }

func BenchmarkAccept(b *testing.B) {
	key := newKey(b)
	here, there := tcp(b)
	go rlpx.NewConn(there, &key.PublicKey).Handshake(newKey(b)) //nolint:errcheck // for its first message
	message := first(b, here)
	for b.Loop() {
		if _, err := Accept(nowhere{}, message, key); err != nil {
			b.Fatal(err)
		}
	}
}
