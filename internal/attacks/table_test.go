package attacks

import (
	"fmt"
	"os"
	"strings"
)

// row is what one measurement of an attack shows.
type row struct {
	name         string
	attack, calm figures
}

// rows are what a scenario shows, one for each attack.
func (s *scene) rows(name string) (rows []row) {
	for _, measurement := range s.order {
		if measurement != "calm" {
			rows = append(rows, row{name + ": " + measurement, s.measured[measurement], s.measured["calm"]})
		}
	}
	return rows
}

// Between these the figures stand in the page.
const (
	tableBegins = "<!-- figures: make attacks -->\n"
	tableEnds   = "<!-- end of figures -->\n"
)

// writeTable puts the figures into a page.
func writeTable(path string, rows []row) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(page), tableBegins)
	_, after, ended := strings.Cut(rest, tableEnds)
	if !ok || !ended {
		return fmt.Errorf("%s has no place for figures", path)
	}
	return os.WriteFile(path, []byte(before+tableBegins+tableOf(rows)+tableEnds+after), 0o644) //nolint:gosec // a page of the documentation
}

// tableOf is the figures as Markdown.
func tableOf(rows []row) string {
	var b strings.Builder
	b.WriteString("| scenario | CPU, s/s | handshakes/s | connections | goroutines | memory, kB per attacker | kernel, MB |" +
		" free answers | free p99 | stops, lost | paid answers | paid p99 | stops, lost |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %.2f (%.2f) | %.0f | %.0f | %+.0f | %.0f | %.1f (%.1f) | %s | %s |\n", r.name,
			r.attack["cpu"], r.calm["cpu"], r.attack["handshakes"], r.attack["connections"]+r.attack["pending"],
			r.attack["goroutines"]-r.calm["goroutines"], r.attack["memory-per-attacker"]/1e3,
			r.attack["kernel"]/1e6, r.calm["kernel"]/1e6, r.honest("free"), r.honest("paid"))
	}
	return b.String()
}

// honest is what honest clients of a kind have of it.
func (r *row) honest(role string) string {
	before, ok := r.calm[role+".answers"]
	if !ok {
		return "– | – | –"
	}
	return fmt.Sprintf("%.0f %% | %.1f (%.1f) ms | %.0f, %.0f",
		100*r.attack[role+".answers"]/before, r.attack[role+".p99"], r.calm[role+".p99"],
		r.attack[role+".stops"], r.attack[role+".lost"])
}
