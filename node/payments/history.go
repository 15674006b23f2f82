package payments

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch"
)

// mostEvents is how many events are looked at, more than a history is ever asked for.
const mostEvents = 10_000

// history says what has happened.
func (d *Desk) history(ctx context.Context, limit uint64) (History, error) {
	if limit == 0 || limit > mostEvents {
		return History{}, fail(CodeInvalid, "limit %d: it is from 1 to %d", limit, mostEvents)
	}
	events, err := d.cfg.Record.Events(ctx, mostEvents)
	if err != nil {
		return History{}, err
	}
	entries := told(events, d.cfg.Asset)
	if d.money().Decimals == nil {
		seeing, cancel := context.WithTimeout(ctx, d.cfg.Patience)
		defer cancel()
		if v, err := d.view(seeing); err == nil {
			_ = d.learn(seeing, v.Head.Hash) // amounts are in base units otherwise
		}
	}
	return History{d.money(), entries[:min(len(entries), int(limit))]}, nil //nolint:gosec // bounded above
}

// told makes a history of events, both the newest first. A transaction is told of with what the next note of its channel says
// that it has done, and by itself if that is nothing: methods note what has changed once the transaction for it is sure.
func told(events []store.Event, asset pay.Asset) []Entry {
	list := []Entry{}
	at := make(map[string]int) // the entry of a channel's last transaction that was not told of with anything
	for _, e := range slices.Backward(events) {
		if e.Kind == store.Mined {
			chain, name := sentName(e.Name)
			if chain != asset.ChainID {
				continue
			}
			list = append(list, entryOfTx(&e, name))
			if channel := channelIn(name); channel != "" && e.State == watch.Done {
				at[channel] = len(list) - 1
			}
			continue
		}
		if e.Asset != asset {
			continue
		}
		entry := Entry{At: e.At, What: string(e.Kind), Text: string(e.Kind), Method: e.Method, ID: &e.Channel, Seller: e.Seller, Amount: &e.Amount}
		if e.Vague {
			entry.Amount = nil
		}
		channel := hex.EncodeToString(e.Channel[:])
		switch i, ok := at[channel]; {
		case e.Kind == store.Settled:
			entry.Amount, entry.Unspent = &e.Spent, &e.Unspent
		case e.Kind == store.Promised:
		case ok:
			entry.Tx = list[i].Tx
			list[i].What = "" // it is told of with this
			delete(at, channel)
		}
		list = append(list, entry)
	}
	list = slices.DeleteFunc(list, func(e Entry) bool { return e.What == "" })
	slices.Reverse(list)
	return list
}

// entryOfTx tells of a transaction.
func entryOfTx(e *store.Event, name string) Entry {
	tx := &Tx{Name: name, Hash: pay.Hash(e.Tx.Hash), Block: e.Tx.Block, FeeWei: e.Tx.FeeWei}
	if e.State != watch.Done {
		tx.Failed = e.State.String()
	}
	entry := Entry{At: e.At, What: name, Tx: tx, CoinWei: e.CoinWei}
	entry.Text, entry.Amount = inWords(name)
	if tx.Failed != "" {
		entry.Amount, entry.CoinWei = nil, ""
	}
	if id, err := hex.DecodeString(channelIn(name)); err == nil && len(id) == len(pay.Hash{}) {
		channel := pay.Hash(id)
		parts := strings.Split(name, "/")
		entry.Method, entry.ID, entry.What = parts[0], &channel, parts[2]
	}
	return entry
}

// sentName takes apart what a sender keeps a transaction under: CHAIN/KEY/NAME.
func sentName(full string) (chain uint64, name string) {
	id, rest, _ := strings.Cut(full, "/")
	_, name, _ = strings.Cut(rest, "/")
	chain, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return 0, full
	}
	return chain, name
}

// channelIn is the ID of the channel that a transaction is about, in hex; empty if its name says none. Methods name
// their transactions METHOD/CHANNEL/DEED/….
func channelIn(name string) string {
	parts := strings.Split(name, "/")
	if len(parts) < 3 || len(parts[1]) != 2*len(pay.Hash{}) {
		return ""
	}
	return parts[1]
}
