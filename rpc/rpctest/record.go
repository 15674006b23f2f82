package rpctest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// Recording is one recorded conversation: a METHOD/NAME.io file of the execution-apis tests.
type Recording struct {
	Name string // METHOD/NAME
	// SpecOnly says that only result against error is compared.
	SpecOnly bool
	// Rounds are the requests with the answers expected.
	Rounds []Round
}

// Round is one request and its answer.
type Round struct {
	Request, Want json.RawMessage
}

// Recordings reads the conversations under dir, except those whose name begins with one of without.
func Recordings(dir string, without ...string) ([]*Recording, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*", "*.io"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("no recordings in %s: %w", dir, errors.Join(err, os.ErrNotExist))
	}
	slices.Sort(paths)
	var list []*Recording
	for _, path := range paths {
		rel, _ := filepath.Rel(dir, path) // path is below dir
		name := strings.TrimSuffix(filepath.ToSlash(rel), ".io")
		if slices.ContainsFunc(without, func(p string) bool { return strings.HasPrefix(name, p) }) {
			continue
		}
		r, err := read(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		r.Name = name
		list = append(list, r)
	}
	return list, nil
}

func read(path string) (*Recording, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := new(Recording)
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 64<<20)
	var request json.RawMessage
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "//"):
			r.SpecOnly = r.SpecOnly || strings.Contains(line, "speconly")
		case strings.HasPrefix(line, ">> "):
			request = json.RawMessage(line[3:])
		case strings.HasPrefix(line, "<< "):
			r.Rounds = append(r.Rounds, Round{request, json.RawMessage(line[3:])})
		}
	}
	return r, lines.Err()
}

// Play asks every request of the recording and returns the first difference, nil if there is none. A result must be
// equal as JSON; of an error, its code and data.
func (r *Recording) Play(ask func(request []byte) ([]byte, error)) error {
	for _, round := range r.Rounds {
		body, err := ask(round.Request)
		if err != nil {
			return err
		}
		if err := compare(body, round.Want, r.SpecOnly); err != nil {
			return fmt.Errorf("%w\nrequest %.300s\nwant    %.400s\ngot     %.400s", err, round.Request, round.Want, body)
		}
	}
	return nil
}

type message struct {
	Result any `json:"result"`
	Error  *struct {
		Code int `json:"code"`
		Data any `json:"data"`
	} `json:"error"`
}

func compare(got, want []byte, specOnly bool) error {
	var g, w message
	if err := errors.Join(json.Unmarshal(got, &g), json.Unmarshal(want, &w)); err != nil {
		return err
	}
	switch {
	case (g.Error == nil) != (w.Error == nil):
		return errors.New("result against error")
	case specOnly:
		return nil
	case w.Error != nil && !reflect.DeepEqual(g.Error, w.Error):
		return errors.New("errors differ")
	case !reflect.DeepEqual(g.Result, w.Result):
		return errors.New("results differ")
	}
	return nil
}
