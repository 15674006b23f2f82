package wire_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/forkid"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/candela-les/candela/wire"
)

func knownConfigs() map[string]*params.ChainConfig {
	return map[string]*params.ChainConfig{
		"mainnet": params.MainnetChainConfig, "sepolia": params.SepoliaChainConfig, "hoodi": params.HoodiChainConfig,
		"clique": params.AllCliqueProtocolChanges, "dev": params.AllDevChainProtocolChanges,
		"merged": params.MergedTestChainConfig, "ethash": params.AllEthashProtocolChanges, "none": params.NonActivatedConfig,
	}
}

// jsonOf is a configuration as its genesis file says it, without what the
// canonical encoding leaves out on purpose.
func jsonOf(t *testing.T, c *params.ChainConfig) string {
	t.Helper()
	plain := *c
	plain.Ethash = nil
	if plain.Clique != nil {
		plain.Clique = new(params.CliqueConfig)
	}
	if plain.DAOForkBlock == nil {
		plain.DAOForkSupport = false
	}
	if plain.BlobScheduleConfig != nil && *plain.BlobScheduleConfig == (params.BlobScheduleConfig{}) {
		plain.BlobScheduleConfig = nil
	}
	b, err := json.MarshalIndent(&plain, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func recodeConfig(t *testing.T, c *params.ChainConfig) *params.ChainConfig {
	t.Helper()
	enc, err := wire.EncodeConfig(c)
	if err != nil {
		t.Fatal(err)
	}
	got, err := wire.DecodeConfig(enc)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestConfigRoundTrip(t *testing.T) {
	hashes := make(map[wire.Hash]string)
	for name, c := range knownConfigs() {
		if diff := cmp.Diff(jsonOf(t, c), jsonOf(t, recodeConfig(t, c))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		enc, err := wire.EncodeConfig(c)
		if err != nil {
			t.Fatal(err)
		}
		hash := wire.ConfigHash(enc)
		if other, ok := hashes[hash]; ok {
			t.Errorf("%s and %s have one hash", name, other)
		}
		hashes[hash] = name
	}
}

// TestConfigFieldsAllTravel sets every field of go-ethereum's structure, one at a
// time, and demands that it survives: a fork that a new release adds is found here.
func TestConfigFieldsAllTravel(t *testing.T) {
	typ := reflect.TypeFor[params.ChainConfig]()
	for i := range typ.NumField() {
		name := typ.Field(i).Name
		c := &params.ChainConfig{ChainID: big.NewInt(9)}
		field := reflect.ValueOf(c).Elem().Field(i)
		switch name {
		case "Ethash", "EnableUBTAtGenesis", "DAOForkSupport":
			continue // tested below: left out, refused, and told by the DAO fork's name
		case "BlobScheduleConfig":
			schedule := new(params.BlobScheduleConfig)
			v := reflect.ValueOf(schedule).Elem()
			for j := range v.NumField() {
				v.Field(j).Set(reflect.ValueOf(&params.BlobConfig{Target: j + 1, Max: j + 2, UpdateFraction: uint64(j + 3)}))
			}
			c.BlobScheduleConfig = schedule
		default:
			switch field.Interface().(type) {
			case *big.Int:
				field.Set(reflect.ValueOf(big.NewInt(1234)))
			case *uint64:
				at := uint64(1234)
				field.Set(reflect.ValueOf(&at))
			case common.Address:
				field.Set(reflect.ValueOf(common.Address(address(0x42))))
			case *params.CliqueConfig:
				field.Set(reflect.ValueOf(new(params.CliqueConfig)))
			default:
				t.Errorf("field %s is of a kind that the encoding does not know", name)
			}
		}
		if diff := cmp.Diff(jsonOf(t, c), jsonOf(t, recodeConfig(t, c))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestConfigSemantics(t *testing.T) {
	for _, support := range []bool{false, true} {
		c := recodeConfig(t, &params.ChainConfig{DAOForkBlock: big.NewInt(5), DAOForkSupport: support})
		if c.DAOForkSupport != support || c.DAOForkBlock.Int64() != 5 {
			t.Errorf("DAO fork %v: %v at %v", support, c.DAOForkSupport, c.DAOForkBlock)
		}
	}
	zero := recodeConfig(t, &params.ChainConfig{TerminalTotalDifficulty: new(big.Int)})
	if zero.TerminalTotalDifficulty == nil || zero.TerminalTotalDifficulty.Sign() != 0 {
		t.Errorf("terminal total difficulty 0 is %v", zero.TerminalTotalDifficulty)
	}
	with, err := wire.EncodeConfig(&params.ChainConfig{Ethash: new(params.EthashConfig)})
	if err != nil {
		t.Fatal(err)
	}
	without, err := wire.EncodeConfig(&params.ChainConfig{})
	if err != nil || !bytes.Equal(with, without) {
		t.Errorf("the proof-of-work engine changes the encoding: %v", err)
	}
}

func TestConfigRefused(t *testing.T) {
	for what, c := range map[string]*params.ChainConfig{
		"binary trie":    {EnableUBTAtGenesis: true},
		"negative id":    {ChainID: big.NewInt(-1)},
		"long id":        {ChainID: new(big.Int).Lsh(big.NewInt(1), 256)},
		"block too far":  {LondonBlock: new(big.Int).Lsh(big.NewInt(1), 64)},
		"negative block": {LondonBlock: big.NewInt(-1)},
		"negative blobs": {BlobScheduleConfig: &params.BlobScheduleConfig{Cancun: &params.BlobConfig{Target: -1}}},
	} {
		if _, err := wire.EncodeConfig(c); !errors.Is(err, wire.ErrConfig) {
			t.Errorf("%s: %v", what, err)
		}
	}
	config := func(forks, blobs string, author uint64) []byte {
		return []byte(rlpList(rlpUint(1), rlpList(), rlpString(strings.Repeat("\x00", 20)), forks, blobs, rlpUint(author)))
	}
	fork := func(name string, kind, at uint64) string {
		return rlpList(rlpString(name), rlpUint(kind), rlpUint(at))
	}
	blob := func(name string) string { return rlpList(rlpString(name), rlpUint(3), rlpUint(6), rlpUint(1)) }
	if _, err := wire.DecodeConfig(config(rlpList(fork("london", 0, 1), fork("cancun", 1, 2)), rlpList(blob("cancun")), 1)); err != nil {
		t.Error(err)
	}
	for what, b := range map[string][]byte{
		"order":             config(rlpList(fork("cancun", 1, 2), fork("london", 0, 1)), rlpList(), 0),
		"twice":             config(rlpList(fork("london", 0, 1), fork("london", 0, 1)), rlpList(), 0),
		"both DAO sides":    config(rlpList(fork("daoFork", 0, 1), fork("daoForkOpposed", 0, 1)), rlpList(), 0),
		"kind":              config(rlpList(fork("london", 1, 1)), rlpList(), 0),
		"blob order":        config(rlpList(), rlpList(blob("prague"), blob("cancun")), 0),
		"unknown blobs":     config(rlpList(), rlpList(blob("london")), 0),
		"author":            config(rlpList(), rlpList(), 2),
		"bytes behind":      append(config(rlpList(), rlpList(), 0), 0),
		"nothing":           nil,
		"longer than limit": make([]byte, wire.MaxConfigBytes+1),
	} {
		if _, err := wire.DecodeConfig(b); !errors.Is(err, wire.ErrConfig) {
			t.Errorf("%s: %v", what, err)
		}
	}
	var unknown *wire.UnknownForkError
	if _, err := wire.DecodeConfig(config(rlpList(fork("utopia", 1, 1)), rlpList(), 0)); !errors.As(err, &unknown) || unknown.Name != "utopia" {
		t.Errorf("unknown fork: %v", err)
	}
}

// genesisOf makes a block with the given time to count forks from.
func genesisOf(time uint64) *types.Block {
	return types.NewBlockWithHeader(&types.Header{Number: new(big.Int), Difficulty: new(big.Int), Time: time})
}

// TestForkIDs compares ids and verdicts with go-ethereum's, on real schedules, at
// and around every fork.
func TestForkIDs(t *testing.T) {
	for name, config := range knownConfigs() {
		genesis := genesisOf(1_000)
		enc, err := wire.EncodeConfig(config)
		if err != nil {
			t.Fatal(err)
		}
		forks, err := wire.NewForks(enc, wire.Hash(genesis.Hash()), 1_000)
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(t *rapid.T) {
			number, time := drawPoint(t, config, "ours")
			want := forkid.NewID(config, genesis, number, time)
			if got := forks.ID(number, time); got != wire.ForkID(want) {
				t.Fatalf("%s at %d, %d: %x, want %x", name, number, time, got, want)
			}
			remote := drawRemote(t, config, genesis)
			filter := forkid.NewStaticFilter(config, genesis)
			verdict := forks.Check(wire.ForkID(remote), 0, 0) // the static filter stands there
			if want := filter(remote); !sameVerdict(verdict, want) {
				t.Fatalf("%s checks %x: %v, want %v", name, remote, verdict, want)
			}
		})
	}
}

// drawPoint draws a head near one of the configuration's forks.
func drawPoint(t *rapid.T, c *params.ChainConfig, label string) (number, time uint64) {
	var points []uint64
	v := reflect.ValueOf(c).Elem()
	for _, field := range v.Fields() {
		switch at := field.Interface().(type) {
		case *big.Int:
			if at != nil && at.IsUint64() {
				points = append(points, at.Uint64())
			}
		case *uint64:
			if at != nil {
				points = append(points, *at)
			}
		}
	}
	points = append(points, 0, 1<<62)
	near := func(what string) uint64 {
		at := rapid.SampledFrom(points).Draw(t, label+what)
		return max(at, 1) - 1 + rapid.Uint64Range(0, 2).Draw(t, label+what+" off by")
	}
	return near(" number"), near(" time")
}

func drawRemote(t *rapid.T, c *params.ChainConfig, genesis *types.Block) forkid.ID {
	number, time := drawPoint(t, c, "theirs")
	id := forkid.NewID(c, genesis, number, time)
	switch rapid.IntRange(0, 3).Draw(t, "tampering") {
	case 0:
		id.Next = rapid.Uint64().Draw(t, "next")
	case 1:
		id.Hash[0]++
	case 2:
		id.Next = 0
	}
	return id
}

func sameVerdict(got, want error) bool {
	switch {
	case want == nil:
		return got == nil
	case errors.Is(want, forkid.ErrRemoteStale):
		return errors.Is(got, wire.ErrRemoteStale)
	default:
		return errors.Is(got, wire.ErrForkMismatch)
	}
}

// TestForkCheckMoves checks verdicts away from genesis, which go-ethereum's
// filter needs a whole chain for: the examples of EIP-2124 on mainnet's schedule.
func TestForkCheckMoves(t *testing.T) {
	enc, err := wire.EncodeConfig(params.MainnetChainConfig)
	if err != nil {
		t.Fatal(err)
	}
	forks, err := wire.NewForks(enc, wire.Hash(params.MainnetGenesisHash), 0)
	if err != nil {
		t.Fatal(err)
	}
	id := func(hash uint32, next uint64) wire.ForkID {
		return wire.ForkID{Hash: [4]byte{byte(hash >> 24), byte(hash >> 16), byte(hash >> 8), byte(hash)}, Next: next}
	}
	for _, test := range []struct {
		number, time uint64
		id           wire.ForkID
		want         error
	}{
		{7987396, 0, id(0x668db0af, 0), nil},                                     // same state, remote knows no next fork
		{7987396, 0, id(0x668db0af, 9069000), nil},                               // same, and it knows
		{7279999, 0, id(0xa00bc324, 7280000), nil},                               // both before Petersburg
		{7987396, 0, id(0xa00bc324, 7280000), nil},                               // remote still syncing
		{7987396, 0, id(0x3edd5b10, 4370000), nil},                               // and further behind
		{7279999, 0, id(0x668db0af, 0), nil},                                     // we are behind
		{7987396, 0, id(0xa00bc324, 0), wire.ErrRemoteStale},                     // remote missed Petersburg
		{7987396, 0, id(0x5cddc0e1, 0), wire.ErrForkMismatch},                    // a checksum of no fork here
		{7987396, 0, id(0xafec6b27, 0), wire.ErrForkMismatch},                    // another chain
		{15050000, 1681338454, id(0xf0afd0e3, 1681338454), wire.ErrForkMismatch}, // a fork passed here unnoticed
	} {
		if err := forks.Check(test.id, test.number, test.time); !errors.Is(err, test.want) {
			t.Errorf("at %d, %x: %v, want %v", test.number, test.id, err, test.want)
		}
	}
}

// TestForkTable holds the order of the forks against the specification's table.
func TestForkTable(t *testing.T) {
	text, err := os.ReadFile("../docs/spec/les5.md")
	if err != nil {
		t.Fatal(err)
	}
	names, kinds := make([]string, 29), make([]uint64, 29)
	for _, row := range regexp.MustCompile("\\| (\\d+) \\| `(\\w+)`[^|]*\\| ([01]) ").FindAllStringSubmatch(string(text), -1) {
		n, _ := strconv.Atoi(row[1])
		names[n], kinds[n] = row[2], uint64(row[3][0]-'0')
	}
	for _, side := range []string{"daoFork", "daoForkOpposed"} {
		var forks []string
		for i := 1; i < len(names); i++ {
			if names[i] == "daoFork" || names[i] == "daoForkOpposed" {
				if names[i] != side {
					continue
				}
			}
			forks = append(forks, rlpList(rlpString(names[i]), rlpUint(kinds[i]), rlpUint(uint64(i))))
		}
		if len(forks) != 27 {
			t.Fatalf("the specification names %d forks", len(forks))
		}
		config := rlpList(rlpUint(1), rlpList(), rlpString(strings.Repeat("\x00", 20)), rlpList(forks...), rlpList(), rlpUint(0))
		c, err := wire.DecodeConfig([]byte(config))
		if err != nil {
			t.Fatalf("the specification's order: %v", err)
		}
		if c.DAOForkSupport != (side == "daoFork") || *c.UBTTime != 28 || c.HomesteadBlock.Uint64() != 1 {
			t.Errorf("%+v", c)
		}
	}
}
