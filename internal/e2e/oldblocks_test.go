package e2e

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain/embedded/embeddedtest"
)

// longFiles writes a long chain and its genesis, and returns the hashes of its blocks
// by number.
func longFiles(t *testing.T) (genesis, blocks string, hashes []common.Hash) {
	t.Helper()
	dir := t.TempDir()
	genesis, blocks = filepath.Join(dir, "genesis.json"), filepath.Join(dir, "chain.rlp")
	spec := embeddedtest.LongGenesis(true)
	text, err := json.Marshal(spec)
	if err == nil {
		err = os.WriteFile(genesis, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(blocks)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	if err := errors.Join(embeddedtest.WriteLong(w, spec), w.Flush()); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	hashes = []common.Hash{spec.ToBlock().Hash()}
	for stream := rlp.NewStream(bufio.NewReader(file), 0); ; {
		block := new(types.Block)
		err := stream.Decode(block)
		if errors.Is(err, io.EOF) {
			return genesis, blocks, hashes
		}
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, block.Hash())
	}
}

// TestOldBlocks asks a light client about blocks that only helper tries reach. The
// server was killed while it made them.
func TestOldBlocks(t *testing.T) {
	genesis, blocks, hashes := longFiles(t)
	dir := t.TempDir()
	first := start(t, "serve", "--datadir", dir, "--addr", "127.0.0.1", "--port", "0", "--genesis", genesis, "--import", blocks)
	first.Await("serving ")
	first.Kill()
	enode := start(t, "serve", "--datadir", dir, "--addr", "127.0.0.1", "--port", "0").Await("serving ")
	url := start(t, "light", "--trusted", enode, "--http.port", "0").Await("rpc ")

	var block struct {
		Hash, ParentHash common.Hash
		Number           string
	}
	eventually(t, func() bool {
		reply, err := call(url, "eth_getBlockByNumber", "0x3", false)
		return err == nil && json.Unmarshal(reply, &block) == nil && block.Hash == hashes[3]
	}, "block 3 is not to be had")
	for _, number := range []uint64{1, 4095, 20_000, 32_767, 32_768, 33_000} {
		reply := mustCall(t, url, "eth_getBlockByNumber", fmt.Sprintf("%#x", number), true)
		if err := json.Unmarshal(reply, &block); err != nil || block.Hash != hashes[number] || block.ParentHash != hashes[number-1] {
			t.Errorf("block %d: %s (%v)", number, reply, err)
		}
	}
	for _, number := range embeddedtest.Busy() {
		hash := embeddedtest.BusyTx(embeddedtest.LongGenesis(true), number)
		var receipt types.Receipt
		reply := mustCall(t, url, "eth_getTransactionReceipt", hash)
		if err := json.Unmarshal(reply, &receipt); err != nil || receipt.BlockHash != hashes[number] || len(receipt.Logs) != 1 {
			t.Errorf("receipt of block %d: %s (%v)", number, reply, err)
		}
	}
	var logs []types.Log
	reply := mustCall(t, url, "eth_getLogs", map[string]any{
		"fromBlock": "earliest", "toBlock": "latest", "address": embeddedtest.Logger,
	})
	if err := json.Unmarshal(reply, &logs); err != nil {
		t.Fatal(err)
	}
	var numbers []uint64
	for _, l := range logs {
		if numbers = append(numbers, l.BlockNumber); l.BlockHash != hashes[l.BlockNumber] {
			t.Errorf("log of block %d is of %x", l.BlockNumber, l.BlockHash)
		}
	}
	if !slices.Equal(numbers, embeddedtest.Busy()) {
		t.Errorf("logs of blocks %v, want %v", numbers, embeddedtest.Busy())
	}
}
