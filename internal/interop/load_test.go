package interop

import (
	"encoding/json"
	"fmt"

	"github.com/candela-les/candela/node/bench"
)

// load runs candela bench les, which obeys the flow control that the server announces
// and spends all that it permits.
func (w *world) load(target string, version uint, requests string, args ...string) (bench.Result, error) {
	out, err := output(w.candela, append([]string{
		"bench", "les", "--target", target, "--les", fmt.Sprint(version), "--requests", requests,
		"--address", counter, "--json", "--log.level", "error",
	}, args...)...)
	if err != nil {
		return bench.Result{}, err
	}
	var result bench.Result
	return result, json.Unmarshal([]byte(out), &result)
}
