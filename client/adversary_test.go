package client_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/client/clienttest"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// The adversarial suite: a server that lies in one field of one reply must never
// change an answer. For every question and every lie, once with only the liar there
// (the answer must be right or a typed error, and then the liar is scored), once
// with an honest server behind it (the answer must be right).

// sharedChain is the chain of all adversarial tests: making it takes longest.
var sharedChain = sync.OnceValue(func() *world { return build(24, 0) })

// stage makes a world on the shared chain: one trusted server that only announces,
// and untrusted data servers.
func stage(t *testing.T, version uint, learn bool, data ...*clienttest.Server) *world {
	t.Helper()
	return stageWith(t, version, learn, 0, data...)
}

// stageWith is stage with the first so many of the data servers trusted.
func stageWith(t *testing.T, version uint, learn bool, voters int, data ...*clienttest.Server) *world {
	t.Helper()
	return stageOn(t, sharedChain(), nil, version, learn, voters, data...)
}

// stageOn is stageWith on another chain. Ready, if not nil, is called before anybody
// connects.
func stageOn(t *testing.T, base *world, ready func(*world), version uint, learn bool, voters int, data ...*clienttest.Server) *world {
	t.Helper()
	w := &world{chain: base.chain, blocks: base.blocks, config: base.config, data: data}
	now := func() uint64 { return uint64(time.Now().Unix()) }
	announcer := clienttest.NewServer(w.chain, 100, w.head())
	announcer.OnlyAnnounce, announcer.Now, w.announcer = true, now, announcer
	w.config.Trusted = append(w.config.Trusted, announcer.Node())
	w.config.FractionPercent = 100
	w.config.Logger = slog.New(slog.DiscardHandler)
	if learn {
		w.config.Chain = nil
	}
	for i, s := range data {
		s.Version, s.Now = version, now
		if i < voters {
			w.config.Trusted = append(w.config.Trusted, s.Node())
		} else {
			w.config.Servers = append(w.config.Servers, s.Node())
		}
	}
	w.open(t)
	if ready != nil {
		ready(w)
	}
	for _, s := range data {
		s.Connect(t, w.client)
	}
	// The liar first: of servers that are alike the earlier one is asked.
	eventually(t, func() bool {
		n := 0
		for _, s := range w.client.Status().Servers {
			if s.Connected {
				n++
			}
		}
		return n == len(data)
	})
	announcer.Connect(t, w.client)
	w.waitHead(t, w.head())
	return w
}

// question is something to ask; its answer as text can be compared.
type question struct {
	name  string
	learn bool // start without a chain configuration
	ask   func(t *testing.T, w *world) (string, error)
}

func questions() []question {
	head := func(w *world) *types.Header { return w.head().Header() }
	text := func(v any, err error) (string, error) { return fmt.Sprintf("%+v", v), err }
	return []question{
		{"account", false, func(t *testing.T, w *world) (string, error) {
			a, err := w.client.Account(t.Context(), head(w), w.chain.Address(0))
			if err != nil {
				return "", err
			}
			return text(a.Balance.String()+fmt.Sprint(a.Nonce), nil)
		}},
		{"absent account", false, func(t *testing.T, w *world) (string, error) {
			a, err := w.client.Account(t.Context(), head(w), clienttest.Nobody)
			if err != nil {
				return "", err
			}
			return text(a.Balance.String(), nil)
		}},
		{"storage", false, func(t *testing.T, w *world) (string, error) {
			return text(w.client.Storage(t.Context(), head(w), clienttest.Store, []common.Hash{word(4), word(77)}))
		}},
		{"code", false, func(t *testing.T, w *world) (string, error) {
			return text(w.client.Code(t.Context(), head(w), clienttest.Chase))
		}},
		{"proof", false, func(t *testing.T, w *world) (string, error) {
			p, err := w.client.Proof(t.Context(), head(w), clienttest.Store, []common.Hash{word(4)})
			if err != nil {
				return "", err
			}
			return text(p.StorageHash, nil)
		}},
		{"call", false, func(t *testing.T, w *world) (string, error) {
			r, err := w.client.Call(t.Context(), w.call(head(w), clienttest.Chase, word(2)))
			if err != nil {
				return "", err
			}
			return text(r.ReturnData, nil)
		}},
		{"call of BLOCKHASH", false, func(t *testing.T, w *world) (string, error) {
			r, err := w.client.Call(t.Context(), w.call(head(w), clienttest.Ancestor, word(20)))
			if err != nil {
				return "", err
			}
			return text(r.ReturnData, nil)
		}},
		{"header by hash", false, func(t *testing.T, w *world) (string, error) {
			h, err := w.client.HeaderByHash(t.Context(), w.blocks[5].Hash())
			if err != nil {
				return "", err
			}
			return text(h.Hash(), nil)
		}},
		{"header by number", false, func(t *testing.T, w *world) (string, error) {
			h, err := w.client.HeaderByNumber(t.Context(), 7)
			if err != nil {
				return "", err
			}
			return text(h.Hash(), nil)
		}},
		{"body", false, func(t *testing.T, w *world) (string, error) {
			b, err := w.client.Block(t.Context(), head(w))
			if err != nil {
				return "", err
			}
			return text(b.Transactions()[0].Hash(), nil)
		}},
		{"receipts", false, func(t *testing.T, w *world) (string, error) {
			rs, err := w.client.Receipts(t.Context(), head(w))
			out := ""
			for _, r := range rs {
				out += fmt.Sprint(r.TxHash, r.GasUsed, len(r.Logs), r.Status)
			}
			return out, err
		}},
		{"logs", false, func(t *testing.T, w *world) (string, error) {
			logs, err := w.client.Logs(t.Context(), client.LogFilter{From: 1, To: 24, Addresses: []common.Address{clienttest.Logger}})
			out := ""
			for _, l := range logs {
				out += fmt.Sprint(l.BlockNumber, l.Topics, " ")
			}
			return out, err
		}},
		{"transaction", false, func(t *testing.T, w *world) (string, error) {
			tx := w.blocks[9].Transactions()[0]
			l, err := w.client.Transaction(t.Context(), tx.Hash())
			if err != nil {
				return "", err
			}
			return text(fmt.Sprint(l.Tx.Hash(), l.Header.Number, l.Index), nil)
		}},
		{"sending a transaction", false, func(t *testing.T, w *world) (string, error) {
			tx := w.chain.Transfer(2, 0, big.NewInt(5))
			if err := w.client.SendTransaction(t.Context(), tx); err != nil {
				return "", err
			}
			// Whoever answered first: the one that is honest has it.
			honest := w.data[len(w.data)-1]
			eventually(t, func() bool { return honest.Pool(tx.Hash()) })
			return "sent", nil
		}},
		{"configuration", true, func(t *testing.T, w *world) (string, error) {
			for range 300 {
				if cfg := w.client.Config(); cfg != nil {
					enc, err := wire.EncodeConfig(cfg)
					return text(enc, err)
				}
				time.Sleep(time.Millisecond)
			}
			return "", client.ErrNoConfig
		}},
	}
}

// lie changes a reply; nil says that it does not apply to this one.
type lie struct {
	name   string
	change func(reply wire.Reply) wire.Reply
}

// pieces returns pointers to the lists of a reply.
func pieces(reply wire.Reply) []*[][]byte {
	switch r := reply.(type) {
	case *wire.Headers:
		return []*[][]byte{&r.Headers}
	case *wire.Bodies:
		return []*[][]byte{&r.Bodies}
	case *wire.Receipts:
		return []*[][]byte{&r.Receipts}
	case *wire.State:
		return []*[][]byte{&r.Nodes, &r.Codes}
	case *wire.Proofs:
		return []*[][]byte{&r.Nodes}
	case *wire.Codes:
		return []*[][]byte{&r.Codes}
	case *wire.HelperProofs:
		return []*[][]byte{&r.Nodes, &r.Aux}
	case *wire.Witness:
		return []*[][]byte{&r.Nodes, &r.Codes, &r.Headers}
	}
	return nil
}

// raw says whether a reply's items are RLP values, which must stay decodable.
func raw(reply wire.Reply, list int) bool {
	switch reply.(type) {
	case *wire.Headers, *wire.Bodies, *wire.Receipts:
		return true
	case *wire.Witness:
		return list == 2
	}
	return false
}

func listLies(list, item int) []lie {
	on := func(name string, change func(l *[][]byte, isRaw bool) bool) lie {
		return lie{fmt.Sprintf("%s item %d of list %d", name, item, list), func(reply wire.Reply) wire.Reply {
			ls := pieces(reply)
			if list >= len(ls) || item >= len(*ls[list]) {
				return nil
			}
			*ls[list] = slices.Clone(*ls[list])
			if !change(ls[list], raw(reply, list)) {
				return nil
			}
			return reply
		}}
	}
	flip := func(at func(n int) int) func(*[][]byte, bool) bool {
		return func(l *[][]byte, isRaw bool) bool {
			b := slices.Clone((*l)[item])
			if len(b) < 40 && isRaw || len(b) == 0 {
				return false
			}
			b[at(len(b))] ^= 1
			(*l)[item] = b
			return true
		}
	}
	return []lie{
		on("flips a late bit of", flip(func(n int) int { return n - 1 })),
		on("flips a middle bit of", flip(func(n int) int { return n / 2 })),
		on("flips an early bit of", flip(func(n int) int { return n / 5 })),
		on("leaves out", func(l *[][]byte, _ bool) bool {
			*l = slices.Delete(*l, item, item+1)
			return true
		}),
		on("repeats", func(l *[][]byte, _ bool) bool {
			*l = append(*l, (*l)[item])
			return true
		}),
		on("cuts", func(l *[][]byte, isRaw bool) bool {
			if isRaw {
				(*l)[item] = []byte{0xc0}
				return true
			}
			(*l)[item] = (*l)[item][:len((*l)[item])/2]
			return true
		}),
		on("empties", func(l *[][]byte, isRaw bool) bool {
			if isRaw {
				return false
			}
			(*l)[item] = nil
			return true
		}),
	}
}

// junkLie is told beside a true answer, which counts, and is scored all the same.
const junkLie = "junk beside a proof"

// otherLies are those that are not about one item of a list.
func otherLies() []lie {
	lies := []lie{
		{"nothing in it", func(reply wire.Reply) wire.Reply {
			for _, l := range pieces(reply) {
				*l = nil
			}
			return reply
		}},
		{"everything reversed", func(reply wire.Reply) wire.Reply {
			for _, l := range pieces(reply) {
				*l = slices.Clone(*l)
				slices.Reverse(*l)
			}
			return reply
		}},
		{"another request's id", func(reply wire.Reply) wire.Reply { return rehead(reply, reply.ID()+1000, 1) }},
		{"an absurd buffer value", func(reply wire.Reply) wire.Reply { return rehead(reply, reply.ID(), ^uint64(0)) }},
		{"an empty buffer", func(reply wire.Reply) wire.Reply { return rehead(reply, reply.ID(), 0) }},
		{"another kind of reply", func(reply wire.Reply) wire.Reply {
			head := wire.ReplyHead{ReqID: reply.ID(), BV: reply.Buffer()}
			if _, ok := reply.(*wire.Bodies); ok {
				return &wire.Receipts{ReplyHead: head}
			}
			return &wire.Bodies{ReplyHead: head}
		}},
		{"a configuration with a flipped bit", func(reply wire.Reply) wire.Reply {
			r, ok := reply.(*wire.Config)
			if !ok {
				return nil
			}
			r.Config = slices.Clone(r.Config)
			r.Config[len(r.Config)/2] ^= 1
			return r
		}},
		{junkLie, func(reply wire.Reply) wire.Reply {
			var lists []*[][]byte
			switch r := reply.(type) {
			case *wire.State, *wire.Proofs, *wire.Witness, *wire.HelperProofs:
				lists = pieces(r)[:1]
			default:
				return nil
			}
			for i := range uint64(300) {
				*lists[0] = append(*lists[0], binary.BigEndian.AppendUint64(make([]byte, 500), i))
			}
			return reply
		}},
		{"candidates left out", func(reply wire.Reply) wire.Reply {
			r, ok := reply.(*wire.LogRange)
			if !ok {
				return nil
			}
			r.Blocks = r.Blocks[1:]
			return r
		}},
		{"candidates out of range", func(reply wire.Reply) wire.Reply {
			r, ok := reply.(*wire.LogRange)
			if !ok {
				return nil
			}
			r.Blocks = append(r.Blocks, wire.BlockID{Number: 1 << 40})
			return r
		}},
	}
	status := func(name string, change func(*wire.TxStatus)) lie {
		return lie{name, func(reply wire.Reply) wire.Reply {
			r, ok := reply.(*wire.TxStatuses)
			if !ok || r.Statuses[0].Lookup == nil && !strings.HasSuffix(name, "transaction") {
				return nil // nothing to lie about
			}
			change(&r.Statuses[0])
			return r
		}}
	}
	lies = append(lies,
		status("unknown transaction", func(s *wire.TxStatus) { *s = wire.TxStatus{} }),
		status("pending transaction", func(s *wire.TxStatus) { *s = wire.TxStatus{State: wire.TxPending} }),
		status("included nowhere", func(s *wire.TxStatus) { s.Lookup = nil }),
		status("wrong index", func(s *wire.TxStatus) { s.Lookup.Index += 5 }),
		status("wrong number", func(s *wire.TxStatus) { s.Lookup.Number++ }),
		status("wrong hash", func(s *wire.TxStatus) { s.Lookup.Block[3] ^= 1 }),
		status("number above the head", func(s *wire.TxStatus) { s.Lookup.Number += 1000 }),
		lie{"two statuses", func(reply wire.Reply) wire.Reply {
			r, ok := reply.(*wire.TxStatuses)
			if !ok {
				return nil
			}
			r.Statuses = append(r.Statuses, r.Statuses[0])
			return r
		}},
	)
	for reason := wire.Unavailable; reason <= wire.Unsupported; reason++ {
		lies = append(lies, lie{"refusal: " + reason.String(), func(reply wire.Reply) wire.Reply {
			return &wire.Refused{ReplyHead: wire.ReplyHead{ReqID: reply.ID(), BV: reply.Buffer()}, Reason: reason, Text: "no"}
		}})
	}
	return lies
}

func rehead(reply wire.Reply, id, bv uint64) wire.Reply {
	head := wire.ReplyHead{ReqID: id, BV: unit.Cost(bv)}
	switch r := reply.(type) {
	case *wire.Headers:
		r.ReplyHead = head
	case *wire.Bodies:
		r.ReplyHead = head
	case *wire.Receipts:
		r.ReplyHead = head
	case *wire.State:
		r.ReplyHead = head
	case *wire.Proofs:
		r.ReplyHead = head
	case *wire.Codes:
		r.ReplyHead = head
	case *wire.HelperProofs:
		r.ReplyHead = head
	case *wire.Witness:
		r.ReplyHead = head
	case *wire.Config:
		r.ReplyHead = head
	case *wire.LogRange:
		r.ReplyHead = head
	case *wire.TxStatuses:
		r.ReplyHead = head
	}
	return reply
}

// typed are the errors that a question may end with.
func typed(err error) bool {
	if _, ok := errors.AsType[*client.RefusedTxError](err); ok {
		return true
	}
	for _, want := range []error{
		client.ErrUnproven, client.ErrNoServers, client.ErrTimeout, client.ErrNotFound, client.ErrOutOfReach,
		client.ErrTxUnknown, client.ErrTxUnindexed, client.ErrUnreachable, client.ErrNoConfig, client.ErrNoHead,
	} {
		if errors.Is(err, want) {
			return true
		}
	}
	return false
}

// judged are questions that a trusted server's word decides: an untrusted one that
// says otherwise is not believed.
func judged(question string) bool { return question == "sending a transaction" }

// quiet lies are refusals and silence: they cost time, not trust, or are told apart
// from an honest answer only by asking others.
func quiet(name string) bool {
	for _, prefix := range []string{
		"refusal", "unknown", "pending", "included nowhere", "wrong number", "wrong hash", "number above",
		"another request's id", "nothing in it", "leaves out",
	} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

func TestLiarsNeverChangeAnAnswer(t *testing.T) {
	lies := otherLies()
	for list := range 3 {
		for _, item := range []int{0, 1, 4} {
			lies = append(lies, listLies(list, item)...)
		}
	}
	for _, version := range []uint{wire.LES5, wire.LES4} {
		for _, q := range questions() {
			if version == wire.LES4 && q.learn {
				continue // les/4 has no configuration to ask for
			}
			t.Run(fmt.Sprintf("les%d/%s", version, q.name), func(t *testing.T) {
				t.Parallel()
				honest := clienttest.NewServer(sharedChain().chain, 1, sharedChain().head())
				want, err := q.ask(t, stage(t, version, q.learn, honest))
				if err != nil {
					t.Fatal(err)
				}
				for _, l := range lies {
					if l.name == "another request's id" {
						continue // silence, which is tested by itself
					}
					tryLie(t, version, q, l, want, 0)
				}
				if q.learn || version == wire.LES4 {
					return // two of two have to sign it; les/4 cannot refuse, only be silent
				}
				for _, l := range otherLies() {
					if l.name != "another request's id" {
						tryLie(t, version, q, l, want, 1)
					}
				}
			})
		}
	}
}

// tryLie asks a question with the liar alone and with an honest server behind it.
// Voters is 1 if the liar is a trusted server: what it signs is true.
func tryLie(t *testing.T, version uint, q question, l lie, want string, voters int) {
	t.Helper()
	on := theatre{
		server: func(number byte) *clienttest.Server {
			return clienttest.NewServer(sharedChain().chain, number, sharedChain().head())
		},
		stage: func(data ...*clienttest.Server) *world { return stageWith(t, version, q.learn, voters, data...) },
	}
	on.tryLie(t, q, l, want, voters)
}

// theatre is where lies are told: how servers are made, and worlds of them.
type theatre struct {
	server func(number byte) *clienttest.Server
	stage  func(data ...*clienttest.Server) *world
}

func (on theatre) tryLie(t *testing.T, q question, l lie, want string, voters int) {
	t.Helper()
	told := false
	var mu sync.Mutex
	newLiar := func() *clienttest.Server {
		s := on.server(0)
		s.Forge(func(_ wire.Request, reply wire.Reply) wire.Reply {
			mu.Lock()
			defer mu.Unlock()
			if forged := l.change(reply); forged != nil {
				told = true
				return forged
			}
			return reply
		})
		return s
	}
	w := on.stage(newLiar())
	got, err := q.ask(t, w)
	mu.Lock()
	heard := told
	mu.Unlock()
	if !heard {
		return // the lie does not apply to any reply of this question
	}
	switch st := w.client.Status().Servers[1]; {
	case err == nil && got != want:
		t.Errorf("%s: wrong answer %.80s, want %.80s", l.name, got, want)
	case err != nil && !typed(err):
		t.Errorf("%s: untyped error %v", l.name, err)
	case (err != nil || l.name == junkLie) && st.Lies+st.Failures == 0 && !quiet(l.name):
		t.Errorf("%s: not scored, %v", l.name, err)
	case voters > 0 && len(w.client.Status().Election.Votes) != 2:
		t.Errorf("%s: the liar has lost its vote", l.name)
	}
	if err := w.client.Close(); err != nil {
		t.Error(err)
	}
	w = on.stage(newLiar(), on.server(1))
	if got, err := q.ask(t, w); (err != nil || got != want) && !(voters > 0 && judged(q.name) && typed(err)) {
		t.Errorf("%s: beside an honest server %.80s, %v; want %.80s", l.name, got, err, want)
	}
	if err := w.client.Close(); err != nil {
		t.Error(err)
	}
}
