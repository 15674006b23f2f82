package sim

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ErrScenario: a scenario makes no sense.
var ErrScenario = errors.New("scenario makes no sense")

// ReadScenario reads a scenario in YAML, in which every key has to be known, and fills in what
// was left out. Its errors are those of r or ErrScenario, which say the line.
func ReadScenario(r io.Reader) (*Scenario, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	s := &Scenario{}
	switch err := d.Decode(s); {
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%w: there is nothing in it", ErrScenario)
	case err != nil:
		return nil, unreadable(err)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, unreadable(err)
	}
	if err := d.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: there is more than one in it", ErrScenario)
	}
	if p := s.validate(); p != nil {
		return nil, fmt.Errorf("%w: line %d: %s", ErrScenario, lineOf(root.Content[0], p.at), p.what)
	}
	return s, nil
}

// unreadable is the first error of the YAML library, without its names of Go types.
func unreadable(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if e, ok := errors.AsType[*yaml.TypeError](err); ok && len(e.Errors) > 0 {
		text, _, _ = strings.Cut(e.Errors[0], " in type ")
	}
	return fmt.Errorf("%w: %s", ErrScenario, text)
}

// lineOf is the line of a value that is found by keys and places, or of what it should be in.
func lineOf(node *yaml.Node, path []string) int {
next:
	for _, step := range path {
		switch node.Kind {
		case yaml.SequenceNode:
			if i, err := strconv.Atoi(step); err == nil && i < len(node.Content) {
				node = node.Content[i]
				continue next
			}
		case yaml.MappingNode:
			for i := 0; i+1 < len(node.Content); i += 2 {
				if node.Content[i].Value == step {
					node = node.Content[i+1]
					continue next
				}
			}
		default: // there is nothing in it
		}
		break
	}
	return node.Line
}
