package wire

import "github.com/candela-les/candela/wire/internal/codec"

// Limits of every message, in all versions unless said.
const (
	MaxMessage      = 10 << 20 // bytes of a payload; check before reading it
	SoftReply       = 2 << 20  // bytes after which a reply takes no further item
	MaxStatusBytes  = 100_000  // bytes of a Status, and of an announcement's update
	MaxHeaders      = 192
	MaxBodies       = 32
	MaxReceipts     = 128
	MaxTxs          = 64
	MaxTxBytes      = 1 << 20                    // les/5: all transactions of a SendTx
	MaxTxAmount     = MaxTxs + MaxTxBytes/TxUnit // les/5: what no SendTx exceeds then
	MaxTxStatus     = 256
	MaxCodes        = 64 // les/4
	MaxProofs       = 64 // les/4
	MaxHelperProofs = 64
	MaxState        = 256        // les/5: accounts + slots + codes of one GetState
	MaxSlots        = 255        // les/5: slots of one query in it
	MaxLogRange     = 8192       // les/5: blocks
	MaxWitnessGas   = 50_000_000 // les/5
)

// Limits of the parts of messages.
const (
	MaxCallData       = 1 << 20 // bytes
	MaxAccessList     = 4096    // addresses + slots of a call
	MaxBlobHashes     = 128
	MaxAuthorizations = 256
	MaxAuthorization  = 160  // bytes of one authorization tuple
	MaxLogAddresses   = 1024 // of one GetLogRange
	MaxLogTopics      = 1024 // at each of at most 4 positions
	MaxTopicPositions = 4
	MaxRefusedText    = 256     // bytes
	MaxErrorText      = 4096    // bytes of a transaction's error
	MaxHeaderBytes    = 1 << 16 // bytes of a header in an announcement
	MaxConfigBytes    = 1 << 14 // bytes of a chain configuration
	MaxTDBits         = 100     // bits of an announced total difficulty
	MaxKey            = 32      // bytes of a hashed key
	MaxNodes          = 1 << 17 // trie nodes of one reply
	MaxReplyCodes     = 1 << 15 // codes of one reply
	MaxReplyHeaders   = 256     // headers of a witness: what BLOCKHASH can reach
)

// Limits are what one server permits, as its les/5 Status announces them. A
// server may permit less than the protocol does, never more.
type Limits struct {
	Headers, Bodies, Receipts uint64 // items of one request
	State, Slots              uint64 // MaxState and MaxSlots
	LogRange                  uint64 // blocks
	Helper                    uint64 // proofs of one GetHelperProofs
	Txs, TxStatus             uint64 // items of one request
	WitnessGas                uint64 // gas
	ReplyBytes                uint64 // bytes after which a reply takes no further item
}

// DefaultLimits returns what the protocol permits at most.
func DefaultLimits() Limits {
	return Limits{
		Headers: MaxHeaders, Bodies: MaxBodies, Receipts: MaxReceipts,
		State: MaxState, Slots: MaxSlots, LogRange: MaxLogRange,
		Helper: MaxHelperProofs,
		Txs:    MaxTxs, TxStatus: MaxTxStatus,
		WitnessGas: MaxWitnessGas, ReplyBytes: SoftReply,
	}
}

// Check returns a *LimitError if the request asks for more than l permits. What
// DecodeRequest returned is within DefaultLimits already.
func (l Limits) Check(req Request) error {
	switch r := req.(type) {
	case *GetHeaders:
		return codec.CheckLimit(r.ReqID, "headers", r.Max, l.Headers)
	case *GetBodies:
		return codec.CheckLimit(r.ReqID, "bodies", r.Amount(), l.Bodies)
	case *GetReceipts:
		return codec.CheckLimit(r.ReqID, "receipts", r.Amount(), l.Receipts)
	case *GetState:
		for i := range r.Queries {
			if n := uint64(len(r.Queries[i].Slots)); n > l.Slots {
				return &LimitError{ReqID: r.ReqID, What: "slots", Have: n, Max: l.Slots}
			}
		}
		return codec.CheckLimit(r.ReqID, "state", r.Amount(), l.State)
	case *GetLogRange:
		return codec.CheckLimit(r.ReqID, "logRange", r.Blocks(), l.LogRange)
	case *GetHelperProofs:
		return codec.CheckLimit(r.ReqID, "helper", r.Amount(), l.Helper)
	case *SendTx:
		return codec.CheckLimit(r.ReqID, "txs", uint64(len(r.Txs)), l.Txs)
	case *GetTxStatus:
		return codec.CheckLimit(r.ReqID, "txStatus", r.Amount(), l.TxStatus)
	case *GetWitness:
		if r.Call.Gas > l.WitnessGas {
			return &LimitError{ReqID: r.ReqID, What: "witnessGas", Have: r.Call.Gas, Max: l.WitnessGas}
		}
	}
	return nil
}
