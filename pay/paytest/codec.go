package paytest

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// ComesBack checks that what a method has encoded is decoded to the same, keeps within its limit, and that no other length is taken: that is of another
// form.
func ComesBack[T any](t *rapid.T, form error, want T, encoded []byte, decode func([]byte) (T, error), limit int) {
	t.Helper()
	if got, err := decode(encoded); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v comes back as %+v (%v)", want, got, err)
	}
	if len(encoded) > limit {
		t.Errorf("%T has %d bytes, and may have %d", want, len(encoded), limit)
	}
	for _, other := range [][]byte{nil, encoded[:len(encoded)-1], append(bytes.Clone(encoded), 0)} {
		if _, err := decode(other); !errors.Is(err, form) {
			t.Errorf("%T of %d bytes: %v", want, len(other), err)
		}
	}
}

// FuzzDecoder decodes whatever comes: it is of another form, or encoded to the same bytes again, for nothing has two encodings.
func FuzzDecoder[T any](f *testing.F, form error, seed []byte, decode func([]byte) (T, error), encode func(*T) []byte) {
	f.Helper()
	f.Add(seed)
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := decode(b)
		if err != nil {
			if !errors.Is(err, form) {
				t.Fatal(err)
			}
			return
		}
		if got := encode(&v); !bytes.Equal(got, b) {
			t.Fatalf("%x was decoded to %+v, which is encoded as %x", b, v, got)
		}
	})
}
