package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/candela-les/candela/pay"
)

// Token is what the contract of a token says of it, which does not change.
type Token struct {
	Decimals uint64 `json:"decimals"`
	Symbol   string `json:"symbol"`
}

func tokenKey(of pay.Asset) string { return fmt.Sprintf("%s/%d/%x", MetaToken, of.ChainID, of.Token) }

// Token is what was read of a token once; ok is false if nothing was.
func (h *History) Token(ctx context.Context, of pay.Asset) (t Token, ok bool, err error) {
	enc, err := h.s.Meta(ctx, tokenKey(of))
	if err != nil || len(enc) == 0 {
		return t, false, err
	}
	return t, json.Unmarshal(enc, &t) == nil, nil // else it is read again
}

// PutToken keeps what was read of a token.
func (h *History) PutToken(ctx context.Context, of pay.Asset, t Token) error {
	enc, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return h.s.PutMeta(ctx, tokenKey(of), enc)
}
