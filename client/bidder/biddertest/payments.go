package biddertest

import (
	"encoding/binary"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Method is a method of payment without a chain: an opening is any text, and a promise is the channel and 8 bytes that say
// what it comes to, which nobody has to sign.
const Method = "fake"

// Info is what the method says of itself.
const Info = "pay the seller"

// channel is one that clients may pay over.
type channel struct {
	client            marketwire.Address // who has established it first
	bound             bool
	cumulative, cover unit.Amount
	last              []byte
}

// ChannelOf is the channel that an opening names.
func ChannelOf(opening string) marketwire.Hash {
	return marketwire.Hash(crypto.Keccak256Hash([]byte(opening)))
}

// Promise is a promise over that channel.
func Promise(opening string, cumulative uint64) []byte {
	id := ChannelOf(opening)
	return binary.BigEndian.AppendUint64(id[:], cumulative)
}

// Lock locks an amount for the channel that an opening names, counted from its beginning on.
func (s *Seller) Lock(opening string, total uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := ChannelOf(opening)
	if s.mu.channels[id] == nil {
		s.mu.channels[id] = new(channel)
	}
	s.mu.channels[id].cover = unit.NewAmount(total)
}

// Forget has the seller lose what was promised over a channel, but not what it has credited.
func (s *Seller) Forget(opening string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.mu.channels[ChannelOf(opening)]
	c.cumulative, c.last = unit.Amount{}, nil
}

// Evict has all sessions forget their channels.
func (s *Seller) Evict() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.mu.clients {
		if c.line != nil {
			clear(c.line.established)
		}
	}
}

// pays answers what payments are about; false if the message is about something else.
func (l *Line) pays(c *customer, m marketwire.Message) bool {
	s := l.s
	q, ok := m.(marketwire.Request)
	if !ok || m.Code() < marketwire.FirstMoney {
		return false
	}
	tag := marketwire.Tag{ReqID: q.ID()}
	refuse := func(why marketwire.Reason, need unit.Amount) {
		l.send(&marketwire.Refused{Tag: tag, Reason: why, Need: need, Text: "as it is"})
	}
	if s.mu.cheats.Busy > 0 {
		s.mu.cheats.Busy--
		l.send(&marketwire.Refused{Tag: tag, Reason: marketwire.Busy, RetryAfterMs: 1500})
		return true
	}
	if q, ok := m.(*marketwire.Establish); ok {
		id := ChannelOf(string(q.Opening))
		ch := s.mu.channels[id]
		if q.Method != Method || ch == nil {
			refuse(marketwire.NoChannel, unit.Amount{})
			return true
		}
		if !ch.bound {
			ch.client, ch.bound = c.address, true
		}
		l.established[id] = true
		l.stands(tag, id)
		return true
	}
	id := channelIn(m)
	switch ch := s.mu.channels[id]; q := m.(type) {
	case *marketwire.Promise:
		sum := unit.NewAmount(binary.BigEndian.Uint64(q.Promise[32:]))
		switch {
		case !l.established[id]:
			refuse(marketwire.NoChannel, unit.Amount{})
		case sum.Cmp(ch.cover) > 0:
			refuse(marketwire.Uncovered, ch.cover)
		default:
			l.credit(c, tag, id, sum, q.Promise)
		}
	case *marketwire.Increase:
		if !l.established[id] {
			refuse(marketwire.NoChannel, unit.Amount{})
			return true
		}
		l.stands(tag, id)
	case *marketwire.Settle:
		switch {
		case !l.established[id]:
			refuse(marketwire.NoChannel, unit.Amount{})
		case c.order != nil:
			refuse(marketwire.BidStands, unit.Amount{})
		default:
			l.settle(c, tag, id)
		}
	}
	return true
}

func channelIn(m marketwire.Message) marketwire.Hash {
	switch m := m.(type) {
	case *marketwire.Promise:
		return m.Channel
	case *marketwire.Increase:
		return m.Channel
	case *marketwire.Settle:
		return m.Channel
	}
	return marketwire.Hash{}
}

func (l *Line) stands(tag marketwire.Tag, id marketwire.Hash) {
	ch := l.s.mu.channels[id]
	l.send(&marketwire.Standing{
		Tag: tag, Method: Method, Channel: id, Cumulative: ch.cumulative, Cover: ch.cover, Last: ch.last, State: []byte("state"),
	})
}

func (l *Line) credit(c *customer, tag marketwire.Tag, id marketwire.Hash, sum unit.Amount, promise []byte) {
	s, ch := l.s, l.s.mu.channels[id]
	credited, higher := sum.Sub(ch.cumulative)
	if !higher {
		credited = unit.Amount{}
	} else {
		ch.cumulative, ch.last = sum, promise
	}
	l.send(&marketwire.Accepted{Tag: tag, Channel: id, Cumulative: ch.cumulative, Credited: credited})
	if credited.IsZero() {
		return
	}
	s.enter(c, marketwire.Entry{Kind: marketwire.Deposit, Amount: credited, Reference: id[:]})
	s.limit(c)
	l.send(&marketwire.Account{Balance: sign(s, s.said(c))})
}

func (l *Line) settle(c *customer, tag marketwire.Tag, id marketwire.Hash) {
	s, ch := l.s, l.s.mu.channels[id]
	back := c.balance
	spent, _ := ch.cumulative.Sub(back)
	if !back.IsZero() {
		s.enter(c, marketwire.Entry{Kind: marketwire.Refund, Debit: true, Amount: back, Reference: id[:]})
		s.limit(c)
	}
	l.send(&marketwire.Settled{Tag: tag, Channel: id, Spent: spent, Unspent: back, Data: []byte("closed")})
	if !back.IsZero() {
		l.send(&marketwire.Account{Balance: sign(s, s.said(c))})
	}
}
