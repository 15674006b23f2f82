package admin

import "testing"

func TestPercent(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want uint64
		out  string
	}{
		{"20%", 200, "20%"},
		{"20", 200, "20%"},
		{"0", 0, "0%"},
		{"12.5%", 125, "12.5%"},
		{"0.1", 1, "0.1%"},
		{"100.0%", 1000, "100%"},
	} {
		got, err := ParsePercent(tt.in)
		if err != nil || got != tt.want || Percent(got) != tt.out {
			t.Errorf("%s: %d, %v, written as %s", tt.in, got, err, Percent(got))
		}
	}
	for _, bad := range []string{"", "%", "-1", "+1", "100.1", "101%", "1.25", "1.", ".5", "a fifth", "20%%", "1e1", "4294967297"} {
		if got, err := ParsePercent(bad); err == nil {
			t.Errorf("%q is read as %d", bad, got)
		}
	}
}
