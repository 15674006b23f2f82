package payments

import (
	"strings"

	"github.com/candela-les/candela/unit"
)

// inWords says for an owner what a transaction has done, given the name that a method has sent it under, and what it has moved if the name says that.
// Names are METHOD/CHANNEL/DEED/…; of cheque also METHOD/CHEQUEBOOK/deploy/… and METHOD/gas/KEY/…. One that is not known is its own words.
func inWords(name string) (words string, amount *unit.Amount) {
	parts := strings.Split(name, "/")
	if len(parts) < 3 {
		return name, nil
	}
	method, deed, more := parts[0], parts[2], parts[3:]
	if method == "cheque" {
		return chequeWords(parts[1], deed, more, name)
	}
	if words, ok := map[string]string{
		"channel/deposit":      "deposited",
		"channel/withdraw":     "withdrawal announced",
		"channel/finalize":     "withdrawn",
		"channel/refund":       "given back by consent",
		"lottery/lock":         "locked for the server",
		"lottery/pot":          "locked in the open pot",
		"lottery/approve":      "the lottery may take tokens",
		"lottery/approve none": "the lottery may take no tokens",
		"lottery/warn":         "withdrawal announced",
		"lottery/withdraw":     "withdrawn",
	}[method+"/"+deed]; ok {
		return words, nil
	}
	return method + ": " + deed, nil
}

// chequeWords is inWords of a name of cheque.
func chequeWords(about, deed string, more []string, name string) (string, *unit.Amount) {
	at := func(i int) string {
		if i < len(more) {
			return more[i]
		}
		return ""
	}
	switch {
	case about == "gas":
		return "gas money given", nil
	case deed == "deploy":
		return "chequebook deployed", nil
	case deed == "close" && at(1) == "prepare":
		return "withdrawal announced", nil
	case deed == "close" && at(1) == "decrease":
		return "no longer set aside", nil
	case deed == "withdraw" && at(2) == "hand over":
		return "handed to the key", amountOf(at(1))
	case deed == "withdraw":
		return "taken out of the chequebook", amountOf(at(1))
	case deed == "deposit":
		from, to, _ := strings.Cut(at(1), "-")
		low, high := amountOf(from), amountOf(to)
		if low == nil || high == nil {
			break
		}
		moved := high.Minus(*low)
		if at(2) == "set aside" {
			return "set aside for the server", &moved
		}
		return "moved into the chequebook", &moved
	}
	return name, nil
}

func amountOf(text string) *unit.Amount {
	a, err := unit.ParseAmount(text)
	if err != nil {
		return nil
	}
	return &a
}
