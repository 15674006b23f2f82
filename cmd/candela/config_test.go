package main

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// parse runs the real command line through kong with a configuration file of
// this content.
func parse(t *testing.T, file string, args ...string) (*cli, error) {
	t.Helper()
	resolver, err := loadTOML(strings.NewReader(file))
	if err != nil {
		return nil, err
	}
	var c cli
	parser, err := kong.New(&c, kong.Resolvers(resolver), kong.Exit(func(int) { t.Fatal("kong exits") }))
	if err != nil {
		t.Fatal(err)
	}
	_, err = parser.Parse(args)
	return &c, err
}

func TestConfigFile(t *testing.T) {
	const file = `
log.level = "debug"
http.port = 1000

[light]
trusted = ["enode://a", "enode://b"]
fraction = 100
http.port = 2000

[serve]
datadir = "elsewhere"

[dev]
block-time = "3s"
`
	c, err := parse(t, file, "light", "--fraction", "51")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(c.Light.Trusted, " "); got != "enode://a enode://b" {
		t.Errorf("trusted = %q", got)
	}
	if c.Light.Fraction != 51 {
		t.Errorf("fraction = %d, the command line says 51", c.Light.Fraction)
	}
	if c.Light.HTTP.Port != 2000 {
		t.Errorf("port = %d, the command's table says 2000", c.Light.HTTP.Port)
	}
	if c.Log.Level != "debug" {
		t.Errorf("level = %q", c.Log.Level)
	}

	c, err = parse(t, file, "dev")
	if err != nil {
		t.Fatal(err)
	}
	if c.Dev.HTTP.Port != 1000 || c.Dev.BlockTime.Seconds() != 3 {
		t.Errorf("dev = %+v", c.Dev)
	}
}

// A table holds for the commands below its own; the nearest one wins.
func TestConfigOfSubcommands(t *testing.T) {
	const file = "duration = \"1s\"\n[bench]\nbatch = 3\nduration = \"2s\"\n[bench.les]\nduration = \"3s\"\n"
	c, err := parse(t, file, "bench", "les", "--target", "enode://a")
	if err != nil {
		t.Fatal(err)
	}
	if c.Bench.LES.Batch != 3 || c.Bench.LES.Duration.Seconds() != 3 {
		t.Errorf("batch %d, duration %s", c.Bench.LES.Batch, c.Bench.LES.Duration)
	}
}

func TestConfigFileErrors(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"unknown key", "loglevel = 1", `unknown key "loglevel"`},
		{"unknown key of a command", "[light]\nfracton = 3", `unknown key "light.fracton"`},
		{"key of another command", "[light]\nblock-time = \"2s\"", `unknown key "light.block-time"`},
		{"no TOML", "log level", "configuration file"},
		{"wrong type", "[dev]\nservers = \"many\"", "servers"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := parse(t, tt.file, "dev"); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one about %s", err, tt.want)
			}
		})
	}
}
