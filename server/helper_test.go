package server_test

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"go.uber.org/goleak"

	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/server/servertest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func testKey() *ecdsa.PrivateKey {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("server under test")))
	if err != nil {
		panic(err)
	}
	return key
}

// start makes a server that is closed when the test ends.
func start(t testing.TB, src *servertest.FakeSource, edit func(*server.Config)) *server.Server {
	t.Helper()
	cfg := server.Config{Source: src, Key: testKey(), Now: time.Now, Workers: 2}
	if edit != nil {
		edit(&cfg)
	}
	srv, err := server.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { srv.Close() })
	return srv
}

// client is the other end of a session: it sends what the test says and checks
// nothing by itself.
type client struct {
	t       testing.TB
	conn    *wiretest.End
	version uint
	status  *wire.Status // the server's
	ended   chan error   // what Serve returned
	nextID  uint64
}

// dial begins a session without a word.
func dial(t testing.TB, srv *server.Server, version uint) *client {
	t.Helper()
	return dialAs(t, srv, version, idOf(t, version))
}

// idOf is the id of the client that dial makes.
func idOf(t testing.TB, version uint) [32]byte {
	return crypto.Keccak256Hash([]byte(t.Name()), []byte{byte(version)})
}

func dialAs(t testing.TB, srv *server.Server, version uint, id [32]byte) *client {
	t.Helper()
	return dialOver(t, srv, version, id, func(end *wiretest.End) wire.Conn { return end })
}

// dialOver begins a session over a connection that is made of a pipe's end.
func dialOver(t testing.TB, srv *server.Server, version uint, id [32]byte, over func(*wiretest.End) wire.Conn) *client {
	t.Helper()
	here, end := wiretest.Pipe()
	there := over(end)
	c := &client{t: t, conn: here, version: version, ended: make(chan error, 1)}
	go func() {
		c.ended <- srv.Serve(context.WithoutCancel(t.Context()), wire.Peer{ID: id, Version: version}, there)
	}()
	t.Cleanup(func() {
		here.Close()
		<-c.ended
	})
	return c
}

// hello is the Status that fits the fake chain.
func hello(src *servertest.FakeSource, version uint) *wire.Status {
	info, head := src.Info(), src.Head()
	forks, err := wire.NewForks(info.Config, info.Genesis, 1_700_000_000)
	if err != nil {
		panic(err)
	}
	s := &wire.Status{
		Version: version, NetworkID: info.NetworkID, Genesis: info.Genesis,
		ForkID: forks.ID(head.Number, 1_700_000_000+head.Number), AnnounceType: wire.AnnounceSimple,
	}
	if version == wire.LES5 {
		s.Config = wire.ConfigHash(info.Config)
	}
	return s
}

// connect begins a session and shakes hands.
func connect(t testing.TB, srv *server.Server, src *servertest.FakeSource, version uint) *client {
	t.Helper()
	c := dial(t, srv, version)
	c.shake(hello(src, version))
	return c
}

func (c *client) shake(ours *wire.Status) {
	c.t.Helper()
	c.write(wire.CodeStatus, ours.Append(nil))
	theirs, err := wire.DecodeStatus(c.version, c.expect(wire.CodeStatus))
	if err != nil {
		c.t.Fatal(err)
	}
	c.status = theirs
}

func (c *client) write(code uint64, payload []byte) {
	c.t.Helper()
	if err := c.conn.WriteMsg(code, payload); err != nil {
		c.t.Fatal(err)
	}
}

// expect reads the next message, which must have this code.
func (c *client) expect(code uint64) []byte {
	c.t.Helper()
	got, payload, err := c.conn.ReadMsg()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = c.end()
		}
		c.t.Fatalf("waiting for %s: %v", wire.CodeName(c.version, code), err)
	}
	if got != code {
		c.t.Fatalf("got %s %x, want %s", wire.CodeName(c.version, got), payload, wire.CodeName(c.version, code))
	}
	return payload
}

// sentAway reads the refusal of a server that has no place.
func (c *client) sentAway() *wire.Refused {
	c.t.Helper()
	reply, err := wire.DecodeReply(c.version, wire.CodeRefused, c.expect(wire.CodeRefused))
	if err != nil {
		c.t.Fatal(err)
	}
	return reply.(*wire.Refused)
}

// ask sends a request and returns the reply, whatever it is.
func (c *client) ask(req wire.Request) wire.Reply {
	c.t.Helper()
	id := c.send(req)
	code, payload, err := c.conn.ReadMsg()
	if err != nil {
		c.t.Fatalf("%T: %v", req, err)
	}
	reply, err := wire.DecodeReply(c.version, code, payload)
	if err != nil {
		c.t.Fatal(err)
	}
	if reply.ID() != id {
		c.t.Fatalf("reply to %d, want %d", reply.ID(), id)
	}
	return reply
}

func (c *client) send(req wire.Request) uint64 {
	c.t.Helper()
	c.nextID++
	req.SetID(c.nextID)
	c.write(req.Code(), req.Append(nil))
	return c.nextID
}

// refused asks for something that must be refused for this reason.
func (c *client) refused(req wire.Request, want wire.Reason) *wire.Refused {
	c.t.Helper()
	reply, ok := c.ask(req).(*wire.Refused)
	if !ok || reply.Reason != want {
		c.t.Fatalf("%T: got %+v, want a refusal: %v", req, reply, want)
	}
	return reply
}

// end waits until the session has ended and returns why.
func (c *client) end() error {
	err := <-c.ended
	c.ended <- err
	return err
}

// wantEnd checks why the session ended.
func (c *client) wantEnd(want server.Reason) {
	c.t.Helper()
	var d *server.Disconnect
	if err := c.end(); !errors.As(err, &d) || d.Reason != want {
		c.t.Fatalf("session ended with %v, want: %v", err, want)
	}
}

// announce4 reads a head announcement of les/4.
func (c *client) announce4() *wire.Announce4 {
	c.t.Helper()
	a, err := wire.DecodeAnnounce4(c.expect(wire.CodeAnnounce))
	if err != nil {
		c.t.Fatal(err)
	}
	return a
}

func (c *client) announce5() *wire.Announce5 {
	c.t.Helper()
	a, err := wire.DecodeAnnounce5(c.expect(wire.CodeAnnounce))
	if err != nil {
		c.t.Fatal(err)
	}
	return a
}

// maxCost is what the server announced for a request.
func (c *client) maxCost(req wire.Request) unit.Cost {
	c.t.Helper()
	cost, ok := c.status.Server.Costs.Of(req)
	if !ok {
		c.t.Fatalf("no price for %T", req)
	}
	return cost
}

// stoppable is versions without les/2, which has no Stop.
func stoppable(t *testing.T, test func(t *testing.T, version uint)) {
	t.Helper()
	versions(t, func(t *testing.T, version uint) {
		if wire.CanStop(version) {
			test(t, version)
		}
	})
}

func versions(t *testing.T, test func(t *testing.T, version uint)) {
	t.Helper()
	for name, version := range map[string]uint{"les2": wire.LES2, "les3": wire.LES3, "les4": wire.LES4, "les5": wire.LES5} {
		t.Run(name, func(t *testing.T) { test(t, version) })
	}
}
