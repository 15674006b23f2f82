package sim

// incomeSpan is over how long market shares are taken, in hours.
const incomeSpan = 0.25

// plots are all charts of a run.
func (r *Result) plots() []plot {
	list := []plot{
		{name: "price", title: "Price of one more unit", unit: "base units an hour", lines: []line{
			r.line("9 of 10 servers below", func(p *Point) float64 { return p.PriceHigh }),
			r.line("median server", func(p *Point) float64 { return p.Price }),
			r.line("1 of 10 servers below", func(p *Point) float64 { return p.PriceLow }),
		}},
		{name: "welfare", title: "Welfare, free service not counted", unit: "% of the optimum", zoom: true, lines: []line{
			r.line("welfare", func(p *Point) float64 { return 100 * ratio(p.Welfare, p.Optimum) }),
		}},
		{name: "response", title: "Response time of paid requests", unit: "ms, on a log scale", log: true, lines: r.responses()},
		{name: "free", title: "Free service", unit: "% of the capacity of all units", lines: []line{
			r.line("asked for", func(p *Point) float64 { return 100 * ratio(p.FreeAsked, p.ForSale) }),
			r.line("served", func(p *Point) float64 { return 100 * ratio(p.FreeServed, p.ForSale) }),
		}},
		{name: "sold", title: "Units sold, by kind of server", unit: "% of those for sale", lines: r.each(
			func(_ int, k *KindPoint) float64 { return 100 * ratio(k.Sold, k.ForSale) },
		)},
		{name: "revenue", title: "Revenue until then, by kind of server", unit: "base units for each unit", lines: r.each(
			func(i int, k *KindPoint) float64 { return ratio(k.Revenue, float64(r.Kinds[i].Units)) },
		)},
		{name: "loyalty", title: "Paid units that are had where free service was good", unit: "% of paid units", lines: []line{
			r.line("had there", func(p *Point) float64 { return 100 * p.Loyal }),
			r.line("if spread evenly", func(p *Point) float64 { return 100 * p.Expected }),
		}},
	}
	if r.expect > 0 {
		list[1].lines = append(list[1].lines, r.level("asked for", 100*r.expect))
	}
	if len(r.kinds) > 1 {
		list = append(list, plot{
			name: "share", title: "Market share, by kind of server", unit: "% of the revenue of 15 minutes", lines: r.shares(),
		})
	}
	for i := range list {
		list[i].warmUp = r.warmUp
		for n := range r.series {
			list[i].hours = append(list[i].hours, r.series[n].Seconds/3600)
		}
	}
	return list
}

func (r *Result) line(name string, value func(p *Point) float64) line {
	l := line{name: name}
	for i := range r.series {
		l.values = append(l.values, value(&r.series[i]))
	}
	return l
}

// level is a value to compare with.
func (r *Result) level(name string, value float64) line {
	l := r.line(name, func(*Point) float64 { return value })
	l.colour, l.dashed = "#000000", true
	return l
}

// each is a line for each kind of servers.
func (r *Result) each(value func(i int, k *KindPoint) float64) (lines []line) {
	for i, kind := range r.kinds {
		lines = append(lines, r.line(kind, func(p *Point) float64 { return value(i, &p.Kinds[i]) }))
	}
	return lines
}

func (r *Result) responses() []line {
	promise := r.level("promised", promised*1000)
	if len(r.kinds) == 1 {
		return []line{
			r.line("99 % within", func(p *Point) float64 { return p.Paid99 }),
			r.line("mean", func(p *Point) float64 { return p.PaidMean }), promise,
		}
	}
	lines := r.each(func(_ int, k *KindPoint) float64 { return k.Paid99 })
	for i := range lines {
		lines[i].name += ", 99 %"
	}
	return append(lines, promise)
}

// shares are each kind's part of what all have earned lately, and, dashed, its part of all units.
func (r *Result) shares() []line {
	var units float64
	for i := range r.Kinds {
		units += float64(r.Kinds[i].Units)
	}
	lines := r.each(func(int, *KindPoint) float64 { return 0 })
	first := 0
	for n := range r.series {
		for first < n && r.series[n].Seconds-r.series[first].Seconds > incomeSpan*3600 {
			first++
		}
		earned := func(i int) float64 {
			if first == 0 { // since the beginning
				return r.series[n].Kinds[i].Revenue
			}
			return r.series[n].Kinds[i].Revenue - r.series[first].Kinds[i].Revenue
		}
		var all float64
		for i := range lines {
			all += earned(i)
		}
		for i := range lines {
			lines[i].values[n] = 100 * ratio(earned(i), all)
		}
	}
	for i := range r.Kinds {
		l := r.level("", 100*float64(r.Kinds[i].Units)/units)
		l.colour = colours()[i%len(colours())]
		if i == 0 {
			l.name = "part of all units"
		}
		lines = append(lines, l)
	}
	return lines
}
