package devp2p

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/p2p/enode"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/node/devp2p/link"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/marketwire"
)

const (
	maxHello    = 2048 // bytes, as in go-ethereum
	maxName     = 256  // bytes of a client's name that are kept
	baseVersion = 5    // of devp2p: from this one on messages are compressed
)

// hello is how both sides begin once they have keys.
type hello struct {
	Version    uint64
	Name       string
	Caps       []p2p.Cap
	ListenPort uint64
	ID         []byte
	Rest       []rlp.RawValue `rlp:"tail"`
}

// greeting is the host's own.
func (h *Host) greeting() ([]byte, error) {
	caps := make([]p2p.Cap, 0, len(h.cfg.Versions)+1)
	for _, version := range h.cfg.Versions {
		caps = append(caps, p2p.Cap{Name: wire.Protocol, Version: version})
	}
	if h.cfg.trades() {
		caps = append(caps, marketCap())
	}
	return rlp.EncodeToBytes(&hello{
		Version: baseVersion, Name: h.cfg.Name, Caps: caps, ID: crypto.FromECDSAPub(&h.cfg.Key.PublicKey)[1:],
	})
}

// greet introduces both sides to each other once keys are agreed upon, and gives the
// client a place.
func (h *Host) greet(tcp net.Conn, out *socket, l *link.Conn) (failure, error) {
	id := enode.PubkeyToIDV4(l.Remote)
	part := func(why failure, reason p2p.DiscReason) (failure, error) {
		l.Write(discMsg, encodeReason(reason)) //nolint:errcheck // it is gone then
		return why, reason
	}
	if why, reason := h.admits(id); why != failedNone {
		return part(why, reason)
	}
	if err := tcp.SetDeadline(time.Now().Add(helloPatience)); err != nil {
		return failedHello, err
	}
	if err := l.Write(helloMsg, h.hello); err != nil {
		return failedHello, err
	}
	theirs, err := readHello(l)
	if err != nil {
		return failedHello, err
	}
	if theirs.Version >= baseVersion {
		l.Compress()
	}
	if !bytes.Equal(theirs.ID, crypto.FromECDSAPub(l.Remote)[1:]) {
		return part(failedHello, p2p.DiscUnexpectedIdentity)
	}
	version, market := h.common(theirs.Caps)
	if version == 0 {
		return part(failedUseless, p2p.DiscUselessPeer)
	}
	p := &peer{host: h, tcp: tcp, out: out, link: l, is: wire.Peer{
		ID: id, Key: l.Remote, Name: theirs.Name[:min(len(theirs.Name), maxName)],
		Addr: tcp.RemoteAddr().String(), Version: version, Market: market,
	}}
	if market {
		l.Narrow(offset+wire.FirstMarket, marketwire.MaxMessage)
	}
	if why, reason := h.enroll(p); why != failedNone {
		return part(why, reason)
	}
	return failedNone, nil
}

func readHello(l *link.Conn) (*hello, error) {
	code, payload, err := l.Read(maxHello)
	if err != nil {
		return nil, err
	}
	switch code {
	case helloMsg:
	case discMsg:
		return nil, reasonOf(payload)
	default:
		return nil, fmt.Errorf("message %#x instead of Hello", code)
	}
	theirs := new(hello)
	if err := rlp.DecodeBytes(payload, theirs); err != nil {
		return nil, err
	}
	if len(theirs.ID) != 64 {
		return nil, errors.New("no identity in Hello")
	}
	return theirs, nil
}

// common is the newest version of les that both sides speak, 0 for none, and whether
// they speak market/1 beside it.
func (h *Host) common(caps []p2p.Cap) (version uint, market bool) {
	for _, theirs := range caps {
		for _, ours := range h.cfg.Versions {
			if theirs.Name == wire.Protocol && theirs.Version == ours {
				version = max(version, ours)
			}
		}
		market = market || theirs == marketCap()
	}
	return version, market && h.cfg.trades() && version == wire.LES5
}
