package wire

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/wire/internal/codec"
)

// ErrConfig: a chain configuration has no canonical encoding, or bytes are not one.
var ErrConfig = errors.New("chain configuration")

// UnknownForkError says that a configuration names a fork that this version of
// Candela cannot execute.
type UnknownForkError struct{ Name string }

func (e *UnknownForkError) Error() string {
	return fmt.Sprintf("chain configuration: unknown fork %.40q", e.Name)
}

// Is makes errors.Is(err, ErrConfig) true.
func (e *UnknownForkError) Is(target error) bool { return target == ErrConfig }

// The two kinds of activation.
const (
	atBlock = 0
	atTime  = 1
)

// forkField ties a fork's name on the wire to its field; block or time is nil.
type forkField struct {
	name  string
	block **big.Int
	time  **uint64
	// dao: 0 for every fork but the DAO's, else which side of it this name is.
	dao int
}

const (
	daoSupported = 1
	daoOpposed   = 2
)

// matches says whether the field goes by this name in c.
func (f *forkField) matches(c *params.ChainConfig) bool {
	return f.dao == 0 || (f.dao == daoSupported) == c.DAOForkSupport
}

// forkFields returns the table of forks in its canonical order.
func forkFields(c *params.ChainConfig) []forkField {
	return []forkField{
		{name: "homestead", block: &c.HomesteadBlock},
		{name: "daoFork", block: &c.DAOForkBlock, dao: daoSupported},
		{name: "daoForkOpposed", block: &c.DAOForkBlock, dao: daoOpposed},
		{name: "eip150", block: &c.EIP150Block},
		{name: "eip155", block: &c.EIP155Block},
		{name: "eip158", block: &c.EIP158Block},
		{name: "byzantium", block: &c.ByzantiumBlock},
		{name: "constantinople", block: &c.ConstantinopleBlock},
		{name: "petersburg", block: &c.PetersburgBlock},
		{name: "istanbul", block: &c.IstanbulBlock},
		{name: "muirGlacier", block: &c.MuirGlacierBlock},
		{name: "berlin", block: &c.BerlinBlock},
		{name: "london", block: &c.LondonBlock},
		{name: "arrowGlacier", block: &c.ArrowGlacierBlock},
		{name: "grayGlacier", block: &c.GrayGlacierBlock},
		{name: "mergeNetsplit", block: &c.MergeNetsplitBlock},
		{name: "shanghai", time: &c.ShanghaiTime},
		{name: "cancun", time: &c.CancunTime},
		{name: "prague", time: &c.PragueTime},
		{name: "osaka", time: &c.OsakaTime},
		{name: "bpo1", time: &c.BPO1Time},
		{name: "bpo2", time: &c.BPO2Time},
		{name: "bpo3", time: &c.BPO3Time},
		{name: "bpo4", time: &c.BPO4Time},
		{name: "bpo5", time: &c.BPO5Time},
		{name: "amsterdam", time: &c.AmsterdamTime},
		{name: "bogota", time: &c.BogotaTime},
		{name: "ubt", time: &c.UBTTime},
	}
}

type blobField struct {
	name string
	to   **params.BlobConfig
}

// blobFields returns the table of blob schedules in its canonical order.
func blobFields(s *params.BlobScheduleConfig) []blobField {
	return []blobField{
		{"cancun", &s.Cancun},
		{"prague", &s.Prague},
		{"bpo1", &s.BPO1},
		{"bpo2", &s.BPO2},
		{"bpo3", &s.BPO3},
		{"bpo4", &s.BPO4},
		{"bpo5", &s.BPO5},
	}
}

// The ways to find a block's author.
const (
	authorCoinbase = 0 // the header's coinbase
	authorClique   = 1 // the signer of a clique seal, before the merge
)

// EncodeConfig returns the canonical encoding of a configuration: what execution
// and fork ids depend on, and nothing else. It fails, wrapping ErrConfig, for a
// configuration that cannot be served (a binary trie from genesis on, numbers
// out of range).
//
//	[chainID, [terminalTotalDifficulty?], depositContract,
//	 [[fork, kind, activation]…], [[fork, target, max, updateFraction]…], author]
func EncodeConfig(c *params.ChainConfig) ([]byte, error) {
	if err := encodable(c); err != nil {
		return nil, err
	}
	dst, at := codec.OpenList(make([]byte, 0, 512))
	dst = codec.AppendBig(dst, c.ChainID)
	dst, list := codec.OpenList(dst)
	if c.TerminalTotalDifficulty != nil {
		dst = codec.AppendBig(dst, c.TerminalTotalDifficulty)
	}
	dst = codec.CloseList(dst, list)
	dst = codec.AppendAddress(dst, c.DepositContractAddress)
	dst = appendForks(dst, c)
	dst = appendBlobs(dst, c.BlobScheduleConfig)
	author := uint64(authorCoinbase)
	if c.Clique != nil {
		author = authorClique
	}
	return codec.CloseList(codec.AppendUint(dst, author), at), nil
}

func encodable(c *params.ChainConfig) error {
	if c.EnableUBTAtGenesis {
		return fmt.Errorf("%w: binary trie at genesis", ErrConfig)
	}
	for what, x := range map[string]*big.Int{"chain id": c.ChainID, "terminal total difficulty": c.TerminalTotalDifficulty} {
		if x != nil && (x.Sign() < 0 || x.BitLen() > 256) {
			return fmt.Errorf("%w: %s out of range", ErrConfig, what)
		}
	}
	for _, f := range forkFields(c) {
		if f.block != nil && *f.block != nil && !(*f.block).IsUint64() {
			return fmt.Errorf("%w: block of %s out of range", ErrConfig, f.name)
		}
	}
	if c.BlobScheduleConfig != nil {
		for _, f := range blobFields(c.BlobScheduleConfig) {
			if b := *f.to; b != nil && (b.Target < 0 || b.Max < 0) {
				return fmt.Errorf("%w: blob schedule of %s out of range", ErrConfig, f.name)
			}
		}
	}
	return nil
}

func appendForks(dst []byte, c *params.ChainConfig) []byte {
	dst, at := codec.OpenList(dst)
	for _, f := range forkFields(c) {
		switch {
		case f.block != nil && *f.block != nil && f.matches(c):
			dst = appendFork(dst, f.name, atBlock, (*f.block).Uint64())
		case f.time != nil && *f.time != nil:
			dst = appendFork(dst, f.name, atTime, **f.time)
		}
	}
	return codec.CloseList(dst, at)
}

func appendFork(dst []byte, name string, kind, at uint64) []byte {
	dst, item := codec.OpenList(dst)
	dst = codec.AppendString(dst, name)
	return codec.CloseList(codec.AppendUint(codec.AppendUint(dst, kind), at), item)
}

func appendBlobs(dst []byte, s *params.BlobScheduleConfig) []byte {
	dst, at := codec.OpenList(dst)
	if s == nil {
		return codec.CloseList(dst, at)
	}
	for _, f := range blobFields(s) {
		b := *f.to
		if b == nil {
			continue
		}
		var item int
		dst, item = codec.OpenList(dst)
		dst = codec.AppendString(dst, f.name)
		dst = codec.AppendUint(dst, uint64(b.Target))
		dst = codec.AppendUint(dst, uint64(b.Max))
		dst = codec.AppendUint(dst, b.UpdateFraction)
		dst = codec.CloseList(dst, item)
	}
	return codec.CloseList(dst, at)
}

// ConfigHash is the hash that Status and signed heads name a configuration by:
// keccak256 of its canonical encoding.
func ConfigHash(config []byte) Hash { return crypto.Keccak256Hash(config) }
