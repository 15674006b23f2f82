package sim

import (
	"slices"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
)

// values lists what a client's first, second, … unit is worth to it now, for an hour, in price parts: what
// its demand says, told truly. They do not increase.
func (c *client) values(k *ClientKind, list []uint64) []uint64 {
	if c.person.need == 0 || k.Free {
		return list
	}
	d := c.person.truth(k)
	for have := unit.Cost(0); have < d.Want(); have = have.Add(buyer.StandardUnit) {
		_, v := d.Value(have).Words()
		list = append(list, v)
	}
	return list
}

// optimum is the highest sum of so many of the values: each unit goes to whom it is worth most, wherever
// it is, as if somebody knew all and moving cost nothing. The list is put into another order.
func optimum(values []uint64, units int) (sum float64) {
	if units < len(values) {
		highest(values, units)
		values = values[:units]
	}
	for _, v := range values {
		sum += float64(v)
	}
	return sum
}

// highest moves the n highest values to the front (Hoare's selection, with the median of three).
func highest(list []uint64, n int) {
	for len(list) > 16 {
		a, b, c := list[0], list[len(list)/2], list[len(list)-1]
		pivot := max(min(a, b), min(max(a, b), c))
		i, j := 0, len(list)-1
		for i <= j {
			for list[i] > pivot {
				i++
			}
			for list[j] < pivot {
				j--
			}
			if i <= j {
				list[i], list[j] = list[j], list[i]
				i, j = i+1, j-1
			}
		}
		// list[:j+1] ≥ pivot, list[i:] ≤ pivot, what is between is the pivot.
		switch {
		case n <= j:
			list = list[:j+1]
		case n >= i:
			list, n = list[i:], n-i
		default:
			return
		}
	}
	slices.SortFunc(list, func(x, y uint64) int {
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
}

// welfare sums up what the units that clients have are worth to them, by their kinds, and what all units that
// are for sale could be worth, in base units an hour.
func (w *world) welfare(workers int) (had []float64, best float64) {
	var parts [shards]struct {
		had    []float64
		values []uint64
	}
	each(workers, shards, func(i int) {
		p := &parts[i]
		p.had = make([]float64, len(w.scenario.Clients))
		var list []uint64
		for n := i; n < len(w.clients); n += shards {
			c := &w.clients[n]
			list = c.values(&w.scenario.Clients[c.kind], list[:0])
			units := 0
			for j := range c.links {
				l := &c.links[j]
				units += int(w.sellers[l.server].accounts[l.slot].units)
			}
			for _, v := range list[:min(units, len(list))] {
				p.had[c.kind] += float64(v) / priceParts
			}
			p.values = append(p.values, list...)
		}
	})
	var all []uint64
	had = make([]float64, len(w.scenario.Clients))
	for i := range parts {
		for kind, sum := range parts[i].had {
			had[kind] += sum
		}
		all = append(all, parts[i].values...)
	}
	var units uint64
	for _, s := range w.sellers {
		if s.up {
			units += s.auction.Curve().Units
		}
	}
	return had, optimum(all, int(units)) / priceParts
}
