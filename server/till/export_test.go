package till

// Crash ends a till as a crash does: what waits is not posted, and what is held is not returned.
func (t *Till) Crash() {
	t.mu.Lock()
	t.mu.closing = true
	t.mu.Unlock()
	t.cancel()
	t.work.Wait()
}

// Manual ends renewing but by Renew.
func (t *Till) Manual() { t.idle() }
