package sim

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/buyer"
)

// coverTime is what an account has to hold when a bid is made.
const coverTime = time.Duration(auction.CoverSpan)

// ErrScenario: a scenario makes no sense.
var ErrScenario = errors.New("scenario makes no sense")

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
	Kind    string    `yaml:"kind"`
	Count   int       `yaml:"count"`
	Units   [2]uint64 `yaml:"units"`   // for sale, drawn from this range
	Reserve uint64    `yaml:"reserve"` // lowest price
	Fee     uint64    `yaml:"fee"`     // for each changed bid, in base units
	Share   float64   `yaml:"share"`   // of its capacity that it says is for sale; 0.8 if not said
	Serves  float64   `yaml:"serves"`  // of the capacity that it says it has, so much is there; 1
	Slow    float64   `yaml:"slow"`    // its answers take so many times as long as promised; 1
	Free    *float64  `yaml:"free"`    // of the capacity that nobody who pays uses, so much is given away; 1
	Tax     uint64    `yaml:"tax"`     // base units taken with each charge beyond what is owed
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
	Kind    string    `yaml:"kind"`
	Count   int       `yaml:"count"`
	Knows   int       `yaml:"knows"`   // servers that it has found
	Servers int       `yaml:"servers"` // to spread over
	Need    [2]uint64 `yaml:"need"`    // standard units, drawn at each change
	Use     float64   `yaml:"use"`     // of what is needed so much is asked for on average; 0.6
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

// ReadScenario reads a scenario in YAML, in which every key has to be known, and fills in what
// was left out. Its errors are ErrScenario or those of r.
func ReadScenario(r io.Reader) (*Scenario, error) {
	s := &Scenario{}
	if err := yaml.NewDecoder(r, yaml.Strict()).Decode(s); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrScenario, err)
	}
	s.fill()
	if err := s.validate(); err != nil {
		return nil, err
	}
	return s, nil
}

func orElse[T comparable](p *T, otherwise T) {
	var none T
	if *p == none {
		*p = otherwise
	}
}

// fill sets what was left out.
func (s *Scenario) fill() {
	orElse(&s.Round, 10*time.Second)
	orElse(&s.Sample, time.Minute)
	orElse(&s.Prices, 8)
	orElse(&s.Refill, 30*time.Second)
	orElse(&s.Prepaid, time.Minute)
	for i := range s.Servers {
		k := &s.Servers[i]
		orElse(&k.Share, 0.8)
		orElse(&k.Serves, 1)
		orElse(&k.Slow, 1)
		if k.Free == nil {
			all := 1.0
			k.Free = &all
		}
	}
	for i := range s.Clients {
		k := &s.Clients[i]
		orElse(&k.Knows, 4)
		orElse(&k.Servers, 2)
		orElse(&k.Need, [2]uint64{1, 1})
		orElse(&k.Use, 0.6)
		orElse(&k.AtLeast, 10*time.Minute)
		orElse(&k.Change, 30*time.Minute)
		orElse(&k.Budget, 96)
		orElse(&k.Greedy, 1)
		orElse(&k.Exaggerate, 1)
	}
}

func (s *Scenario) validate() error {
	wrong := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s", ErrScenario, fmt.Sprintf(format, args...))
	}
	switch {
	case s.Span <= s.WarmUp || s.WarmUp < 0:
		return wrong("span %v has to be longer than warm-up %v", s.Span, s.WarmUp)
	case s.Round < time.Second || s.Round > 30*time.Second || s.Sample < s.Round || s.Sample%s.Round != 0:
		return wrong("round %v is from 1s to 30s, and sample %v some of them", s.Round, s.Sample)
	case s.Prices < 1 || s.Prices > auction.MaxPrices:
		return wrong("prices is from 1 to %d", auction.MaxPrices)
	case s.Refill < coverTime || s.Prepaid <= s.Refill:
		return wrong("refill %v is at least %v and below prepaid %v", s.Refill, coverTime, s.Prepaid)
	}
	total := 0
	for i := range s.Servers {
		k := &s.Servers[i]
		total += k.Count
		switch {
		case k.Kind == "" || k.Count < 1 || k.Count > 100_000:
			return wrong("servers: each has a kind and a count up to 100000")
		case k.Units[0] < 1 || k.Units[1] < k.Units[0] || k.Units[1] > 1_000_000:
			return wrong("servers %s: units is a range from 1 to 1000000", k.Kind)
		case k.Share <= 0 || k.Share > 1 || k.Serves <= 0 || k.Slow < 1 || *k.Free < 0 || *k.Free > 1:
			return wrong("servers %s: share, serves and free are parts of one, slow is 1 or more", k.Kind)
		case (k.Up == 0) != (k.Down == 0) || k.Up < 0 || k.Down < 0:
			return wrong("servers %s: up and down go together", k.Kind)
		case k.Overload.Every != 0 && (k.Overload.Lasts <= 0 || k.Overload.Left < 0 || k.Overload.Left > 1):
			return wrong("servers %s: an overload lasts, and leaves a part of one", k.Kind)
		}
	}
	for i := range s.Clients {
		k := &s.Clients[i]
		switch {
		case k.Kind == "" || k.Count < 1 || k.Count > 10_000_000:
			return wrong("clients: each has a kind and a count up to 10000000")
		case k.Knows < 1 || k.Knows > min(total, 64):
			return wrong("clients %s: knows is from 1 to the number of servers, 64 at most", k.Kind)
		case k.Servers < 1 || k.Servers > buyer.MaxServers:
			return wrong("clients %s: servers is from 1 to %d", k.Kind, buyer.MaxServers)
		case k.Need[0] < 1 || k.Need[1] < k.Need[0] || k.Need[1] > 64:
			return wrong("clients %s: need is a range from 1 to 64", k.Kind)
		case !k.Free && (k.Value < 1 || k.Value > 1_000_000_000):
			return wrong("clients %s: value is from 1 to 1000000000", k.Kind)
		case k.Idle < 0 || k.Idle > 1 || k.Use <= 0 || k.Use > 1:
			return wrong("clients %s: idle and use are parts of one", k.Kind)
		case k.AtLeast < time.Minute || k.Change < k.AtLeast:
			return wrong("clients %s: at-least is from 1m to change", k.Kind)
		case k.Greedy < 1 || k.Exaggerate <= 0 || k.Spread < 0 || k.Moves < 0 || k.Budget <= 0:
			return wrong("clients %s: greedy is 1 or more, exaggerate, spread, moves and budget are positive", k.Kind)
		}
	}
	if total == 0 || len(s.Clients) == 0 {
		return wrong("there have to be servers and clients")
	}
	return nil
}
