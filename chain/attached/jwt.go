package attached

import (
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/rpc"
	"github.com/golang-jwt/jwt/v4"
)

// secretBytes is the length of the secret that both ends share.
const secretBytes = 32

// readSecret reads the file that geth and others write and take: 64 hex digits.
func readSecret(path string) ([]byte, error) {
	blob, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("jwt secret cannot be read: %w", err)
	}
	text := strings.TrimPrefix(strings.TrimSpace(string(blob)), "0x")
	secret, err := hex.DecodeString(text)
	if err != nil || len(secret) != secretBytes {
		return nil, fmt.Errorf("jwt secret %s is not %d hex digits", path, 2*secretBytes)
	}
	return secret, nil
}

// authorize puts a new token into each request: nodes accept it for a minute only.
// Source: execution-apis, engine/authentication.md.
func authorize(secret []byte, now func() time.Time) rpc.HTTPAuth {
	return func(h http.Header) error {
		token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"iat": now().Unix()})
		signed, err := token.SignedString(secret)
		if err != nil {
			return fmt.Errorf("sign a token: %w", err)
		}
		h.Set("Authorization", "Bearer "+signed)
		return nil
	}
}
