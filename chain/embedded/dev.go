package embedded

import (
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/eth/catalyst"
	"github.com/ethereum/go-ethereum/eth/ethconfig"

	"github.com/candela-les/candela/chain"
)

// Dev is a node that makes its own chain.
type Dev struct {
	*Node
	beacon *catalyst.SimulatedBeacon
	jobs   chan job
}

// job is something that only the block-making goroutine may do: go-ethereum's
// simulated beacon is not made for two callers.
type job struct {
	do   func() error
	done chan error
}

// OpenDev starts a dev chain, or goes on with the one in the data directory.
func OpenDev(cfg DevConfig) (*Dev, error) {
	if cfg.BlockTime < 0 || cfg.BlockTime%time.Second != 0 {
		return nil, fmt.Errorf("block time %v is not a whole number of seconds", cfg.BlockTime)
	}
	lay := layout{genesis: DevGenesis(cfg.Alloc), node: isolated(), sync: ethconfig.FullSync}
	n, err := open(cfg.Config, lay)
	if err != nil {
		return nil, err
	}
	d := &Dev{Node: n, jobs: make(chan job)}
	// Period 0 leaves the making of blocks to us: the beacon's own loop does not
	// wait for its last block when it is stopped.
	d.beacon, err = catalyst.NewSimulatedBeacon(0, DevAccounts()[0].Address, n.eth)
	if err == nil {
		err = n.follow()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the dev chain: %w", err), n.Close())
	}
	n.owned.Go(func() { d.run(cfg.BlockTime) })
	return d, nil
}

// run makes a block every period and does what Commit and Fork ask for.
func (d *Dev) run(period time.Duration) {
	var tick <-chan time.Time
	if period > 0 {
		ticker := time.NewTicker(period)
		defer ticker.Stop()
		tick = ticker.C
	}
	for {
		select {
		case <-tick:
			if err := d.whole(d.seal); err != nil {
				d.log.Error("no new block on the dev chain", "err", err)
			}
		case j := <-d.jobs:
			j.done <- d.whole(j.do)
		case <-d.life.Done():
			return
		}
	}
}

// whole lets the chain change and then shows the result at once: head, safe and
// finalized together.
func (d *Dev) whole(change func() error) error {
	d.heads.held.Store(true)
	err := change()
	d.heads.held.Store(false)
	d.heads.nudge()
	return err
}

// seal makes one block, and has it on disk: nobody else has a dev chain, and go-ethereum keeps the newest writes in memory. The beacon only logs
// its failures, so look at the head.
func (d *Dev) seal() error {
	before := d.bc.CurrentBlock().Hash()
	if d.beacon.Commit() == before {
		return errors.New("the simulated beacon made no block")
	}
	return d.db.SyncKeyValue()
}

// Commit makes a block of what the pool has and returns when Head shows it. Every
// block is at least a second later than its parent, so many in a row run ahead of
// the clock.
func (d *Dev) Commit() (chain.Block, error) {
	var made chain.Block
	err := d.do(func() error {
		if err := d.seal(); err != nil {
			return err
		}
		made = blockOf(d.bc.CurrentBlock())
		return nil
	})
	return made, err
}

// Later makes a block that is so much later than its parent. The pool has to be empty of pending transactions.
func (d *Dev) Later(span time.Duration) error {
	return d.do(func() error { return d.beacon.AdjustTime(span) })
}

// Fork makes an earlier block the head again, so that later blocks branch off
// there. The pool has to be empty of pending transactions.
func (d *Dev) Fork(parent chain.Hash) error {
	return d.do(func() error { return d.beacon.Fork(common.Hash(parent)) })
}

func (d *Dev) do(f func() error) error {
	j := job{do: f, done: make(chan error, 1)}
	select {
	case d.jobs <- j:
	case <-d.life.Done():
		return fmt.Errorf("dev chain is closed: %w", chain.ErrUnavailable)
	}
	return <-j.done
}
