package bench

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/p2p/rlpx"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/wire"
)

// Messages of the devp2p base protocol, and where the first capability begins.
const (
	helloMsg = 0x00
	discMsg  = 0x01
	pingMsg  = 0x02
	pongMsg  = 0x03
	offset   = 0x10

	baseVersion  = 5
	dialTimeout  = 5 * time.Second
	idleTimeout  = 30 * time.Second
	writeTimeout = 20 * time.Second
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

// conn is a devp2p connection with one capability and nothing around it: a
// p2p.Server for each of thousands of clients would measure the load, not the
// server. It is a wire.Conn for one goroutine.
type conn struct {
	tcp  net.Conn
	rlpx *rlpx.Conn
	wire uint64 // bytes received, as they came over the wire
	mute bool   // pings are not answered: whoever writes keeps the connection alive
}

// identity is who a client is to its server.
type identity struct {
	key  *ecdsa.PrivateKey
	from netip.Addr // source address; the system's choice if it is not valid
}

// stranger is somebody whom nobody has seen before.
func stranger() (identity, error) {
	key, err := crypto.GenerateKey()
	return identity{key: key}, err
}

// dial connects to the target.
func dial(ctx context.Context, target *enode.Node, version uint, who identity) (*conn, error) {
	dialer := net.Dialer{Timeout: dialTimeout}
	if who.from.IsValid() {
		dialer.LocalAddr = net.TCPAddrFromAddrPort(netip.AddrPortFrom(who.from, 0))
	}
	tcp, err := dialer.DialContext(ctx, "tcp", devp2p.Address(target))
	if err != nil {
		return nil, err
	}
	c := &conn{tcp: tcp, rlpx: rlpx.NewConn(tcp, target.Pubkey())}
	if err := c.handshake(who.key, version); err != nil {
		tcp.Close()
		return nil, err
	}
	return c, nil
}

func (c *conn) handshake(key *ecdsa.PrivateKey, version uint) error {
	if err := c.tcp.SetDeadline(time.Now().Add(dialTimeout)); err != nil {
		return err
	}
	if _, err := c.rlpx.Handshake(key); err != nil {
		return fmt.Errorf("rlpx handshake: %w", err)
	}
	ours, err := rlp.EncodeToBytes(&hello{
		Version: baseVersion, Name: "candela-bench", ID: crypto.FromECDSAPub(&key.PublicKey)[1:],
		Caps: []p2p.Cap{{Name: wire.Protocol, Version: version}},
	})
	if err != nil {
		return err
	}
	if _, err := c.rlpx.Write(helloMsg, ours); err != nil {
		return err
	}
	code, payload, _, err := c.rlpx.Read()
	if err != nil {
		return fmt.Errorf("devp2p handshake: %w", err)
	}
	if code == discMsg {
		return disconnected(payload)
	}
	var theirs hello
	if err := rlp.DecodeBytes(payload, &theirs); err != nil {
		return fmt.Errorf("devp2p handshake: %w", err)
	}
	if !slices.Contains(theirs.Caps, p2p.Cap{Name: wire.Protocol, Version: version}) {
		return fmt.Errorf("the target speaks %v, not %s/%d", theirs.Caps, wire.Protocol, version)
	}
	c.rlpx.SetSnappy(theirs.Version >= baseVersion)
	return nil
}

// ReadMsg returns the next LES message; it answers pings on the way.
func (c *conn) ReadMsg() (uint64, []byte, error) {
	for {
		if err := c.tcp.SetReadDeadline(time.Now().Add(idleTimeout)); err != nil {
			return 0, nil, err
		}
		code, payload, size, err := c.rlpx.Read()
		if err != nil {
			return 0, nil, err
		}
		c.wire += uint64(size) //nolint:gosec // a size
		switch {
		case code >= offset:
			return code - offset, payload, nil
		case code == discMsg:
			return 0, nil, disconnected(payload)
		case code == pingMsg && !c.mute:
			if err := c.alive(); err != nil {
				return 0, nil, err
			}
		}
	}
}

// WriteMsg sends a LES message.
func (c *conn) WriteMsg(code uint64, payload []byte) error { return c.write(code+offset, payload) }

func (c *conn) write(code uint64, payload []byte) error {
	if err := c.tcp.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	_, err := c.rlpx.Write(code, payload)
	return err
}

// alive answers a ping, or says unasked that this end is there.
func (c *conn) alive() error { return c.write(pongMsg, []byte{0xc0}) }

// keepAlive shows the target that the connection is there until the channel is closed:
// a server drops whoever it hears nothing of for half a minute, and it may take
// longer until the last one of thousands is connected.
func (c *conn) keepAlive(until <-chan struct{}) {
	ticker := time.NewTicker(idleTimeout / 3)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			if c.alive() != nil {
				return // the load will find out why
			}
		case <-until:
			return
		}
	}
}

// disconnected makes an error of a devp2p disconnect message.
func disconnected(payload []byte) error {
	// Most send the reason in a list, some by itself. Not a slice of reasons: that would
	// be a string of bytes in RLP.
	var list struct {
		Reason p2p.DiscReason
		Rest   []rlp.RawValue `rlp:"tail"`
	}
	if err := rlp.DecodeBytes(payload, &list); err == nil {
		return fmt.Errorf("disconnected: %w", list.Reason)
	}
	var reason p2p.DiscReason
	if err := rlp.DecodeBytes(payload, &reason); err == nil {
		return fmt.Errorf("disconnected: %w", reason)
	}
	return errors.New("disconnected")
}
