package e2e

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// BenchmarkFirstAnswer measures from the start of the process to the line that
// says that an answer has been proven: with nothing known but three servers, and
// with the file of an earlier run. It also reads what the idle process holds.
//
//	go test ./internal/e2e -run '^$' -bench FirstAnswer -benchtime 10x
func BenchmarkFirstAnswer(b *testing.B) {
	_, enodes := servers(b, 3)
	args := []string{"light", "--trusted", strings.Join(enodes, ","), "--http.port", "0"}
	kept := b.TempDir()
	first := start(b, append(args, "--datadir", kept)...)
	first.Await("rpc ")
	first.Kill()
	for name, args := range map[string][]string{
		"cold":    args,
		"restart": append(args, "--datadir", kept),
	} {
		b.Run(name, func(b *testing.B) {
			var resident float64
			for b.Loop() {
				p := start(b, args...)
				p.Await("rpc ")
				b.StopTimer()
				time.Sleep(2 * time.Second) // idle
				resident = max(resident, residentMB(b, p.PID()))
				p.Kill()
				b.StartTimer()
			}
			b.ReportMetric(resident, "MB-resident")
		})
	}
}

// BenchmarkAnswers measures what a wallet waits for, over HTTP on loopback: methods
// that are answered from memory, and a balance that was never asked for before.
//
//	go test ./internal/e2e -run '^$' -bench Answers
func BenchmarkAnswers(b *testing.B) {
	_, enodes := servers(b, 3)
	url := start(b, "light", "--trusted", strings.Join(enodes, ","), "--http.port", "0").Await("rpc ")
	for _, method := range []string{"eth_chainId", "eth_blockNumber", "net_version", "eth_syncing"} {
		b.Run(method, func(b *testing.B) {
			for b.Loop() {
				if _, err := call(url, method); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("eth_getBalance-cold", func(b *testing.B) {
		account := 0
		for b.Loop() {
			account++
			if _, err := call(url, "eth_getBalance", fmt.Sprintf("0x%040x", account), "latest"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// residentMB is the memory that a process holds, shared libraries and program text
// included, in 10⁶ bytes.
func residentMB(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	var kb float64
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		b.Fatal(err)
	}
	return kb * 1024 / 1e6
}
