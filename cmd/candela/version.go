package main

import (
	"encoding/json"
	"runtime"

	"github.com/candela-les/candela/node"
	"github.com/candela-les/candela/wire"
)

type versionCmd struct {
	JSON bool `help:"Print JSON."`
}

// Help is shown by candela version --help.
func (versionCmd) Help() string { return "Example:\n  candela version --json" }

func (v *versionCmd) Run(e *env) error {
	if v.JSON {
		return json.NewEncoder(e.stdout).Encode(map[string]any{
			"version": node.Version, "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH,
			"les": []uint{wire.LES2, wire.LES3, wire.LES4, wire.LES5},
		})
	}
	e.say("candela %s (les/2 to les/5; %s %s/%s)", node.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
