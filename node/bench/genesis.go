package bench

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// Account is the address of a benchmark genesis' account with this index, and
// what a load asks for: the last 20 bytes of Keccak-256 over the index as eight
// bytes, big-endian.
func Account(index uint64) common.Address {
	return common.BytesToAddress(crypto.Keccak256(binary.BigEndian.AppendUint64(nil, index)))
}

// genesisHead is a chain before the merge that both old and new go-ethereum
// accept: clique, with a terminal total difficulty that is never reached.
const genesisHead = `{
 "config": {
  "chainId": 20231, "homesteadBlock": 0, "eip150Block": 0, "eip155Block": 0, "eip158Block": 0,
  "byzantiumBlock": 0, "constantinopleBlock": 0, "petersburgBlock": 0, "istanbulBlock": 0,
  "berlinBlock": 0, "londonBlock": 0,
  "terminalTotalDifficulty": 1000000000000000000000000000000,
  "clique": {"period": 1, "epoch": 30000}
 },
 "difficulty": "0x1", "gasLimit": "0x1c9c380", "timestamp": "0x5f5e1000",
 "extraData": "0x%064x%x%0130x",
 "alloc": {
`

// WriteGenesis writes a genesis file with that many accounts, Account(0) and on,
// each with a balance of its own so that no two leaves are alike.
func WriteGenesis(w io.Writer, accounts uint64) error {
	out := bufio.NewWriterSize(w, 1<<20)
	fmt.Fprintf(out, genesisHead, 0, Account(0), 0)
	for i := range accounts {
		separator := ","
		if i == accounts-1 {
			separator = ""
		}
		fmt.Fprintf(out, "  \"%x\": {\"balance\": \"0x%x\"}%s\n", Account(i), 1_000_000_000_000+i, separator)
	}
	fmt.Fprint(out, " }\n}\n")
	return out.Flush()
}
