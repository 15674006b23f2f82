package payments

import (
	"fmt"
	"testing"
)

// Names of transactions, as the methods give them, and what an owner is told.
func TestInWords(t *testing.T) {
	id := fmt.Sprintf("%064x", 7)
	for name, want := range map[string]string{
		"channel/" + id + "/deposit/0":                    "deposited",
		"channel/" + id + "/withdraw/1":                   "withdrawal announced",
		"lottery/" + id + "/warn/0":                       "withdrawal announced",
		"lottery/" + id + "/approve none/3":               "the lottery may take no tokens",
		"cheque/00ff/deploy/0":                            "chequebook deployed",
		"cheque/gas/00ff/4/0":                             "gas money given",
		"cheque/" + id + "/close/0/prepare/0":             "withdrawal announced",
		"cheque/" + id + "/close/1/decrease/0":            "no longer set aside",
		"cheque/" + id + "/deposit/0/100-350/transfer/0":  "moved into the chequebook 250",
		"cheque/" + id + "/deposit/0/100-350/set aside/0": "set aside for the server 250",
		"cheque/" + id + "/deposit/0/nonsense/transfer/0": "cheque/" + id + "/deposit/0/nonsense/transfer/0",
		"cheque/" + id + "/withdraw/2/900/0":              "taken out of the chequebook 900",
		"cheque/" + id + "/withdraw/2/900/hand over/0":    "handed to the key 900",
		"other/" + id + "/dance/0":                        "other: dance",
		"something":                                       "something",
	} {
		words, amount := inWords(name)
		if amount != nil {
			words += " " + amount.String()
		}
		if words != want {
			t.Errorf("%s: %q instead of %q", name, words, want)
		}
	}
}
