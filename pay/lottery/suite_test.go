package lottery_test

import (
	"testing"

	"github.com/candela-les/candela/pay/lottery/lotterytest"
	"github.com/candela-les/candela/pay/paytest"
)

const suiteFace = lotterytest.Face

func TestMethod(t *testing.T) { paytest.Run(t, lotterytest.Method()) }

func TestCrooks(t *testing.T) { paytest.Crooks(t, lotterytest.Method()) }

func TestOpenMethod(t *testing.T) { paytest.Run(t, lotterytest.OpenMethod()) }

func TestOpenCrooks(t *testing.T) { paytest.Crooks(t, lotterytest.OpenMethod()) }
