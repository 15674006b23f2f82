package node

import (
	"context"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/node/admin"
	"github.com/candela-les/candela/node/usage"
	"github.com/candela-les/candela/server"
)

// openOffice opens the operator's office, if there is a place for it, and finds out what
// the server has to begin with.
func (s *Server) openOffice(env Env, cfg *ServerConfig) error {
	shares, err := cfg.shares()
	if err != nil {
		return err
	}
	s.settings = server.Settings{ReservePermille: shares.ReservePermille, FreePermille: shares.FreePermille}
	dir := cfg.AdminDir
	if dir == "" {
		dir = cfg.DataDir
	}
	if dir == "" {
		return nil
	}
	if err := mustBeFolder(dir); err != nil {
		return err
	}
	s.office, err = admin.Open(admin.Config{Dir: dir, Shares: shares, Now: env.Now, Logger: env.Logger})
	if err != nil {
		return err
	}
	s.close.add(s.office.Close)
	s.settings = s.office.Settings()
	return nil
}

// shares are those of the flags, or the defaults.
func (c *ServerConfig) shares() (admin.Shares, error) {
	shares := admin.Shares{ReservePermille: market.DefaultReservePermille, FreePermille: market.DefaultFreePermille}
	for _, one := range []struct {
		flag, percent string
		share         *uint64
	}{
		{"--capacity.reserve", c.Reserve, &shares.ReservePermille},
		{"--capacity.free", c.Free, &shares.FreePermille},
	} {
		if one.percent == "" {
			continue
		}
		permille, err := admin.ParsePercent(one.percent)
		if err != nil {
			return shares, usage.Errorf("%s: %w", one.flag, err)
		}
		*one.share = permille
	}
	if !shares.Valid() {
		return shares, usage.Errorf("--capacity.reserve and --capacity.free keep back more than all: %s and %s",
			admin.Percent(shares.ReservePermille), admin.Percent(shares.FreePermille))
	}
	return shares, nil
}

// serveOffice lets the operator decide from now on.
func (s *Server) serveOffice(ctx context.Context) error {
	if s.office == nil {
		return nil
	}
	stop, err := s.office.Serve(ctx, s.les, s.takings)
	if err != nil {
		return err
	}
	s.close.add(stop)
	return nil
}
