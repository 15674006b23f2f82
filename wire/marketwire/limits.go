package marketwire

import "github.com/candela-les/candela/unit"

// Limits of every message. They hold for all sellers and buyers.
const (
	MaxMessage    = 1 << 16 // bytes of a payload; check before reading it
	MaxUnits      = 64      // K: prices of a bid, and of each side of a curve
	MaxCurves     = 16      // of one GetCurves
	MaxEntries    = 256     // of one GetStatement
	MaxLines      = 1024    // of a charge
	MaxMethods    = 8       // of payment, in conditions
	MaxMethodName = 16      // bytes
	MaxMethodInfo = 128     // bytes of what a method says of itself
	MaxFalls      = 16      // announced changes of the number of units
	MaxCurrency   = 16      // bytes of a currency's name
	MaxDecimals   = 77      // of a token: 10⁷⁷ is the largest power of ten below 2²⁵⁶
	MaxReference  = 32      // bytes
	MaxText       = 256     // bytes of a refusal's text
	MaxOpening    = 1024    // bytes of what a client says of its channel
	MaxState      = 1024    // bytes of what a seller says of a channel
	MaxPromise    = 2048    // bytes of a promise
	MaxSettled    = 1024    // bytes of what a channel is closed with
	maxHello      = 16      // fields, known and unknown ones
)

// MaxPrice is the highest price of a unit, 2¹²² − 1: that of MaxUnits units is a price too.
func MaxPrice() unit.Price { return unit.PriceOfWords(1<<58-1, 1<<64-1) }
