package sim

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// Write writes the series, the servers and the plots as files into a folder that exists.
func (r *Result) Write(dir string) error {
	files := map[string]func(io.Writer) error{"series.csv": r.WriteSeries, "servers.csv": r.WriteServers}
	for _, p := range r.plots() {
		files[p.name+".svg"] = p.write
	}
	for name, write := range files {
		if err := writeFile(filepath.Join(dir, name), write); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // closed below where it matters
	b := bufio.NewWriter(f)
	if err := write(b); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// column is one of the series.
type column struct {
	name  string
	value func(p *Point) float64
}

// columns of the series, in their order. Their names end in their units.
func (r *Result) columns() []column {
	list := []column{
		{"time_s", func(p *Point) float64 { return p.Seconds }},
		{"price_low", func(p *Point) float64 { return p.PriceLow }},
		{"price_median", func(p *Point) float64 { return p.Price }},
		{"price_high", func(p *Point) float64 { return p.PriceHigh }},
		{"for_sale_units", func(p *Point) float64 { return p.ForSale }},
		{"sold_units", func(p *Point) float64 { return p.Sold }},
		{"wanted_units", func(p *Point) float64 { return p.Wanted }},
		{"welfare_per_hour", func(p *Point) float64 { return p.Welfare }},
		{"optimum_per_hour", func(p *Point) float64 { return p.Optimum }},
		{"paying_clients", func(p *Point) float64 { return float64(p.Paying) }},
		{"wanting_clients", func(p *Point) float64 { return float64(p.Wanting) }},
		{"paid_mean_ms", func(p *Point) float64 { return p.PaidMean }},
		{"paid_p99_ms", func(p *Point) float64 { return p.Paid99 }},
		{"paid_in_time", func(p *Point) float64 { return p.PaidGood }},
		{"free_mean_ms", func(p *Point) float64 { return p.FreeMean }},
		{"free_asked_units", func(p *Point) float64 { return p.FreeAsked }},
		{"free_served_units", func(p *Point) float64 { return p.FreeServed }},
		{"loyal", func(p *Point) float64 { return p.Loyal }},
		{"loyal_expected", func(p *Point) float64 { return p.Expected }},
	}
	for i, kind := range r.kinds {
		list = append(
			list,
			column{kind + "_sold_units", func(p *Point) float64 { return p.Kinds[i].Sold }},
			column{kind + "_for_sale_units", func(p *Point) float64 { return p.Kinds[i].ForSale }},
			column{kind + "_paid_p99_ms", func(p *Point) float64 { return p.Kinds[i].Paid99 }},
			column{kind + "_revenue", func(p *Point) float64 { return p.Kinds[i].Revenue }},
		)
	}
	return list
}

// WriteSeries writes a line for each sample.
func (r *Result) WriteSeries(w io.Writer) error {
	columns := r.columns()
	for i, c := range columns {
		if i > 0 {
			fmt.Fprint(w, ",")
		}
		fmt.Fprint(w, c.name)
	}
	for n := range r.series {
		for i, c := range columns {
			separator := ","
			if i == 0 {
				separator = "\n"
			}
			if _, err := fmt.Fprint(w, separator, number(c.value(&r.series[n]))); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintln(w)
	return err
}

// WriteServers writes a line for each kind of servers.
func (r *Result) WriteServers(w io.Writer) error {
	if _, err := fmt.Fprintln(w, "kind,servers,honest,units,revenue_per_unit_hour,sold,served,free_served"); err != nil {
		return err
	}
	for _, k := range r.Kinds {
		if _, err := fmt.Fprintf(w, "%s,%d,%v,%d,%s,%s,%s,%s\n", k.Kind, k.Servers, k.Honest, k.Units,
			number(k.Revenue), number(k.Sold), number(k.Served), number(k.FreeServed)); err != nil {
			return err
		}
	}
	return nil
}

// number writes seven digits, so that the last bits of a sum are not in the files.
func number(x float64) string { return strconv.FormatFloat(x, 'g', 7, 64) }
