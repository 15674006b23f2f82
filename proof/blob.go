package proof

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/consensus/misc/eip4844"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
)

// maxBlobExponent bounds the exponent of the blob fee formula. e^200 is above
// 2^256 wei, and the formula takes as many steps as its exponent is large.
const maxBlobExponent = 200

// BlobBaseFee returns the price of one unit of blob gas in header's block in wei
// (EIP-4844), nil before Cancun. ErrConfig if the configuration has no blob
// schedule for the block, or an absurd one.
func BlobBaseFee(config *params.ChainConfig, header *types.Header) (*big.Int, error) {
	if header.ExcessBlobGas == nil {
		return nil, nil
	}
	schedule := blobSchedule(config, header)
	if schedule == nil || schedule.UpdateFraction == 0 {
		return nil, fmt.Errorf("%w: no blob schedule at time %d", ErrConfig, header.Time)
	}
	if *header.ExcessBlobGas/schedule.UpdateFraction > maxBlobExponent {
		return nil, fmt.Errorf("%w: excess blob gas %d is out of range for update fraction %d",
			ErrConfig, *header.ExcessBlobGas, schedule.UpdateFraction)
	}
	return eip4844.CalcBlobFee(config, header), nil
}

// blobSchedule picks the schedule that go-ethereum will pick: the newest fork that
// is active and has one.
func blobSchedule(config *params.ChainConfig, header *types.Header) *params.BlobConfig {
	s := config.BlobScheduleConfig
	if s == nil {
		return nil
	}
	london, time := config.LondonBlock, header.Time
	for _, fork := range []struct {
		active   bool
		schedule *params.BlobConfig
	}{
		{config.IsBPO5(london, time), s.BPO5},
		{config.IsBPO4(london, time), s.BPO4},
		{config.IsBPO3(london, time), s.BPO3},
		{config.IsBPO2(london, time), s.BPO2},
		{config.IsBPO1(london, time), s.BPO1},
		{config.IsPrague(london, time), s.Prague},
		{config.IsCancun(london, time), s.Cancun},
	} {
		if fork.active && fork.schedule != nil {
			return fork.schedule
		}
	}
	return nil
}
