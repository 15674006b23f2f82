// Package watch is how all methods of payment see a chain, and how a key's transactions get into it.
//
// A Watcher looks at one chain for the whole process, through any JSON-RPC:
//
//	w, err := watch.New(watch.Config{Chain: client, Confirmations: 12, Stale: 10 * time.Minute, …})
//	defer w.Close()
//	seen := w.Watch("channel", subject) // subject.See is called with each View
//	err = seen.Fresh(now)               // nil while what the subject knows is new enough to be trusted
//
// A Sender has transactions of one key mined:
//
//	receipt, err := s.Do(ctx, "open 17", func(ctx context.Context) (watch.Call, error) { … })
//
// A Seen is what most subjects are made of: the channels that were asked for, as they stand. A Sequence is transactions of one kind that follow each
// other.
//
// # What a subject can rely on
//
// A View has the newest block (Head) and the newest one that is deep enough to be believed
// (Sure). A subject reads its contracts at both, by block hash, and counts the less favourable: what was locked
// counts once it is Sure, what is taken back as soon as it is seen. So no reorganization can
// make it believe too much, and it needs to know nothing about them.
//
// View.Logs says what has to be read again. The logs of a block are told at each view until
// the block is sure, and once more at the first view in which it is; those of blocks that are gone are
// told with Removed set. Whatever a log names is to be read again, at Head and at Sure; that
// is all there is to a subject. Because each block is asked for several times, a provider that has
// its logs late, or asks another node each time, does no harm as long as it has them
// before the block is sure. When a block that was sure is gone, Again is set, and everything that the
// subject knows is to be read again.
//
// # What it must not do
//
// It knows no contract and no method. It keeps no state but a Cursor for each subject, and what a Sender has sent.
package watch
