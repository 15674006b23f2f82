package wire

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"
)

// DecodeConfig decodes a canonical configuration. It accepts exactly what
// EncodeConfig makes, so that one configuration has one hash. Errors wrap
// ErrConfig; a fork that is not in the table gives an *UnknownForkError.
func DecodeConfig(config []byte) (*params.ChainConfig, error) {
	if len(config) > MaxConfigBytes {
		return nil, fmt.Errorf("%w: %d bytes", ErrConfig, len(config))
	}
	outer := reader{rest: config}
	r := outer.list()
	c := &params.ChainConfig{ChainID: r.big("chain id", 256)}
	ttd := r.list()
	if ttd.more() {
		c.TerminalTotalDifficulty = ttd.big("terminal total difficulty", 256)
	}
	r.leave(&ttd)
	c.DepositContractAddress = common.Address(r.address())
	readForks(&r, c)
	readBlobs(&r, c)
	switch author := r.uint(); author {
	case authorCoinbase:
	case authorClique:
		c.Clique = new(params.CliqueConfig)
	default:
		r.fail(malformed("author rule %d", author))
	}
	outer.leave(&r)
	outer.end()
	if outer.err == nil {
		return c, nil
	}
	if unknown, ok := errors.AsType[*UnknownForkError](outer.err); ok {
		return nil, unknown
	}
	return nil, fmt.Errorf("%w: %w", ErrConfig, outer.err)
}

// readForks reads forks in the order of the table; each at most once.
func readForks(r *reader, c *params.ChainConfig) {
	fields := forkFields(c)
	l := r.list()
	for l.more() {
		item := l.list()
		name, kind, at := string(item.bytes("fork name", MaxConfigBytes)), item.uint(), item.uint()
		l.leave(&item)
		i := 0
		for i < len(fields) && fields[i].name != name {
			i++
		}
		switch {
		case l.err != nil:
		case i == len(fields):
			l.fail(unknownOrDisordered(name, forkFields(c)))
		default:
			l.setFork(&fields[i], c, kind, at)
			fields = fields[i+1:]
		}
	}
	r.leave(&l)
}

func unknownOrDisordered(name string, fields []forkField) error {
	for _, f := range fields {
		if f.name == name {
			return malformed("fork %s out of order", name)
		}
	}
	return &UnknownForkError{Name: name}
}

func (r *reader) setFork(f *forkField, c *params.ChainConfig, kind, at uint64) {
	switch {
	case f.block != nil && kind == atBlock && *f.block == nil:
		*f.block = new(big.Int).SetUint64(at)
		if f.dao != 0 {
			c.DAOForkSupport = f.dao == daoSupported
		}
	case f.time != nil && kind == atTime:
		*f.time = &at
	default:
		r.fail(malformed("fork %s with activation of kind %d", f.name, kind))
	}
}

// readBlobs reads blob schedules in the order of the table; each at most once.
func readBlobs(r *reader, c *params.ChainConfig) {
	schedule := new(params.BlobScheduleConfig)
	fields := blobFields(schedule)
	l := r.list()
	for l.more() {
		c.BlobScheduleConfig = schedule
		item := l.list()
		name := string(item.bytes("fork name", MaxConfigBytes))
		target, most, fraction := item.uint(), item.uint(), item.uint()
		item.limit("blobs", max(target, most), 1<<31-1)
		l.leave(&item)
		i := 0
		for i < len(fields) && fields[i].name != name {
			i++
		}
		switch {
		case l.err != nil:
		case i == len(fields):
			l.fail(malformed("blob schedule of %.40q unknown or out of order", name))
		default:
			*fields[i].to = &params.BlobConfig{Target: int(target), Max: int(most), UpdateFraction: fraction}
			fields = fields[i+1:]
		}
	}
	r.leave(&l)
}
