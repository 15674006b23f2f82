package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/candela-les/candela/node"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/payments"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/unit"
)

// Exit statuses of candela pay, for scripts; see payStatusOf.
const (
	exitNobodyPays  = 3
	exitNoSuch      = 4
	exitBeyondLimit = 5
	exitRefused     = 6
	exitNotOver     = 7
	paySeenFor      = 30 * time.Second // how long an answer may take that needs no transaction
)

type payCmd struct {
	DataDir string `name:"datadir" help:"Data directory of the light client." required:"" placeholder:"DIR"`
	RPC     string `name:"rpc" help:"See the token's chain by this node: a URL or IPC path. Only while no light client runs. Default: as the light client saw it." placeholder:"URL"`
	JSON    bool   `help:"Print JSON, as docs/spec/payments.md has it: amounts in base units."`

	Status  payStatusCmd  `cmd:"" help:"Show what is locked, promised and spent, and what the key has."`
	History payHistoryCmd `cmd:"" help:"Show what has happened to the money."`
	Open    payOpenCmd    `cmd:"" help:"Open a channel to a server, with so much locked."`
	TopUp   payTopUpCmd   `cmd:"" name:"topup" help:"Lock more in a channel."`
	Close   payCloseCmd   `cmd:"" help:"Close channels, and take back what is left in them."`
}

// Help is shown by candela pay --help.
func (payCmd) Help() string {
	return `Looks after the money that candela light --pay pays servers with. If it runs, it is asked to do what is to be
done; if not, this is a light client for as long as it takes, which buys nothing.

SERVER is an enode URL, a node id, or the address that status lists; CHANNEL the first digits of its ID, as status lists
them; AMOUNT in whole tokens, such as 2.50.

What takes blocks to be sure says on standard error how far it is. Whatever was begun goes on by itself, also when this is
interrupted: in the light client that runs, or with the next that is started. But a channel whose server has not agreed to
close it is let be: call close again, with the server connected or with --force.

Exit status: 3 no light client has paid from that directory, 4 no such channel or server, or it is not connected,
5 beyond the owner's limits, or no coin for gas, 6 refused by the server, 7 noted and not over: the money is not back or not
locked yet, and that goes on by itself, 130 interrupted.

Examples:
  candela pay --datadir ./light status
  candela pay --datadir ./light history --limit 50
  candela pay --datadir ./light open --server enode://… --amount 2.50
  candela pay --datadir ./light topup --server enode://… --amount 1
  candela pay --datadir ./light close --server enode://…
  candela pay --datadir ./light close --all --force`
}

// purse is a way to the payments that the flags name.
type purse struct {
	*node.Payments
	shown
	order *order
}

// order is what was ordered last, if anything was.
type order struct{ job *payments.Job }

// look asks about payments with f, and closes what was opened for that. servers are to be connected to.
func (c *cli) look(ctx context.Context, e *env, servers []string, f func(context.Context, purse) error) error {
	env := e.Env
	if c.Log.Level == "info" { // what a light client has to say is of no interest here unless it goes wrong
		env.Logger = e.warnings()
	}
	p, err := node.OpenPayments(ctx, env, node.PaymentsConfig{DataDir: c.Pay.DataDir, RPC: c.Pay.RPC, Servers: servers})
	if err != nil {
		return payStatusOf(err)
	}
	own := purse{p, shown{e, c.Pay.JSON}, new(order)}
	err = payStatusOf(f(ctx, own))
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = &statusError{exitInterrupted, errors.New("interrupted" + own.next(ctx))}
	}
	if closed := p.Close(ctx); closed != nil {
		return errors.Join(err, closed)
	}
	return err
}

// next says what becomes of what was ordered, when who has ordered it does not wait for it.
func (p purse) next(ctx context.Context) string {
	j := p.order.job
	if j == nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if now, err := p.Job(ctx, j.ID); err == nil {
		j = &now
	}
	return nextOf(j, p.Running())
}

// nextOf says what becomes of a job that nobody waits for: the light client that runs goes on with all of it, another one with what is noted.
func nextOf(j *payments.Job, running bool) string {
	switch {
	case running && !j.Begun:
		return "; nothing was begun yet, and the light client still does what was ordered"
	case running:
		return "; the light client goes on with what was begun"
	case !j.Begun:
		return "; nothing was begun"
	}
	return "; what was begun goes on when candela light or candela pay is started again; " +
		"if a server was asked to agree and has not, call close again, with the server connected or with --force"
}

// payStatusOf gives what a script may want to tell apart an exit status of its own.
func payStatusOf(err error) error {
	if errors.Is(err, node.ErrNoPayments) {
		return &statusError{exitNobodyPays, err}
	}
	said, ok := errors.AsType[*payments.Error](err)
	if !ok {
		return err
	}
	switch said.Code {
	case payments.CodeUnknown, payments.CodeAway:
		return &statusError{exitNoSuch, err}
	case payments.CodeLimit, payments.CodeNoFunds:
		return &statusError{exitBeyondLimit, err}
	case payments.CodeBegun:
		return &statusError{exitNotOver, err}
	case payments.CodeRefused:
		return &statusError{exitRefused, err}
	case payments.CodeInvalid:
		return usage.Errorf("%w", err)
	}
	return err
}

// which reads whom or what an order is about.
func which(server, channel string, all bool) (w payments.Which, connect []string, err error) {
	w = payments.Which{Channel: strings.ToLower(channel), All: all}
	named := 0
	for _, is := range []bool{server != "", channel != "", all} {
		if is {
			named++
		}
	}
	if named != 1 {
		return w, nil, usage.Errorf("which? give one of --server, --channel and --all")
	}
	if server == "" {
		return w, nil, nil
	}
	w.Server = strings.ToLower(server)
	if id, err := admin.ParseID(server); err == nil {
		w.Server = id.String()
	}
	if strings.HasPrefix(server, "enode://") {
		connect = []string{server}
	}
	return w, connect, nil
}

// amountIn reads an amount in whole tokens.
func (p purse) amountIn(ctx context.Context, text string) (unit.Amount, error) {
	status, err := p.status(ctx)
	if err != nil {
		return unit.Amount{}, err
	}
	if status.Decimals == nil {
		return unit.Amount{}, fmt.Errorf("it is not known how many decimals the token has: %s", status.Unseen)
	}
	a, err := unit.ParseTokens(text, *status.Decimals)
	if err != nil {
		return a, usage.Errorf("--amount: %w", err)
	}
	return a, nil
}

// status asks for it, and not for ever.
func (p purse) status(ctx context.Context) (payments.Status, error) {
	ctx, cancel := context.WithTimeout(ctx, paySeenFor)
	defer cancel()
	return p.Status(ctx)
}

type payOpenCmd struct {
	Server string `help:"Server to open a channel to." placeholder:"SERVER"`
	All    bool   `help:"Open one to each server that is connected and sells."`
	Amount string `help:"How much is locked in each, in whole tokens." required:"" placeholder:"AMOUNT"`
	Method string `help:"Method of payment. Default: the first of --pay that the server takes." placeholder:"NAME"`
}

// Help is shown by candela pay open --help.
func (payOpenCmd) Help() string {
	return `candela light --pay opens channels by itself when it needs them. This is for whoever wants one before. If one is
open, it is that one, with at least as much locked.

Examples:
  candela pay --datadir ./light open --server enode://… --amount 2.50
  candela pay --datadir ./light open --all --amount 1`
}

func (o *payOpenCmd) Run(ctx context.Context, e *env, c *cli) error {
	w, connect, err := which(o.Server, "", o.All)
	if err != nil {
		return err
	}
	return c.look(ctx, e, connect, func(ctx context.Context, p purse) error {
		amount, err := p.amountIn(ctx, o.Amount)
		if err != nil {
			return err
		}
		j, err := p.Payments.Open(ctx, payments.Order{Which: w, Amount: amount, Method: o.Method})
		return p.follow(ctx, j, err)
	})
}

type payTopUpCmd struct {
	Server  string `help:"Server whose channel it is." placeholder:"SERVER"`
	Channel string `help:"The channel." placeholder:"CHANNEL"`
	All     bool   `help:"Each channel that is open."`
	Amount  string `help:"How much more is locked in each, in whole tokens." required:"" placeholder:"AMOUNT"`
}

// Help is shown by candela pay topup --help.
func (payTopUpCmd) Help() string {
	return `candela light --pay locks more by itself as it is used up. This is for whoever wants more before. While something is on
its way into a channel nothing is added to it: exit status 7 says so, and that what is on its way goes on by itself.

Example:
  candela pay --datadir ./light topup --server enode://… --amount 1`
}

func (o *payTopUpCmd) Run(ctx context.Context, e *env, c *cli) error {
	w, connect, err := which(o.Server, o.Channel, o.All)
	if err != nil {
		return err
	}
	return c.look(ctx, e, connect, func(ctx context.Context, p purse) error {
		amount, err := p.amountIn(ctx, o.Amount)
		if err != nil {
			return err
		}
		j, err := p.Payments.TopUp(ctx, payments.Order{Which: w, Amount: amount})
		return p.follow(ctx, j, err)
	})
}

type payCloseCmd struct {
	Server  string `help:"Server whose channels are closed." placeholder:"SERVER"`
	Channel string `help:"The channel." placeholder:"CHANNEL"`
	All     bool   `help:"Each channel that there is."`
	Force   bool   `help:"Close alone, without the server's consent. What was never promised comes back after the delay, and the rest not at all."`
}

// Help is shown by candela pay close --help.
func (payCloseCmd) Help() string {
	return `What comes back, by the method that the channel was opened by:

  method    never promised                          promised and not spent
  channel   at once, if the server agrees;          at once, if the server agrees;
            with --force after the delay            with --force not at all
  cheque    after the delay                         not at all: it stays in the account there, to be used up
  lottery   after the delay                         not at all: it stays in the account there, to be used up
  offset    nothing is ever locked                  nothing is paid in advance

To agree, the server has to be connected; with --force it is not asked. Where there is a delay it is a day, or what the channel was
opened with, and status shows its end. The light client takes the money back then, or this command, called again; until then the
exit status is 7. After a close without --force nothing is bought there for ten minutes.

A light client that goes on buying opens another channel when it needs one.

Examples:
  candela pay --datadir ./light close --server enode://…
  candela pay --datadir ./light close --all
  candela pay --datadir ./light close --channel 0x12ab --force`
}

func (o *payCloseCmd) Run(ctx context.Context, e *env, c *cli) error {
	w, connect, err := which(o.Server, o.Channel, o.All)
	if err != nil {
		return err
	}
	return c.look(ctx, e, connect, func(ctx context.Context, p purse) error {
		j, err := p.CloseChannels(ctx, payments.Order{Which: w, Alone: o.Force})
		if err != nil {
			return err
		}
		err = p.follow(ctx, j, nil)
		if status, unseen := p.status(ctx); unseen == nil && !status.Idle && status.Demand != "free" { // whatever has become of the channels
			e.Logger.Warn("the light client still buys, and opens a channel again when it needs one", "demand", status.Demand)
		}
		return err
	})
}
