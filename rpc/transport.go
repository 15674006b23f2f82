package rpc

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/rs/cors"
)

// handler is the way of a request: counted, its host checked, then WebSocket or, past CORS, HTTP.
func (s *Server) handler() http.Handler {
	var plain http.Handler = &batches{
		next: s.geth, items: s.cfg.BatchItems, bytes: s.cfg.BatchBytes, body: int64(s.cfg.BodyBytes), timeout: s.cfg.Timeout,
	}
	if len(s.cfg.CORS) > 0 {
		plain = cors.New(cors.Options{
			AllowedOrigins: s.cfg.CORS,
			AllowedMethods: []string{http.MethodPost, http.MethodGet},
			AllowedHeaders: []string{"*"},
			MaxAge:         600,
		}).Handler(plain)
	}
	// The origin is checked here: go-ethereum's own check leaves a goroutine behind for each page that it lets in.
	socket := s.geth.WebsocketHandler([]string{"*"})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.begin() {
			http.Error(w, "shutting down", http.StatusServiceUnavailable)
			return
		}
		defer s.wg.Done()
		switch {
		case !allowedHost(r.Host, s.cfg.Hosts):
			http.Error(w, "invalid host specified", http.StatusForbidden)
		case isWebSocket(r) && !allowedOrigin(r.Header.Get("Origin"), s.cfg.CORS):
			http.Error(w, "origin not allowed", http.StatusForbidden)
		case isWebSocket(r):
			socket.ServeHTTP(w, r)
		default:
			plain.ServeHTTP(w, r)
		}
	})
}

// begin counts a request, unless the server is closing.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.closed {
		return false
	}
	s.wg.Add(1)
	return true
}

// allowedHost says whether a request may address the endpoint like this. An IP address cannot be rebound, so any will
// do; a name has to be one that was configured. Browsers always send one.
func allowedHost(hostport string, allowed []string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	if host == "" || net.ParseIP(strings.Trim(host, "[]")) != nil {
		return true
	}
	return slices.ContainsFunc(allowed, func(a string) bool { return a == "*" || strings.EqualFold(a, host) })
}

func isWebSocket(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket") &&
		strings.Contains(strings.ToLower(r.Header.Get("Connection")), "upgrade")
}

// allowedOrigin says whether a page of this origin may open a WebSocket, to which browsers do not apply CORS. Only
// browsers send an origin. As in CORS, an allowed one may hold one asterisk.
func allowedOrigin(origin string, allowed []string) bool {
	if origin == "" {
		return true
	}
	if len(allowed) == 0 {
		u, err := url.Parse(origin)
		return err == nil && strings.EqualFold(u.Hostname(), "localhost")
	}
	origin = strings.ToLower(origin)
	return slices.ContainsFunc(allowed, func(a string) bool {
		before, after, wild := strings.Cut(strings.ToLower(a), "*")
		if !wild {
			return before == origin
		}
		return len(origin) >= len(before)+len(after) && strings.HasPrefix(origin, before) && strings.HasSuffix(origin, after)
	})
}

// tracked is a listener that bounds how many connections are open, and knows them by remote address so that one can be
// ended from outside.
type tracked struct {
	net.Listener
	server *Server
	slots  chan struct{}
}

// Accept waits for a free slot first: a client above the limit waits in the kernel's queue.
func (t *tracked) Accept() (net.Conn, error) {
	select {
	case t.slots <- struct{}{}:
	case <-t.server.ctx.Done():
		return nil, net.ErrClosed
	}
	conn, err := t.Listener.Accept()
	if err != nil {
		<-t.slots
		return nil, err
	}
	c := &trackedConn{Conn: conn, end: sync.OnceFunc(func() {
		t.server.forget(conn.RemoteAddr().String())
		<-t.slots
	})}
	t.server.remember(c)
	return c, nil
}

type trackedConn struct {
	net.Conn
	end func()
}

// Close ends the connection.
func (c *trackedConn) Close() error {
	defer c.end()
	return c.Conn.Close()
}

func (s *Server) remember(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.conns[c.RemoteAddr().String()] = c
}

func (s *Server) forget(remote string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.mu.conns, remote)
}

// hangUp ends the connection from the given address.
func (s *Server) hangUp(remote string) {
	s.mu.Lock()
	c := s.mu.conns[remote]
	s.mu.Unlock()
	if c != nil {
		_ = c.Close()
	}
}
