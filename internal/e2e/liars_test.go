package e2e

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/node"
)

// liar is a source whose data is wrong in ever other ways. Its heads are right:
// what it signs is true, what it serves is not.
type liar struct {
	chain.Source
	mu   sync.Mutex
	rand *rand.Rand
}

func newLiar(s chain.Source, seed uint64) *liar {
	return &liar{Source: s, rand: rand.New(rand.NewPCG(seed, 0))}
}

func (l *liar) n(bound int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rand.IntN(bound)
}

// bend returns the blob with a bit flipped, its end cut off, something added to
// it, or nothing left of it.
func (l *liar) bend(blob []byte) []byte {
	out := bytes.Clone(blob)
	switch l.n(8) {
	case 0:
		return out[:len(out)/2]
	case 1:
		return append(out, 0)
	case 2:
		return []byte{0xc0}
	default:
		if len(out) > 0 {
			out[l.n(len(out))] ^= 1 << l.n(8)
		}
		return out
	}
}

// bendOne bends one blob of a list, leaves it out, or doubles it.
func (l *liar) bendOne(blobs [][]byte) [][]byte {
	if len(blobs) == 0 {
		return [][]byte{{0xc1, 0x80}}
	}
	out := append([][]byte(nil), blobs...)
	i := l.n(len(out))
	switch l.n(4) {
	case 0:
		return append(out[:i], out[i+1:]...)
	case 1:
		return nil
	default:
		out[i] = l.bend(out[i])
		return out
	}
}

func (l *liar) Header(ctx context.Context, hash chain.Hash) ([]byte, error) {
	blob, err := l.Source.Header(ctx, hash)
	// The head's own header is in what the server signs, and left alone; without the
	// genesis block's a server does not start.
	if err != nil || hash == l.Source.Head().Hash || hash == l.Source.Info().Genesis {
		return blob, err
	}
	return l.bend(blob), nil
}

func (l *liar) Body(ctx context.Context, hash chain.Hash) ([]byte, error) {
	blob, err := l.Source.Body(ctx, hash)
	return l.bend(blob), err
}

func (l *liar) Receipts(ctx context.Context, hash chain.Hash) ([]byte, error) {
	blob, err := l.Source.Receipts(ctx, hash)
	return l.bend(blob), err
}

func (l *liar) Prove(ctx context.Context, queries []chain.StateQuery) (chain.Witness, error) {
	w, err := l.Source.Prove(ctx, queries)
	return chain.Witness{Nodes: l.bendOne(w.Nodes), Codes: l.bendOne(w.Codes)}, err
}

func (l *liar) ProveHashed(ctx context.Context, q chain.HashedQuery, add func([]byte)) error {
	return l.Source.ProveHashed(ctx, q, func(node []byte) { add(l.bend(node)) })
}

func (l *liar) CodeHashed(ctx context.Context, block chain.Hash, account []byte) ([]byte, error) {
	code, err := l.Source.CodeHashed(ctx, block, account)
	return l.bend(code), err
}

func (l *liar) Witness(ctx context.Context, block chain.Hash, call chain.Call) (chain.Witness, error) {
	w, err := l.Source.Witness(ctx, block, call)
	return chain.Witness{Nodes: l.bendOne(w.Nodes), Codes: l.bendOne(w.Codes), Headers: l.bendOne(w.Headers)}, err
}

// LogCandidates leaves out a block, or all of them.
func (l *liar) LogCandidates(ctx context.Context, q chain.LogQuery) ([]chain.Block, error) {
	blocks, err := l.Source.LogCandidates(ctx, q)
	if err != nil || len(blocks) == 0 || l.n(2) == 0 {
		return nil, err
	}
	i := l.n(len(blocks))
	return append(append([]chain.Block(nil), blocks[:i]...), blocks[i+1:]...), nil
}

// TxStatus knows of no transaction, or moves it to the genesis block.
func (l *liar) TxStatus(ctx context.Context, hashes []chain.Hash) ([]chain.TxStatus, error) {
	out := make([]chain.TxStatus, len(hashes))
	if l.n(2) == 0 {
		for i := range out {
			out[i] = chain.TxStatus{State: chain.TxIncluded, Block: chain.Block{Hash: l.Source.Info().Genesis}}
		}
	}
	return out, nil
}

// conformanceChain opens the chain of the recordings in this process.
func conformanceChain(t *testing.T) *embedded.Node {
	t.Helper()
	data := filepath.Join(testdata(t), "execution-apis")
	genesis, err := embedded.ReadGenesis(filepath.Join(data, "genesis.json"))
	if err != nil {
		t.Fatal(err)
	}
	source, err := embedded.OpenGenesis(t.Context(), embedded.GenesisConfig{Genesis: genesis, Import: filepath.Join(data, "chain.rlp")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	})
	return source
}

func quietEnv() node.Env {
	return node.Env{Logger: slog.New(slog.DiscardHandler), Now: time.Now}
}

// lightOn starts servers on the sources and a light client that trusts them all,
// and returns the client.
func lightOn(t *testing.T, fraction int, sources ...chain.Source) *node.Light {
	t.Helper()
	var trusted []string
	for _, source := range sources {
		key, err := crypto.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		s, err := node.StartServer(t.Context(), quietEnv(), node.ServerConfig{Source: source, Key: key, ListenAddr: "127.0.0.1:0"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeAll(t, s.Close) })
		trusted = append(trusted, s.Enode())
	}
	light, err := node.StartLight(t.Context(), quietEnv(), node.LightConfig{
		Trusted: trusted, Fraction: fraction, HTTPAddr: "127.0.0.1:0",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeAll(t, light.Close) })
	return light
}

func closeAll(t *testing.T, closers ...func() error) {
	for _, c := range closers {
		if err := c(); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	}
}

// Two of three servers lie in all data they serve. What they sign is true, and
// every answer is right: it comes from the third, or fails to be proven.
func TestTwoLiars(t *testing.T) {
	source := conformanceChain(t)
	for seed := range uint64(3) {
		light := lightOn(t, 60, newLiar(source, 2*seed), source, newLiar(source, 2*seed+1))
		if err := light.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
		score, output, ok := compat(t, light.URL())
		t.Logf("seed %d: %s, with two liars", seed, score)
		if !ok {
			t.Errorf("lies get through:\n%s", output)
		}
		var lies uint64
		for _, s := range light.Client().Status().Servers {
			lies += s.Lies
		}
		if lies == 0 {
			t.Error("no lie was noticed: were there any?")
		}
	}
}

// forger signs a head of its own making.
type forger struct {
	chain.Source
	head chain.Head
}

// newForger forges the head's state root and, for a chain with no common past, its
// parent too.
func newForger(t *testing.T, s chain.Source, parent bool) *forger {
	t.Helper()
	f := &forger{Source: s, head: s.Head()}
	header := new(types.Header)
	if err := rlp.DecodeBytes(f.head.Header, header); err != nil {
		t.Fatal(err)
	}
	header.Root[0] ^= 1 // a state in which everything could be otherwise
	if parent {
		header.ParentHash[0] ^= 1
	}
	blob, err := rlp.EncodeToBytes(header)
	if err != nil {
		t.Fatal(err)
	}
	f.head.Header, f.head.Hash = blob, header.Hash()
	f.head.Safe, f.head.Finalized = f.head.Block, f.head.Block
	return f
}

func (f *forger) Head() chain.Head                      { return f.head }
func (f *forger) Heads(chan<- chain.Head) (stop func()) { return func() {} }

func (f *forger) Header(ctx context.Context, hash chain.Hash) ([]byte, error) {
	if hash == f.head.Hash {
		return f.head.Header, nil
	}
	return f.Source.Header(ctx, hash)
}

func (f *forger) CanonicalHash(ctx context.Context, number uint64) (chain.Hash, error) {
	if number == f.head.Number {
		return f.head.Hash, nil
	}
	return f.Source.CanonicalHash(ctx, number)
}

// Two of three trusted servers sign the same false head. With a fraction of 67
// that is not enough for it, and one honest server is not enough for the true
// one: there is no answer, but an error that says so.
func TestTwoForgers(t *testing.T) {
	source := conformanceChain(t)
	light := lightOn(t, 67, newForger(t, source, true), source, newForger(t, source, true))
	eventually(t, func() bool { return len(light.Client().Status().Election.Votes) == 3 }, "not all votes arrive")
	for _, method := range []string{"eth_getBalance", "eth_getTransactionCount", "eth_getCode"} {
		for _, block := range []string{"latest", "safe", "finalized", "0x1"} {
			result, err := call(light.URL(), method, "0x0000000000000000000000000000000000000000", block)
			var failure *rpcError
			if !errors.As(err, &failure) || failure.Code != -32010 {
				t.Errorf("%s at %s: %s, %v", method, block, result, err)
			}
		}
	}
}

// Forged heads on the true chain's last block but one are also signatures for that
// block, and all three servers signed it: the answers come from there, and are true.
func TestTwoForgersOfOneBlock(t *testing.T) {
	source := conformanceChain(t)
	light := lightOn(t, 67, newForger(t, source, false), source, newForger(t, source, false))
	if err := light.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { return len(light.Client().Status().Election.Votes) == 3 }, "not all votes arrive")
	heads, err := light.Client().Heads()
	if err != nil {
		t.Fatal(err)
	}
	last := source.Head().Number - 1
	if want, err := source.CanonicalHash(t.Context(), last); err != nil || heads.Latest.Hash() != want {
		t.Errorf("head %d %x, want block %d %x (%v)", heads.Latest.Number, heads.Latest.Hash(), last, want, err)
	}
}
