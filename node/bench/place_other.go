//go:build !linux

package bench

import (
	"errors"
	"time"
)

// take moves this process there, which is known for Linux only.
func (p *Place) take() error {
	if len(p.CPUs) > 0 || p.Nice != 0 || p.RealTime {
		return errors.New("processors and priorities can be chosen on Linux only")
	}
	return nil
}

// monotonic is a clock that all processes of this machine share.
func monotonic() time.Duration { return time.Duration(time.Now().UnixNano()) }
