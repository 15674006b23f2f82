package server

import (
	"errors"
	"fmt"
)

// Reason says why a session ended.
type Reason uint8

// The reasons for which sessions end.
const (
	ReasonLeft        Reason = iota // the client went away, or the transport broke
	ReasonClosing                   // the server or its caller stops
	ReasonTooMany                   // the server is full
	ReasonDuplicate                 // this client is connected already
	ReasonTimeout                   // no Status in time
	ReasonVersion                   // protocol version
	ReasonNetwork                   // network id
	ReasonGenesis                   // genesis hash
	ReasonFork                      // fork id
	ReasonUseless                   // the peer is a server itself, or wants data where there is none
	ReasonMalformed                 // a message that is not what its code says
	ReasonUnknownCode               // a message that no client sends
	ReasonTooLarge                  // a message longer than its kind may be
	ReasonFlood                     // went on sending after Stop
	ReasonSlow                      // does not read what it is sent
	ReasonCrowded                   // its place or its share goes to others
	reasonCount
)

func (r Reason) String() string {
	names := [...]string{
		"left", "closing", "too many clients", "already connected", "handshake timeout",
		"protocol version mismatch", "network mismatch", "genesis mismatch", "fork id rejected",
		"useless peer", "malformed message", "unknown message code",
		"message too large", "flood", "slow reader", "crowded out",
	}
	if int(r) < len(names) {
		return names[r]
	}
	return fmt.Sprintf("reason %d", uint8(r))
}

// Disconnect is the error that Serve returns: why the session ended, with the
// details in Err if there are any.
type Disconnect struct {
	Reason Reason
	Err    error
}

func (d *Disconnect) Error() string {
	if d.Err == nil {
		return d.Reason.String()
	}
	return fmt.Sprintf("%v: %v", d.Reason, d.Err)
}

// Unwrap returns the details.
func (d *Disconnect) Unwrap() error { return d.Err }

// ErrVersions: the source can answer none of the versions that are to be offered.
var ErrVersions = errors.New("server: no version of les that this node can answer")

// ErrClosed: the server is closing.
var ErrClosed = errors.New("server closed")

// leave makes a Disconnect.
func leave(r Reason, err error) *Disconnect { return &Disconnect{Reason: r, Err: err} }

// leavef makes a Disconnect with details.
func leavef(r Reason, format string, args ...any) *Disconnect {
	return leave(r, fmt.Errorf(format, args...))
}
