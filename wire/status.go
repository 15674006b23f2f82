package wire

import (
	"fmt"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// AnnounceType is what a client wants to be told of new heads.
type AnnounceType uint64

// The announcement types. Clients ask their trusted servers for signed ones.
const (
	AnnounceNone   AnnounceType = 0
	AnnounceSimple AnnounceType = 1
	AnnounceSigned AnnounceType = 2
)

// Status is the first message of a session, sent by both ends at once.
type Status struct {
	Version   uint
	NetworkID uint64
	Genesis   Hash
	ForkID    ForkID // not in les/2 and les/3
	// Config is the hash of the chain configuration (les/5), zero from a client
	// that does not know it yet.
	Config Hash
	// AnnounceType counts in a client's Status only; AnnounceSimple if left out.
	AnnounceType AnnounceType
	// Server is what a server adds; nil makes this a client's Status.
	Server *ServerStatus
}

// ServerStatus is what a server says about itself.
type ServerStatus struct {
	// OnlyAnnounce: it announces heads and answers no request.
	OnlyAnnounce bool
	Flow         Flow
	Costs        CostTable

	Legacy *LegacyStatus // les/2 to les/4 only

	// All below: les/5 only.
	Head   Announce5 // its head; signed, or not if the server cannot know yet that it must be
	Ranges Ranges
	Serves Capability
	Limits Limits
	Helper *HelperRoots // the section that Head names; nil if it does not say
}

// LegacyStatus is what only a server of les/2 to les/4 says.
type LegacyStatus struct {
	Head Head4
	// ChainSince and StateSince are the first blocks whose data is served;
	// RecentChain and RecentState how many below the head, 0 for all.
	ChainSince, RecentChain uint64
	StateSince, RecentState uint64
	// TxLookup: 0 every transaction can be looked up, 1 none, n+1 those of the
	// last n blocks. les/2 and les/3 cannot say it and mean 0.
	TxLookup uint64
}

// None, as the first block of a range, says that nothing of it is served.
const None = ^uint64(0)

// Ranges says what a les/5 server can be asked for: for each kind of data the
// first canonical block that has it, up to the head, or None.
type Ranges struct {
	Headers, Bodies, Receipts uint64
	State                     uint64
	// StateRecent is how many states below the head stay provable as the head
	// moves; 0 means that State does not move with the head.
	StateRecent uint64
	TxIndex     uint64
}

// Capability is a set of request kinds that a les/5 server answers.
type Capability uint64

// The capabilities. Receivers ignore bits that they do not know.
const (
	ServesChain    Capability = 1 << iota // GetHeaders, GetBodies, GetReceipts
	ServesState                           // GetState
	ServesWitness                         // GetWitness
	ServesLogRange                        // GetLogRange
	ServesTxRelay                         // SendTx
	ServesTxStatus                        // GetTxStatus
	ServesConfig                          // GetConfig
	ServesHelper                          // GetHelperProofs
)

// Has says whether all of want are in c.
func (c Capability) Has(want Capability) bool { return c&want == want }

// MismatchError says in which key two Status messages do not fit together.
type MismatchError struct {
	Key          string
	Ours, Theirs string
}

func (e *MismatchError) Error() string {
	return fmt.Sprintf("%s mismatch: ours %s, theirs %s", e.Key, e.Ours, e.Theirs)
}

// Match returns a *MismatchError if the two ends are not on one chain. Fork ids
// are compared by Forks.Check, which knows the head.
func (s *Status) Match(theirs *Status) error {
	switch {
	case s.Genesis != theirs.Genesis:
		return &MismatchError{"genesisHash", fmt.Sprintf("%x", s.Genesis[:8]), fmt.Sprintf("%x", theirs.Genesis[:8])}
	case s.NetworkID != theirs.NetworkID:
		return &MismatchError{"networkId", fmt.Sprint(s.NetworkID), fmt.Sprint(theirs.NetworkID)}
	case s.Version != theirs.Version:
		return &MismatchError{"protocolVersion", fmt.Sprint(s.Version), fmt.Sprint(theirs.Version)}
	}
	return nil
}

// Append appends the payload of Status in the form of s.Version.
func (s *Status) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = appendKeyUint(dst, "protocolVersion", uint64(s.Version))
	dst = appendKeyUint(dst, "networkId", s.NetworkID)
	if Legacy(s.Version) {
		dst = s.append4(dst)
	} else {
		dst = s.append5(dst)
	}
	if s.Server == nil {
		dst = appendKeyUint(dst, "announceType", uint64(s.AnnounceType))
	}
	return codec.CloseList(dst, at)
}

func appendFlow(dst []byte, f Flow) []byte {
	dst = appendKeyUint(dst, "flowControl/BL", uint64(f.BL))
	return appendKeyUint(dst, "flowControl/MRR", uint64(f.MRR))
}

func appendCosts(dst []byte, t CostTable) []byte {
	dst, at := openKey(dst, "flowControl/MRC")
	return codec.CloseList(t.append(dst), at)
}

// DecodeStatus decodes a Status for the negotiated version. The error wraps
// ErrMissingKey if a key is missing that the sender's role asks for; whoever
// sends flowControl/MRR is a server. A sender of another protocol version gives
// a *MismatchError.
func DecodeStatus(version uint, payload []byte) (*Status, error) {
	if Length(version) == 0 {
		return nil, wrapDecode(version, CodeStatus, ErrUnknownCode)
	}
	r := reader{Rest: payload}
	m := readKeys(&r)
	r.End()
	if r.Err != nil {
		m.err = r.Err
	}
	s := &Status{AnnounceType: AnnounceSimple}
	var announced uint64
	m.needUint("protocolVersion", &announced)
	if m.err == nil && announced != uint64(version) {
		m.err = &MismatchError{"protocolVersion", fmt.Sprint(version), fmt.Sprint(announced)}
	}
	s.Version = version
	m.needUint("networkId", &s.NetworkID)
	m.needHash("genesisHash", &s.Genesis)
	if version >= LES4 {
		m.need("forkID", func(r *reader) { s.ForkID = readForkID(r) })
	}
	if m.has("flowControl/MRR") {
		s.Server = new(ServerStatus)
		s.AnnounceType = AnnounceNone
		s.Server.decodeFlow(&m, version)
	} else {
		m.get("announceType", func(r *reader) { s.AnnounceType = AnnounceType(r.Uint()) })
	}
	if Legacy(version) {
		s.decode4(&m)
	} else {
		s.decode5(&m)
	}
	if m.err != nil {
		return nil, wrapDecode(version, CodeStatus, m.err)
	}
	return s, nil
}

func (s *ServerStatus) decodeFlow(m *keyMap, version uint) {
	m.need("flowControl/BL", func(r *reader) { s.Flow.BL = unit.Cost(r.Uint()) })
	m.need("flowControl/MRR", func(r *reader) { s.Flow.MRR = unit.Cost(r.Uint()) })
	m.need("flowControl/MRC", func(r *reader) { s.Costs = readCosts(r, version) })
}
