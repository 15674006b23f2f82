package wire

import "github.com/candela-les/candela/wire/internal/codec"

func (s *Status) append5(dst []byte) []byte {
	dst = appendKeyHash(dst, "genesisHash", s.Genesis)
	dst, at := openKey(dst, "forkID")
	dst = codec.CloseList(s.ForkID.append(dst), at)
	dst = appendKeyHash(dst, "configHash", s.Config)
	if s.Server != nil {
		dst = s.Server.append5(dst)
	}
	return dst
}

func (s *ServerStatus) append5(dst []byte) []byte {
	dst, at := openKey(dst, "head")
	dst = codec.CloseList(s.Head.Append(dst), at)
	if s.OnlyAnnounce {
		dst = appendKeyUint(dst, "onlyAnnounce", 0)
	} else {
		dst = s.Ranges.append(dst)
		dst = appendKeyUint(dst, "serves", uint64(s.Serves))
		dst = s.Limits.append(dst)
	}
	if s.Helper != nil {
		dst = s.Helper.append(dst)
	}
	return appendCosts(appendFlow(dst, s.Flow), s.Costs)
}

func (s *Status) decode5(m *keyMap) {
	m.needHash("configHash", &s.Config)
	v := s.Server
	if v == nil {
		return
	}
	m.need("head", func(r *reader) { v.Head.read(r) })
	if m.err == nil && (v.Head.Head.Genesis != s.Genesis || v.Head.Head.Config != s.Config) {
		m.err = codec.Malformed("the head is of another chain than the status")
	}
	v.Helper = readHelper(m, &v.Head.Head)
	if v.OnlyAnnounce = m.has("onlyAnnounce"); v.OnlyAnnounce {
		return
	}
	v.Ranges.decode(m)
	m.need("serves", func(r *reader) { v.Serves = Capability(r.Uint()) })
	m.need("limits", func(r *reader) { v.Limits.read(r) })
}

// fields pairs the ranges with their keys, in the order in which they are sent.
func (g *Ranges) fields() [6]namedUint {
	return [6]namedUint{
		{"ranges/headers", &g.Headers},
		{"ranges/bodies", &g.Bodies},
		{"ranges/receipts", &g.Receipts},
		{"ranges/state", &g.State},
		{"ranges/stateRecent", &g.StateRecent},
		{"ranges/txIndex", &g.TxIndex},
	}
}

type namedUint struct {
	name string
	to   *uint64
}

func (g *Ranges) append(dst []byte) []byte {
	for _, f := range g.fields() {
		dst = appendKeyUint(dst, f.name, *f.to)
	}
	return dst
}

// decode reads all ranges: one without the others would leave the rest stale.
func (g *Ranges) decode(m *keyMap) {
	for _, f := range g.fields() {
		m.needUint(f.name, f.to)
	}
}

// fields pairs the limits with their names, in the order in which they are sent.
func (l *Limits) fields() [11]namedUint {
	return [11]namedUint{
		{"headers", &l.Headers},
		{"bodies", &l.Bodies},
		{"receipts", &l.Receipts},
		{"state", &l.State},
		{"slots", &l.Slots},
		{"logRange", &l.LogRange},
		{"helper", &l.Helper},
		{"txs", &l.Txs},
		{"txStatus", &l.TxStatus},
		{"witnessGas", &l.WitnessGas},
		{"replyBytes", &l.ReplyBytes},
	}
}

func (l *Limits) append(dst []byte) []byte {
	dst, at := openKey(dst, "limits")
	dst, list := codec.OpenList(dst)
	for _, f := range l.fields() {
		var item int
		dst, item = codec.OpenList(dst)
		dst = codec.AppendUint(codec.AppendString(dst, f.name), *f.to)
		dst = codec.CloseList(dst, item)
	}
	return codec.CloseList(codec.CloseList(dst, list), at)
}

// read reads [[name, value]…]. A limit that is missing or above the protocol's
// own is the protocol's; unknown names are ignored.
func (l *Limits) read(r *reader) {
	*l = DefaultLimits()
	fields := l.fields()
	list := r.List()
	list.Count("limits", maxKeys)
	for list.More() {
		item := list.List()
		name, value := item.Bytes("limit", MaxStatusBytes), item.Uint()
		list.Leave(&item)
		for _, f := range fields {
			if list.Err == nil && f.name == string(name) {
				*f.to = min(*f.to, value)
			}
		}
	}
	r.Leave(&list)
}
