// Command mkgenesis makes the chain that server benchmarks run on: a genesis file
// for geth 1.10.26 (geth init) and candela serve, and optionally a data directory
// with it, which can be opened again and again.
//
//	go run ./chain/embedded/embeddedtest/mkgenesis -accounts 1000000 -genesis g.json -datadir d
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/candela-les/candela/chain/embedded/embeddedtest"
)

func main() {
	accounts := flag.Uint64("accounts", 1_000_000, "number of accounts")
	genesis := flag.String("genesis", "", "genesis file to write")
	dir := flag.String("datadir", "", "data directory to build")
	flag.Parse()
	if err := run(*accounts, *genesis, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "mkgenesis:", err)
		os.Exit(1)
	}
}

func run(accounts uint64, genesis, dir string) error {
	if genesis == "" && dir == "" {
		return errors.New("nothing to make: give -genesis, -datadir or both")
	}
	if genesis != "" {
		file, err := os.Create(genesis)
		if err != nil {
			return err
		}
		if err := errors.Join(embeddedtest.WriteGenesis(file, accounts), file.Close()); err != nil {
			return err
		}
	}
	if dir == "" {
		return nil
	}
	return embeddedtest.Build(context.Background(), dir, accounts)
}
