package client_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// old is a world whose first blocks are beyond everything but helper tries: its chain
// has no history contract (it lies before that fork) and is longer than parent hashes
// are followed.
func old(servers int) (*world, *clienttest.Helper) {
	c := oldChain()
	return newWorld(c.chain, c.blocks, servers), c.helper
}

type oldWorld struct {
	chain  *clienttest.Chain
	blocks []*types.Block
	helper *clienttest.Helper
}

// oldChain is made once: that takes longer than any test of it.
var oldChain = sync.OnceValue(func() oldWorld {
	c := clienttest.NewCancunChain()
	blocks := append([]*types.Block{c.Genesis}, c.Grow(c.Genesis, oldBlocks, 0)...)
	return oldWorld{c, blocks, clienttest.NewHelper(c, blocks[oldBlocks], oldSection, 2, nil)}
})

const (
	oldSection = 256
	oldBlocks  = 2*oldSection + 8 + client.HistoryLimit + 200
)

// startOld starts the client with short sections.
func (w *world) startOld(t testing.TB) *types.Header {
	t.Helper()
	w.open(t)
	w.client.SetHelperBlocks(oldSection)
	for _, s := range w.servers {
		s.Connect(t, w.client)
	}
	return w.waitHead(t, w.head())
}

func TestOldHeader(t *testing.T) {
	w, helper := old(3)
	for _, s := range w.servers {
		s.UseHelper(helper, 1)
	}
	w.startOld(t)
	eventually(t, func() bool { return w.client.Status().Helper != nil })
	if got, want := *w.client.Status().Helper, (client.HelperStatus{Section: 1, LastBlock: 2*oldSection - 1, Signers: 3}); got.Section != want.Section || got.LastBlock != want.LastBlock || got.Signers < 2 {
		t.Errorf("status %+v, want %+v", got, want)
	}
	for _, number := range []uint64{5, oldSection - 1, oldSection, 2*oldSection - 1} {
		header, err := w.client.HeaderByNumber(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		if header.Hash() != w.blocks[number].Hash() {
			t.Errorf("block %d is %x", number, header.Hash())
		}
		if p := w.client.LastProof(); p.RoundTrips != 1 {
			t.Errorf("block %d took %d round trips", number, p.RoundTrips)
		}
		// Known now: nobody is asked.
		if _, err := w.client.HeaderByNumber(t.Context(), number); err != nil {
			t.Fatal(err)
		}
		if p := w.client.LastProof(); p.RoundTrips != 0 || p.Cached == 0 {
			t.Errorf("block %d, warm: %d round trips", number, p.RoundTrips)
		}
	}
	_, err := w.client.HeaderByNumber(t.Context(), 2*oldSection)
	var far *client.OutOfReachError
	if !errors.As(err, &far) || far.HelperEnd != 2*oldSection-1 {
		t.Errorf("block %d, above the tries: %v", 2*oldSection, err)
	}
}

// TestOldLogs compares logs over helper tries with those of the chain's own receipts,
// for ranges on all sides of the tries' end.
func TestOldLogs(t *testing.T) {
	const end = 2*oldSection - 1
	for _, r := range []struct {
		name        string
		first, last uint64
		vectors     int // that are asked for
	}{
		{"all of both sections", 0, end, 6},
		{"parts of both", 17, end - 40, 6},
		{"beyond the tries", 300, end + 400, 0}, // few blocks below
		{"far beyond the tries", 3, end + 400, 6},
		{"few headers", end - 100, end, 0},
		{"one block", 33, 33, 0},
	} {
		t.Run(r.name, func(t *testing.T) {
			w, helper := old(3)
			for _, s := range w.servers {
				s.UseHelper(helper, 1)
			}
			w.startOld(t)
			w.wantLogs(t, r.first, r.last)
			vectors := make(map[string]bool) // a slow server makes the client ask another one
			for _, req := range requested(w.servers) {
				if q, ok := req.(*wire.GetHelperProofs); ok && q.Queries[0].Type == wire.HelperBloom {
					for _, one := range q.Queries {
						vectors[string(one.Key)] = true
					}
				}
			}
			if len(vectors) != r.vectors {
				t.Errorf("%d vectors, want %d", len(vectors), r.vectors)
			}
			// What the tries say is known now.
			w.wantLogs(t, r.first, r.last)
			if p := w.client.LastProof(); r.vectors > 0 && r.last <= end && p.Requests != 0 {
				t.Errorf("the second time %d requests", p.Requests)
			}
		})
	}
}

// requested is all that servers were asked since the last time.
func requested(servers []*clienttest.Server) (all []wire.Request) {
	for _, s := range servers {
		all = append(all, s.Requests()...)
	}
	return all
}

// oldStage is where lies about old blocks are told: an announcer whose word on the
// tries counts, and data servers that have them.
func oldStage(t *testing.T, version uint) theatre {
	t.Helper()
	base, helper := old(0)
	return theatre{
		server: func(number byte) *clienttest.Server {
			s := clienttest.NewServer(base.chain, number, base.head())
			s.UseHelper(helper, 1)
			return s
		},
		stage: func(data ...*clienttest.Server) *world {
			return stageOn(t, base, func(w *world) {
				w.client.SetHelperBlocks(oldSection)
				w.announcer.UseHelper(helper, 1)
			}, version, false, 0, data...)
		},
	}
}

func oldQuestions() []question {
	return []question{
		{"header by number", false, func(t *testing.T, w *world) (string, error) {
			h, err := w.client.HeaderByNumber(t.Context(), 77)
			if err != nil {
				return "", err
			}
			return h.Hash().Hex(), nil
		}},
		{"header by hash", false, func(t *testing.T, w *world) (string, error) {
			h, err := w.client.HeaderByHash(t.Context(), w.blocks[300].Hash())
			if err != nil {
				return "", err
			}
			return h.Hash().Hex(), nil
		}},
		{"transaction", false, func(t *testing.T, w *world) (string, error) {
			l, err := w.client.Transaction(t.Context(), w.blocks[99].Transactions()[0].Hash())
			if err != nil {
				return "", err
			}
			return fmt.Sprint(l.Tx.Hash(), l.Header.Number, l.Index), nil
		}},
		{"logs", false, func(t *testing.T, w *world) (string, error) {
			logs, err := w.client.Logs(t.Context(), client.LogFilter{
				From: 5, To: 2*oldSection - 9, Addresses: []common.Address{clienttest.Logger},
			})
			out := ""
			for _, l := range logs {
				out += fmt.Sprint(l.BlockNumber, " ")
			}
			return out, err
		}},
	}
}

func TestLiarsAboutOldBlocks(t *testing.T) {
	lies := otherLies()
	for list := range 2 {
		for _, item := range []int{0, 4} {
			lies = append(lies, listLies(list, item)...)
		}
	}
	for _, version := range []uint{wire.LES5, wire.LES4} {
		for i, q := range oldQuestions() {
			if version == wire.LES4 && i > 0 {
				break // the same messages, but for refusals
			}
			t.Run(fmt.Sprintf("les%d/%s", version, q.name), func(t *testing.T) {
				t.Parallel()
				on := oldStage(t, version)
				want, err := q.ask(t, on.stage(on.server(1)))
				if err != nil {
					t.Fatal(err)
				}
				for _, l := range lies {
					if l.name != "another request's id" {
						on.tryLie(t, q, l, want, 0)
					}
				}
			})
		}
	}
}

// TestProofsOfSomethingElse: a reply that would be the right one to another request is
// a lie, and the next server answers.
func TestProofsOfSomethingElse(t *testing.T) {
	for name, change := range map[string]func(*wire.HelperQuery){
		"of another section's trie": func(q *wire.HelperQuery) { q.Section = 0 },
		"of another block": func(q *wire.HelperQuery) {
			if q.Type == wire.HelperCanonical {
				q.Key = proof.CanonicalKey(binary.BigEndian.Uint64(q.Key) ^ 1)
			}
		},
		"of another bit": func(q *wire.HelperQuery) {
			if q.Type == wire.HelperBloom {
				q.Key[1] ^= 1
			}
		},
		"of another section": func(q *wire.HelperQuery) {
			if q.Type == wire.HelperBloom {
				q.Key[9] ^= 2
			}
		},
		"of the other trie": func(q *wire.HelperQuery) { q.Type ^= 1 },
	} {
		t.Run(name, func(t *testing.T) {
			told := false
			on := oldStage(t, wire.LES5)
			liar := on.server(0)
			liar.Forge(func(req wire.Request, reply wire.Reply) wire.Reply {
				q, ok := req.(*wire.GetHelperProofs)
				if !ok {
					return reply
				}
				forged := *q
				forged.Queries = nil
				for _, one := range q.Queries {
					aux := one.Aux
					one.Aux, one.Key = 0, bytes.Clone(one.Key)
					change(&one)
					told = told || one.Section != q.Queries[0].Section || one.Type != q.Queries[0].Type || !bytes.Equal(one.Key, q.Queries[0].Key)
					one.Aux = aux
					if one.Type == wire.HelperBloom || len(one.Key) != 8 {
						one.Aux = 0
					}
					forged.Queries = append(forged.Queries, one)
				}
				return liar.HelperProofs(&forged)
			})
			w := on.stage(liar, on.server(1))
			w.wantLogs(t, 0, 2*oldSection-1)
			if st := w.client.Status().Servers[1]; !told || st.Lies+st.Failures == 0 {
				t.Errorf("told a lie: %v, scored: %d lies, %d failures", told, st.Lies, st.Failures)
			}
		})
	}
}

// TestHeadersOfOtherBlocks: a true proof with another block's header beside it.
func TestHeadersOfOtherBlocks(t *testing.T) {
	on := oldStage(t, wire.LES5)
	liar := on.server(0)
	liar.Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
		if p, ok := reply.(*wire.HelperProofs); ok && len(p.Aux) == 1 {
			p.Aux[0] = mustRLP(oldChain().blocks[78].Header())
		}
		return reply
	})
	w := on.stage(liar)
	if _, err := w.client.HeaderByNumber(t.Context(), 77); !errors.Is(err, client.ErrUnproven) {
		t.Errorf("alone: %v", err)
	}
	if st := w.client.Status().Servers[1]; st.Lies != 1 {
		t.Errorf("%d lies", st.Lies)
	}
}

// TestWhichHelper: of the sections that trusted servers have signed, the highest that
// enough of them agree on is gone by.
func TestWhichHelper(t *testing.T) {
	w, helper := old(3)
	head := w.blocks[oldBlocks]
	forged := clienttest.NewHelper(w.chain, head, oldSection, 2, func(number uint64, hash *common.Hash) {
		if number == 77 {
			*hash = w.blocks[78].Hash()
		}
	})
	// One of three says something else about block 77, in a section of its own making.
	w.servers[0].UseHelper(forged, 1)
	w.servers[1].UseHelper(helper, 1)
	w.servers[2].UseHelper(helper, 0)
	w.startOld(t)
	reach := func() uint64 {
		_, err := w.client.HeaderByNumber(t.Context(), 600)
		far, ok := errors.AsType[*client.OutOfReachError](err)
		if !ok {
			t.Fatal(err)
		}
		return far.HelperEnd
	}
	if got := reach(); got != 0 {
		t.Errorf("nobody agrees, and blocks up to %d are provable", got)
	}
	_, err := w.client.HeaderByNumber(t.Context(), 77)
	if far, ok := errors.AsType[*client.OutOfReachError](err); !ok || far.Signed != 1 || far.Needed != 2 || far.Due != 0 {
		t.Errorf("nobody agrees: %v", err)
	}
	// The second one told of section 0 before: both have signed it.
	w.servers[1].UseHelper(helper, 0)
	eventually(t, func() bool { return reach() == oldSection-1 })
	// What is signed stays signed while a server goes on, or away.
	w.servers[1].UseHelper(helper, 1)
	if got := reach(); got != oldSection-1 {
		t.Errorf("one has gone on, and blocks up to %d are provable", got)
	}
	w.servers[2].UseHelper(helper, 1)
	eventually(t, func() bool { return reach() == 2*oldSection-1 })
	header, err := w.client.HeaderByNumber(t.Context(), 77)
	if err != nil || header.Hash() != w.blocks[77].Hash() {
		t.Errorf("block 77: %v", err)
	}
	// A server that names an earlier section takes the later one back: that was reorganized.
	w.servers[2].UseHelper(helper, 0)
	eventually(t, func() bool { return reach() == oldSection-1 })
	w.servers[2].UseHelper(nil, 0)
	w.servers[1].UseHelper(helper, 0)
	eventually(t, func() bool {
		_, err := w.client.HeaderByNumber(t.Context(), 78) // 77 is known
		far, ok := errors.AsType[*client.OutOfReachError](err)
		return ok && far.Signed == 1 && far.HelperEnd == 0
	})
}

// TestBrokenHelper: a trie that contradicts itself, signed by everybody, proves
// nothing, and no server is blamed for what all have signed.
func TestBrokenHelper(t *testing.T) {
	for name, edit := range map[string]func(w *world, hash *common.Hash){
		"another block's hash": func(w *world, hash *common.Hash) { *hash = w.blocks[78].Hash() },
		"no hash":              func(_ *world, hash *common.Hash) { *hash = common.Hash{} },
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := old(3)
			broken := clienttest.NewHelper(w.chain, w.head(), oldSection, 2, func(number uint64, hash *common.Hash) {
				if number == 77 {
					edit(w, hash)
				}
			})
			for _, s := range w.servers {
				s.UseHelper(broken, 1)
				s.Forge(func(req wire.Request, reply wire.Reply) wire.Reply {
					q, ok := req.(*wire.GetHelperProofs)
					if p, is := reply.(*wire.HelperProofs); is && ok && q.Queries[0].Aux == wire.AuxHeader {
						p.Aux[0] = mustRLP(w.blocks[78].Header())
					}
					return reply
				})
			}
			w.startOld(t)
			if _, err := w.client.HeaderByNumber(t.Context(), 77); !errors.Is(err, client.ErrUnproven) {
				t.Errorf("block 77: %v", err)
			}
			for _, s := range w.client.Status().Servers {
				if s.Lies+s.Failures != 0 {
					t.Errorf("a server is blamed: %+v", s)
				}
			}
			if _, err := w.client.HeaderByNumber(t.Context(), 77); !errors.Is(err, client.ErrOutOfReach) {
				t.Errorf("block 77 by tries that are put aside: %v", err)
			}
		})
	}
}

func mustRLP(v any) []byte {
	enc, err := rlp.EncodeToBytes(v)
	if err != nil {
		panic(err)
	}
	return enc
}
