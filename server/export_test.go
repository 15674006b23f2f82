package server

// Away returns how many accounts are kept for clients that have left.
func (s *Server) Away() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.mu.purse.away)
}
