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
	first.await("rpc ")
	first.kill()
	for name, args := range map[string][]string{
		"cold":    args,
		"restart": append(args, "--datadir", kept),
	} {
		b.Run(name, func(b *testing.B) {
			var resident float64
			for b.Loop() {
				p := start(b, args...)
				p.await("rpc ")
				b.StopTimer()
				time.Sleep(2 * time.Second) // idle
				resident = max(resident, residentMB(b, p.cmd.Process.Pid))
				p.kill()
				b.StartTimer()
			}
			b.ReportMetric(resident, "MB-resident")
		})
	}
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
