package sim

import (
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"
)

// Scenario is what is played. Prices are in base units for a standard unit and hour.
type Scenario struct {
	Name  string `yaml:"name"`
	About string `yaml:"about"`
	// Span is how long it goes on; averages leave out WarmUp. Round is how long word takes from clients to
	// servers and back, Sample how often a line is written.
	Span   time.Duration `yaml:"span"`
	WarmUp time.Duration `yaml:"warm-up"`
	Round  time.Duration `yaml:"round"`
	Sample time.Duration `yaml:"sample"`
	// Prices is K of all auctions. Refill and Prepaid are when an account is filled and how far, as time
	// at the bid's own prices.
	Prices  int           `yaml:"prices"`
	Refill  time.Duration `yaml:"refill"`
	Prepaid time.Duration `yaml:"prepaid"`
	// Twins is how many servers of each kind are followed by a twin.
	Twins   int          `yaml:"twins"`
	Servers []ServerKind `yaml:"servers"`
	Clients []ClientKind `yaml:"clients"`
	Day     Day          `yaml:"day"`
	Shocks  []Shock      `yaml:"shocks"`
	Expect  Expect       `yaml:"expect"`
}

// ServerKind is a number of servers that are alike.
type ServerKind struct {
	Kind    string  `yaml:"kind"`
	Count   int     `yaml:"count"`
	Units   Range   `yaml:"units"`   // for sale, drawn from this range
	Reserve uint64  `yaml:"reserve"` // lowest price
	Fee     uint64  `yaml:"fee"`     // for each changed bid, in base units
	Share   float64 `yaml:"share"`   // of its capacity that it says is for sale; 0.8 if not said
	Serves  float64 `yaml:"serves"`  // of the capacity that it says it has, so much is there; 1
	Slow    float64 `yaml:"slow"`    // its answers take so many times as long as promised; 1
	Free    float64 `yaml:"free"`    // of the capacity that nobody who pays uses, so much is given away; 1
	Tax     uint64  `yaml:"tax"`     // base units taken with each charge beyond what is owed
	// It is there for Up on average, and then gone for Down. Always, if not said.
	Up   time.Duration `yaml:"up"`
	Down time.Duration `yaml:"down"`
	// Every so often on average it has only Left of its capacity for Lasts. If it is Frank it sells less then.
	Overload struct {
		Every time.Duration `yaml:"every"`
		Lasts time.Duration `yaml:"lasts"`
		Left  float64       `yaml:"left"`
		Frank bool          `yaml:"frank"`
	} `yaml:"overload"`
}

// honest reports whether it means to keep its promises at all times.
func (k *ServerKind) honest() bool {
	return k.Serves >= 1 && k.Slow <= 1 && k.Tax == 0 && (k.Overload.Every == 0 || k.Overload.Frank)
}

// ClientKind is a number of clients that are alike.
type ClientKind struct {
	Kind    string  `yaml:"kind"`
	Count   int     `yaml:"count"`
	Knows   int     `yaml:"knows"`   // servers that it has found
	Servers int     `yaml:"servers"` // to spread over
	Need    Range   `yaml:"need"`    // standard units, drawn at each change
	Use     float64 `yaml:"use"`     // of what is needed so much is asked for on average; 0.6
	// Value is the median price that it is worth, Spread how far apart clients are, and Moves how far one moves at
	// each change: standard deviations of the natural logarithm.
	Value  uint64  `yaml:"value"`
	Spread float64 `yaml:"spread"`
	Moves  float64 `yaml:"moves"`
	// Idle is the part of the time in which nothing is wanted. Demand changes after AtLeast and a random time,
	// Change on average.
	Idle    float64       `yaml:"idle"`
	AtLeast time.Duration `yaml:"at-least"`
	Change  time.Duration `yaml:"change"`
	// Budget of a day, as hours of all that is wanted at its full price; 96 if not said, which binds nobody.
	Budget float64 `yaml:"budget"`
	// Free is for those that only ever want free service.
	Free bool `yaml:"free"`
	// Audit: one charge of so many is checked; 0: none.
	Audit uint64 `yaml:"audit"`
	// Ways to cheat: asks for so many times as much as it may, bids so many times what it is worth,
	// fills no account.
	Greedy     float64 `yaml:"greedy"`
	Exaggerate float64 `yaml:"exaggerate"`
	Broke      bool    `yaml:"broke"`
}

// Range is from its first number to its second.
type Range [2]uint64

// Day is how demand goes up and down: by Swing of its mean, once in each Period.
type Day struct {
	Period time.Duration `yaml:"period"`
	Swing  float64       `yaml:"swing"`
}

// Shock multiplies the number of those that want something by Factor for a time.
type Shock struct {
	At     time.Duration `yaml:"at"`
	Lasts  time.Duration `yaml:"lasts"`
	Factor float64       `yaml:"factor"`
}

// Expect is what fails a run if it does not come true.
type Expect struct {
	Welfare float64 `yaml:"welfare"` // least average part of the optimum
}

// What is not said is as follows. A type of its own for each, or UnmarshalYAML would call itself.

// UnmarshalYAML fills in what is not said.
func (s *Scenario) UnmarshalYAML(decode func(any) error) error {
	type plain Scenario
	*s = Scenario{Round: 10 * time.Second, Sample: time.Minute, Prices: 8, Refill: 30 * time.Second, Prepaid: time.Minute}
	return decode((*plain)(s))
}

// UnmarshalYAML fills in what is not said.
func (k *ServerKind) UnmarshalYAML(decode func(any) error) error {
	type plain ServerKind
	*k = ServerKind{Share: 0.8, Serves: 1, Slow: 1, Free: 1}
	return decode((*plain)(k))
}

// UnmarshalYAML fills in what is not said.
func (k *ClientKind) UnmarshalYAML(decode func(any) error) error {
	type plain ClientKind
	*k = ClientKind{
		Knows: 4, Servers: 2, Need: Range{1, 1}, Use: 0.6, AtLeast: 10 * time.Minute, Change: 30 * time.Minute,
		Budget: 96, Greedy: 1, Exaggerate: 1,
	}
	return decode((*plain)(k))
}

// UnmarshalYAML fills in what is not said.
func (s *Shock) UnmarshalYAML(decode func(any) error) error {
	type plain Shock
	*s = Shock{Factor: 1}
	return decode((*plain)(s))
}

// UnmarshalYAML reads a list of two.
func (r *Range) UnmarshalYAML(node *yaml.Node) error {
	var list []uint64
	if err := node.Decode(&list); err != nil {
		return err
	}
	if len(list) != len(r) {
		return fmt.Errorf("line %d: a range is two numbers, not %d", node.Line, len(list))
	}
	*r = Range(list)
	return nil
}
