package payments

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/candela-les/candela/pay"
)

// leastPrefix is of how many digits of a channel's ID at least can stand for it.
const leastPrefix = 4

// check finds orders that make no sense.
func (o *Order) check(action string) error {
	named := 0
	for _, is := range []bool{o.Server != "", o.Channel != "", o.All} {
		if is {
			named++
		}
	}
	opens, closes := action == "open", action == "close"
	switch {
	case named != 1:
		return fail(CodeInvalid, "name a server, a channel, or all")
	case opens && o.Channel != "":
		return fail(CodeInvalid, "a channel is opened to a server")
	case !closes && o.Amount.IsZero():
		return fail(CodeInvalid, "nothing is to be locked")
	case closes && !o.Amount.IsZero(), !closes && o.Alone, !opens && o.Method != "":
		return fail(CodeInvalid, "that belongs to another method")
	}
	if o.Server != "" {
		if _, err := sellerOf(o.Server); err != nil {
			return err
		}
	}
	if digits := strings.TrimPrefix(o.Channel, "0x"); o.Channel != "" && (len(digits) < leastPrefix || strings.Trim(digits, "0123456789abcdef") != "") {
		return fail(CodeInvalid, "channel %q: it is an ID, or %d of its first digits at least", o.Channel, leastPrefix)
	}
	return nil
}

// sellerOf is the address that a server signs by: what is given, or the end of its node id, for both are of the same key.
func sellerOf(server string) (a pay.Address, err error) {
	raw, err := hex.DecodeString(strings.TrimPrefix(server, "0x"))
	if err != nil || len(raw) != 32 && len(raw) != len(a) {
		return a, fail(CodeInvalid, "server %q: give its enode URL, its node id (64 digits) or the address that status lists", server)
	}
	return pay.Address(raw[len(raw)-len(a):]), nil
}

// channels are those that are meant and not closed, and in which something was locked.
func (d *Desk) channels(w Which) ([]pay.Tab, error) {
	stake, digits := d.cfg.Wallet.Stake(), strings.TrimPrefix(w.Channel, "0x")
	var list []pay.Tab
	for _, t := range stake.Tabs {
		meant := w.All
		switch {
		case w.Channel != "":
			meant = strings.HasPrefix(hex.EncodeToString(t.ID[:]), digits)
		case w.Server != "":
			seller, err := sellerOf(w.Server)
			if err != nil {
				return nil, err
			}
			meant = t.To.Seller == seller
		}
		if meant && !t.Closed && !unlocked(&t) {
			list = append(list, t)
		}
	}
	switch {
	case w.Channel != "" && len(list) > 1:
		return nil, fail(CodeInvalid, "%d channels begin with %s: give more digits", len(list), w.Channel)
	case len(list) == 0 && !w.All:
		return nil, fail(CodeUnknown, "there is no such channel that is not closed")
	}
	return list, nil
}

// connected waits until the server that signs by an address is connected.
func (d *Desk) connected(ctx context.Context, j *job, seller pay.Address) (m *Server, err error) {
	waiting, cancel := context.WithTimeout(ctx, d.cfg.Patience)
	defer cancel()
	told := false
	err = d.await(waiting, func() (bool, error) {
		met, err := d.cfg.Servers.Met()
		if err != nil {
			return false, err
		}
		m = metSeller(met, seller)
		here := m != nil && m.Connected
		if !here && !told {
			told = true
			j.say(d.cfg.Now(), "server 0x%x is not connected: waiting for it, %v at most", seller, d.cfg.Patience)
		}
		return here, nil
	})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fail(CodeAway, "server 0x%x is not connected, and nothing was begun: call again when it is. With --force the channel is closed without it: "+
			"then what was promised and is not spent is not given back", seller)
	}
	return m, nil
}

// calm is how many looks have to show the same servers before they are all.
const calm = 8

// sellers waits for the servers that are meant, connected and with terms.
func (d *Desk) sellers(ctx context.Context, j *job, w Which) (list []Server, err error) {
	waiting, cancel := context.WithTimeout(ctx, d.cfg.Patience)
	defer cancel()
	told, same, wrong := false, 0, fmt.Errorf("no server is connected that sells")
	waited := d.await(waiting, func() (bool, error) {
		before := len(list)
		if list, err = d.ready(w); err != nil {
			return false, err
		}
		if same++; len(list) != before {
			same = 0
		}
		if len(list) == 0 && !told {
			told = true
			j.say(d.cfg.Now(), "no server that is meant is connected and has said its terms: waiting, %v at most", d.cfg.Patience)
		}
		return len(list) > 0 && (!w.All || same >= calm), wrong
	})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case len(list) == 0 && w.All:
		return nil, fail(CodeAway, "%v", waited)
	case len(list) == 0:
		return nil, fail(CodeAway, "server %s is not connected, or does not sell", w.Server)
	}
	return list, nil
}

// ready are the servers that are meant, as far as they can be paid now.
func (d *Desk) ready(w Which) ([]Server, error) {
	met, err := d.cfg.Servers.Met()
	if err != nil {
		return nil, err
	}
	var seller pay.Address
	if !w.All {
		if seller, err = sellerOf(w.Server); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(met, func(m Server) bool {
		return !m.Connected || m.Place.Offers == nil || !w.All && m.Place.Seller != seller
	}), nil
}
