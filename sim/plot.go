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
	log               bool // the vertical axis; what is not positive is left out
	zoom              bool // the vertical axis begins with the lowest value, not with zero
	lines             []line
	hours             []float64
	warmUp            float64 // hours, that are shown in grey and do not count for the vertical axis
}

// line is what is drawn in one colour.
type line struct {
	name   string // none: not in the legend
	values []float64
	colour string // one of colours() by its place, if not said
	dashed bool
}

const (
	plotWidth, plotHeight                         = 760, 340
	marginLeft, marginRight, marginTop, marginEnd = 76, 180, 36, 48
	right, bottom                                 = plotWidth - marginRight, plotHeight - marginEnd
)

// colours are told apart by most people (Okabe and Ito).
func colours() []string {
	return []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"}
}

// axis maps values to places.
type axis struct {
	low, high float64
	from, to  float64 // places of low and high
	log       bool
}

func (a axis) place(v float64) float64 {
	part := (v - a.low) / (a.high - a.low)
	if a.log {
		part = math.Log(v/a.low) / math.Log(a.high/a.low)
	}
	return a.from + part*(a.to-a.from)
}

// write writes the plot as SVG.
func (p *plot) write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<clipPath id="c"><path d="M%d %dH%dV%dH%dZ"/></clipPath>`+"\n", marginLeft, marginTop, right, bottom, marginLeft)
	text(&b, marginLeft, 22, `font-size="15" font-weight="bold"`, p.title)
	per, name := 1.0, "hours"
	last := 1.0
	if n := len(p.hours); n > 0 {
		last = p.hours[n-1]
	}
	if last < 2 {
		per, name = 60, "minutes"
	}
	x := axis{high: last * per, from: marginLeft, to: right}
	low, high := p.bounds()
	y := axis{low, high, bottom, marginTop, p.log}
	if p.warmUp > 0 {
		end := min(x.place(p.warmUp*per), right)
		fmt.Fprintf(&b, `<path d="M%d %dH%.1fV%dH%dZ" fill="#f0f0f0"/>`+"\n", marginLeft, marginTop, end, bottom, marginLeft)
		text(&b, marginLeft, marginTop-3, `fill="#777" font-size="10"`, "warm-up")
	}
	for _, v := range y.ticks() {
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke="#ccc"/>`, marginLeft, y.place(v), right)
		text(&b, marginLeft-6, y.place(v)+4, `text-anchor="end"`, tick(v))
	}
	for _, v := range x.ticks() {
		fmt.Fprintf(&b, `<path d="M%.1f %dv5" stroke="#000"/>`, x.place(v), bottom)
		text(&b, x.place(v), bottom+18, `text-anchor="middle"`, tick(v))
	}
	fmt.Fprintf(&b, `<path d="M%d %dV%dH%d" stroke="#000" fill="none"/>`+"\n", marginLeft, marginTop, bottom, right)
	text(&b, (marginLeft+right)/2, plotHeight-10, `text-anchor="middle"`, "time, "+name)
	middle := (marginTop + bottom) / 2
	text(&b, 16, float64(middle), fmt.Sprintf(`text-anchor="middle" transform="rotate(-90 16 %d)"`, middle), p.unit)
	for i := range p.lines {
		p.draw(&b, i, func(n int, v float64) (float64, float64) { return x.place(p.hours[n] * per), y.place(v) })
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// draw draws a line and its legend. The first ones are wider, so that they are seen behind those that cover them.
func (p *plot) draw(b *strings.Builder, i int, place func(n int, v float64) (x, y float64)) {
	l := &p.lines[i]
	colour, style := l.colour, ""
	if colour == "" {
		colour = colours()[i%len(colours())]
	}
	width := 1.5
	for _, after := range p.lines[i+1:] {
		if !after.dashed && !l.dashed {
			width++
		}
	}
	if l.dashed {
		style = ` stroke-dasharray="5 4"`
	}
	style = fmt.Sprintf(`fill="none" stroke="%s" stroke-width="%.1f"%s`, colour, min(width, 4.5), style)
	fmt.Fprintf(b, `<path clip-path="url(#c)" %s d="`, style)
	command := byte('M')
	for n, v := range l.values {
		if p.log && v <= 0 {
			command = 'M'
			continue
		}
		x, y := place(n, v)
		if n > 0 && n < len(l.values)-1 && l.values[n-1] == v && l.values[n+1] == v {
			continue // on a straight line
		}
		fmt.Fprintf(b, "%c%.1f %.1f", command, x, min(max(y, -plotHeight), 2*plotHeight))
		command = 'L'
	}
	b.WriteString(`"/>`)
	if l.name == "" {
		b.WriteString("\n")
		return
	}
	at := marginTop + 10 + 18*i
	fmt.Fprintf(b, `<path %s d="M%d %dh22"/>`, style, right+10, at)
	text(b, right+38, float64(at)+4, "", l.name)
}

func text(b *strings.Builder, x, y float64, style, what string) {
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" %s>`, x, y, style)
	_ = xml.EscapeText(b, []byte(what)) // a Builder takes everything
	b.WriteString("</text>\n")
}

// bounds are what the vertical axis begins and ends with. They are those of what comes after the warm-up, if
// anything does.
func (p *plot) bounds() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	ended := len(p.hours) > 0 && p.hours[len(p.hours)-1] > p.warmUp
	for _, l := range p.lines {
		for n, v := range l.values {
			if ended && p.hours[n] <= p.warmUp || p.log && v <= 0 {
				continue
			}
			low, high = min(low, v), max(high, v)
		}
	}
	room := (high - low) / 20
	switch {
	case low > high || high <= 0:
		return 0, 1
	case p.log:
		return low / 1.3, high * 1.3
	case !p.zoom || room == 0:
		return 0, high * 1.05
	}
	return max(low-room, 0), high + room
}

// ticks are round numbers on an axis, some four to ten of them.
func (a axis) ticks() (list []float64) {
	if a.log {
		for power := math.Floor(math.Log10(a.low)); power <= math.Log10(a.high); power++ {
			for _, times := range []float64{1, 2, 5} {
				if v := times * math.Pow(10, power); v >= a.low && v <= a.high {
					list = append(list, v)
				}
			}
		}
		return list
	}
	step := math.Pow(10, math.Floor(math.Log10((a.high-a.low)/4)))
	for _, times := range []float64{5, 2} {
		if (a.high-a.low)/(step*times) >= 4 {
			step *= times
			break
		}
	}
	for n := math.Ceil(a.low / step); n*step <= a.high*(1+1e-9); n++ {
		list = append(list, n*step)
	}
	return list
}

// tick writes a round number: without an exponent, thousands apart.
func tick(v float64) string {
	s := fmt.Sprintf("%.0f", v)
	if math.Abs(v) < 1000 {
		return fmt.Sprintf("%.6g", v)
	}
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
