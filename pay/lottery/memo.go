package lottery

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// memo is what a payer notes beside what all methods do: pay.Note.Data, as JSON.
type memo struct {
	Locks uint64 `json:",omitempty"` // how many locks were begun and are over: the number in the name of the next
	// Locking is how much the transaction locks that was begun and is not over.
	Locking unit.Amount
	From    unit.Amount `json:",omitzero"` // what had been locked when it was begun, by what the chain says
	Locked  unit.Amount // by those that are over, from the beginning on
	Base    unit.Amount `json:",omitzero"` // what was promised before the channel was opened again
	Drawn   unit.Amount // what winners were paid, as far as their series are not among Signed any more
	Found   bool        `json:",omitempty"` // the notes were lost, and what is locked was found on the chain
	Closing bool        `json:",omitempty"` // nothing is promised any more
	// Open: it is paid from the open pot, of which Locked is allotted to it. Held is what was in the pot when notes were lost, and stays for what may
	// have been signed before until HeldS, Unix seconds.
	Open  bool        `json:",omitempty"`
	Held  unit.Amount `json:",omitzero"`
	HeldS uint64      `json:",omitempty"`
	// Accused are protests that are not over, and MadeGood what was deposited because of some.
	Accused  []accusation `json:",omitempty"`
	MadeGood unit.Amount  `json:",omitzero"`
	Series   []byte       `json:",omitempty"` // as it was announced last
	Last     uint64       `json:",omitempty"` // the highest number of a ticket that was signed in it
	Signed   []signed     `json:",omitempty"` // series in which tickets were signed, and which may have a winner yet
	Worth    unit.Amount  // what all tickets are worth that were signed, but for those behind a winner that was shown, and for what is forgiven
	Doubts   []doubt      `json:",omitempty"` // what of that is void by the payee's word only
}

// signed is a series in which tickets were signed.
type signed struct {
	Unpaid
	Won bool `json:",omitempty"` // its winner was shown
}

// doubt is what tickets are worth that were not accepted, of series that the payee has ended without showing a winner.
type doubt struct {
	UntilS uint64 // when it is forgiven
	Worth  unit.Amount
}

// Forgiven is how long after a series has expired its tickets count as given that were not accepted. They are worth nothing then. But a payee knows
// what it draws before it says what it accepts: if it had at once back what has lost, it could draw for nothing.
const Forgiven = 30 * 24 * time.Hour

// doubt notes what is void by the payee's word. It is counted by days, so that no payee makes the note long.
func (n *noted) doubt(worth unit.Amount, expiryS uint64) {
	const day = 86_400
	until := (expiryS/day+1)*day + uint64(Forgiven/time.Second)
	for i := range n.Doubts {
		if n.Doubts[i].UntilS == until {
			n.Doubts[i].Worth = n.Doubts[i].Worth.Plus(worth)
			return
		}
	}
	n.Doubts = append(n.Doubts, doubt{until, worth})
}

// forgive ends doubts that are old. While tickets are on their way it waits: a wallet tells by that what has become of those.
func (n *noted) forgive(sureS uint64) {
	for i := 0; i < len(n.Doubts) && n.Promised == n.Accepted; i++ {
		if d := n.Doubts[i]; sureS > d.UntilS {
			n.Worth = n.Worth.Minus(d.Worth).Max(n.Promised)
			n.Doubts = slices.Delete(n.Doubts, i, i+1)
			i--
		}
	}
}

// left is what is locked, less all winners that are known. Series that may have one are no reason to lock more instead.
func (n *noted) left() unit.Amount {
	left := n.Locked.Minus(n.Drawn)
	for _, s := range n.Signed {
		if s.Won {
			left = left.Minus(s.Face)
		}
	}
	return left
}

// reckon says what is locked in the terms of a wallet, to whom all that is promised comes out of the deposit: what is left is what is not promised yet.
// If it is less than a winner gets nothing can be promised by it, nor be taken by who has stolen the session key, so it does not count. A payee that
// raises the face value has no more locked by that than four times what its terms said.
func (n *noted) reckon() {
	left := n.left()
	if left.Cmp(n.face()) < 0 && left.Cmp(n.useless()) < 0 {
		left = unit.Amount{}
	}
	n.Deposit = n.Promised.Plus(left)
	n.Void = n.Worth.Minus(n.Promised)
}

// takes reports whether opening the channel as said would change its note: it has no name yet, for notes were lost, or it is closed.
func (n *noted) takes(as *pay.Note) bool { return as.Name != "" && (n.Name == "" || n.Closed) }

// reopen has a channel that was closed be open again, with what the chain says is in its lock. Transactions go on being numbered, for each name is sent
// once; so do series and what is promised, for the payee has no other channel for them.
func (n *noted) reopen(now *pair) {
	if !n.Closed {
		return
	}
	n.seen(now)
	n.Closed, n.Closing = false, false
	n.Base, n.Locked = n.Promised, n.Drawn
	if !n.Open {
		n.Locked = n.Drawn.Plus(now.sure.lock.amount)
	}
}

// promises reports whether the promise that is noted comes to as much.
func (n *noted) promises(cumulative unit.Amount) bool {
	return n.Promise != nil && cumulative.Cmp(n.Promised) <= 0
}

// face is what a winner gets.
func (n *noted) face() unit.Amount {
	if len(n.Series) > 0 {
		return n.series.Face
	}
	return n.offered()
}

// useless is how much may be left at most, and not count as locked because a winner gets more. A channel whose notes were lost does not know its terms.
func (n *noted) useless() unit.Amount {
	face := n.offered()
	if face.IsZero() {
		return unit.MaxAmount()
	}
	twice := face.Plus(face)
	return twice.Plus(twice)
}

// offered is what a winner was to get by the terms that the channel was opened by; nothing if those were lost.
func (n *noted) offered() unit.Amount {
	info, err := DecodeInfo(n.To.Info)
	if err != nil {
		return unit.Amount{}
	}
	return info.Face
}

// seen takes over what the chain says of series: those that are paid, or can not be any more, need no cover. It reports whether that is anything new.
func (n *noted) seen(now *pair) (news bool) {
	for i := 0; i < len(n.Signed); i++ {
		s := n.Signed[i]
		paid := now.sure.paid[s.Unpaid] && now.head.paid[s.Unpaid]
		if !paid && now.sure.timeS <= s.ExpiryS {
			continue
		}
		if paid {
			n.Drawn = n.Drawn.Plus(s.Face)
		}
		n.Signed = slices.Delete(n.Signed, i, i+1)
		news, i = true, i-1
	}
	if held := n.Locked.Minus(n.Drawn); n.Found && now.sure.lock.amount.Cmp(held) < 0 { // winners that are not noted any more
		n.Drawn, news = n.Drawn.Plus(held.Minus(now.sure.lock.amount)), true
	}
	return news
}

// mayWin notes that tickets of a series are signed. One that was announced before with another expiry has the same winner.
func (n *noted) mayWin(u Unpaid) {
	i := slices.IndexFunc(n.Signed, func(s signed) bool { return s.sameWinner(u) })
	if i < 0 {
		n.Signed = append(n.Signed, signed{Unpaid: u})
		return
	}
	n.Signed[i].ExpiryS = max(n.Signed[i].ExpiryS, u.ExpiryS)
}

// asked are the series that the chain is asked about.
func (n *noted) asked() (all []Unpaid) {
	for _, s := range n.Signed {
		all = append(all, s.Unpaid)
	}
	return all
}

// noted is a channel's note, taken apart.
type noted struct {
	pay.Note
	memo
	opening Opening
	series  Series // zero if none was announced
}

func decodeNote(n pay.Note) (d *noted, err error) {
	d = &noted{Note: n}
	d.opening, err = DecodeOpening(n.Opening)
	if err == nil && len(n.Data) > 0 {
		err = json.Unmarshal(n.Data, &d.memo)
	}
	if err == nil && len(d.Series) > 0 {
		d.series, err = DecodeSeries(d.Series)
	}
	return d, err
}

// encodeNote writes a note, and what it says in the terms of a wallet.
func encodeNote(n *noted) (pay.Note, error) {
	n.reckon()
	data, err := json.Marshal(n.memo)
	n.Data = data
	return n.Note, err
}
