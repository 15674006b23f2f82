package server

import (
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// kind is one kind of request: what it costs on average by long experience, and
// how much of it one message may ask for.
type kind struct {
	code      uint64
	base, per unit.Cost // ns, per = for each unit of Request.Amount
	maxAmount uint64
}

// kinds returns the requests of a version. The averages of les/4 are those that
// geth's servers were run with for years; those of les/5 are estimates on the safe
// side. What is measured here can only raise them: see estimate.
func kinds(version uint) []kind {
	shared := []kind{
		{wire.CodeGetHeaders, 150_000, 30_000, wire.MaxHeaders},
		{wire.CodeGetBodies, 0, 700_000, wire.MaxBodies},
		{wire.CodeGetReceipts, 0, 1_000_000, wire.MaxReceipts},
		{wire.CodeGetTxStatus, 0, 250_000, wire.MaxTxStatus},
		// Also where it is not served: geth's clients leave a server without a price for it.
		{wire.CodeGetHelperProofs, 0, 1_000_000, wire.MaxHelperProofs},
	}
	if wire.Legacy(version) {
		return append(
			shared,
			kind{wire.CodeSendTx, 0, 450_000, wire.MaxTxs},
			kind{wire.CodeGetCode, 0, 450_000, wire.MaxCodes},
			kind{wire.CodeGetProofs, 0, 600_000, wire.MaxProofs},
		)
	}
	return append(
		shared,
		// 6 blobs take 170 ms to check and make an amount of 403, on average 181 ms.
		kind{wire.CodeSendTx, 0, 450_000, wire.MaxTxAmount},
		kind{wire.CodeGetState, 0, 600_000, wire.MaxState},
		kind{wire.CodeGetWitness, 1_000_000, 5_000_000, wire.MaxWitnessGas / wire.WitnessGasUnit},
		kind{wire.CodeGetConfig, 50_000, 0, 1},
		kind{wire.CodeGetLogRange, 500_000, 5_000_000, wire.MaxLogRange / wire.LogRangeUnit},
	)
}

// safety is the ratio of announced maximum to expected average cost.
const safety = 2

// pricing is what one version's sessions are charged by.
type pricing struct {
	table    *flow.Table
	announce wire.CostTable
	limit    unit.Cost // BL that holds every permitted request at its full price
}

// newPricing makes a table of what a version's requests cost at most.
func newPricing(offers []flow.Offer) (*pricing, error) {
	p := &pricing{limit: min(flow.FullCost(offers), flow.MaxLimit)}
	table, err := flow.NewTable(offers, p.limit)
	if err != nil {
		return nil, err
	}
	p.table = table
	for _, e := range table.Entries() {
		p.announce = append(p.announce, wire.CostEntry{Code: e.Code, Base: e.Base, PerItem: e.PerItem})
	}
	return p, nil
}
