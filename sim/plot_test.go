package sim

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// short is a short run of liars with all that there is to show.
func short(t *testing.T) *Result {
	t.Helper()
	sc := read(t, "scenarios/liars.yaml", 8)
	sc.Span, sc.WarmUp, sc.Expect.Welfare = 20*time.Minute, 10*time.Minute, 0.5
	r, err := Run(t.Context(), sc, Config{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// texts reads an SVG to its end and returns what is written in it.
func texts(t *testing.T, svg []byte) (list []string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := token.(xml.CharData); ok && strings.TrimSpace(string(c)) != "" {
			list = append(list, string(c))
		}
	}
}

// Every chart is sound XML, has a title, what its axes are in, a line and a legend for all that it shows, and no number that is none.
func TestPlots(t *testing.T) {
	r := short(t)
	names := map[string]bool{}
	for _, p := range r.plots() {
		var b bytes.Buffer
		if err := p.write(&b); err != nil {
			t.Fatal(err)
		}
		has := texts(t, b.Bytes())
		want := []string{p.title, p.unit, "time, minutes", "warm-up"}
		for _, l := range p.lines {
			if l.name != "" {
				want = append(want, l.name)
			}
			if len(l.values) != len(p.hours) {
				t.Errorf("%s, %s: %d values at %d times", p.name, l.name, len(l.values), len(p.hours))
			}
		}
		for _, w := range want {
			if !slices.Contains(has, w) {
				t.Errorf("%s does not say %q: %q", p.name, w, has)
			}
		}
		if lines := bytes.Count(b.Bytes(), []byte("url(#c)")); names[p.name] || len(p.lines) == 0 || lines != len(p.lines) {
			t.Errorf("%s: %d lines of %d, or there twice", p.name, lines, len(p.lines))
		}
		if bad := regexp.MustCompile(`NaN|Inf`).Find(b.Bytes()); bad != nil {
			t.Errorf("%s: %s", p.name, bad)
		}
		names[p.name] = true
	}
	for _, name := range []string{"price", "welfare", "response", "free", "sold", "revenue", "share", "loyalty"} {
		if !names[name] {
			t.Errorf("no chart of %s", name)
		}
	}
}

func TestPlotOfOddValues(t *testing.T) {
	for name, p := range map[string]plot{
		"no lines":    {hours: []float64{1, 2}},
		"no samples":  {lines: []line{{name: "a"}}},
		"one sample":  {lines: []line{{name: "a", values: []float64{3}}}, hours: []float64{1}},
		"only zeros":  {lines: []line{{name: "a", values: []float64{0, 0, 0}}}, hours: []float64{1, 2, 3}},
		"zeros, log":  {lines: []line{{name: "a", values: []float64{0, 5, 0}}}, hours: []float64{1, 2, 3}, log: true},
		"level, zoom": {lines: []line{{name: "a<b", values: []float64{7, 7, 7}}}, hours: []float64{1, 2, 3}, zoom: true},
		"all warm-up": {lines: []line{{name: "a", values: []float64{7, 9}}}, hours: []float64{1, 2}, warmUp: 5},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := p.write(&b); err != nil {
				t.Fatal(err)
			}
			texts(t, b.Bytes())
			if strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") {
				t.Error(b.String())
			}
		})
	}
}

func TestTicks(t *testing.T) {
	for _, tt := range []struct {
		a    axis
		want string
	}{
		{axis{low: 0, high: 4}, "0 1 2 3 4"},
		{axis{low: 0, high: 30}, "0 5 10 15 20 25 30"},
		{axis{low: 99.6, high: 100}, "99.6 99.7 99.8 99.9 100"},
		{axis{low: 0, high: 2.1e6}, "0 500,000 1,000,000 1,500,000 2,000,000"},
		{axis{low: 4, high: 300, log: true}, "5 10 20 50 100 200"},
	} {
		var got []string
		for _, v := range tt.a.ticks() {
			got = append(got, tick(v))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%+v: %s, not %s", tt.a, s, tt.want)
		}
	}
}

// The files hold what the result says: read again, they come to the same averages.
func TestFilesAgreeWithTheResult(t *testing.T) {
	r := short(t)
	dir := t.TempDir()
	if err := r.Write(dir); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "series.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll() // every line has as many fields
	if err != nil || len(rows) != 21 {
		t.Fatalf("%d lines, %v", len(rows), err)
	}
	get := func(row []string, name string) float64 {
		i := slices.Index(rows[0], name)
		if i < 0 || slices.Contains(rows[0][i+1:], name) {
			t.Fatalf("%s is not there once", name)
		}
		v, err := strconv.ParseFloat(row[i], 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	var welfare, optimum, price, n float64
	for i, row := range rows[1:] {
		if at := get(row, "time_s"); at != float64(60*(i+1)) {
			t.Errorf("line %d at %v s", i, at)
		}
		if get(row, "time_s") <= 600 {
			continue
		}
		n++
		welfare, optimum = welfare+get(row, "welfare_per_hour"), optimum+get(row, "optimum_per_hour")
		price += get(row, "price_median")
		var sold float64
		for _, kind := range r.kinds {
			sold += get(row, kind+"_sold_units")
		}
		if sold != get(row, "sold_units") {
			t.Errorf("kinds have sold %v, all %v", sold, get(row, "sold_units"))
		}
	}
	if math.Abs(welfare/optimum-r.Welfare) > 1e-5 || math.Abs(price/n-r.Price) > 1e-5*r.Price {
		t.Errorf("welfare %v, price %v; the result says %v, %v", welfare/optimum, price/n, r.Welfare, r.Price)
	}
	svgs, err := filepath.Glob(filepath.Join(dir, "*.svg"))
	if err != nil || len(svgs) != len(r.plots()) {
		t.Errorf("%d charts, %v", len(svgs), err)
	}
}
