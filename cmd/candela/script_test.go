package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run candela: the test's own executable under that name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"candela": main})
}

// nobody is the URL of a server that is not there: a sound key (that of the
// private key 1), and a port on which nothing listens.
const nobody = "enode://79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" +
	"483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8@127.0.0.1:1"

// TestScripts runs the command line as its users do, in processes of its own. See
// commands for what the scripts can say beside testscript's own words. Variables:
// NOBODY, the URL of a server that is not there; KEY, its key; DATA, the folder of
// chain data, for scripts that begin with [!data] skip.
func TestScripts(t *testing.T) {
	data := os.Getenv("CANDELA_TESTDATA")
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Cmds:                commands(),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NOBODY", nobody)
			env.Setenv("KEY", nobody[len("enode://"):len(nobody)-len("@127.0.0.1:1")])
			env.Setenv("DATA", filepath.Join(data, "execution-apis"))
			env.Values[processesKey{}] = make(processes)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "data":
				return data != "", nil
			case "tmpfs": // small disks can be mounted
				dir := t.TempDir()
				defer unmount(dir)
				return mountTmpfs(dir, "1m") == nil, nil
			default:
				return false, os.ErrInvalid
			}
		},
	})
}
