package wire

import "github.com/candela-les/candela/unit"

// Update is what an announcement changes in the server's Status. Fields that are
// nil stay as they were.
type Update struct {
	Flow   *Flow
	Costs  CostTable // entries replace those of the same code
	Ranges *Ranges   // les/5
	Limits *Limits   // les/5
	// Helper is the helper section that the announced head names (les/5); in the
	// announcement of a head that names none or one without saying more, nil.
	Helper *HelperRoots
}

// Apply puts the changes into a server's status.
func (u *Update) Apply(s *ServerStatus) {
	if u.Flow != nil {
		s.Flow = *u.Flow
	}
	if u.Costs != nil {
		s.Costs = s.Costs.Merge(u.Costs)
	}
	if u.Ranges != nil {
		s.Ranges = *u.Ranges
	}
	if u.Limits != nil {
		s.Limits = *u.Limits
	}
	if u.Helper != nil {
		s.Helper = u.Helper
	}
}

// append appends the entries of the key list, without the list around them. The
// order of the flow parameters is the one in which geth sends them.
func (u *Update) append(dst []byte) []byte {
	if u.Flow != nil {
		dst = appendKeyUint(dst, "flowControl/MRR", uint64(u.Flow.MRR))
		dst = appendKeyUint(dst, "flowControl/BL", uint64(u.Flow.BL))
	}
	if u.Costs != nil {
		dst = appendCosts(dst, u.Costs)
	}
	if u.Ranges != nil {
		dst = u.Ranges.append(dst)
	}
	if u.Limits != nil {
		dst = u.Limits.append(dst)
	}
	if u.Helper != nil {
		dst = u.Helper.append(dst)
	}
	return dst
}

// decode reads the changes. As in geth, the flow parameters count only together.
func (u *Update) decode(m *keyMap, version uint) {
	var flow Flow
	limit := m.get("flowControl/BL", func(r *reader) { flow.BL = unit.Cost(r.Uint()) })
	rate := m.get("flowControl/MRR", func(r *reader) { flow.MRR = unit.Cost(r.Uint()) })
	if limit && rate {
		u.Flow = &flow
	}
	m.get("flowControl/MRC", func(r *reader) { u.Costs = readCosts(r, version) })
	if Legacy(version) {
		return
	}
	if m.has("ranges/headers") {
		u.Ranges = new(Ranges)
		u.Ranges.decode(m)
	}
	if m.has("limits") {
		u.Limits = new(Limits)
		m.get("limits", u.Limits.read)
	}
}
