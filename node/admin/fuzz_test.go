package admin

import (
	"bytes"
	"testing"
)

// What is read from a file is written back as what it was.
func FuzzFile(f *testing.F) {
	f.Add([]byte(`{"format":1,"grants":[]}`))
	f.Add([]byte(`{"format":1,"reservePermille":250,"freePermille":0,"grants":[{"client":"` + client(1).String() + `","units":10,"since":"2026-11-22T12:00:00Z"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := decode(raw)
		if err != nil {
			return
		}
		first, err := doc.encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := decode(first)
		if err != nil {
			t.Fatalf("%v: %s", err, first)
		}
		if second, err := again.encode(); err != nil || !bytes.Equal(first, second) {
			t.Fatalf("%v: %s became %s", err, first, second)
		}
	})
}

// A client has one name, however it was written.
func FuzzParseID(f *testing.F) {
	f.Add(client(1).String())
	f.Add("enode://" + client(1).String() + client(2).String() + "@127.0.0.1:1")
	f.Fuzz(func(t *testing.T, name string) {
		id, err := ParseID(name)
		if err != nil {
			return
		}
		if again, err := ParseID(id.String()); err != nil || again != id {
			t.Fatalf("%q is %v, which is %v, %v", name, id, again, err)
		}
	})
}
