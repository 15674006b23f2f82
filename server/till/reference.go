package till

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// reference is what the ledger's lines say about a charge: two instants and the bid, as "since-at/digest".
type reference struct {
	sinceNs, atNs uint64
	bid           [32]byte
}

// String has at most 106 bytes.
func (r reference) String() string { return fmt.Sprintf("%d-%d/%x", r.sinceNs, r.atNs, r.bid) }

// parseReference reads what String wrote; ok is false if it was something else.
func parseReference(text string) (r reference, ok bool) {
	times, digest, ok1 := strings.Cut(text, "/")
	since, at, ok2 := strings.Cut(times, "-")
	var err1, err2 error
	r.sinceNs, err1 = strconv.ParseUint(since, 10, 64)
	r.atNs, err2 = strconv.ParseUint(at, 10, 64)
	bid, err3 := hex.DecodeString(digest)
	if !ok1 || !ok2 || err1 != nil || err2 != nil || err3 != nil || copy(r.bid[:], bid) != len(bid) || len(bid) != len(r.bid) {
		return reference{}, false
	}
	return r, true
}
