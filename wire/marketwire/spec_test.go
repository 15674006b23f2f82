package marketwire_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/candela-les/candela/wire"
	mw "github.com/candela-les/candela/wire/marketwire"
)

// TestSpecification holds the text of the specification against the code: codes,
// shapes, domains, names, limits and the example.
func TestSpecification(t *testing.T) {
	text, err := os.ReadFile("../../docs/spec/market1.md")
	if err != nil {
		t.Fatal(err)
	}
	spec := string(text)
	demand := func(what, want string) {
		t.Helper()
		if !strings.Contains(spec, want) {
			t.Errorf("%s: the specification does not say %q", what, want)
		}
	}
	for code := range uint64(mw.Length) {
		if !mw.FromBuyer(code) && !mw.FromSeller(code) {
			continue
		}
		side := map[[2]bool]string{{true, true}: "both", {true, false}: "buyer", {false, true}: "seller"}[[2]bool{mw.FromBuyer(code), mw.FromSeller(code)}]
		line := fmt.Sprintf("| `%02x` | %s | `[", code, mw.CodeName(code))
		_, rest, ok := strings.Cut(spec, line)
		if rest, _, _ = strings.Cut(rest, "\n"); !ok || !strings.HasSuffix(rest, "| "+side+" |") {
			t.Errorf("no line %q by %s", line, side)
		}
	}
	demand("spare codes", fmt.Sprintf("| `%02x`–`%02x` | unused |", mw.FirstSpare, mw.FirstMoney-1))
	demand("spare codes", fmt.Sprintf("| `%02x` | unused |", mw.LastSpare))
	demand("capability", fmt.Sprintf("`%s`, version %d, with %d message", mw.Protocol, mw.Version, mw.Length))
	for _, domain := range []string{
		mw.TermsDomain, mw.CurveDomain, mw.OrderDomain, mw.AllocationDomain, mw.BalanceDomain, mw.PageDomain, mw.ReceiptDomain,
	} {
		demand("domain", "| `"+domain+"` |")
	}
	demand("domain", `"`+mw.MarketDomain+`"`)
	for r := mw.Unknown; r <= mw.BidStands; r++ {
		demand("reason", fmt.Sprintf("| %d | %s |", uint64(r), r))
	}
	for r := mw.PaymentMalformed; r <= mw.NoConsent; r++ {
		demand("reason of a payment", fmt.Sprintf("| %d | %s |", uint64(r), r))
	}
	var causes []string
	for c := mw.BidChanged; c <= mw.Left; c++ {
		causes = append(causes, fmt.Sprintf("%d %s", uint64(c), c))
	}
	demand("causes", "| cause | "+strings.Join(causes, ", ")+";")
	for k := mw.Deposit; k <= mw.Correction; k++ {
		demand("kind", fmt.Sprintf("| %d | %s", uint64(k), k))
	}
	for e := mw.Asked; e <= mw.Stopping; e++ {
		demand("end", fmt.Sprintf("| %d | %s", uint64(e), e))
	}
	limits(demand)
	example(t, demand)
}

func limits(demand func(what, want string)) {
	for _, line := range []string{
		fmt.Sprintf("| payload | %d KiB |", mw.MaxMessage>>10),
		fmt.Sprintf("units of an allocation | %d |", mw.MaxUnits),
		fmt.Sprintf("| curves of one GetCurves | %d |", mw.MaxCurves),
		fmt.Sprintf("| entries of one GetStatement | %d |", mw.MaxEntries),
		fmt.Sprintf("| lines of a charge | %s |", "1,024"),
		fmt.Sprintf("| %d · %d bytes · %d bytes |", mw.MaxMethods, mw.MaxMethodName, mw.MaxMethodInfo),
		fmt.Sprintf("| opening · state of a channel | %s bytes each |", "1,024"),
		fmt.Sprintf("| promise · what a channel is closed with | %s bytes · %s bytes |", "2,048", "1,024"),
		fmt.Sprintf("| announced changes of the number of units | %d |", mw.MaxFalls),
		fmt.Sprintf("| currency · decimals | %d bytes · %d |", mw.MaxCurrency, mw.MaxDecimals),
		fmt.Sprintf("| reference of an entry | %d bytes |", mw.MaxReference),
		fmt.Sprintf("| text of Refused | %d bytes |", mw.MaxText),
		fmt.Sprintf("| offer | %d bytes |", mw.MaxOffer),
		fmt.Sprintf("winning has at most the %d lowest", mw.MaxOfferPrices),
		fmt.Sprintf("answer of %d bytes", wire.MaxGetConditions),
	} {
		demand("limit", line)
	}
}

func example(t *testing.T, demand func(what, want string)) {
	t.Helper()
	market, bid := sampleMarket(t), sign(t, sampleOrder(t), clientKey(t))
	demand("example", fmt.Sprintf("marketID  %x\n", market.ID()))
	demand("example", fmt.Sprintf("client    %x\n", bid.Body.Client))
	demand("example", fmt.Sprintf("digest    %x\n", mw.Digest(bid.Body)))
	demand("example", fmt.Sprintf("signature %x\n", bid.Signature[:32]))
	demand("example", fmt.Sprintf("          %x %x\n", bid.Signature[32:64], bid.Signature[64:]))
	demand("example", fmt.Sprintf("Bid 5, %d bytes", len(mw.Append(nil, &mw.Bid{Tag: mw.Tag{ReqID: 5}, Order: bid}))))
	demand("example", fmt.Sprintf("%x", mw.Append(nil, &mw.GetCurves{Tag: mw.Tag{ReqID: 2}, Max: 1})))
	demand("example", fmt.Sprintf("%x", mw.Append(nil, &mw.Close{Tag: mw.Tag{ReqID: 9}})))
}
