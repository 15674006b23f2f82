package wire

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/wire/internal/codec"
)

// DecodeConfig decodes a canonical configuration. It accepts exactly what
// EncodeConfig makes, so that one configuration has one hash. Errors wrap
// ErrConfig; a fork that is not in the table gives an *UnknownForkError.
func DecodeConfig(config []byte) (*params.ChainConfig, error) {
	if len(config) > MaxConfigBytes {
		return nil, fmt.Errorf("%w: %d bytes", ErrConfig, len(config))
	}
	outer := reader{Rest: config}
	r := outer.List()
	c := &params.ChainConfig{ChainID: r.Big("chain id", 256)}
	ttd := r.List()
	if ttd.More() {
		c.TerminalTotalDifficulty = ttd.Big("terminal total difficulty", 256)
	}
	r.Leave(&ttd)
	c.DepositContractAddress = common.Address(r.Address())
	readForks(&r, c)
	readBlobs(&r, c)
	switch author := r.Uint(); author {
	case authorCoinbase:
	case authorClique:
		c.Clique = new(params.CliqueConfig)
	default:
		r.Fail(codec.Malformed("author rule %d", author))
	}
	outer.Leave(&r)
	outer.End()
	if outer.Err == nil {
		return c, nil
	}
	if unknown, ok := errors.AsType[*UnknownForkError](outer.Err); ok {
		return nil, unknown
	}
	return nil, fmt.Errorf("%w: %w", ErrConfig, outer.Err)
}

// readForks reads forks in the order of the table; each at most once.
func readForks(r *reader, c *params.ChainConfig) {
	fields := forkFields(c)
	l := r.List()
	for l.More() {
		item := l.List()
		name, kind, at := string(item.Bytes("fork name", MaxConfigBytes)), item.Uint(), item.Uint()
		l.Leave(&item)
		i := 0
		for i < len(fields) && fields[i].name != name {
			i++
		}
		switch {
		case l.Err != nil:
		case i == len(fields):
			l.Fail(unknownOrDisordered(name, forkFields(c)))
		default:
			setFork(&l, &fields[i], c, kind, at)
			fields = fields[i+1:]
		}
	}
	r.Leave(&l)
}

func unknownOrDisordered(name string, fields []forkField) error {
	for _, f := range fields {
		if f.name == name {
			return codec.Malformed("fork %s out of order", name)
		}
	}
	return &UnknownForkError{Name: name}
}

func setFork(r *reader, f *forkField, c *params.ChainConfig, kind, at uint64) {
	switch {
	case f.block != nil && kind == atBlock && *f.block == nil:
		*f.block = new(big.Int).SetUint64(at)
		if f.dao != 0 {
			c.DAOForkSupport = f.dao == daoSupported
		}
	case f.time != nil && kind == atTime:
		*f.time = &at
	default:
		r.Fail(codec.Malformed("fork %s with activation of kind %d", f.name, kind))
	}
}

// readBlobs reads blob schedules in the order of the table; each at most once.
func readBlobs(r *reader, c *params.ChainConfig) {
	schedule := new(params.BlobScheduleConfig)
	fields := blobFields(schedule)
	l := r.List()
	for l.More() {
		c.BlobScheduleConfig = schedule
		item := l.List()
		name := string(item.Bytes("fork name", MaxConfigBytes))
		target, most, fraction := item.Uint(), item.Uint(), item.Uint()
		item.Limit("blobs", max(target, most), 1<<31-1)
		l.Leave(&item)
		i := 0
		for i < len(fields) && fields[i].name != name {
			i++
		}
		switch {
		case l.Err != nil:
		case i == len(fields):
			l.Fail(codec.Malformed("blob schedule of %.40q unknown or out of order", name))
		default:
			*fields[i].to = &params.BlobConfig{Target: int(target), Max: int(most), UpdateFraction: fraction}
			fields = fields[i+1:]
		}
	}
	r.Leave(&l)
}
