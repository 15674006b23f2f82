package admin

import "testing"

func TestParseID(t *testing.T) {
	// The private key 1.
	const (
		key = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" +
			"483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
		id = "c0a6c424ac7157ae408398df7e5f4552091a69125d5dfcb7b8c2659029395bdf"
	)
	for _, tt := range []struct {
		name string
		ok   bool
	}{
		{id, true},
		{"0x" + id, true},
		{key, true},
		{"0x" + key, true},
		{"enode://" + key, true},
		{"enode://" + key + "@127.0.0.1:30403", true},
		{"enode://" + key + "@127.0.0.1:0?discport=1", true},
		{"enode://" + key + "@nowhere", true}, // only the key counts
		{"", false},
		{"0x", false},
		{id[1:], false},
		{id + "00", false},
		{"enode://" + id, false},
		{"z" + id[1:], false},
		{"z" + key[1:], false},
		{"00" + key[2:], false}, // on no curve
		{"enr:-" + key, false},
	} {
		got, err := ParseID(tt.name)
		if (err == nil) != tt.ok || err == nil && got.String() != id {
			t.Errorf("%s: %v, %v", tt.name, got, err)
		}
	}
}
