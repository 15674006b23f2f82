package rpc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/client"
)

// Limits of a log query, those of go-ethereum.
const (
	maxTopics    = 4    // positions
	maxSubTopics = 1000 // alternatives at one position
	maxAddresses = 1000
)

// FilterCriteria selects logs: eth_getLogs, eth_newFilter and the logs subscription take it. Its name and that of its
// input are in the error messages that wallets see.
type FilterCriteria struct {
	BlockHash          *common.Hash
	FromBlock, ToBlock *gethrpc.BlockNumber // nil: latest
	Addresses          []common.Address
	Topics             [][]common.Hash
}

// UnmarshalJSON accepts one address or a list, and at each topic position null, a topic or a list of alternatives.
func (c *FilterCriteria) UnmarshalJSON(data []byte) error {
	type input struct {
		BlockHash *common.Hash         `json:"blockHash"`
		FromBlock *gethrpc.BlockNumber `json:"fromBlock"`
		ToBlock   *gethrpc.BlockNumber `json:"toBlock"`
		Addresses any                  `json:"address"`
		Topics    []any                `json:"topics"`
	}
	var in input
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	if in.BlockHash != nil && (in.FromBlock != nil || in.ToBlock != nil) {
		return errors.New("cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other")
	}
	c.BlockHash, c.FromBlock, c.ToBlock = in.BlockHash, in.FromBlock, in.ToBlock
	var err error
	if c.Addresses, err = parseAddresses(in.Addresses); err != nil {
		return err
	}
	if len(in.Topics) > maxTopics {
		return errExceedMaxTopics
	}
	c.Topics = make([][]common.Hash, len(in.Topics))
	for i, t := range in.Topics {
		if c.Topics[i], err = parseTopics(t); err != nil {
			return err
		}
	}
	return nil
}

func parseAddresses(in any) ([]common.Address, error) {
	switch in := in.(type) {
	case nil:
		return nil, nil
	case string:
		b, err := fixedBytes(in, common.AddressLength, "address")
		if err != nil {
			return nil, fmt.Errorf("invalid address: %w", err)
		}
		return []common.Address{common.BytesToAddress(b)}, nil
	case []any:
		list := make([]common.Address, len(in))
		for i, a := range in {
			s, ok := a.(string)
			if !ok {
				return nil, fmt.Errorf("non-string address at index %d", i)
			}
			b, err := fixedBytes(s, common.AddressLength, "address")
			if err != nil {
				return nil, fmt.Errorf("invalid address at index %d: %w", i, err)
			}
			list[i] = common.BytesToAddress(b)
		}
		return list, nil
	}
	return nil, errors.New("invalid addresses in query")
}

// parseTopics returns the alternatives at one position, nil where anything matches.
func parseTopics(in any) ([]common.Hash, error) {
	switch in := in.(type) {
	case nil:
		return nil, nil
	case string:
		b, err := fixedBytes(in, common.HashLength, "topic")
		return []common.Hash{common.BytesToHash(b)}, err
	case []any:
		if len(in) > maxSubTopics {
			return nil, errExceedMaxTopics
		}
		var list []common.Hash
		for _, t := range in {
			if t == nil {
				return nil, nil // one of the alternatives is "anything"
			}
			s, ok := t.(string)
			if !ok {
				return nil, errInvalidTopic
			}
			b, err := fixedBytes(s, common.HashLength, "topic")
			if err != nil {
				return nil, err
			}
			list = append(list, common.BytesToHash(b))
		}
		return list, nil
	}
	return nil, errInvalidTopic
}

func fixedBytes(s string, length int, what string) ([]byte, error) {
	b, err := hexutil.Decode(s)
	if err == nil && len(b) != length {
		err = fmt.Errorf("hex has invalid length %d after decoding; expected %d for %s", len(b), length, what)
	}
	return b, err
}

// checkSize refuses queries with more alternatives than go-ethereum takes.
func (c *FilterCriteria) checkSize() error {
	if len(c.Topics) > maxTopics {
		return errExceedMaxTopics
	}
	if len(c.Addresses) > maxAddresses {
		return errExceedLogQuery
	}
	for _, t := range c.Topics {
		if len(t) > maxSubTopics {
			return errExceedLogQuery
		}
	}
	return nil
}

// bounds returns the range's ends as numbers or tags.
func (c *FilterCriteria) bounds() (from, to gethrpc.BlockNumber) {
	from, to = gethrpc.LatestBlockNumber, gethrpc.LatestBlockNumber
	if c.FromBlock != nil {
		from = *c.FromBlock
	}
	if c.ToBlock != nil {
		to = *c.ToBlock
	}
	return from, to
}

// mayMatch says whether a block with this bloom can have a selected log. Blooms have no false negatives.
func (c *FilterCriteria) mayMatch(bloom types.Bloom) bool {
	if len(c.Addresses) > 0 && !slices.ContainsFunc(c.Addresses, func(a common.Address) bool { return bloom.Test(a.Bytes()) }) {
		return false
	}
	for _, alternatives := range c.Topics {
		if len(alternatives) > 0 && !slices.ContainsFunc(alternatives, func(t common.Hash) bool { return bloom.Test(t.Bytes()) }) {
			return false
		}
	}
	return true
}

// logSearch answers log queries over mined blocks.
type logSearch struct {
	*chain
	maxRange uint64 // blocks; 0: no limit
}

// search returns the selected logs, complete.
func (s *logSearch) search(ctx context.Context, c *FilterCriteria) ([]*types.Log, error) {
	if err := c.checkSize(); err != nil {
		return nil, err
	}
	if c.BlockHash != nil {
		if c.FromBlock != nil || c.ToBlock != nil {
			return nil, errHashWithRange
		}
		return s.inBlock(ctx, c)
	}
	first, last, err := s.resolveRange(ctx, c)
	if err != nil {
		return nil, err
	}
	logs, err := s.Logs(ctx, client.LogFilter{From: first, To: last, Addresses: c.Addresses, Topics: c.Topics})
	if tooWide, ok := errors.AsType[*client.RangeError](err); ok {
		if tooWide.Matching {
			return nil, invalidParams("%v", tooWide)
		}
		return nil, invalidParams("exceed maximum block range %d", tooWide.Limit)
	}
	return logList(logs), err
}

func (s *logSearch) inBlock(ctx context.Context, c *FilterCriteria) ([]*types.Log, error) {
	h, err := s.byHash(ctx, *c.BlockHash)
	if isUnknown(err) {
		return nil, errUnknownBlock
	}
	if err != nil || !c.mayMatch(h.Bloom) {
		return []*types.Log{}, err
	}
	logs, err := s.Logs(ctx, client.LogFilter{BlockHash: c.BlockHash, Addresses: c.Addresses, Topics: c.Topics})
	return logList(logs), err
}

func (s *logSearch) resolveRange(ctx context.Context, c *FilterCriteria) (first, last uint64, err error) {
	from, to := c.bounds()
	if from >= 0 && to >= 0 && from > to {
		return 0, 0, errInvalidRange
	}
	if from == gethrpc.PendingBlockNumber || to == gethrpc.PendingBlockNumber {
		return 0, 0, errPendingLogs
	}
	heads, err := s.Heads()
	if err != nil {
		return 0, 0, err
	}
	if first, err = endOfRange(heads, from); err != nil {
		return 0, 0, err
	}
	if last, err = endOfRange(heads, to); err != nil {
		return 0, 0, err
	}
	// Latest stands for a number that no block reaches, so that a range from latest to any number is backwards.
	head := heads.Latest.Number.Uint64()
	if first > last {
		return 0, 0, errInvalidRange
	}
	if first == math.MaxUint64 {
		first = head
	}
	if last == math.MaxUint64 {
		last = head
	}
	switch {
	case first > last:
		return 0, 0, errInvalidRange
	case last > head:
		return 0, 0, errRangeIntoFuture
	case s.maxRange != 0 && last-first > s.maxRange:
		return 0, 0, invalidParams("exceed maximum block range %d", s.maxRange)
	}
	return first, last, nil
}

func endOfRange(heads client.Heads, number gethrpc.BlockNumber) (uint64, error) {
	switch number {
	case gethrpc.LatestBlockNumber:
		return math.MaxUint64, nil
	case gethrpc.EarliestBlockNumber:
		return 0, nil
	case gethrpc.SafeBlockNumber:
		if heads.Safe == nil {
			return 0, errors.New("safe header not found")
		}
		return heads.Safe.Number.Uint64(), nil
	case gethrpc.FinalizedBlockNumber:
		if heads.Finalized == nil {
			return 0, errors.New("finalized header not found")
		}
		return heads.Finalized.Number.Uint64(), nil
	default:
		if number < 0 {
			return 0, errors.New("negative block number")
		}
		return uint64(number), nil
	}
}
