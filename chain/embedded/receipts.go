package embedded

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
)

var errReceiptCount = errors.New("receipts and transactions differ in number")

// consensusReceipts turns receipts as go-ethereum stores them into receipts as the
// receipt trie holds them. Storage leaves out the bloom, which follows from the
// logs, and the type, which is the transaction's; the rest is copied unread.
func consensusReceipts(stored, body []byte) ([]byte, error) {
	kinds, err := txTypes(body)
	if err != nil {
		return nil, err
	}
	list, _, err := rlp.SplitList(stored)
	if err != nil {
		return nil, fmt.Errorf("stored receipts: %w", err)
	}
	w := rlp.NewEncoderBuffer(nil)
	outer := w.List()
	for _, kind := range kinds {
		if len(list) == 0 {
			return nil, errReceiptCount
		}
		var receipt []byte
		if receipt, list, err = rlp.SplitList(list); err != nil {
			return nil, fmt.Errorf("stored receipt: %w", err)
		}
		if err := writeReceipt(w, kind, receipt); err != nil {
			return nil, err
		}
	}
	if len(list) > 0 {
		return nil, errReceiptCount
	}
	w.ListEnd(outer)
	return w.ToBytes(), nil
}

// txTypes reads the type of each transaction of a body: an untyped one is an RLP
// list, a typed one an RLP string that begins with its type.
func txTypes(body []byte) ([]byte, error) {
	content, _, err := rlp.SplitList(body)
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	txs, _, err := rlp.SplitList(content)
	if err != nil {
		return nil, fmt.Errorf("transactions: %w", err)
	}
	var kinds []byte
	for len(txs) > 0 {
		kind, content, rest, err := rlp.Split(txs)
		if err != nil {
			return nil, fmt.Errorf("transaction: %w", err)
		}
		typ := byte(types.LegacyTxType)
		if kind != rlp.List && len(content) > 0 {
			typ = content[0]
		}
		kinds, txs = append(kinds, typ), rest
	}
	return kinds, nil
}

// writeReceipt writes [status, cumulative gas, bloom, logs], wrapped in a string
// behind its type unless it is a legacy receipt.
func writeReceipt(w rlp.EncoderBuffer, kind byte, stored []byte) error {
	_, _, rest, err := rlp.Split(stored) // status or state root
	if err != nil {
		return fmt.Errorf("stored receipt: %w", err)
	}
	_, _, logs, err := rlp.Split(rest) // cumulative gas
	if err != nil {
		return fmt.Errorf("stored receipt: %w", err)
	}
	bloom, err := logsBloom(logs)
	if err != nil {
		return err
	}
	if kind == types.LegacyTxType {
		writeFields(w, stored[:len(stored)-len(logs)], bloom, logs)
		return nil
	}
	inner := rlp.NewEncoderBuffer(nil)
	writeFields(inner, stored[:len(stored)-len(logs)], bloom, logs)
	w.WriteBytes(append([]byte{kind}, inner.ToBytes()...))
	return nil
}

func writeFields(w rlp.EncoderBuffer, head []byte, bloom types.Bloom, logs []byte) {
	list := w.List()
	w.Write(head)
	w.WriteBytes(bloom[:])
	w.Write(logs)
	w.ListEnd(list)
}

// logsBloom computes the bloom over the addresses and topics of an RLP list of
// logs [address, [topic...], data].
func logsBloom(logs []byte) (types.Bloom, error) {
	var bloom types.Bloom
	list, _, err := rlp.SplitList(logs)
	for err == nil && len(list) > 0 {
		var log, address, topics, topic []byte
		if log, list, err = rlp.SplitList(list); err != nil {
			break
		}
		if address, log, err = rlp.SplitString(log); err != nil {
			break
		}
		bloom.Add(address)
		if topics, _, err = rlp.SplitList(log); err != nil {
			break
		}
		for err == nil && len(topics) > 0 {
			if topic, topics, err = rlp.SplitString(topics); err == nil {
				bloom.Add(topic)
			}
		}
	}
	if err != nil {
		return types.Bloom{}, fmt.Errorf("stored logs: %w", err)
	}
	return bloom, nil
}
