package server

import (
	"encoding/binary"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/wire"
)

// helperProofs adds the nodes of helper trie proofs, each once, and the headers that
// are asked for beside them. What is not available is left out in les/4; in les/5 it
// is all or a refusal.
func (s *session) helperProofs(b *wire.ReplyBuilder, q *wire.GetHelperProofs) error {
	var (
		seen seenNodes
		aux  [][]byte
		size int // of aux
	)
	if !s.srv.caps.HelperTries && s.version == wire.LES5 {
		return chain.ErrUnsupported
	}
	defer func() { clear(s.nodes) }() // they may be large, and belong to the source
	b.Open()
	for i := range q.Queries {
		p := &q.Queries[i]
		header, err := s.helperProof(p)
		if err != nil {
			if s.version == wire.LES5 {
				return err
			}
			continue
		}
		for _, node := range s.nodes {
			if len(q.Queries) == 1 || seen.first(node) {
				b.Raw(node)
			}
		}
		if header != nil {
			aux, size = append(aux, header), size+len(header)
		}
		if b.Size()+size >= wire.SoftReply && i+1 < len(q.Queries) {
			if s.version == wire.LES5 {
				return chain.ErrTooMuch
			}
			break
		}
	}
	b.Close()
	b.Open()
	for _, header := range aux {
		b.Bytes(header)
	}
	b.Close()
	return nil
}

// blockKey is how many bytes a block's number has as a key.
const blockKey = 8

// helperProof puts the nodes of one proof into s.nodes and returns the header that
// is asked for with it, if any.
func (s *session) helperProof(p *wire.HelperQuery) (header []byte, err error) {
	switch {
	case p.Type > wire.HelperBloom:
		return nil, chain.ErrUnsupported
	case p.Type == wire.HelperCanonical && len(p.Key) != blockKey:
		return nil, chain.ErrUnknown
	}
	s.nodes = s.nodes[:0]
	query := chain.HelperQuery{
		Kind: chain.HelperKind(p.Type), Section: p.Section, Key: p.Key,
		FromLevel: uint(min(p.FromLevel, maxLevel)),
	}
	if err := s.srv.cfg.Source.ProveHelper(s.ctx, query, s.collect); err != nil {
		return nil, err
	}
	if p.Type != wire.HelperCanonical || p.Aux != wire.AuxHeader {
		return nil, nil
	}
	hash, err := s.srv.cfg.Source.CanonicalHash(s.ctx, binary.BigEndian.Uint64(p.Key))
	if err != nil {
		return nil, err
	}
	return s.srv.cfg.Source.Header(s.ctx, hash)
}

// helperRoots is the section that a head names, nil if it names none.
func helperRoots(h chain.HelperRoots) *wire.HelperRoots {
	if h == (chain.HelperRoots{}) {
		return nil
	}
	return &wire.HelperRoots{Section: h.Section, Last: h.Last, CHT: h.CHT, Bloom: h.Bloom}
}
