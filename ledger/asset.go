package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Asset is what a ledger's money is. All its accounts are in one, for an amount alone does not say what it is an amount of.
type Asset struct {
	ChainID  uint64
	Token    Address // zero for the chain's own coin
	Decimals uint64  // of a whole token; amounts are in base units, and people enter and read them in whole tokens
}

func (a Asset) String() string {
	if a.Token == (Address{}) {
		return fmt.Sprintf("the coin of chain %d (%d decimals)", a.ChainID, a.Decimals)
	}
	return fmt.Sprintf("chain %d, token %s (%d decimals)", a.ChainID, a.Token, a.Decimals)
}

// Kept is what a store says of itself before it is used.
type Kept struct {
	Asset  *Asset    // nil if nobody has said
	New    bool      // nothing was ever written, neither an asset nor by an update
	Tokens []Address // those that there are accounts in, each once
}

// ErrOtherAsset: the ledger is kept in another asset; an *OtherAssetError says in which.
var ErrOtherAsset = errors.New("the ledger is kept in another asset")

// OtherAssetError says what a ledger is kept in, and what was asked for. It is ErrOtherAsset.
type OtherAssetError struct {
	Kept  *Asset   // nil if only the token is known: of ledgers from before they kept it
	Token *Address // one that there are accounts in, if Kept is nil
	Asked Asset
}

func (e *OtherAssetError) Error() string {
	switch {
	case e.Kept != nil:
		return fmt.Sprintf("this ledger is kept in %s, and not in %s", *e.Kept, e.Asked)
	case *e.Token == Address{}:
		return fmt.Sprintf("this ledger has accounts in the coin of a chain, and not in %s", e.Asked)
	default:
		return fmt.Sprintf("this ledger has accounts in token %s, and not in %s", *e.Token, e.Asked)
	}
}

// Is makes it ErrOtherAsset.
func (e *OtherAssetError) Is(target error) bool { return target == ErrOtherAsset }

// Begin is New for a store of which it is not known whether it is kept in the asset that is asked for. It closes the store if it is not.
// Errors: ErrOtherAsset, that of Options.New, and those of a Store.
func Begin(ctx context.Context, store Store, o Options) (*Journal, error) {
	var asset *Asset
	err := store.Adopt(ctx, func(k Kept) (*Asset, error) {
		a, err := o.adopt(k)
		asset = a
		return a, err
	})
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	j := New(store, o)
	j.asset = asset
	return j, nil
}

// adopt decides what a store is kept in from now on. As long as there is no account it may still be anything: it was a mistake that did no harm.
func (o *Options) adopt(k Kept) (*Asset, error) {
	if k.New && o.New != nil {
		if err := o.New(); err != nil {
			return nil, err
		}
	}
	other := slices.IndexFunc(k.Tokens, func(t Address) bool { return o.Asset != nil && t != o.Asset.Token })
	switch {
	case o.Asset == nil || k.Asset != nil && *k.Asset == *o.Asset:
		return k.Asset, nil
	case k.Asset != nil && len(k.Tokens) > 0:
		return nil, &OtherAssetError{Kept: k.Asset, Asked: *o.Asset}
	case other >= 0:
		return nil, &OtherAssetError{Token: &k.Tokens[other], Asked: *o.Asset}
	}
	return o.Asset, nil
}

// Asset is what the ledger was kept in when it was opened; ok is false if nobody has said.
func (j *Journal) Asset() (a Asset, ok bool) {
	if j.asset == nil {
		return a, false
	}
	return *j.asset, true
}
