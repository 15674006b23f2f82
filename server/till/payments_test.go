//go:build unix

package till_test

import (
	"bytes"
	"crypto/ecdsa"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/ledger/sqlite"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
	"github.com/candela-les/candela/server/till"
)

// BenchmarkPromises measures how many promises a second are accepted, which means signed by their client, covered, and synced to a SQLite
// file, by clients that have so many promises under way each. Beside it, before and after, as many signatures as
// possible are recovered on all processors and nothing else is done: that is 100 %. The share by CPU compares the processor time that
// an accepted promise and a recovery take, and so leaves out that processors wait for the disk, or are taken by others.
func BenchmarkPromises(b *testing.B) {
	for _, clients := range []int{16, 256, 4096} {
		for _, underWay := range []int{1, 4, 16} {
			b.Run(fmt.Sprintf("clients=%d/each=%d", clients, underWay), func(b *testing.B) { acceptPromises(b, clients, underWay) })
		}
	}
}

// payer is a client that has signed its promises beforehand.
type payer struct {
	address pay.Address
	channel pay.Hash
	signed  [][]byte
	next    atomic.Int64
}

func newPayer(b *testing.B, n, promises int) *payer {
	b.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256(fmt.Append(nil, "payer ", n)))
	if err != nil {
		b.Fatal(err)
	}
	p := &payer{address: pay.Address(crypto.PubkeyToAddress(key.PublicKey)), channel: pay.Hash(crypto.Keccak256(fmt.Append(nil, "channel ", n)))}
	for i := range promises {
		p.signed = append(p.signed, signed(b, key, fake.Promise{ID: p.channel, Cumulative: uint64(i+1) * 1000}))
	}
	return p
}

// digest is of the form of EIP-712: a domain, and a struct's hash.
func digest(text []byte) []byte {
	return crypto.Keccak256([]byte{0x19, 0x01}, make([]byte, 32), crypto.Keccak256(text))
}

func signed(b *testing.B, key *ecdsa.PrivateKey, p fake.Promise) []byte {
	signature, err := crypto.Sign(digest(p.Text()), key)
	if err != nil {
		b.Fatal(err)
	}
	return append(p.Text(), signature...)
}

// recovered checks a promise as a method does.
func recovered(client pay.Address, text, signature []byte) bool {
	public, err := crypto.Ecrecover(digest(text), signature)
	return err == nil && bytes.Equal(crypto.Keccak256(public[1:])[12:], client[:])
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// speed is how many of something there were in a second, and in a second of a processor.
type speed struct{ wall, processor float64 }

// bare is how fast signatures are recovered on all processors.
func bare(b *testing.B) speed {
	key, err := crypto.GenerateKey()
	if err != nil {
		b.Fatal(err)
	}
	hash := crypto.Keccak256([]byte("bare"))
	signature, err := crypto.Sign(hash, key)
	if err != nil {
		b.Fatal(err)
	}
	var all sync.WaitGroup
	var count atomic.Int64
	begun, used := time.Now(), processorTime(b)
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for time.Since(begun) < time.Second {
				for range 50 {
					if _, err := crypto.Ecrecover(hash, signature); err != nil {
						b.Error(err)
					}
				}
				count.Add(50)
			}
		})
	}
	all.Wait()
	n := float64(count.Load())
	return speed{n / time.Since(begun).Seconds(), n / (processorTime(b) - used).Seconds()}
}

func acceptPromises(b *testing.B, clients, underWay int) {
	path := filepath.Join(b.TempDir(), "ledger.db")
	journal, err := sqlite.Open(b.Context(), path, ledger.Options{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer journal.Close()
	var verified atomic.Int64
	chain := fake.NewChain()
	method := &fake.Method{Name: "bench", Chain: chain, Signed: recovered, Verified: func([]byte) { verified.Add(1) }}
	cashier := pay.NewCashier(pay.CashierConfig{
		Book: till.Book{Ledger: journal, Token: token()}, Providers: []pay.Provider{method},
	})
	payers := make([]*payer, clients)
	share := (b.N+clients-1)/clients + 1
	for i := range payers {
		payers[i] = newPayer(b, i, share)
		chain.Deposit(payers[i].channel, payers[i].address, 1<<62)
		if _, err := cashier.Establish(b.Context(), payers[i].address, "bench", fake.Opening(payers[i].channel)); err != nil {
			b.Fatal(err)
		}
		if err := payers[i].pay(b, cashier, nil); err != nil { // so that rows are there
			b.Fatal(err)
		}
	}
	before := bare(b)
	verified.Store(0)
	size := fileSize(b, path)
	took := make([][]time.Duration, clients*underWay)
	used := processorTime(b)
	b.ResetTimer()
	var all sync.WaitGroup
	for i := range took {
		all.Go(func() {
			p := payers[i%clients]
			for p.pay(b, cashier, &took[i]) == nil {
			}
		})
	}
	all.Wait()
	b.StopTimer()
	promises := float64((share - 1) * clients)
	accepted := speed{promises / b.Elapsed().Seconds(), promises / (processorTime(b) - used).Seconds()}
	after := bare(b)
	report(b, accepted, speed{(before.wall + after.wall) / 2, (before.processor + after.processor) / 2}, slices.Concat(took...))
	b.ReportMetric(float64(verified.Load())/promises, "verified/promise")
	b.ReportMetric(float64(fileSize(b, path)-size)/promises, "bytes-on-disk/promise")
	audit, err := journal.Audit(b.Context())
	if err != nil || len(audit.Faults) > 0 {
		b.Fatal(audit, err)
	}
}

// pay sends the payer's next promise; os.ErrClosed when there is none.
func (p *payer) pay(b *testing.B, cashier *pay.Cashier, took *[]time.Duration) error {
	n := p.next.Add(1)
	if int(n) > len(p.signed) {
		return os.ErrClosed
	}
	begun := time.Now()
	_, err := cashier.Promise(b.Context(), p.address, p.channel, p.signed[n-1])
	if err != nil {
		b.Error(err)
	}
	if took != nil {
		*took = append(*took, time.Since(begun))
	}
	return err
}

func report(b *testing.B, accepted, recovered speed, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(accepted.wall, "promises/s")
	b.ReportMetric(recovered.wall, "ecrecover/s")
	b.ReportMetric(100*accepted.wall/recovered.wall, "%-of-ecrecover")
	b.ReportMetric(100*accepted.processor/recovered.processor, "%-by-CPU")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// fileSize is what the ledger takes on disk.
func fileSize(b *testing.B, path string) (sum int64) {
	for _, suffix := range []string{"", "-wal"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			b.Fatal(err)
		}
		sum += info.Size()
	}
	return sum
}
