package bench

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/node/usage"
)

// Place is where a process runs: on which processors, and before whom.
type Place struct {
	CPUs []int `json:"cpus,omitempty"` // none: on all
	Nice int   `json:"nice,omitempty"` // −20 goes first, 19 last; below 0 needs privileges
	// RealTime: before all that is not, whatever its nice level. It needs privileges.
	RealTime bool `json:"realTime,omitempty"`
}

// ParseCPUs reads a list of processors as taskset has it: 0,2-3.
func ParseCPUs(list string) ([]int, error) {
	if list == "" {
		return nil, nil
	}
	var cpus []int
	for part := range strings.SplitSeq(list, ",") {
		first, last, ranged := strings.Cut(part, "-")
		if !ranged {
			last = first
		}
		from, err := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if err != nil || err2 != nil || from < 0 || to < from || to > 1023 {
			return nil, usage.Errorf("--cpu %q is no list of processors such as 1 or 0,2-3", list)
		}
		for cpu := from; cpu <= to; cpu++ {
			cpus = append(cpus, cpu)
		}
	}
	return cpus, nil
}

// loopback says whether a target is on this machine under an IPv4 address, so that
// its clients can come from as many source addresses as are wanted.
func loopback(target *enode.Node) bool {
	ip := target.IPAddr()
	return target.Hostname() == "" && ip.Is4() && ip.IsLoopback()
}

// source is the i-th of many loopback addresses: 127.1.0.1 and on, never one that
// ends in 0 or 255.
func source(i int) netip.Addr {
	high, low := i/254, i%254
	return netip.AddrFrom4([4]byte{127, byte(1 + high/256%254), byte(high % 256), byte(1 + low)}) //nolint:gosec // within a byte
}

// maxHosts is how many different addresses source has.
const maxHosts = 254 * 256 * 254

// checkHosts says how many source addresses to use: as wanted, or, for 0, as many as
// there are clients if that is possible. 0 leaves it to the system.
func checkHosts(target *enode.Node, hosts, clients int) (int, error) {
	switch {
	case hosts < 0 || hosts > maxHosts:
		return 0, usage.Errorf("--hosts %d: there can be 1 to %d source addresses, or 0 for one for each client", hosts, maxHosts)
	case hosts == 0 && loopback(target):
		return min(clients, maxHosts), nil
	case hosts > 0 && !loopback(target):
		return 0, usage.Errorf("--hosts %d: only a target at 127.0.0.1 can be asked from several addresses", hosts)
	}
	return hosts, nil
}

// from is the source address of a job's client with this index among all.
func (j *job) from(index int) netip.Addr {
	if j.Hosts == 0 {
		return netip.Addr{}
	}
	return source(index % j.Hosts)
}

func (p *Place) String() string {
	where := "all processors"
	if len(p.CPUs) > 0 {
		where = "processor " + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(p.CPUs)), ","), "[]")
	}
	if p.RealTime {
		return where + ", real time"
	}
	return fmt.Sprintf("%s, nice %d", where, p.Nice)
}
