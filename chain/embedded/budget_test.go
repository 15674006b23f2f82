package embedded_test

import (
	"encoding/binary"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/crypto/kzg4844"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/devtest"
)

// blobTx makes a transaction with so many blobs, whose proofs are right or not.
func blobTx(t *testing.T, dev *embedded.Dev, edit func(*types.BlobTx), blobs int, proven bool) *types.BlobTx {
	t.Helper()
	var blob kzg4844.Blob
	for i := 0; i < len(blob); i += 32 {
		blob[i+1], blob[i+9] = byte(i>>5), 7
	}
	commitment, err := kzg4844.BlobToCommitment(&blob)
	if err != nil {
		t.Fatal(err)
	}
	proofs := make([]kzg4844.Proof, kzg4844.CellProofsPerBlob)
	if proven {
		if proofs, err = kzg4844.ComputeCellProofs(&blob); err != nil {
			t.Fatal(err)
		}
	}
	var all kzgParts
	for range blobs {
		all.blobs = append(all.blobs, blob)
		all.commitments = append(all.commitments, commitment)
		all.proofs = append(all.proofs, proofs...)
	}
	sidecar := types.NewBlobTxSidecar(types.BlobSidecarVersion1, all.blobs, all.commitments, all.proofs)
	tx := &types.BlobTx{
		ChainID: uint256.MustFromBig(dev.Chain().Config().ChainID), Gas: 21000,
		GasFeeCap: uint256.NewInt(100 * params.GWei), GasTipCap: uint256.NewInt(params.GWei),
		BlobFeeCap: uint256.NewInt(params.GWei), BlobHashes: sidecar.BlobHashes(), Sidecar: sidecar,
	}
	if edit != nil {
		edit(tx)
	}
	return tx
}

type kzgParts struct {
	blobs       []kzg4844.Blob
	commitments []kzg4844.Commitment
	proofs      []kzg4844.Proof
}

// What a blob transaction fails by without its blobs is found out without them. The
// proofs are wrong in all cases, so an error about anything else shows that nobody
// looked at them.
func TestBlobsAreLookedAtLast(t *testing.T) {
	dev := devtest.Open(t, "")
	devtest.Commit(t, dev)
	rich := embedded.DevAccounts()[0].Key
	poor, err := crypto.GenerateKey() // owns nothing
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		edit func(*types.BlobTx)
		poor bool
		want string
	}{
		"no funds":      {poor: true, want: "insufficient funds"},
		"no gas":        {edit: func(tx *types.BlobTx) { tx.Gas = 1 }, want: "intrinsic gas too low"},
		"another chain": {edit: func(tx *types.BlobTx) { tx.ChainID = uint256.NewInt(4) }, want: "invalid sender"},
		"other blobs":   {edit: func(tx *types.BlobTx) { tx.BlobHashes[0][1]++ }, want: "hash"},
		"no blob fee":   {edit: func(tx *types.BlobTx) { tx.BlobFeeCap = new(uint256.Int) }, want: "blob fee cap"},
		"proofs":        {want: "KZG verification error"},
		"no such funds": {edit: func(tx *types.BlobTx) { tx.Value = uint256.MustFromDecimal("1" + strings.Repeat("0", 60)) }, want: "insufficient funds"},
	} {
		t.Run(name, func(t *testing.T) {
			key, chainID := rich, dev.Chain().Config().ChainID
			if test.poor {
				key = poor
			}
			inner := blobTx(t, dev, test.edit, 1, false)
			if inner.ChainID.ToBig().Cmp(chainID) != 0 {
				chainID = inner.ChainID.ToBig()
			}
			tx, err := types.SignNewTx(key, types.LatestSignerForChainID(chainID), inner)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := tx.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			status, err := dev.SubmitTx(t.Context(), raw)
			if err != nil || !strings.Contains(status.Err, test.want) {
				t.Errorf("%+v (%v), want %q", status, err, test.want)
			}
		})
	}
}

// A blob transaction that is right is taken.
func TestBlobsAreRelayed(t *testing.T) {
	dev := devtest.Open(t, "")
	devtest.Commit(t, dev)
	inner := blobTx(t, dev, nil, 2, true)
	tx, err := types.SignNewTx(embedded.DevAccounts()[0].Key, types.LatestSigner(dev.Chain().Config()), inner)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := tx.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	status, err := dev.SubmitTx(t.Context(), raw)
	t.Logf("2 blobs, %d bytes: %v", len(raw), time.Since(began))
	if err != nil || status.Err != "" || status.State == chain.TxUnknown {
		t.Errorf("%+v (%v)", status, err)
	}
}

// A call that looks at more code than a witness may hold is stopped on the way, and
// so is a request for that much: neither is gathered first and refused then.
func TestWitnessIsBounded(t *testing.T) {
	const n, size = 2000, 24576
	alloc := devtest.Alloc()
	base := common.HexToAddress("0xdddd000000000000000000000000000000000000")
	at := func(i int) common.Address {
		a := base
		binary.BigEndian.PutUint32(a[16:], uint32(i))
		return a
	}
	for i := range n {
		code := make([]byte, size)
		binary.BigEndian.PutUint32(code, uint32(i))
		alloc[at(i)] = types.Account{Balance: big.NewInt(1), Code: code}
	}
	dev, err := embedded.OpenDev(embedded.DevConfig{Config: embedded.Config{CacheMB: 32}, Alloc: alloc})
	if err != nil {
		t.Fatal(err)
	}
	defer dev.Close()
	head := devtest.Commit(t, dev)
	// PUSH20 base; loop: DUP1 EXTCODESIZE POP PUSH1 1 ADD PUSH1 loop JUMP
	loop := append([]byte{0x73}, base[:]...)
	loop = append(loop, 0x5b, 0x80, 0x3b, 0x50, 0x60, 1, 0x01, 0x60, 21, 0x56)
	witness := func(gas uint64) (chain.Witness, error) {
		return dev.Witness(t.Context(), head.Hash, chain.Call{Gas: gas, Data: loop})
	}
	if _, err := witness(5_500_000); !errors.Is(err, chain.ErrTooMuch) {
		t.Errorf("witness with %d codes: %v", n, err)
	}
	w, err := witness(500_000)
	if err != nil || bytesOf(w) > chain.MaxWitness || len(w.Codes) < 100 {
		t.Errorf("witness with %d codes, %d bytes: %v", len(w.Codes), bytesOf(w), err)
	}
	prove := func(n int) (chain.Witness, error) {
		var queries []chain.StateQuery
		for i := range n {
			queries = append(queries, chain.StateQuery{Block: head.Hash, Address: at(i), Code: true})
		}
		return dev.Prove(t.Context(), queries)
	}
	if _, err := prove(n); !errors.Is(err, chain.ErrTooMuch) {
		t.Errorf("proof of %d codes: %v", n, err)
	}
	if w, err := prove(128); err != nil || len(w.Codes) != 128 {
		t.Errorf("proof of 128 codes: %d, %v", len(w.Codes), err)
	}
}

func bytesOf(w chain.Witness) int {
	size := 0
	for _, list := range [][][]byte{w.Nodes, w.Codes, w.Headers} {
		for _, item := range list {
			size += len(item)
		}
	}
	return size
}
