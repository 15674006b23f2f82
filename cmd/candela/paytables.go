package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"math/big"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/unit"
)

// coinDecimals are those of every chain's coin.
const coinDecimals = 18

type payStatusCmd struct{}

// Help is shown by candela pay status --help.
func (payStatusCmd) Help() string {
	return `Amounts are in the unit that LOCKED names: whole tokens once the token's contract was read, which is kept.

LOCKED is what the chain locks for a server, from the channel's beginning on; PROMISED of it what was promised, and ACKNOWLEDGED
what the server has said that it has, "or more" if it was not asked since the light client was started. LEFT was never promised. By offset nothing is locked: PROMISED is
what was taken on account, and owed of it what the server's operator has not taken in return.

A line "left" names a server that has said what cannot be of what it was promised. It is not paid until then, and its channels
are closed without it; candela pay open --server has it paid again before. A line "unopened" says why no channel was opened
when that was tried last by a method.

"opened by 0x…, whose key is not here": session.key in the data directory is another one than when the channel was opened. Put
the old one back. Without it nothing can be promised over the channel, and no server agrees to close it; candela pay close
--force brings back what was never promised, but of cheque, whose chequebook is that key's.

Example:
  candela pay --datadir ./light status --json | jq -r '.channels[] | select(.state == "closing") | .back'`
}

func (*payStatusCmd) Run(ctx context.Context, e *env, c *cli) error {
	return c.look(ctx, e, nil, func(ctx context.Context, p purse) error {
		got, err := p.status(ctx)
		if err != nil {
			return err
		}
		return p.print(got, func() { showStatus(e.stdout, &got) })
	})
}

func showPot(w io.Writer, m *payments.Money, p *payments.Pot) {
	fmt.Fprintf(w, "open pot  %s, of which %s are servers' and %s free; %s in escrow\n",
		tokens(m, p.Amount), tokens(m, p.Allotted), tokens(m, p.Free), m.Say(p.Escrow))
	if p.Back != nil {
		fmt.Fprintf(w, "          it is being taken back, from %s on\n", p.Back.Local().Format(time.DateTime))
	}
	if p.Accused > 0 {
		fmt.Fprintf(w, "          %d winners are said not to be covered: the escrow is burned a day after that was said, unless they are\n", p.Accused)
	}
}

// tokens is an amount in whole tokens, or in base units if it is not known what those are.
func tokens(m *payments.Money, a unit.Amount) string {
	if m.Decimals == nil {
		return a.String()
	}
	return a.Tokens(*m.Decimals)
}

func showStatus(w io.Writer, s *payments.Status) {
	m := &s.Money
	fmt.Fprintf(w, "key       %s", address0x(s.Funds.Address[:]))
	if s.Funds.Tokens != nil {
		fmt.Fprintf(w, ": %s, and %s of coin for gas", m.Say(*s.Funds.Tokens), coin(s.Funds.CoinWei))
	}
	fmt.Fprintf(w, "\npromises  by %s, %s", address0x(s.Session.Address[:]), strings.Join(s.Methods, ", "))
	if given := s.Session.CoinWei; given != "" && given != "0" {
		fmt.Fprintf(w, "; it has %s of coin for gas", coin(given))
	}
	fmt.Fprintln(w)
	fmt.Fprintf(w, "locked    %s of at most %s\n", tokens(m, s.Locked), m.Say(s.Limits.Locked))
	fmt.Fprintf(w, "prepaid   %s, and at most %s at one server\n", tokens(m, s.Prepaid), m.Say(s.Limits.Prepaid))
	fmt.Fprintf(w, "today     %s promised of at most %s; %s spent", tokens(m, s.Promised), m.Say(s.Limits.Daily), tokens(m, s.Spent))
	if !s.Budget.IsZero() {
		fmt.Fprintf(w, " of at most %s", m.Say(s.Budget))
	}
	fmt.Fprintf(w, "\nlight     %s", runs(s))
	if !s.Budget.IsZero() && s.Decimals != nil {
		fmt.Fprintf(w, " (in base units; the budget is %s a day)", m.Say(s.Budget))
	}
	fmt.Fprintln(w)
	fmt.Fprintf(w, "servers   %s\n", peers(s))
	for i := range s.Pots {
		showPot(w, m, &s.Pots[i])
	}
	if s.Unseen != "" {
		fmt.Fprintf(w, "chain     %s\n", s.Unseen)
	}
	for _, l := range s.Left {
		fmt.Fprintf(w, "left      %s, not paid before %s: %s\n", address0x(l.Seller[:]), l.Until.Local().Format(time.DateTime), l.Why)
	}
	for _, u := range s.Unopened {
		fmt.Fprintf(w, "unopened  %s channel to %s: %s\n", u.Method, address0x(u.Seller[:]), u.Why)
	}
	showChannels(w, s)
}

// runs says whether a light client runs, and what it buys.
func runs(s *payments.Status) string {
	if s.Idle {
		return fmt.Sprintf("does not run; when candela light is started it buys: %s", s.Demand)
	}
	return fmt.Sprintf("runs, and buys: %s", s.Demand)
}

// peers says which servers are connected, and which were.
func peers(s *payments.Status) string {
	if len(s.Servers) == 0 {
		return "none is connected"
	}
	var list []string
	for i := range s.Servers {
		text := address0x(s.Servers[i].Seller[:])
		if !s.Servers[i].Connected {
			text += " (not connected)"
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// acknowledged is what a server has said that it has, or that it was not asked.
func acknowledged(m *payments.Money, c *payments.Channel) string {
	switch {
	case c.Asked || c.State == payments.Closed || c.Promised.IsZero():
		return tokens(m, c.Acknowledged)
	case c.Acknowledged.IsZero():
		return "not asked yet"
	}
	return tokens(m, c.Acknowledged) + " or more"
}

func showChannels(w io.Writer, s *payments.Status) {
	if len(s.Channels) == 0 {
		fmt.Fprintln(w, "\nno channels")
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\nCHANNEL\tMETHOD\tSERVER\tLOCKED %s\tPROMISED\tACKNOWLEDGED\tLEFT\tSTATE\n", strings.ToUpper(s.Unit()))
	for i := range s.Channels {
		c := &s.Channels[i]
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", channelID(c), c.Method, address0x(c.Seller[:]), tokens(&s.Money, c.Locked),
			tokens(&s.Money, c.Promised), acknowledged(&s.Money, c), tokens(&s.Money, c.Left), stateOf(&s.Money, c))
	}
	t.Flush() //nolint:errcheck // as far as it goes
}

// stateOf is a channel's state in words, and that it is another's if it is.
func stateOf(m *payments.Money, c *payments.Channel) string {
	state := stateHere(m, c)
	if c.OpenedBy != nil {
		state += ", opened by " + address0x(c.OpenedBy[:]) + ", whose key is not here"
	}
	return state
}

func stateHere(m *payments.Money, c *payments.Channel) string {
	switch {
	case c.Locking != nil && c.State != payments.Closing:
		return fmt.Sprintf("%s, %s on the way", c.State, tokens(m, c.Locking.Minus(c.Locked)))
	case c.State == payments.Closing && c.Consent:
		return "closing by consent"
	case c.State == payments.Closing && c.Asking:
		return "closing, the server has not agreed"
	case c.Back != nil:
		return "closing, back at " + c.Back.Local().Format(time.DateTime)
	case c.Owed != nil && c.State == payments.Open:
		return fmt.Sprintf("open, %s owed", tokens(m, *c.Owed))
	}
	return c.State
}

// channelID is as much of a channel's ID as is needed to tell it from others.
func channelID(c *payments.Channel) string {
	if c.ID == nil {
		return "-"
	}
	return "0x" + hex.EncodeToString(c.ID[:6])
}

func address0x(a []byte) string { return "0x" + hex.EncodeToString(a) }

// coin is so much wei in whole coins.
func coin(wei string) string {
	n, ok := new(big.Int).SetString(wei, 10)
	if !ok {
		return "-"
	}
	return unit.NearestAmount(n).Tokens(coinDecimals)
}

type payHistoryCmd struct {
	Limit uint64 `help:"Most entries to be shown." default:"20" placeholder:"N"`
}

// Help is shown by candela pay history --help.
func (payHistoryCmd) Help() string {
	return `The newest comes first. What was promised is summed up for each day and channel; settled is what a server says that it will
collect, and what it gives back; closed, what came back at the end. Transactions that did none of these by themselves are told of in
words; --json has the names that they were sent under. GAS is in the chain's coin, TIME in the zone that it names.

Example:
  candela pay --datadir ./light history --limit 50`
}

func (h *payHistoryCmd) Run(ctx context.Context, e *env, c *cli) error {
	return c.look(ctx, e, nil, func(ctx context.Context, p purse) error {
		ctx, cancel := context.WithTimeout(ctx, paySeenFor)
		defer cancel()
		got, err := p.Payments.History(ctx, h.Limit)
		if err != nil {
			return err
		}
		return p.print(got, func() { showHistory(e.stdout, &got) })
	})
}

func showHistory(w io.Writer, h *payments.History) {
	if len(h.Entries) == 0 {
		fmt.Fprintln(w, "nothing has happened yet")
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "TIME %s\tWHAT\tCHANNEL\tAMOUNT %s\tGAS COIN\tTRANSACTION\n", h.Entries[0].At.Local().Format("MST"), strings.ToUpper(h.Unit()))
	for i := range h.Entries {
		one := &h.Entries[i]
		id, amount, gas, tx := "", "", "", ""
		if one.ID != nil {
			id = "0x" + hex.EncodeToString(one.ID[:6])
		}
		if one.Amount != nil {
			amount = tokens(&h.Money, *one.Amount)
		}
		if one.CoinWei != "" {
			amount = coin(one.CoinWei) + " of coin"
		}
		if one.Unspent != nil {
			amount += ", gives back " + tokens(&h.Money, *one.Unspent)
		}
		if one.Tx != nil {
			gas, tx = coin(one.Tx.FeeWei), address0x(one.Tx.Hash[:])
			if one.Tx.Failed != "" {
				tx += " (" + one.Tx.Failed + ")"
			}
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", one.At.Local().Format(time.DateTime), printable(one.Text), id, amount, gas, tx)
	}
	t.Flush() //nolint:errcheck // as far as it goes
}

// follow says how far a job is until it is over, and then what has become of it.
func (p purse) follow(ctx context.Context, j payments.Job, err error) error {
	if err != nil {
		return err
	}
	told, block := 0, uint64(0)
	p.order.job = &j
	j, err = p.Follow(ctx, j, func(now payments.Job) {
		for _, step := range now.Steps[told:] {
			p.env.Logger.Info("payments", "step", step.Text)
		}
		told = len(now.Steps)
		if len(now.Waiting) > 0 && now.Block != block && now.Block != 0 {
			block = now.Block
			p.env.Logger.Info("payments", "step", "transactions are not sure yet", "block", block, "transactions", len(now.Waiting))
		}
	})
	if err != nil {
		return err
	}
	m := payments.Money{}
	if status, err := p.status(ctx); err == nil {
		m = status.Money
	}
	if err := p.print(j, func() { p.results(&m, &j) }); err != nil {
		return err
	}
	return outcome(&j)
}

// results says what has become of each channel.
func (p purse) results(m *payments.Money, j *payments.Job) {
	for i := range j.Results {
		r := &j.Results[i]
		switch {
		case r.Error != nil && len(j.Results) == 1: // it is said as what failed
		case r.Error != nil:
			p.env.say("channel %s: %s", channelID(&r.Channel), r.Error.Message)
		case r.State == payments.Closed && r.Returned != nil:
			p.env.say("channel %s is closed, and %s came back", channelID(&r.Channel), m.Say(*r.Returned))
		case r.State == payments.Closing && r.Back != nil:
			p.env.say("channel %s is being closed: %s can be taken back from %s on", channelID(&r.Channel), m.Say(r.Left), r.Back.Local().Format(time.DateTime))
		default:
			p.env.say("channel %s is %s, with %s locked and %s left", channelID(&r.Channel), stateOf(m, &r.Channel), m.Say(r.Locked), m.Say(r.Left))
		}
	}
	if len(j.Results) == 0 {
		p.env.say("there is no channel that is not closed")
	}
}

// outcome is the first error of a job, or that money is not back yet.
func outcome(j *payments.Job) error {
	for i := range j.Results {
		if err := j.Results[i].Error; err != nil {
			return err
		}
	}
	for i := range j.Results {
		if j.Results[i].State == payments.Closing {
			return &statusError{exitNotOver, fmt.Errorf("not all of the money is back yet")}
		}
	}
	return nil
}
