package node

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/candela-les/candela/node/usage"
)

// A provider is asked with its key, and nobody is told it, whatever goes wrong.
func TestDialNode(t *testing.T) {
	var asked *http.Request
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Clone(t.Context())
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"jsonrpc":"2.0","id":1,"result":"0x5"}`) //nolint:errcheck // the client would notice
	}))
	defer provider.Close()
	u, err := url.Parse(provider.URL)
	if err != nil {
		t.Fatal(err)
	}
	whole := "http://name:secret@" + u.Host + "/v3/secret%2Fkey?key=secret"
	client, err := dialNode(t.Context(), whole)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	var id string
	if err := client.CallContext(t.Context(), &id, "eth_chainId"); err != nil || id != "0x5" {
		t.Fatalf("%s, %v", id, err)
	}
	name, password, _ := asked.BasicAuth()
	if asked.RequestURI != "/v3/secret%2Fkey?key=secret" || name != "name" || password != "secret" {
		t.Errorf("asked at %s as %s:%s", asked.RequestURI, name, password)
	}
	provider.Close()
	err = client.CallContext(t.Context(), &id, "eth_chainId")
	if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "http://"+u.Host) {
		t.Errorf("the provider is away: %v", err)
	}
	for _, wrong := range []string{"ws://" + u.Host + "/secret", "http://[::1/secret", "https://host:port/secret", "odd://host/secret?secret"} {
		if _, err := dialNode(t.Context(), wrong); !usage.Is(err) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
	if got := bareURL("/home/me/geth.ipc"); got != "/home/me/geth.ipc" {
		t.Error(got)
	}
}
