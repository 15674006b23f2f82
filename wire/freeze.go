package wire

import (
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/internal/codec"
)

// AppendStop appends the payload of Stop: an empty list. A server that sends it
// drops all requests until it sends Resume. All versions but les/2.
func AppendStop(dst []byte) []byte { return append(dst, 0xc0) }

// DecodeStop checks the payload of Stop.
func DecodeStop(version uint, payload []byte) error {
	if len(payload) != 1 || payload[0] != 0xc0 {
		return wrapDecode(version, CodeStop, codec.Malformed("not an empty list"))
	}
	return nil
}

// AppendResume appends the payload of Resume: the buffer value to go on with, as
// a bare integer, not a list. All versions but les/2.
func AppendResume(dst []byte, bv unit.Cost) []byte { return codec.AppendUint(dst, uint64(bv)) }

// DecodeResume decodes the payload of Resume.
func DecodeResume(version uint, payload []byte) (bv unit.Cost, err error) {
	r := reader{Rest: payload}
	bv = unit.Cost(r.Uint())
	r.End()
	return bv, wrapDecode(version, CodeResume, r.Err)
}
