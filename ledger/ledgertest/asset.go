package ledgertest

import (
	"errors"

	"github.com/candela-les/candela/ledger"
)

// assets: a ledger is kept in one asset, from its first account on.
func assets(w *world) {
	coin := ledger.Asset{ChainID: 1, Decimals: 18}
	usdc := ledger.Asset{ChainID: 1<<64 - 1, Token: ledger.Address{0xa0, 19: 0x48}, Decimals: 6}
	// opens opens it beside the first, and returns what it is kept in then.
	opens := func(as *ledger.Asset) (kept ledger.Asset, ok bool, err error) {
		w.Helper()
		l, err := w.openIt(w.Context(), ledger.Options{Now: w.clock.now, Asset: as})
		if err != nil {
			return kept, false, err
		}
		kept, ok = l.(*ledger.Journal).Asset()
		return kept, ok, l.Close()
	}
	keeps := func(as *ledger.Asset, want ledger.Asset) {
		w.Helper()
		if kept, ok, err := opens(as); err != nil || !ok || kept != want {
			w.Errorf("it is kept in %v (%v, %v) instead of %v", kept, ok, err, want)
		}
	}
	refuses := func(as ledger.Asset, want ledger.OtherAssetError) {
		w.Helper()
		_, _, err := opens(&as)
		got, ok := errors.AsType[*ledger.OtherAssetError](err)
		if !ok || !errors.Is(err, ledger.ErrOtherAsset) || got.Error() != want.Error() {
			w.Errorf("%v instead of %v", err, &want)
		}
	}
	if kept, ok, err := opens(nil); ok || err != nil {
		w.Errorf("nobody has said, and it is kept in %v (%v)", kept, err)
	}
	keeps(&coin, coin)
	keeps(nil, coin)
	keeps(&usdc, usdc) // nothing was entered yet
	keeps(nil, usdc)
	if _, err := w.l.Post(w.Context(), ledger.CreditOf("a", usdc.Token, ledger.Address{1}, amount(5))); err != nil {
		w.Fatal(err)
	}
	keeps(&usdc, usdc)
	refuses(coin, ledger.OtherAssetError{Kept: &usdc, Asked: coin})
	for _, change := range []func(*ledger.Asset){
		func(a *ledger.Asset) { a.ChainID-- }, func(a *ledger.Asset) { a.Token[19]++ }, func(a *ledger.Asset) { a.Decimals = 18 },
	} {
		other := usdc
		change(&other)
		refuses(other, ledger.OtherAssetError{Kept: &usdc, Asked: other})
	}
	keeps(nil, usdc)
}

// oldAssets: one from before ledgers kept it is kept in what it is opened with, if its accounts are.
func oldAssets(w *world) {
	w.credit("a", 1, 5)
	own := ledger.Asset{ChainID: 5, Token: token(), Decimals: 6}
	other := own
	other.Token[0]++
	_, err := w.openIt(w.Context(), ledger.Options{Now: w.clock.now, Asset: &other})
	if got, ok := errors.AsType[*ledger.OtherAssetError](err); !ok || got.Kept != nil || *got.Token != own.Token || got.Asked != other {
		w.Errorf("%v", err)
	}
	for _, as := range []*ledger.Asset{&own, nil} {
		l, err := w.openIt(w.Context(), ledger.Options{Now: w.clock.now, Asset: as})
		if err != nil {
			w.Fatal(err)
		}
		if kept, ok := l.(*ledger.Journal).Asset(); !ok || kept != own {
			w.Errorf("it is kept in %v (%v)", kept, ok)
		}
		if err := l.Close(); err != nil {
			w.Error(err)
		}
	}
}

// begun: whoever opens a ledger is asked before it is a new one, and not once something was written.
func begun(w *world) {
	no := errors.New("there should be one")
	asked := 0
	opens := func(as *ledger.Asset, answer, want error) {
		w.Helper()
		l, err := w.openIt(w.Context(), ledger.Options{Now: w.clock.now, Asset: as, New: func() error { asked++; return answer }})
		if !errors.Is(err, want) {
			w.Errorf("%v instead of %v", err, want)
		}
		if err == nil {
			if err := l.Close(); err != nil {
				w.Error(err)
			}
		}
	}
	asset := &ledger.Asset{ChainID: 1}
	for range 2 { // a refused one is as it was
		opens(asset, no, no)
	}
	opens(nil, nil, nil) // leaves it as it was, too
	opens(asset, nil, nil)
	opens(asset, no, nil)
	if asked != 4 {
		w.Errorf("asked %d times", asked)
	}
}

// used: an update is as good as an asset.
func used(w *world) {
	w.raise("north")
	l, err := w.openIt(w.Context(), ledger.Options{Now: w.clock.now, New: func() error { return errors.New("it is new") }})
	if err != nil {
		w.Fatal(err)
	}
	if err := l.Close(); err != nil {
		w.Error(err)
	}
}
