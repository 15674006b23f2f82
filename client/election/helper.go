package election

import "slices"

// Helper names the helper tries as they are after a section of blocks. The zero
// Helper means none.
type Helper struct {
	Section    uint64
	Last       Hash // hash of the section's last block
	CHT, Bloom Hash // roots
}

// IsZero reports whether h names no section.
func (h Helper) IsZero() bool { return h == Helper{} }

// keptHelpers is how many sections are kept of each server. Servers complete a
// section some seconds apart, and sections are hours apart.
const keptHelpers = 4

// Helpers elects helper tries by the rule for heads: enough of the configured
// servers have signed the same section with the same roots. What a server has signed
// it has signed: it counts on when the server goes away or goes on to later sections,
// until it signs something else for that section, or an earlier section as its last,
// which takes back those above it.
//
// Like State it is a step function, and not safe for concurrent use.
type Helpers struct {
	cfg    Config
	signed map[ID][]Helper // ascending by section
}

// NewHelpers returns an election without statements. Duplicates in cfg.Trusted count
// once.
func NewHelpers(cfg Config) *Helpers {
	h := &Helpers{cfg: cfg, signed: make(map[ID][]Helper)}
	h.cfg.Trusted = nil
	for _, id := range cfg.Trusted {
		if _, dup := h.signed[id]; !dup {
			h.signed[id] = nil
			h.cfg.Trusted = append(h.cfg.Trusted, id)
		}
	}
	return h
}

// Sign takes in which section a trusted server has signed as its last complete one,
// zero for none at all. It reports whether that is anything new.
func (h *Helpers) Sign(id ID, last Helper) (news bool) {
	signed, ok := h.signed[id]
	if !ok {
		return false
	}
	if n := len(signed); (n == 0 && last.IsZero()) || (n > 0 && signed[n-1] == last) {
		return false
	}
	for len(signed) > 0 && (last.IsZero() || signed[len(signed)-1].Section >= last.Section) {
		signed = signed[:len(signed)-1]
	}
	if !last.IsZero() {
		signed = append(slices.Clip(signed), last)
		signed = signed[max(0, len(signed)-keptHelpers):]
	}
	h.signed[id] = signed
	return true
}

// Elect returns the highest section with enough signers of those that may be, and
// how many they are; zero if there is none. Where two different ones of a section
// have enough, which takes a fraction below one half, the one with more signers wins,
// and with equally many neither.
func (h *Helpers) Elect(may func(Helper) bool) (elected Helper, signers int) {
	tied := false
	for one, n := range h.votes() {
		if n < h.cfg.Needed() || !may(one) {
			continue
		}
		switch {
		case elected.IsZero() || one.Section > elected.Section || one.Section == elected.Section && n > signers:
			elected, signers, tied = one, n, false
		case one.Section == elected.Section && n == signers:
			tied = true
		}
	}
	if tied {
		// Of a tie no lower section is any better: the servers are on two chains.
		return Helper{}, 0
	}
	return elected, signers
}

// Needed returns how many signers elect a section.
func (h *Helpers) Needed() int { return h.cfg.Needed() }

// Signers returns how many servers have signed one and the same helper tries that
// hold a section: the most that any have.
func (h *Helpers) Signers(section uint64) (most int) {
	for one, n := range h.votes() {
		if one.Section >= section {
			most = max(most, n)
		}
	}
	return most
}

func (h *Helpers) votes() map[Helper]int {
	votes := make(map[Helper]int)
	for _, signed := range h.signed {
		for _, one := range signed {
			votes[one]++
		}
	}
	return votes
}
