package marketwire_test

import (
	"errors"
	"testing"

	"github.com/candela-les/candela/unit"
	mw "github.com/candela-les/candela/wire/marketwire"
)

func TestTermsCheck(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*mw.Terms)
		want   error
	}{
		"good":                 {func(*mw.Terms) {}, nil},
		"no falls":             {func(x *mw.Terms) { x.Falls = nil }, nil},
		"no number":            {func(x *mw.Terms) { x.Seq = 0 }, mw.ErrSenseless},
		"older than its book":  {func(x *mw.Terms) { x.AtNs = x.Epoch - 1 }, mw.ErrSenseless},
		"more unsold":          {func(x *mw.Terms) { x.Free = x.Units + 1 }, mw.ErrSenseless},
		"no rate":              {func(x *mw.Terms) { x.UnitRate = 0 }, mw.ErrSenseless},
		"no buffer":            {func(x *mw.Terms) { x.UnitBuffer = 0 }, mw.ErrSenseless},
		"cover is refill":      {func(x *mw.Terms) { x.CoverMs = x.RefillMs }, mw.ErrSenseless},
		"refill is prepaid":    {func(x *mw.Terms) { x.RefillMs = x.PrepaidMs }, mw.ErrSenseless},
		"falls out of order":   {func(x *mw.Terms) { x.Falls[0], x.Falls[1] = x.Falls[1], x.Falls[0] }, mw.ErrSenseless},
		"falls at one moment":  {func(x *mw.Terms) { x.Falls[1].AtNs = x.Falls[0].AtNs }, mw.ErrSenseless},
		"falls before they do": {func(x *mw.Terms) { x.Falls[0].AtNs = x.AtNs }, mw.ErrSenseless},
	} {
		x := sampleTerms(t)
		tt.change(&x)
		if err := x.Check(); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

func TestPageCheck(t *testing.T) {
	one := unit.NewAmount(1)
	for name, tt := range map[string]struct {
		change func(*mw.Page)
		want   error
	}{
		"good":              {func(*mw.Page) {}, nil},
		"empty":             {func(p *mw.Page) { p.Entries = nil }, nil},
		"later entries":     {func(p *mw.Page) { p.Entries = p.Entries[1:] }, nil},
		"a gap":             {func(p *mw.Page) { p.Entries[2].Number, p.Newest = 4, 4 }, mw.ErrSenseless},
		"newer than newest": {func(p *mw.Page) { p.Newest = 2 }, mw.ErrSenseless},
		"number 0":          {func(p *mw.Page) { p.Entries = p.Entries[:1]; p.Entries[0].Number = 0 }, mw.ErrSenseless},
		"from the future":   {func(p *mw.Page) { p.AtNs = p.Entries[2].AtNs - 1 }, mw.ErrSenseless},
		"entered late":      {func(p *mw.Page) { p.Entries[2].AtNs, p.Entries[2].SinceNs = epoch, epoch }, nil},
		"charged twice": {func(p *mw.Page) {
			p.Entries[2].Kind, p.Entries[2].SinceNs = mw.Charge, p.Entries[1].AtNs-1
		}, mw.ErrSenseless},
		"ends before":      {func(p *mw.Page) { p.Entries[1].SinceNs = now + 1 }, mw.ErrSenseless},
		"one more charged": {func(p *mw.Page) { p.Entries[1].Amount, _ = p.Entries[1].Amount.Add(one) }, mw.ErrSenseless},
		"one less left":    {func(p *mw.Page) { p.Entries[2].Balance, _ = p.Entries[2].Balance.Sub(one) }, mw.ErrSenseless},
		"credit for debit": {func(p *mw.Page) { p.Entries[1].Debit = false }, mw.ErrSenseless},
		"below nothing": {func(p *mw.Page) {
			p.Entries[0].Balance, p.Entries[1].Balance = unit.Amount{}, unit.AmountOfWords(1<<64-1, 1<<64-15)
		}, mw.ErrSenseless},
	} {
		p := samplePage(t)
		tt.change(&p)
		if err := p.Check(); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}
