package admin

import (
	"errors"
	"slices"
	"time"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/server"
)

// Namespace is what the names of all methods begin with, before an underscore.
const Namespace = "candela"

// MaxRetryAfter is the longest that a client can be told to stay away.
const MaxRetryAfter = 30 * 24 * time.Hour

// api has the methods of the namespace. What is exported here is callable.
type api struct {
	office  *Office
	market  Market
	seller  Seller  // nil: nothing is sold
	takings Takings // nil: clients cannot pay by themselves
}

// Capacity is candela_capacity: what the server can do, has promised and does now.
func (a *api) Capacity() Capacity {
	return capacityOf(a.market.Capacity(), a.office.decided(), a.office.cfg.Shares)
}

// Clients is candela_clients: who is connected, those with units first.
func (a *api) Clients() []ClientInfo {
	clients := []ClientInfo{}
	for _, c := range a.market.Clients() {
		clients = append(clients, clientOf(c))
	}
	slices.SortFunc(clients, compareClients)
	return clients
}

// Settings is candela_settings: what the operator has decided.
func (a *api) Settings() Settings {
	return settingsOf(a.office.decided(), a.office.cfg.Shares, a.market.Clients())
}

// Grant is candela_grant: a standing order of units for a client, connected or not, in
// place of the one that it may have; 0 takes it back. A client keeps its age.
func (a *api) Grant(client ID, units uint64) (Granted, error) {
	since := a.office.cfg.Now().UTC().Truncate(time.Second)
	err := a.office.decide(a.market, func(d *document) error {
		return d.grant(Grant{Client: client, Units: units, Since: since})
	}, func(wanted document, much market.OversoldError) error {
		others := sum(slices.DeleteFunc(wanted.Grants, func(g Grant) bool { return g.Client == client }))
		left := much.Units - min(much.Units, others)
		return oversold(left, "%d units are more than are left: %d of the %d for sale can be granted to this client", units, left, much.Units)
	})
	if err != nil {
		return Granted{}, err
	}
	a.office.cfg.Logger.Info("units granted", "client", client, "units", units)
	sale, promised := a.market.Capacity().Units, sum(a.office.decided().Grants)
	return Granted{Client: client, Units: units, ForSale: sale, Left: sale - min(sale, promised)}, nil
}

// SetShares is candela_setShares: parts of the capacity in thousandths; null leaves one
// as it is.
func (a *api) SetShares(reserve, free *uint64) (Settings, error) {
	if reserve == nil && free == nil {
		return Settings{}, invalid("no share is given")
	}
	err := a.office.decide(a.market, func(d *document) error {
		if reserve != nil {
			d.ReservePermille = reserve
		}
		if free != nil {
			d.FreePermille = free
		}
		return checkShares(d.shares(a.office.cfg.Shares))
	}, func(wanted document, much market.OversoldError) error {
		return oversold(much.Units, "with these shares %d units would be for sale, and %d are granted", much.Units, sum(wanted.Grants))
	})
	if err != nil {
		return Settings{}, err
	}
	settings := a.Settings()
	a.office.cfg.Logger.Info("shares set", "reserve", Percent(settings.ReservePermille), "free", Percent(settings.FreePermille))
	return settings, nil
}

// checkShares finds shares that are more than all.
func checkShares(s Shares) error {
	if !s.Valid() {
		return invalid("a reserve of %s and a free share of %s are more than all there is", Percent(s.ReservePermille), Percent(s.FreePermille))
	}
	return nil
}

// Freeze is candela_freeze: the client is told to stop. It goes on when its buffer has
// recharged, as after asking for too much.
func (a *api) Freeze(client ID) error {
	if err := connected(client, a.market.Freeze(client)); err != nil {
		return err
	}
	a.office.cfg.Logger.Info("client frozen", "client", client)
	return nil
}

// Drop is candela_drop: the client is disconnected, and told to come again after so many
// seconds; nothing is 0. A grant stays.
func (a *api) Drop(client ID, retryAfterSeconds *uint64) error {
	var seconds uint64
	if retryAfterSeconds != nil {
		seconds = *retryAfterSeconds
	}
	if seconds > uint64(MaxRetryAfter/time.Second) {
		return invalid("%d seconds are too long, at most %d fit", seconds, MaxRetryAfter/time.Second)
	}
	retryAfter := time.Duration(seconds) * time.Second //nolint:gosec // bounded above
	if err := connected(client, a.market.Drop(client, retryAfter)); err != nil {
		return err
	}
	a.office.cfg.Logger.Info("client dropped", "client", client, "retryAfter", retryAfter)
	return nil
}

func connected(client ID, err error) error {
	if errors.Is(err, server.ErrNoClient) {
		return unknownClient(client)
	}
	return err
}
