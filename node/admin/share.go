package admin

import (
	"fmt"
	"strconv"
	"strings"
)

// whole is what shares are parts of.
const whole = 1000

// Shares are the parts of a server's capacity that are not sold, in thousandths.
type Shares struct {
	ReservePermille uint64 // promised to nobody
	FreePermille    uint64 // for clients without units
}

// Valid reports whether they are together no more than all.
func (s Shares) Valid() bool {
	return s.ReservePermille <= whole && s.FreePermille <= whole-s.ReservePermille
}

// Percent writes thousandths as a percentage.
func Percent(permille uint64) string {
	if permille%10 == 0 {
		return fmt.Sprintf("%d%%", permille/10)
	}
	return fmt.Sprintf("%d.%d%%", permille/10, permille%10)
}

// ParsePercent reads a percentage of at most 100 and at most one decimal place, such as
// 20%, 12.5% or 20, as thousandths.
func ParsePercent(s string) (permille uint64, err error) {
	full, tenth, point := strings.Cut(strings.TrimSuffix(s, "%"), ".")
	if !point {
		tenth = "0"
	}
	n, err := strconv.ParseUint(full, 10, 32)
	m, tenthErr := strconv.ParseUint(tenth, 10, 32)
	if err != nil || tenthErr != nil || len(tenth) != 1 || 10*n+m > whole {
		return 0, fmt.Errorf("%q is no percentage from 0%% to 100%%, such as 20%% or 12.5%%", s)
	}
	return 10*n + m, nil
}
