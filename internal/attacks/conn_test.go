package attacks

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/p2p/rlpx"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/wire"
)

// Messages of the devp2p base protocol, and where les begins.
const (
	helloMsg = 0x00
	discMsg  = 0x01
	pingMsg  = 0x02
	pongMsg  = 0x03
	offset   = 0x10

	baseVersion = 5
	patience    = 5 * time.Second // for a handshake, as go-ethereum has it
)

// hello is the devp2p handshake.
type hello struct {
	Version    uint64
	Name       string
	Caps       []p2p.Cap
	ListenPort uint64
	ID         []byte
	Rest       []rlp.RawValue `rlp:"tail"`
}

var errDisconnected = errors.New("disconnected")

// conn is a devp2p connection with les/5 on it and nothing that keeps its user from
// misbehaving.
type conn struct {
	tcp  net.Conn
	rlpx *rlpx.Conn
	pen  sync.Mutex // held while writing
}

// reach opens a TCP connection to a node from one of this machine's addresses.
func reach(ctx context.Context, target *enode.Node, from string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: patience, LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	return dialer.DialContext(ctx, "tcp", devp2p.Address(target))
}

// dial connects and shakes devp2p's hands. The wrapper may be nil.
func dial(ctx context.Context, target *enode.Node, from string, key *ecdsa.PrivateKey, wrap func(net.Conn) net.Conn) (*conn, error) {
	tcp, err := reach(ctx, target, from)
	if err != nil {
		return nil, err
	}
	if wrap != nil {
		tcp = wrap(tcp)
	}
	c := &conn{tcp: tcp, rlpx: rlpx.NewConn(tcp, target.Pubkey())}
	// Cut off, what waits for the server returns at once.
	defer context.AfterFunc(ctx, func() { tcp.Close() })()
	if err := c.handshake(key); err != nil {
		tcp.Close()
		return nil, err
	}
	return c, nil
}

func (c *conn) handshake(key *ecdsa.PrivateKey) error {
	if err := c.tcp.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if _, err := c.rlpx.Handshake(key); err != nil {
		return fmt.Errorf("rlpx: %w", err)
	}
	ours, err := rlp.EncodeToBytes(&hello{
		Version: baseVersion, Name: "attacks", ID: crypto.FromECDSAPub(&key.PublicKey)[1:],
		Caps: []p2p.Cap{{Name: wire.Protocol, Version: wire.LES5}},
	})
	if err != nil {
		return err
	}
	if _, err := c.rlpx.Write(helloMsg, ours); err != nil {
		return err
	}
	code, payload, _, err := c.rlpx.Read()
	if err != nil {
		return fmt.Errorf("hello: %w", err)
	}
	if code != helloMsg {
		return fmt.Errorf("hello: %w: %x", errDisconnected, payload)
	}
	c.rlpx.SetSnappy(true)
	return c.tcp.SetDeadline(time.Time{})
}

// read returns the next message of les; it answers pings on the way.
func (c *conn) read() (code uint64, payload []byte, err error) {
	for {
		code, payload, _, err := c.rlpx.Read()
		switch {
		case err != nil:
			return 0, nil, err
		case code >= offset:
			return code - offset, payload, nil
		case code == discMsg:
			return 0, nil, fmt.Errorf("%w: %x", errDisconnected, payload)
		case code == pingMsg:
			if err := c.put(pongMsg, []byte{0xc0}); err != nil {
				return 0, nil, err
			}
		}
	}
}

func (c *conn) write(code uint64, payload []byte) error { return c.put(code+offset, payload) }

func (c *conn) put(code uint64, payload []byte) error {
	c.pen.Lock()
	defer c.pen.Unlock()
	_, err := c.rlpx.Write(code, payload)
	return err
}

// leave hangs up like a client that has seen enough.
func (c *conn) leave() {
	c.tcp.SetWriteDeadline(time.Now().Add(100 * time.Millisecond)) //nolint:errcheck // closed next
	c.put(discMsg, []byte{0xc1, 0x08})                             //nolint:errcheck // as above
	c.tcp.Close()
}
