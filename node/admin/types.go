package admin

import (
	"bytes"
	"cmp"
	"fmt"
	"time"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/unit"
)

// Capacity is what candela_capacity answers. Costs are ns of one thread; rates are cost
// per ms, so that 1,000,000 is one thread.
type Capacity struct {
	Total   unit.Cost `json:"total"`   // what serving may take now
	Nominal unit.Cost `json:"nominal"` // and at best
	Units   Units     `json:"units"`
	Unit    Params    `json:"unit"` // what one unit is
	Load    Load      `json:"load"`
	Queued  unit.Cost `json:"queued"`  // cost of the free requests that wait
	Waiting Waiting   `json:"waiting"` // requests
	Kinds   []Kind    `json:"kinds"`

	ReservePermille uint64 `json:"reservePermille"`
	FreePermille    uint64 `json:"freePermille"`
}

// Units counts the units of a server.
type Units struct {
	ForSale   uint64 `json:"forSale"`
	Granted   uint64 `json:"granted"`   // to anybody, connected or not
	Allocated uint64 `json:"allocated"` // of those, as far as there are units
	Leaving   uint64 `json:"leaving"`   // taken back, and honoured for a few seconds more
}

// Params are flow control parameters.
type Params struct {
	Limit    unit.Cost `json:"limit"`
	Recharge unit.Cost `json:"recharge"` // per ms
}

// Load is what serving took of late, per ms.
type Load struct {
	Paid  unit.Cost `json:"paid"`
	Free  unit.Cost `json:"free"`
	Other unit.Cost `json:"other"` // not for clients: the node itself, other programs
}

// Waiting counts the requests that wait to be served.
type Waiting struct {
	Paid int `json:"paid"`
	Free int `json:"free"`
}

// Kind is what one kind of request costs.
type Kind struct {
	Name     string    `json:"name"`     // such as les/5 GetState; les/4 is for older versions too
	Base     unit.Cost `json:"base"`     // at most, for the request itself, as clients are told
	PerItem  unit.Cost `json:"perItem"`  // at most, for each item
	Measured unit.Cost `json:"measured"` // for an item lately; 0 is not known
}

// KindName is how a kind of request is called here and in metrics.
func KindName(k server.KindCost) string { return fmt.Sprintf("les/%d %s", k.Version, k.Name) }

// ClientInfo is a connected client, as candela_clients has it.
type ClientInfo struct {
	Client   ID        `json:"client"`
	Address  string    `json:"address"`
	Name     string    `json:"name"`
	Version  uint      `json:"version"` // of les
	Class    string    `json:"class"`   // paid or free
	Granted  uint64    `json:"granted"`
	Units    uint64    `json:"units"` // that it has
	Params   Params    `json:"params"`
	Buffer   unit.Cost `json:"buffer"`
	Penalty  float64   `json:"penalty"` // of free clients; the highest is frozen first
	Frozen   bool      `json:"frozen"`
	Since    time.Time `json:"since"` // connected
	Requests uint64    `json:"requests"`
	Spent    unit.Cost `json:"spent"`
}

// Settings is what candela_settings answers.
type Settings struct {
	ReservePermille uint64       `json:"reservePermille"`
	FreePermille    uint64       `json:"freePermille"`
	Grants          []GrantState `json:"grants"` // oldest first
}

// GrantState is a grant, and what has become of it.
type GrantState struct {
	Grant
	Connected bool   `json:"connected"`
	Allocated uint64 `json:"allocated"` // units that the client has
}

// Granted is what candela_grant answers.
type Granted struct {
	Client  ID     `json:"client"`
	Units   uint64 `json:"units"`
	ForSale uint64 `json:"forSale"`
	Left    uint64 `json:"left"` // of those for sale, granted to nobody
}

func paramsOf(p flow.Params) Params { return Params{Limit: p.Limit, Recharge: p.Recharge} }

func capacityOf(c server.Capacity, doc document, base Shares) Capacity {
	s := doc.shares(base)
	out := Capacity{
		Total: c.Total, Nominal: c.Nominal,
		Units:  Units{ForSale: c.Units, Granted: sum(doc.Grants), Allocated: c.Allocated, Leaving: c.Leaving},
		Unit:   paramsOf(c.Unit),
		Load:   Load{Paid: c.PaidLoad, Free: c.FreeLoad, Other: c.OtherLoad},
		Queued: c.Queued, Waiting: Waiting{Paid: c.WaitingPaid, Free: c.WaitingFree}, Kinds: []Kind{},
		ReservePermille: s.ReservePermille, FreePermille: s.FreePermille,
	}
	for _, k := range c.Kinds {
		out.Kinds = append(out.Kinds, Kind{
			Name: KindName(k), Base: k.Announced.Base, PerItem: k.Announced.PerItem, Measured: k.Measured,
		})
	}
	return out
}

func clientOf(c server.ClientInfo) ClientInfo {
	class := "free"
	if c.Paid {
		class = "paid"
	}
	return ClientInfo{
		Client: ID(c.ID), Address: c.Addr, Name: c.Name, Version: c.Version, Class: class,
		Granted: c.Granted, Units: c.Units, Params: paramsOf(c.Params), Buffer: c.Buffer, Penalty: c.Penalty,
		Frozen: c.Frozen, Since: c.Since, Requests: c.Requests, Spent: c.Spent,
	}
}

// compareClients sorts by units, then by what was spent, most first.
func compareClients(a, b ClientInfo) int {
	return cmp.Or(
		cmp.Compare(b.Units, a.Units),
		cmp.Compare(b.Spent, a.Spent),
		bytes.Compare(a.Client[:], b.Client[:]),
	)
}

func settingsOf(doc document, base Shares, clients []server.ClientInfo) Settings {
	has := make(map[ID]uint64, len(clients))
	for _, c := range clients {
		has[ID(c.ID)] = c.Units
	}
	s := doc.shares(base)
	out := Settings{ReservePermille: s.ReservePermille, FreePermille: s.FreePermille, Grants: []GrantState{}}
	for _, g := range doc.Grants {
		units, connected := has[g.Client]
		out.Grants = append(out.Grants, GrantState{Grant: g, Connected: connected, Allocated: units})
	}
	return out
}
