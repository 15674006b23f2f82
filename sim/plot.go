package sim

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strings"
)

// plot is a chart of lines over time, as one small SVG.
type plot struct {
	name, title, unit string
	lines             []line
	hours             []float64
}

type line struct {
	name   string
	values []float64
}

const (
	plotWidth, plotHeight                         = 720, 320
	marginLeft, marginRight, marginTop, marginEnd = 64, 150, 32, 36
)

// colours are told apart by most people (Okabe and Ito).
func colours() []string {
	return []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"}
}

// plots are all charts of a run.
func (r *Result) plots() []plot {
	get := func(name string, value func(p *Point) float64) line {
		l := line{name: name}
		for i := range r.series {
			l.values = append(l.values, value(&r.series[i]))
		}
		return l
	}
	kinds := func(value func(k *KindPoint, p *Point) float64) (lines []line) {
		for i, kind := range r.kinds {
			lines = append(lines, get(kind, func(p *Point) float64 { return value(&p.Kinds[i], p) }))
		}
		return lines
	}
	list := []plot{
		{name: "price", title: "price of one more unit", unit: "base units an hour", lines: []line{
			get("9 of 10 below", func(p *Point) float64 { return p.PriceHigh }),
			get("median server", func(p *Point) float64 { return p.Price }),
			get("1 of 10 below", func(p *Point) float64 { return p.PriceLow }),
		}},
		{name: "welfare", title: "welfare without free service", unit: "% of the optimum", lines: []line{
			get("welfare", func(p *Point) float64 { return 100 * ratio(p.Welfare, p.Optimum) }),
		}},
		{name: "response", title: "response time of paid requests", unit: "ms", lines: []line{
			get("99 % within", func(p *Point) float64 { return p.Paid99 }),
			get("mean", func(p *Point) float64 { return p.PaidMean }),
		}},
		{name: "free", title: "free service", unit: "% of all units' capacity", lines: []line{
			get("asked for", func(p *Point) float64 { return 100 * ratio(p.FreeAsked, p.ForSale) }),
			get("served", func(p *Point) float64 { return 100 * ratio(p.FreeServed, p.ForSale) }),
		}},
		{name: "share", title: "sold, by kind of server", unit: "% of what is for sale", lines: kinds(
			func(k *KindPoint, _ *Point) float64 { return 100 * ratio(k.Sold, k.ForSale) },
		)},
		{name: "revenue", title: "revenue until then, by kind of server", unit: "base units for each unit for sale", lines: kinds(
			func(k *KindPoint, _ *Point) float64 { return ratio(k.Revenue, k.ForSale) },
		)},
		{name: "loyalty", title: "paid units where free service was good", unit: "% of paid units", lines: []line{
			get("had there", func(p *Point) float64 { return 100 * p.Loyal }),
			get("if spread evenly", func(p *Point) float64 { return 100 * p.Expected }),
		}},
	}
	for i := range list {
		for n := range r.series {
			list[i].hours = append(list[i].hours, r.series[n].Seconds/3600)
		}
	}
	return list
}

// write writes the plot as SVG.
func (p *plot) write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<text x="%d" y="20" font-size="14">%s, %s</text>`+"\n", marginLeft, escape(p.title), escape(p.unit))
	low, high := p.bounds()
	last := 1.0
	if n := len(p.hours); n > 0 {
		last = p.hours[n-1]
	}
	x := func(h float64) float64 { return marginLeft + h/last*(plotWidth-marginLeft-marginRight) }
	y := func(v float64) float64 {
		return plotHeight - marginEnd - (v-low)/(high-low)*(plotHeight-marginTop-marginEnd)
	}
	for v := range ticks(low, high) {
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke="#ddd"/>`, marginLeft, y(v), plotWidth-marginRight)
		fmt.Fprintf(&b, `<text x="%d" y="%.1f" text-anchor="end">%.6g</text>`+"\n", marginLeft-6, y(v)+4, v)
	}
	for h := range ticks(0, last) {
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%.4g h</text>`+"\n", x(h), plotHeight-marginEnd+18, h)
	}
	for i, l := range p.lines {
		colour := colours()[i%len(colours())]
		fmt.Fprintf(&b, `<path fill="none" stroke="%s" stroke-width="1.5" d="`, colour)
		for n, v := range l.values {
			command := byte('L')
			if n == 0 {
				command = 'M'
			}
			fmt.Fprintf(&b, "%c%.1f %.1f", command, x(p.hours[n]), y(v))
		}
		fmt.Fprintf(&b, `"/><text x="%d" y="%d" fill="%s">%s</text>`+"\n", plotWidth-marginRight+8, marginTop+16+18*i, colour, escape(l.name))
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// bounds are what the vertical axis begins and ends with: from zero, but where that would show
// nothing.
func (p *plot) bounds() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, l := range p.lines {
		for _, v := range l.values {
			low, high = min(low, v), max(high, v)
		}
	}
	if low > high {
		return 0, 1
	}
	if low < high/2 {
		low = 0
	}
	room := (high - low) / 20
	if room == 0 {
		room = 1
	}
	if low > 0 {
		low = max(low-room, 0)
	}
	return low, high + room
}

// ticks are round numbers from low to high, some five of them.
func ticks(low, high float64) func(yield func(float64) bool) {
	step := math.Pow(10, math.Floor(math.Log10((high-low)/4)))
	for _, times := range []float64{5, 2} {
		if (high-low)/(step*times) >= 4 {
			step *= times
			break
		}
	}
	return func(yield func(float64) bool) {
		for n := math.Ceil(low / step); n*step <= high; n++ {
			if !yield(n * step) {
				return
			}
		}
	}
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}
