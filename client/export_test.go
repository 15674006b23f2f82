package client

// SetHelperBlocks makes sections of helper tries short enough for a test. It is called
// before the first session.
func (c *Client) SetHelperBlocks(blocks uint64) { c.helpers.blocks = blocks }
