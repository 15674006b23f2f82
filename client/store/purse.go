package store

import (
	"context"
	"fmt"

	"github.com/candela-les/candela/pay"
)

// Purse is what a wallet keeps beside its notes of channels.
type Purse struct{ s *Store }

var _ pay.Purse = Purse{}

// Purse returns the purse of this file's wallets: one for each asset, as there is one session key.
func (s *Store) Purse() Purse { return Purse{s} }

func purseKey(of pay.Asset) string { return fmt.Sprintf("%s/%d/%x", MetaPurse, of.ChainID, of.Token) }

// LoadPurse implements pay.Purse.
func (p Purse) LoadPurse(ctx context.Context, of pay.Asset) ([]byte, error) {
	return p.s.Meta(ctx, purseKey(of))
}

// SavePurse implements pay.Purse.
func (p Purse) SavePurse(ctx context.Context, of pay.Asset, kept []byte) error {
	return p.s.PutMeta(ctx, purseKey(of), kept)
}
