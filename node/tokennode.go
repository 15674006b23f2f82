package node

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	gethrpc "github.com/ethereum/go-ethereum/rpc"

	"github.com/candela-les/candela/node/usage"
)

// dialNode connects to the node of a token's chain that --pay.rpc names, or what stands for it: a URL or an IPC path. Paths and queries of providers'
// URLs hold keys. Whatever goes wrong is logged with scheme and host only, and so are mistakes in the flag.
func dialNode(ctx context.Context, where string) (*gethrpc.Client, error) {
	shown := bareURL(where)
	to, err := url.Parse(where)
	if err != nil {
		return nil, usage.Errorf("--pay.rpc %q is no URL: %w", shown, withoutURL(err))
	}
	var client *gethrpc.Client
	if to.Scheme == "http" || to.Scheme == "https" {
		client, err = gethrpc.DialOptions(ctx, shown, gethrpc.WithHTTPClient(&http.Client{Transport: &keyed{to}}))
	} else {
		client, err = gethrpc.DialContext(ctx, where)
	}
	if err != nil {
		return nil, usage.Errorf("--pay.rpc %q: %w", shown, withoutURL(err))
	}
	return client, nil
}

// bareURL is the scheme and host of a URL. What is none, as a path, stays as it is.
func bareURL(where string) string {
	scheme, rest, ok := strings.Cut(where, "://")
	if !ok {
		return where
	}
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, "?")
	host, _, _ = strings.Cut(host, "#")
	return scheme + "://" + host[strings.LastIndexByte(host, '@')+1:]
}

// withoutURL is what is wrong with a URL that is told by itself.
func withoutURL(err error) error {
	if wrong, ok := errors.AsType[*url.Error](err); ok {
		return wrong.Err
	}
	return err
}

// keyed sends what is meant for a bare URL to the whole one: a client puts the URL that it knows into its errors, so it must know no more than may be told.
type keyed struct{ to *url.URL }

// RoundTrip implements http.RoundTripper.
func (k *keyed) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != k.to.Host || r.URL.Path != "" { // it was sent elsewhere
		return http.DefaultTransport.RoundTrip(r)
	}
	whole := r.Clone(r.Context())
	whole.URL.Path, whole.URL.RawPath, whole.URL.RawQuery = k.to.Path, k.to.RawPath, k.to.RawQuery
	if k.to.User != nil {
		password, _ := k.to.User.Password()
		whole.SetBasicAuth(k.to.User.Username(), password)
	}
	return http.DefaultTransport.RoundTrip(whole)
}
