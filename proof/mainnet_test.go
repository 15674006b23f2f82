package proof_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/proof/prooftest"
)

// mainnetBlocks reads every block of the mainnet data.
func mainnetBlocks(t *testing.T) []*prooftest.Block {
	var blocks []*prooftest.Block
	files := prooftest.Glob(t, "mainnet", "blocks", "*.json")
	files = append(files, prooftest.Glob(t, "mainnet", "fork-blocks", "*.json")...)
	files = append(files, prooftest.Path(t, "mainnet", "rpc", "block.json"),
		prooftest.Path(t, "mainnet", "state", "proof_block.json"))
	for _, file := range files {
		blocks = append(blocks, prooftest.ReadBlock(t, file))
	}
	if len(blocks) != 15 {
		t.Fatalf("found %d blocks, want 15", len(blocks))
	}
	return blocks
}

// typed reports whether err is one of the package's failures, and so names what
// failed.
func typed(err error) bool {
	return errors.Is(err, proof.ErrMissingNode) || errors.Is(err, proof.ErrMismatch) || errors.Is(err, proof.ErrMalformed)
}

// flip returns a copy of data with one bit changed.
func flip(data []byte, bit int) []byte {
	out := append([]byte(nil), data...)
	out[bit/8] ^= 1 << (bit % 8)
	return out
}

func TestMainnetHeaders(t *testing.T) {
	for _, b := range mainnetBlocks(t) {
		t.Run(b.Name, func(t *testing.T) {
			header, err := proof.VerifyHeader(b.Header, b.Hash)
			if err != nil {
				t.Fatal(err)
			}
			if header.Number.Cmp(b.Fields.Number) != 0 || header.Root != b.Fields.Root {
				t.Fatalf("verified header differs from the block's fields")
			}
			for bit := range 8 * len(b.Header) {
				if _, err := proof.VerifyHeader(flip(b.Header, bit), b.Hash); !errors.Is(err, proof.ErrMismatch) {
					t.Fatalf("bit %d flipped: %v", bit, err)
				}
			}
			for cut := range len(b.Header) {
				if _, err := proof.VerifyHeader(b.Header[:cut], b.Hash); !errors.Is(err, proof.ErrMismatch) {
					t.Fatalf("cut to %d bytes: %v", cut, err)
				}
			}
		})
	}
}

func TestMainnetHeaderChain(t *testing.T) {
	var ascending [][]byte
	var last *prooftest.Block
	for _, file := range prooftest.Glob(t, "mainnet", "blocks", "*.json") {
		last = prooftest.ReadBlock(t, file)
		ascending = append(ascending, last.Header)
	}
	descending := slices.Clone(ascending)
	slices.Reverse(descending)
	if got, err := proof.VerifyHeaders(last.Hash, descending); err != nil || len(got) != len(descending) {
		t.Fatalf("%d headers, %v", len(got), err)
	}
	// Any two headers exchanged, or one left out, break the chain.
	for i := range descending {
		for j := range i {
			swapped := append([][]byte(nil), descending...)
			swapped[i], swapped[j] = swapped[j], swapped[i]
			if _, err := proof.VerifyHeaders(last.Hash, swapped); !errors.Is(err, proof.ErrMismatch) {
				t.Errorf("headers %d and %d exchanged: %v", i, j, err)
			}
		}
		if i == len(descending)-1 {
			continue // a shorter run is still a run
		}
		short := append(append([][]byte(nil), descending[:i]...), descending[i+1:]...)
		if _, err := proof.VerifyHeaders(last.Hash, short); !errors.Is(err, proof.ErrMismatch) {
			t.Errorf("header %d left out: %v", i, err)
		}
	}
}

func TestMainnetBodies(t *testing.T) {
	seen := map[uint8]bool{}
	for _, b := range mainnetBlocks(t) {
		if b.Body == nil {
			continue // rpc/block.json has transaction hashes only
		}
		t.Run(b.Name, func(t *testing.T) {
			header, err := proof.VerifyHeader(b.Header, b.Hash)
			if err != nil {
				t.Fatal(err)
			}
			body, err := proof.VerifyBody(header, b.Body)
			if err != nil {
				t.Fatal(err)
			}
			for _, bit := range bodyBits(t, b.Body, header.Number.Uint64(), body, seen) {
				if _, err := proof.VerifyBody(header, flip(b.Body, bit)); !typed(err) {
					t.Fatalf("bit %d flipped: %v", bit, err)
				}
			}
		})
	}
	for _, kind := range []uint8{types.LegacyTxType, types.AccessListTxType, types.DynamicFeeTxType, types.BlobTxType, types.SetCodeTxType} {
		if !seen[kind] {
			t.Errorf("no transaction of type %d was seen", kind)
		}
	}
}

// bodyBits chooses the bits to flip: a seeded sample, the structure around the
// lists, and one bit of every byte of the smallest transaction of each type not
// seen yet, which covers each of its fields.
func bodyBits(t *testing.T, enc []byte, number uint64, body *types.Body, seen map[uint8]bool) []int {
	rng := rand.New(rand.NewPCG(number, 1))
	var bits []int
	for range 60 {
		bits = append(bits, rng.IntN(8*len(enc)))
	}
	every := func(part []byte) {
		at := indexOf(t, enc, part)
		for i := range part {
			bits = append(bits, 8*(at+i)+rng.IntN(8))
		}
	}
	smallest := map[uint8][]byte{}
	for _, tx := range body.Transactions {
		part, err := rlp.EncodeToBytes(tx)
		if err != nil {
			t.Fatal(err)
		}
		if old := smallest[tx.Type()]; old == nil || len(part) < len(old) {
			smallest[tx.Type()] = part
		}
	}
	for kind, part := range smallest {
		if !seen[kind] {
			seen[kind] = true
			every(part)
		}
	}
	if ws := body.Withdrawals; len(ws) > 0 {
		every(prooftest.Encode(t, ws[len(ws)-1]))
	}
	return bits
}

func indexOf(t *testing.T, data, part []byte) int {
	for i := 0; i+len(part) <= len(data); i++ {
		if string(data[i:i+len(part)]) == string(part) {
			return i
		}
	}
	t.Fatal("part not found")
	return 0
}

// jsonProof is what eth_getProof returns.
type jsonProof struct {
	Address      common.Address
	AccountProof []hexutil.Bytes
	Balance      *hexutil.Big
	CodeHash     common.Hash
	Nonce        hexutil.Uint64
	StorageHash  common.Hash
	StorageProof []struct {
		Key   common.Hash
		Value *hexutil.Big
		Proof []hexutil.Bytes
	}
}

func TestMainnetProofs(t *testing.T) {
	for _, item := range []struct{ block, proof, code, codeField string }{
		{"rpc/block.json", "rpc/proof.json", "rpc/account.json", "code"},
		{"state/proof_block.json", "state/storage_proof.json", "state/code.json", ""},
	} {
		t.Run(item.proof, func(t *testing.T) {
			b := prooftest.ReadBlock(t, prooftest.Path(t, "mainnet", filepath.FromSlash(item.block)))
			header, err := proof.VerifyHeader(b.Header, b.Hash)
			if err != nil {
				t.Fatal(err)
			}
			var p jsonProof
			prooftest.JSON(t, &p, "mainnet", filepath.FromSlash(item.proof))
			account := checkAccount(t, header, &p)
			for i := range p.StorageProof {
				checkSlot(t, account, &p, i)
			}
			checkCode(t, account, mainnetCode(t, item.code, item.codeField))
		})
	}
}

func checkAccount(t *testing.T, header *types.Header, p *jsonProof) *types.StateAccount {
	nodes := blobs(p.AccountProof)
	account, path, err := proof.AccountPath(header.Root, p.Address, proof.NewNodeSet(nodes...))
	if err != nil {
		t.Fatal(err)
	}
	if account.Balance.ToBig().Cmp(p.Balance.ToInt()) != 0 || account.Nonce != uint64(p.Nonce) ||
		account.Root != p.StorageHash || common.Hash(account.CodeHash) != p.CodeHash {
		t.Fatalf("proven account %+v differs from %+v", account, p)
	}
	if len(path) != len(nodes) {
		t.Fatalf("path of %d nodes, the proof has %d", len(path), len(nodes))
	}
	for i := range path {
		if string(path[i]) != string(nodes[i]) {
			t.Fatalf("node %d of the path differs from the proof", i)
		}
	}
	everyFlip(t, nodes, func(set *proof.NodeSet) error {
		_, err := proof.Account(header.Root, p.Address, set)
		return err
	})
	if _, err := proof.Account(flipHash(header.Root), p.Address, proof.NewNodeSet(nodes...)); !errors.Is(err, proof.ErrMissingNode) {
		t.Errorf("another root: %v", err)
	}
	return account
}

func checkSlot(t *testing.T, account *types.StateAccount, p *jsonProof, i int) {
	slot := p.StorageProof[i]
	nodes := blobs(slot.Proof)
	value, path, err := proof.StoragePath(account.Root, slot.Key, proof.NewNodeSet(nodes...))
	if err != nil {
		t.Fatal(err)
	}
	if value.Big().Cmp(slot.Value.ToInt()) != 0 || len(path) != len(nodes) {
		t.Fatalf("slot %s is %s with %d nodes, want %s with %d", slot.Key, value, len(path), slot.Value, len(nodes))
	}
	everyFlip(t, nodes, func(set *proof.NodeSet) error {
		_, err := proof.Storage(account.Root, slot.Key, set)
		return err
	})
}

// everyFlip flips each bit of each node, leaves each node out, and wants the
// verification to say that a node is missing: never a value, never absence.
func everyFlip(t *testing.T, nodes [][]byte, verify func(*proof.NodeSet) error) {
	t.Helper()
	for i, node := range nodes {
		others := append(append([][]byte(nil), nodes[:i]...), nodes[i+1:]...)
		if err := verify(proof.NewNodeSet(others...)); !errors.Is(err, proof.ErrMissingNode) {
			t.Fatalf("node %d left out: %v", i, err)
		}
		// What is below the flipped node cannot be reached, and flipped nodes of
		// earlier rounds are as good as none, so they may all stay.
		set := proof.NewNodeSet(others[:i]...)
		for bit := range 8 * len(node) {
			set.Add(flip(node, bit))
			if err := verify(set); !errors.Is(err, proof.ErrMissingNode) {
				t.Fatalf("node %d, bit %d flipped: %v", i, bit, err)
			}
		}
	}
}

func checkCode(t *testing.T, account *types.StateAccount, code []byte) {
	t.Helper()
	hash := common.Hash(account.CodeHash)
	if err := proof.VerifyCode(hash, code); err != nil {
		t.Fatal(err)
	}
	for i := range code {
		if err := proof.VerifyCode(hash, flip(code, 8*i+i%8)); !errors.Is(err, proof.ErrMismatch) {
			t.Fatalf("byte %d flipped: %v", i, err)
		}
	}
}

func mainnetCode(t *testing.T, file, field string) []byte {
	if field == "" {
		var code hexutil.Bytes
		prooftest.JSON(t, &code, "mainnet", filepath.FromSlash(file))
		return code
	}
	var fields struct{ Code hexutil.Bytes }
	prooftest.JSON(t, &fields, "mainnet", filepath.FromSlash(file))
	return fields.Code
}

// TestMainnetReceipts verifies a block's 202 receipts, finds the one log in them,
// and the single receipt that is there beside it.
func TestMainnetReceipts(t *testing.T) {
	b := prooftest.ReadBlock(t, prooftest.Path(t, "mainnet", "rpc", "block.json"))
	header, err := proof.VerifyHeader(b.Header, b.Hash)
	if err != nil {
		t.Fatal(err)
	}
	enc := mainnetReceipts(t)
	receipts, err := proof.VerifyReceiptRoot(header, enc)
	if err != nil || len(receipts) != 202 {
		t.Fatalf("%d receipts, %v", len(receipts), err)
	}
	var logs []*types.Log
	prooftest.JSON(t, &logs, "mainnet", "rpc", "logs.json")
	want := logs[0]
	filter := &proof.LogFilter{Addresses: []common.Address{want.Address}, Topics: [][]common.Hash{{want.Topics[0]}}}
	if !proof.NewBloomMatcher(filter).MayMatch(&header.Bloom) {
		t.Error("the header's bloom denies a log that is in the block")
	}
	found := filter.Select(receipts)
	if len(found) != 1 || string(found[0].Data) != string(want.Data) || found[0] != receipts[want.TxIndex].Logs[0] {
		t.Errorf("found %d logs, want the one of transaction %d", len(found), want.TxIndex)
	}
	var single types.Receipt
	prooftest.JSON(t, &single, "mainnet", "rpc", "receipt.json")
	in := receipts[single.TransactionIndex]
	if in.Status != single.Status || in.CumulativeGasUsed != single.CumulativeGasUsed || in.Bloom != single.Bloom {
		t.Error("the single receipt is not that of the block")
	}

	rng := rand.New(rand.NewPCG(202, 1))
	var bits []int
	for range 400 {
		bits = append(bits, rng.IntN(8*len(enc)))
	}
	// One bit of every byte of the smallest receipt with a log, of either type.
	for _, kind := range []uint8{types.LegacyTxType, types.DynamicFeeTxType} {
		part := smallestReceipt(t, receipts, kind)
		at := indexOf(t, enc, part)
		for i := range part {
			bits = append(bits, 8*(at+i)+rng.IntN(8))
		}
	}
	for _, bit := range bits {
		if _, err := proof.VerifyReceiptRoot(header, flip(enc, bit)); !typed(err) {
			t.Fatalf("bit %d flipped: %v", bit, err)
		}
	}
	for i := range receipts {
		short := append(append(types.Receipts(nil), receipts[:i]...), receipts[i+1:]...)
		if i%20 == 0 {
			if _, err := proof.VerifyReceiptRoot(header, prooftest.Encode(t, short)); !errors.Is(err, proof.ErrMismatch) {
				t.Fatalf("receipt %d left out: %v", i, err)
			}
		}
	}
}

func mainnetReceipts(tb testing.TB) []byte {
	var receipts types.Receipts
	prooftest.JSON(tb, &receipts, "mainnet", "rpc", "receipts.json")
	return prooftest.Encode(tb, receipts)
}

func smallestReceipt(t *testing.T, receipts types.Receipts, kind uint8) []byte {
	var smallest []byte
	for _, r := range receipts {
		if r.Type != kind || len(r.Logs) == 0 {
			continue
		}
		if enc := prooftest.Encode(t, r); smallest == nil || len(enc) < len(smallest) {
			smallest = enc
		}
	}
	return smallest
}

// TestMainnetTransaction is about the one transaction without its block.
func TestMainnetTransaction(t *testing.T) {
	data, err := os.ReadFile(prooftest.Path(t, "mainnet", "rpc", "transaction.json"))
	if err != nil {
		t.Fatal(err)
	}
	tx := new(types.Transaction)
	if err := tx.UnmarshalJSON(data); err != nil {
		t.Fatal(err)
	}
	var fields struct {
		Hash common.Hash
		From common.Address
	}
	prooftest.JSON(t, &fields, "mainnet", "rpc", "transaction.json")
	enc, err := tx.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	got, err := proof.VerifyTransaction(fields.Hash, enc)
	if err != nil {
		t.Fatal(err)
	}
	if from, err := types.Sender(types.LatestSignerForChainID(got.ChainId()), got); err != nil || from != fields.From {
		t.Errorf("sender %s, %v; want %s", from, err, fields.From)
	}
	for bit := range 8 * len(enc) {
		if _, err := proof.VerifyTransaction(fields.Hash, flip(enc, bit)); !typed(err) {
			t.Fatalf("bit %d flipped: %v", bit, err)
		}
	}
}

// TestMainnetBlobFee checks the derivation that needs the configuration.
func TestMainnetBlobFee(t *testing.T) {
	for _, b := range mainnetBlocks(t) {
		fee, err := proof.BlobBaseFee(params.MainnetChainConfig, b.Fields)
		if err != nil || (fee == nil) != (b.Fields.ExcessBlobGas == nil) {
			t.Errorf("%s: blob base fee %v, %v", b.Name, fee, err)
		}
		if _, err := proof.BlobBaseFee(params.AllEthashProtocolChanges, b.Fields); fee != nil && !errors.Is(err, proof.ErrConfig) {
			t.Errorf("%s: a configuration without blobs: %v", b.Name, err)
		}
	}
}

func blobs(list []hexutil.Bytes) [][]byte {
	out := make([][]byte, len(list))
	for i, b := range list {
		out[i] = b
	}
	return out
}

func flipHash(h common.Hash) common.Hash {
	h[7] ^= 1
	return h
}
