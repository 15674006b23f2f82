package wire

import (
	"fmt"

	"github.com/candela-les/candela/wire/internal/codec"
)

// Conditions are asked for and answered outside of any session, over the
// discovery protocol's TALKREQ and TALKRESP: docs/spec/discovery.md is the
// specification. Whoever asks takes no connection slot. Both messages may grow at
// their end: a receiver ignores what it does not know.

const (
	// TalkConditions is the name of the protocol in TALKREQ.
	TalkConditions = "les/conditions"
	// ConditionsVersion is what this code speaks, and stands in both messages.
	ConditionsVersion = 1
	// MinGetConditions is how many bytes a request has at least. An answer is never
	// longer than its request, so that nothing is gained by asking in somebody else's
	// name.
	MinGetConditions = 128
	// MaxGetConditions is how many it has at most: they fit into one packet together
	// with a handshake.
	MaxGetConditions = 512
)

const (
	maxConditionFields = 64 // known and unknown ones
	maxTalkVersions    = 16 // of les, in one answer
	maxMarketEntries   = 32
)

// GetConditions asks a server for its conditions: [version, padding, …].
type GetConditions struct {
	Version uint64
	// Room is how many bytes the request has, and the answer may have.
	Room int
}

// Append appends the request, padded to its Room, which is brought within bounds.
func (q *GetConditions) Append(dst []byte) []byte {
	room := min(max(q.Room, MinGetConditions), MaxGetConditions)
	start := len(dst)
	for pad := room; ; pad-- {
		dst, at := codec.OpenList(dst[:start])
		dst = codec.AppendUint(dst, q.Version)
		dst = codec.AppendString(dst, make([]byte, pad))
		if dst = codec.CloseList(dst, at); len(dst)-start <= room {
			return dst
		}
	}
}

// DecodeGetConditions reads a request. A shorter or longer one than is permitted
// is ErrOverLimit, anything else that is wrong ErrMalformed.
func DecodeGetConditions(payload []byte) (*GetConditions, error) {
	if n := len(payload); n < MinGetConditions || n > MaxGetConditions {
		return nil, fmt.Errorf("conditions: request of %d bytes: %w", n, ErrOverLimit)
	}
	r := reader{Rest: payload}
	l := r.List()
	l.Count("fields", maxConditionFields)
	q := &GetConditions{Version: l.Uint(), Room: len(payload)}
	l.Bytes("padding", MaxGetConditions)
	return q, grown(&r, &l, q.Version)
}

// Conditions are a server's answer:
//
//	[version, [les version…], genesis, forkID, serves, total, free, retryAfterMs, [market…], …]
type Conditions struct {
	Version   uint64
	Protocols []uint64 // versions of les that are spoken
	Genesis   Hash
	ForkID    ForkID
	Serves    Capability // of les/5; 0 from a server that only announces
	Total     uint64     // connection slots
	Free      uint64     // of them, at most Total
	// RetryAfterMs is, while no slot is free, after how many milliseconds it may be worth asking
	// again; 0 says nothing.
	RetryAfterMs uint64
	// Market are the conditions of sale, each in RLP: an offer of package marketwire, or
	// what is not known yet. Empty where nothing is sold.
	Market [][]byte
}

// Append appends the answer.
func (c *Conditions) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendUint(dst, c.Version)
	dst, list := codec.OpenList(dst)
	for _, version := range c.Protocols {
		dst = codec.AppendUint(dst, version)
	}
	dst = codec.CloseList(dst, list)
	dst = codec.AppendHash(dst, c.Genesis)
	dst = c.ForkID.append(dst)
	dst = codec.AppendUint(dst, uint64(c.Serves))
	dst = codec.AppendUint(dst, c.Total)
	dst = codec.AppendUint(dst, c.Free)
	dst = codec.AppendUint(dst, c.RetryAfterMs)
	dst = codec.AppendRaws(dst, c.Market)
	return codec.CloseList(dst, at)
}

// DecodeConditions reads an answer to a request with that room. The Market's
// entries alias the payload.
func DecodeConditions(payload []byte, room int) (*Conditions, error) {
	if len(payload) > room {
		return nil, fmt.Errorf("conditions: %d bytes in answer to %d: %w", len(payload), room, ErrOverLimit)
	}
	r := reader{Rest: payload}
	l := r.List()
	l.Count("fields", maxConditionFields)
	c := &Conditions{Version: l.Uint()}
	versions := l.List()
	for range versions.Count("versions", maxTalkVersions) {
		c.Protocols = append(c.Protocols, versions.Uint())
	}
	l.Leave(&versions)
	c.Genesis = l.Hash()
	c.ForkID = readForkID(&l)
	c.Serves = Capability(l.Uint())
	c.Total, c.Free, c.RetryAfterMs = l.Uint(), l.Uint(), l.Uint()
	c.Market = l.Raws("market", maxMarketEntries)
	if l.Err == nil && c.Free > c.Total {
		l.Fail(codec.Malformed("%d slots free of %d", c.Free, c.Total))
	}
	return c, grown(&r, &l, c.Version)
}

// grown ends the reading of a message that may have more fields than are known.
func grown(r, fields *reader, version uint64) error {
	if fields.Err == nil && version == 0 {
		fields.Fail(codec.Malformed("version 0"))
	}
	fields.Rest = nil
	r.Leave(fields)
	if r.End(); r.Err != nil {
		return fmt.Errorf("conditions: %w", r.Err)
	}
	return nil
}
