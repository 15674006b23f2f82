package wire

import (
	"math/big"

	"github.com/candela-les/candela/wire/internal/codec"
)

// append4 writes the keys in the order in which geth writes them.
func (s *Status) append4(dst []byte) []byte {
	var head Head4 // a client announces no head, but the keys must be there
	if s.Server != nil && s.Server.Legacy != nil {
		head = s.Server.Legacy.Head
	}
	dst, at := openKey(dst, "headTd")
	dst = codec.CloseList(codec.AppendBig(dst, head.TD), at)
	dst = appendKeyHash(dst, "headHash", head.Hash)
	dst = appendKeyUint(dst, "headNum", head.Number)
	dst = appendKeyHash(dst, "genesisHash", s.Genesis)
	if s.Version >= LES4 {
		dst, at = openKey(dst, "forkID")
		dst = codec.CloseList(s.ForkID.append(dst), at)
	}
	if s.Server != nil {
		dst = s.Server.append4(dst, s.Version)
	}
	return dst
}

func (s *ServerStatus) append4(dst []byte, version uint) []byte {
	legacy := s.Legacy
	if legacy == nil {
		legacy = new(LegacyStatus)
	}
	if !s.OnlyAnnounce {
		// A flag is a key with the value zero: present or absent.
		dst = appendKeyUint(dst, "serveHeaders", 0)
		dst = appendKeyUint(dst, "serveChainSince", legacy.ChainSince)
		if legacy.RecentChain != 0 {
			dst = appendKeyUint(dst, "serveRecentChain", legacy.RecentChain)
		}
		dst = appendKeyUint(dst, "serveStateSince", legacy.StateSince)
		dst = appendKeyUint(dst, "serveRecentState", legacy.RecentState)
		dst = appendKeyUint(dst, "txRelay", 0)
	}
	if version >= LES4 {
		dst = appendKeyUint(dst, "recentTxLookup", legacy.TxLookup)
	}
	return appendCosts(appendFlow(dst, s.Flow), s.Costs)
}

func (s *Status) decode4(m *keyMap) {
	if s.Server == nil {
		return // a client's head means nothing
	}
	legacy := new(LegacyStatus)
	s.Server.Legacy = legacy
	m.need("headTd", func(r *reader) { legacy.Head.TD = r.Big("total difficulty", MaxTDBits) })
	m.needHash("headHash", &legacy.Head.Hash)
	m.needUint("headNum", &legacy.Head.Number)
	chain := m.getUint("serveChainSince", &legacy.ChainSince)
	m.getUint("serveRecentChain", &legacy.RecentChain)
	state := m.getUint("serveStateSince", &legacy.StateSince)
	m.getUint("serveRecentState", &legacy.RecentState)
	if s.Version >= LES4 {
		m.needUint("recentTxLookup", &legacy.TxLookup)
	}
	s.Server.OnlyAnnounce = !chain || !state || !m.has("txRelay")
}

// Head4 is a block as les/4 announces it.
type Head4 struct {
	Hash   Hash
	Number uint64
	TD     *big.Int // total difficulty up to and including the block; nil is 0
}
