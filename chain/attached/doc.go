// Package attached serves light clients from a node that runs elsewhere, over its
// JSON-RPC: geth, Reth, Nethermind, Besu, Erigon, anvil. Open returns a chain.Source.
//
// The node is trusted no more than it must be. What it says of the fork choice (the
// head, safe, finalized), of its transaction pool and of what it does not have is
// taken as it is; nobody could check it. All else is proven with package proof
// before it is handed on: headers hash to what was asked for, bodies and receipts
// to the roots in their header, accounts, storage and their absence to its state
// root, code to its hash. A node that gives a wrong answer is reported in a LieError,
// set aside for a while if there is another one to ask, and its answer is dropped.
//
// What the node can do is found out when it is first reached and again after it was
// away: which methods it has, and from which block on it has bodies, receipts, states
// and a transaction index. What it lacks becomes a reduced range or capability.
//
// Several nodes of one chain may be named, in the order of preference. The first one
// that answers and is not stale is asked and says what the head is; the next
// takes over when it fails, and hands back when it has caught up. A node that
// is merely behind does not take the head back: that happens only when the chosen node
// itself leaves a block, as in any reorganization, or is seen to stay behind for long.
//
// Nodes cost their operator something, so they are asked as little as possible:
// equal questions at one time are merged, what cannot change is kept up to a number
// of bytes, what is needed together is fetched in one batch, and a configured rate
// is never exceeded.
//
// eth_getProof takes plain keys only, so a source of this kind does not have
// Capabilities.HashedKeys and a server on it offers les/5 but not les/4.
package attached
