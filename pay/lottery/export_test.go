package lottery

import "github.com/candela-les/candela/pay"

// Noted is what a note says of the series in use, and of the last ticket that was signed in it.
func Noted(n pay.Note) (o Opening, s Series, last uint64, err error) {
	d, err := decodeNote(n)
	if err != nil {
		return o, s, 0, err
	}
	return d.opening, d.series, d.Last, nil
}
