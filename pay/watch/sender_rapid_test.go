package watch_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay/watch/watchtest"
)

// Whatever happens – crashes, reorganizations of any depth, a provider and a disk that fail – each name is mined
// once in the end, and its Do says so.
func TestSenderWhateverHappens(t *testing.T) {
	watchtest.NoLeaks(t)
	rapid.Check(t, func(rt *rapid.T) {
		ok := t.Run("", func(t *testing.T) {
			o := officeIn(t, oneOfMany, 2, nil)
			broken := errors.New("broken by the test")
			asked := map[int]bool{}
			steps := rapid.SliceOfN(rapid.SampledFrom([]string{
				"do", "do", "mine", "mine", "mine", "empty", "back", "deep", "crash", "line", "disk", "heal", "heal",
			}), 5, 25).Draw(rt, "steps")
			heal := func() {
				o.node.Set(nil)
				o.disk.Set(nil)
			}
			for i, step := range steps {
				switch step {
				case "do":
					word := i + 1
					asked[word] = true
					o.do(fmt.Sprint(word), emits(uint64(word))) // asked again in the end
				case "mine":
					o.chain.Mine(1)
					o.w.Look(t.Context()) //nolint:errcheck // it may fail
				case "empty":
					o.chain.Rollback()
					o.chain.Mine(1)
					o.w.Look(t.Context()) //nolint:errcheck // it may fail
				case "back", "deep":
					depth := uint64(1)
					if step == "deep" {
						depth = 4
					}
					if depth = min(depth, o.chain.Head().Number.Uint64()); depth > 0 {
						o.chain.Back(depth, true)
						o.chain.Mine(int(depth) + 1)
						o.w.Look(t.Context()) //nolint:errcheck // it may fail
					}
				case "crash":
					heal()
					o.restart()
				case "line":
					o.node.Set(func(_ context.Context, method string) error {
						if method == "SendTransaction" || method == "TransactionReceipt" {
							return broken
						}
						return nil
					})
				case "disk":
					o.disk.Set(func() error { return broken })
				case "heal":
					heal()
				}
			}
			heal()
			for word := range asked {
				if r := o.until(o.do(fmt.Sprint(word), emits(uint64(word)))); r.err != nil {
					t.Errorf("%d: %v", word, r.err)
				}
			}
			o.chain.Mine(3)
			o.look()
			got := o.emitted()
			for word := range asked {
				if got[int64(word)] != 1 {
					t.Errorf("%d was mined %d times", word, got[int64(word)])
				}
			}
			if len(o.sender.Pending()) != 0 || len(got) != len(asked) {
				t.Errorf("%v, and %v", got, o.sender.Pending())
			}
		})
		if !ok {
			rt.Fatal("see above")
		}
	})
}
