package admin

import (
	"context"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/channel"
	"github.com/candela-les/candela/pay/cheque"
	"github.com/candela-les/candela/pay/lottery"
	"github.com/candela-les/candela/pay/offset"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// Takings is what an office asks about payments that clients promise: a *pay.Collector, what is in the way, and where service is set off, its provider.
type Takings interface {
	// Untaken is by which methods nothing is taken now, and why.
	Untaken() map[string]error
	// Exposure looks at all channels of a method.
	Exposure(ctx context.Context, method string) (pay.Exposure, error)
	// Spent brings to the chain what is due of a method, was spent, and is worth more than its gas.
	Spent(ctx context.Context, method string) (pay.Passed, error)
	// Newest returns the newest statement by which a partner's light client owes service; nil if there is none. Errors: a *pay.Refusal with NoMethod
	// where service is not set off.
	Newest(ctx context.Context, partner pay.Address) ([]byte, error)
}

// collectPatience is how long a collection by hand may take. What is on its way then is looked after by itself.
const collectPatience = 10 * time.Minute

// Methods is what candela_methods answers: how clients can pay.
type Methods struct {
	Money
	Methods []Method `json:"methods"`
}

// Method is one way to pay, as the terms say it.
type Method struct {
	Name string `json:"name"`
	Info string `json:"info,omitempty"` // hex, by the method's own text
	// Who is paid, who signs claims and refunds, and how long a withdrawal has to wait, as far as the terms say it.
	Receiver   *Address `json:"receiver,omitempty"`
	Authorizer *Address `json:"authorizer,omitempty"`
	DelayS     uint64   `json:"delaySeconds,omitempty"`
	// Contract is the factory of chequebooks or the lottery that is trusted; Prize what a winning ticket gets.
	Contract *Address     `json:"contract,omitempty"`
	Prize    *unit.Amount `json:"prize,omitempty"`
	// Untaken is why nothing is taken by it now; empty if it is.
	Untaken string `json:"untaken,omitempty"`
	// Partner is the operator's own light client, against whose service that of partners is set off, and Threshold what each of them may owe.
	Partner   *Address     `json:"partner,omitempty"`
	Threshold *unit.Amount `json:"threshold,omitempty"`
	// OnCredit is how many winners of a client may wait that only an open pot secures: so many prizes can be lost to it.
	OnCredit uint8 `json:"onCredit,omitempty"`
}

// Exposures is what candela_exposure answers: what clients have promised and the chain has not paid yet.
type Exposures struct {
	Money
	Methods []Exposure `json:"methods"`
}

// Exposure is what is at stake with one method. Amounts are in base units.
type Exposure struct {
	Method     string      `json:"method"`
	Channels   int         `json:"channels"`   // of which something is due
	Closing    int         `json:"closing"`    // of them, whose clients take their deposits back
	Due        unit.Amount `json:"due"`        // promised, and neither given back nor collected
	Collecting unit.Amount `json:"collecting"` // of it, what is on its way to the chain
	Covered    unit.Amount `json:"covered"`    // of it, what the chain locks for it now
	Uncovered  unit.Amount `json:"uncovered"`  // and what it does not
	Unspent    unit.Amount `json:"unspent"`    // of it, what clients have in their accounts still
	Claims     int         `json:"claims"`     // winners that are not settled
	Claimed    unit.Amount `json:"claimed"`    // what they will pay
	Doubtful   int         `json:"doubtful"`   // of them, whose clients have overspent: the chain does not cover them now
	Doubted    unit.Amount `json:"doubted"`    // and what they would pay
	Worst      unit.Amount `json:"worst"`      // lost if nothing more could be collected
	// Credit is the most that can be uncovered, of all clients together; absent if the method knows no such bound.
	Credit *unit.Amount `json:"credit,omitempty"`
	// Unseen is since when the chain is not seen; absent if it is.
	Unseen *time.Time `json:"unseen,omitempty"`
}

// Taken is what candela_taken answers: how much service a partner has taken here on account, from the beginning on.
type Taken struct {
	Money
	Partner   Address     `json:"partner"`
	Total     unit.Amount `json:"total"`
	Statement string      `json:"statement,omitempty"` // hex: what it has signed of that; absent if it has taken nothing
}

// Collected is what candela_collect answers.
type Collected struct {
	Money
	Method  string      `json:"method"`
	Asked   int         `json:"asked"`   // channels that were brought to the chain, or still were on the way
	Amount  unit.Amount `json:"amount"`  // that is on the chain since
	Drawn   int         `json:"drawn"`   // claims that were settled
	Forgone int         `json:"forgone"` // channels of clients that close whose gas would cost more than they owe
}

// Methods is candela_methods: how clients can pay.
func (a *api) Methods() (Methods, error) {
	b, err := a.book()
	if err != nil {
		return Methods{}, err
	}
	out := Methods{Money: moneyOf(b.Market), Methods: []Method{}}
	untaken := make(map[string]error)
	if a.takings != nil {
		untaken = a.takings.Untaken()
	}
	for _, m := range b.Terms.Methods {
		one := methodOf(m)
		if why := untaken[m.Name]; why != nil {
			one.Untaken = why.Error()
			delete(untaken, m.Name)
		}
		out.Methods = append(out.Methods, one)
	}
	for _, name := range slices.Sorted(maps.Keys(untaken)) { // which the terms do not name
		out.Methods = append(out.Methods, Method{Name: name, Untaken: untaken[name].Error()})
	}
	return out, nil
}

func methodOf(m marketwire.Method) Method {
	one := Method{Name: m.Name, Info: hex.EncodeToString(m.Info)}
	switch m.Name {
	case channel.Method:
		if info, err := channel.DecodeInfo(m.Info); err == nil {
			receiver, authorizer := Address(info.Receiver), Address(info.ReceiverAuthorizer)
			one.Receiver, one.Authorizer, one.DelayS = &receiver, &authorizer, info.DelayS
		}
	case cheque.Method:
		if info, err := cheque.DecodeInfo(m.Info); err == nil {
			authorizer, contract := Address(info.Beneficiary), Address(info.Factory)
			one.Authorizer, one.Contract, one.DelayS = &authorizer, &contract, info.TimeoutS
		}
	case lottery.Method:
		if info, err := lottery.DecodeInfo(m.Info); err == nil {
			receiver, contract := Address(info.Payee), Address(info.Contract)
			one.Receiver, one.Contract, one.DelayS, one.Prize = &receiver, &contract, uint64(lottery.Delay/time.Second), &info.Face
			one.OnCredit = info.Credit
		}
	case offset.Method:
		if info, err := offset.DecodeInfo(m.Info); err == nil {
			partner := Address(info.Partner)
			one.Partner, one.Threshold = &partner, &info.Threshold
		}
	}
	return one
}

// Taken is candela_taken: what a partner has taken here on account. The operator's own light client asks that, for what it may take in return.
func (a *api) Taken(ctx context.Context, partner Address) (Taken, error) {
	b, err := a.book()
	if err != nil {
		return Taken{}, err
	}
	if a.takings == nil {
		return Taken{}, invalid("no service is set off here: start the server with --pay.methods offset")
	}
	enc, err := a.takings.Newest(ctx, pay.Address(partner))
	if refusal, ok := errors.AsType[*pay.Refusal](err); ok {
		return Taken{}, invalid("%s", refusal.Text)
	}
	if err != nil {
		return Taken{}, notKept(err)
	}
	out := Taken{Money: moneyOf(b.Market), Partner: partner, Statement: hex.EncodeToString(enc)}
	if len(enc) > 0 {
		s, err := offset.DecodeStatement(enc)
		if err != nil {
			return Taken{}, notKept(err)
		}
		out.Total = s.Cumulative
	}
	return out, nil
}

// Exposure is candela_exposure: what is at stake, method by method.
func (a *api) Exposure(ctx context.Context) (Exposures, error) {
	b, err := a.book()
	if err != nil {
		return Exposures{}, err
	}
	out := Exposures{Money: moneyOf(b.Market), Methods: []Exposure{}}
	if a.takings == nil {
		return out, nil
	}
	for _, m := range b.Terms.Methods {
		e, err := a.takings.Exposure(ctx, m.Name)
		if refusal, ok := errors.AsType[*pay.Refusal](err); ok && refusal.Reason == pay.NoMethod {
			continue // the operator's hand
		}
		if err != nil {
			return Exposures{}, notKept(err)
		}
		out.Methods = append(out.Methods, exposureOf(&e))
	}
	return out, nil
}

func exposureOf(e *pay.Exposure) Exposure {
	one := Exposure{
		Method: e.Method, Channels: e.Channels, Closing: e.Closing, Due: e.Due, Collecting: e.Collecting, Covered: e.Covered,
		Uncovered: e.Uncovered, Unspent: e.Unspent, Claims: e.Claims, Claimed: e.Claimed, Doubtful: e.Doubtful, Doubted: e.Doubted, Worst: e.Worst,
	}
	if !e.Credit.IsZero() {
		one.Credit = &e.Credit
	}
	if !e.Since.IsZero() {
		since := e.Since.UTC()
		one.Unseen = &since
	}
	return one
}

// Collect is candela_collect: brings to the chain what is due of a method, was spent, and is worth more than its gas, and returns when
// that is sure.
func (a *api) Collect(ctx context.Context, method string) (Collected, error) {
	b, err := a.book()
	if err != nil {
		return Collected{}, err
	}
	if a.takings == nil {
		return Collected{}, invalid("nothing is paid by %q here: start the server with --pay.methods", method)
	}
	ctx, cancel := context.WithTimeout(ctx, collectPatience)
	defer cancel()
	done, err := a.takings.Spent(ctx, method)
	if refusal, ok := errors.AsType[*pay.Refusal](err); ok {
		return Collected{}, invalid("%s", refusal.Text)
	}
	if err != nil {
		return Collected{}, notKept(err)
	}
	a.office.cfg.Logger.Info("payments collected", "method", method, "channels", done.Asked, "amount", done.Amount.Tokens(b.Market.Decimals),
		"currency", b.Market.Currency)
	return Collected{
		Money: moneyOf(b.Market), Method: method, Asked: done.Asked, Amount: done.Amount, Drawn: done.Drawn, Forgone: done.Forgone,
	}, nil
}
