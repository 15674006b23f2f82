package payments

// Looking is how many look at jobs.
func (d *Desk) Looking() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.mu.looking
}
