package socket_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/node/socket"
)

// teller answers.
type teller struct{ begun, end chan struct{} }

func (t *teller) Sum(a, b int) (int, error) {
	if a < 0 {
		return 0, errors.New("too little")
	}
	return a + b, nil
}

// Wait answers when it is told to.
func (t *teller) Wait() error {
	close(t.begun)
	<-t.end
	return nil
}

// What is answered, and what is not, is told apart: nobody there, an error of who answers, an answer that does not come.
func TestClient(t *testing.T) {
	nobody := errors.New("nobody")
	at := socket.Place{Path: filepath.Join(t.TempDir(), "s"), Name: "test socket", Who: "the teller", Namespace: "tell", Nobody: nobody}
	if _, err := at.Dial(t.Context()); !errors.Is(err, nobody) || !strings.Contains(err.Error(), at.Path) {
		t.Errorf("nobody is there: %v", err)
	}
	srv, one := rpc.NewServer(), &teller{make(chan struct{}), make(chan struct{})}
	if err := srv.RegisterName("tell", one); err != nil {
		t.Fatal(err)
	}
	stop, err := at.Serve(t.Context(), srv)
	if err != nil {
		t.Fatal(err)
	}
	c, err := at.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var sum int
	if err := c.Call(t.Context(), &sum, "sum", 3, 4); err != nil || sum != 7 {
		t.Errorf("%d, %v", sum, err)
	}
	if said, ok := errors.AsType[rpc.Error](c.Call(t.Context(), &sum, "sum", -1, 4)); !ok || said.Error() != "too little" {
		t.Errorf("it says %v", said)
	}
	why := errors.New("had enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	if err := c.Call(ctx, &sum, "sum", 1, 2); !errors.Is(err, why) || !strings.Contains(err.Error(), "the teller does not answer") {
		t.Errorf("not waited for: %v", err)
	}
	waits := make(chan error)
	go func() { waits <- c.Call(t.Context(), nil, "wait") }()
	<-one.begun
	stopped := make(chan error)
	go func() { stopped <- stop() }()
	if err := <-waits; err == nil || !strings.Contains(err.Error(), "the teller went away") {
		t.Errorf("it is gone: %v", err)
	}
	close(one.end) // which is waited for
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if err := c.Call(t.Context(), &sum, "sum", 1, 2); err == nil {
		t.Error("it answers when it is gone")
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if _, err := at.Dial(t.Context()); !errors.Is(err, nobody) {
		t.Errorf("nobody is there any more: %v", err)
	}
}
