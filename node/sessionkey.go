package node

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/candela-les/candela/client/store"
	"github.com/candela-les/candela/pay"
)

// sessions is which session keys have opened the channels that are noted. A session.key that is lost is made anew, and what the old one has
// opened looks like any other channel: but nothing can be promised over it, and no server agrees with the new key to close it.
type sessions struct {
	// Key is the one that the file's client had last.
	Key pay.Address `json:"key"`
	// Others are the channels that others had opened, until one of them is back, by method and ID.
	Others map[string]pay.Address `json:"others,omitempty"`
}

func sessionsKey(method string, id pay.Hash) string { return fmt.Sprintf("%s/%x", method, id) }

// loadSessions reads which keys there were, and notes that there is this one now. What was opened before the first time is taken to be that one's.
func loadSessions(ctx context.Context, file *store.Store, notes pay.Notes, key pay.Address, log *slog.Logger) (*sessions, error) {
	s := &sessions{Key: key}
	enc, err := file.Meta(ctx, store.MetaSessions)
	if err != nil {
		return nil, err
	}
	if len(enc) > 0 {
		if err := json.Unmarshal(enc, s); err != nil {
			return nil, fmt.Errorf("which session keys there were makes no sense: %w", err)
		}
	}
	all, err := notes.All(ctx)
	if err != nil {
		return nil, err
	}
	if s.Key != key {
		s.handOver(all, key)
	}
	if enc, err = json.Marshal(s); err != nil {
		return nil, err
	}
	if err := file.PutMeta(ctx, store.MetaSessions, enc); err != nil {
		return nil, err
	}
	s.warn(all, log)
	return s, nil
}

// handOver notes that another key comes in place of the one that was: what is there was opened by that, unless it is known to be another's.
func (s *sessions) handOver(all []pay.Note, key pay.Address) {
	if s.Others == nil {
		s.Others = make(map[string]pay.Address)
	}
	for i := range all {
		at := sessionsKey(all[i].Method, all[i].ID)
		if _, known := s.Others[at]; !known && !all[i].Closed {
			s.Others[at] = s.Key
		}
	}
	s.Key = key
}

// warn says which channels the key of is not here.
func (s *sessions) warn(all []pay.Note, log *slog.Logger) {
	count := make(map[pay.Address]int)
	for i := range all {
		if by, other := s.opener(all[i].Method, all[i].ID); other && !all[i].Closed {
			count[by]++
		}
	}
	for by, n := range count {
		log.Error("channels were opened by a session key that is not here: put its session.key back, or close them with candela pay close --force, "+
			"by which what was never promised comes back but of cheque", "key", by, "channels", n, "now", s.Key)
	}
}

// opener is the key that has opened a channel, if that is another one than the present.
func (s *sessions) opener(method string, id pay.Hash) (by pay.Address, other bool) {
	by, other = s.Others[sessionsKey(method, id)]
	return by, other && by != s.Key
}
