package store

import (
	"context"

	"github.com/candela-les/candela/pay"
)

// Purse is what a wallet keeps beside its notes of channels.
type Purse struct{ s *Store }

var _ pay.Purse = Purse{}

// Purse returns the purse of this file's wallet. There is one for each file, as there is one session key.
func (s *Store) Purse() Purse { return Purse{s} }

// LoadPurse implements pay.Purse.
func (p Purse) LoadPurse(ctx context.Context) ([]byte, error) { return p.s.Meta(ctx, MetaPurse) }

// SavePurse implements pay.Purse.
func (p Purse) SavePurse(ctx context.Context, kept []byte) error {
	return p.s.PutMeta(ctx, MetaPurse, kept)
}
