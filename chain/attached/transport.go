package attached

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/ethereum/go-ethereum/rpc"
)

// maxAnswer bounds what a node may send at once, in bytes: more than any block with
// its receipts, and little enough not to run out of memory by.
const maxAnswer = 64 << 20

// errAnswerTooLong: a node sent more than anybody wants to keep.
var errAnswerTooLong = errors.New("the answer is longer than 64 MiB")

// CheckURL says what is wrong with a node's URL, without connecting to it.
func CheckURL(raw string) error {
	if raw == "" {
		return errors.New("an empty URL")
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme == "" {
		if strings.Contains(raw, "://") {
			return fmt.Errorf("%q is no URL", displayName(raw))
		}
		return nil // a path
	}
	switch u.Scheme {
	case "http", "https", "ws", "wss":
		if u.Host == "" {
			return fmt.Errorf("%q names no host", raw)
		}
		return nil
	default:
		return fmt.Errorf("%q is neither http, https, ws or wss nor the path of an IPC socket", displayName(raw))
	}
}

// displayName is a URL without what may be secret in it: user, path and query. Many
// hosted nodes have their key in the path.
func displayName(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return raw // a path
	}
	return u.Scheme + "://" + u.Host
}

// pushes reports whether a node can tell of new heads by itself over this URL.
func pushes(raw string) bool {
	return !strings.HasPrefix(raw, "http://") && !strings.HasPrefix(raw, "https://")
}

// bounded limits the bodies of HTTP answers.
type bounded struct{ next http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	resp.Body = &boundedBody{ReadCloser: resp.Body, left: maxAnswer}
	return resp, nil
}

type boundedBody struct {
	io.ReadCloser
	left int64
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errAnswerTooLong
	}
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// idleConns is how many connections to one node are kept open between requests.
const idleConns = 32

// transport makes the options to dial with, and the HTTP client among them.
func transport(base http.RoundTripper, auth rpc.HTTPAuth) (*http.Client, []rpc.ClientOption) {
	if base == nil {
		base = &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			MaxIdleConnsPerHost: idleConns,
			ForceAttemptHTTP2:   true,
		}
	}
	client := &http.Client{Transport: bounded{base}}
	options := []rpc.ClientOption{rpc.WithHTTPClient(client), rpc.WithWebsocketMessageSizeLimit(maxAnswer)}
	if auth != nil {
		options = append(options, rpc.WithHTTPAuth(auth))
	}
	return &http.Client{Transport: base}, options
}
