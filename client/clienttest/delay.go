package clienttest

import (
	"time"

	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// late is one end of a connection on which each message takes its time to arrive,
// as on a long line: the next one does not wait for it to be there.
type late struct {
	*wiretest.End
	arriving chan arrival
}

type arrival struct {
	code    uint64
	payload []byte
	err     error
	there   <-chan time.Time
}

// delayed returns end, what is read from it coming later by latency.
func delayed(end *wiretest.End, latency time.Duration) wire.Conn {
	if latency == 0 {
		return end
	}
	l := &late{End: end, arriving: make(chan arrival, 1024)}
	go func() {
		for {
			var a arrival
			a.code, a.payload, a.err = end.ReadMsg()
			a.there = time.After(latency)
			l.arriving <- a
			if a.err != nil {
				close(l.arriving)
				return
			}
		}
	}()
	return l
}

// ReadMsg implements wire.Conn.
func (l *late) ReadMsg() (uint64, []byte, error) {
	a, ok := <-l.arriving
	if !ok {
		return l.End.ReadMsg() // says again that it has ended
	}
	if a.err == nil {
		<-a.there
	}
	return a.code, a.payload, a.err
}
