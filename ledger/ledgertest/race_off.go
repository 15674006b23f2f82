//go:build !race

package ledgertest

// raced says whether the race detector is at work.
const raced = false
