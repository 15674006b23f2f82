package link

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/subtle"
	"errors"
	"fmt"
	"hash"
	"io"
	"net"
	"sync"

	"github.com/ethereum/go-ethereum/rlp"
	"github.com/golang/snappy"
)

// A frame is a header of 16 bytes and its MAC, and the content, padded, and its MAC.
const (
	block     = 16
	headerLen = 2 * block
	maxFrame  = 1<<24 - 1 // what three bytes of length can say

	// readAhead is kept for each connection, so that an ordinary request takes one read.
	readAhead = 512
	// firstRead is how much of a frame is made room for before any of it has come.
	firstRead = 16 << 10
	// expands is more than snappy can: 64 bytes of a repetition take three.
	expands = 22
)

var (
	// ErrFrame: what was received is no frame of this connection.
	ErrFrame = errors.New("not a frame")
	// ErrTooLarge: a message is larger than is permitted.
	ErrTooLarge = errors.New("message is too large")
)

// Conn is a connection with keys. One goroutine may read; any number may write.
type Conn struct {
	// Remote is the key that the other side has proven to own.
	Remote *ecdsa.PublicKey

	conn       net.Conn
	in         *bufio.Reader
	decrypt    cipher.Stream
	check      mac
	compressed bool
	narrow     struct {
		from  uint64 // code
		limit int    // bytes; 0 for none
	}

	out struct {
		sync.Mutex
		encrypt cipher.Stream
		sign    mac
		broken  error // a frame was not sent, or in part: nothing can follow it
	}
}

func newConn(conn net.Conn, remote *ecdsa.PublicKey, k keys) (*Conn, error) {
	content, err := aes.NewCipher(k.cipher)
	if err != nil {
		return nil, err
	}
	tags, err := aes.NewCipher(k.mac)
	if err != nil {
		return nil, err
	}
	var zero [block]byte // the key is used for this connection only
	c := &Conn{
		Remote: remote, conn: conn, in: bufio.NewReaderSize(conn, readAhead),
		decrypt: cipher.NewCTR(content, zero[:]), check: mac{block: tags, hash: k.in},
	}
	c.out.encrypt = cipher.NewCTR(content, zero[:])
	c.out.sign = mac{block: tags, hash: k.out}
	return c, nil
}

// Compress has messages compressed from now on, both ways.
func (c *Conn) Compress() { c.compressed = true }

// Narrow has Read refuse messages with codes from this one on that are longer than limit,
// before they are decompressed. It is for the goroutine that reads.
func (c *Conn) Narrow(from uint64, limit int) { c.narrow.from, c.narrow.limit = from, limit }

// Read returns the next message, whose payload has at most limit bytes and belongs to the
// caller. Any error is the end of the connection.
func (c *Conn) Read(limit int) (code uint64, payload []byte, err error) {
	var header [headerLen]byte
	if _, err := io.ReadFull(c.in, header[:]); err != nil {
		return 0, nil, err
	}
	if tag := c.check.header(header[:block]); subtle.ConstantTimeCompare(tag, header[block:]) == 0 {
		return 0, nil, fmt.Errorf("%w: MAC of its header", ErrFrame)
	}
	c.decrypt.XORKeyStream(header[:block], header[:block])
	size := int(header[0])<<16 | int(header[1])<<8 | int(header[2])
	// A code takes few bytes, and what does not get smaller by compression a little more.
	if size > snappy.MaxEncodedLen(limit)+block {
		return 0, nil, fmt.Errorf("frame of %d bytes: %w", size, ErrTooLarge)
	}
	padded := (size + block - 1) / block * block
	buf, err := c.receive(padded + block)
	if err != nil {
		return 0, nil, err
	}
	defer release(buf)
	frame := (*buf)[:padded]
	if tag := c.check.content(frame); subtle.ConstantTimeCompare(tag, (*buf)[padded:]) == 0 {
		return 0, nil, fmt.Errorf("%w: MAC of its content", ErrFrame)
	}
	c.decrypt.XORKeyStream(frame, frame)
	code, data, err := rlp.SplitUint64(frame[:size])
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %w", ErrFrame, err)
	}
	if c.narrow.limit > 0 && code >= c.narrow.from {
		limit = min(limit, c.narrow.limit)
	}
	payload, err = c.unpack(data, limit)
	return code, payload, err
}

// receive reads so many bytes, into room that grows as they come.
func (c *Conn) receive(n int) (*[]byte, error) {
	buf := take(min(n, firstRead))
	for have := 0; have < n; {
		to := min(n, max(2*have, firstRead))
		if to > cap(*buf) {
			larger := take(to)
			copy(*larger, (*buf)[:have])
			release(buf)
			buf = larger
		}
		*buf = (*buf)[:to]
		if _, err := io.ReadFull(c.in, (*buf)[have:]); err != nil {
			release(buf)
			return nil, err
		}
		have = to
	}
	return buf, nil
}

// unpack makes the payload of what a frame carries.
func (c *Conn) unpack(data []byte, limit int) ([]byte, error) {
	if !c.compressed {
		if len(data) > limit {
			return nil, fmt.Errorf("message of %d bytes: %w", len(data), ErrTooLarge)
		}
		return append([]byte(nil), data...), nil
	}
	size, err := snappy.DecodedLen(data)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrFrame, err)
	case size > limit:
		return nil, fmt.Errorf("message of %d bytes: %w", size, ErrTooLarge)
	case size > expands*len(data):
		return nil, fmt.Errorf("%w: %d bytes cannot be of %d", ErrFrame, size, len(data))
	}
	payload, err := snappy.Decode(make([]byte, size), data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFrame, err)
	}
	return payload, nil
}

// Write sends a message. The payload is free again when it returns.
func (c *Conn) Write(code uint64, payload []byte) error {
	c.out.Lock()
	defer c.out.Unlock()
	if c.out.broken != nil {
		return c.out.broken
	}
	length := len(payload)
	if c.compressed {
		length = snappy.MaxEncodedLen(length)
	}
	if length < 0 || length > maxFrame-block {
		return ErrTooLarge
	}
	// Header, code, content, padding and MAC.
	buf := take(headerLen + block + length + 2*block)
	defer release(buf)
	packet := *buf
	at := headerLen + len(rlp.AppendUint64(packet[headerLen:headerLen], code))
	if c.compressed {
		at += len(snappy.Encode(packet[at:at+length], payload))
	} else {
		at += copy(packet[at:], payload)
	}
	packet = c.sealed(packet, at-headerLen)
	_, c.out.broken = c.conn.Write(packet)
	return c.out.broken
}

// sealed makes a frame of content that stands behind room for a header. Nothing may fail
// from here on: both ends' keys have moved on.
func (c *Conn) sealed(packet []byte, size int) []byte {
	padded := (size + block - 1) / block * block
	clear(packet[headerLen+size : headerLen+padded])
	header := packet[:block]
	clear(header)
	header[0], header[1], header[2] = byte(size>>16), byte(size>>8), byte(size)
	copy(header[3:], []byte{0xc2, 0x80, 0x80}) // what was once a list of two numbers
	c.out.encrypt.XORKeyStream(header, header)
	copy(packet[block:headerLen], c.out.sign.header(header))
	content := packet[headerLen : headerLen+padded]
	c.out.encrypt.XORKeyStream(content, content)
	return append(packet[:headerLen+padded], c.out.sign.content(content)...)
}

// mac is the running authentication of one direction: a hash of all that was sent,
// stirred with a cipher.
type mac struct {
	block cipher.Block
	hash  hash.Hash
	sum   [32]byte
	seed  [block]byte
}

// header takes in a header and returns its tag, which is good until the next call.
func (m *mac) header(header []byte) []byte {
	return m.stir(m.hash.Sum(m.sum[:0]), header)
}

// content does the same with what follows a header.
func (m *mac) content(content []byte) []byte {
	m.hash.Write(content)
	sum := m.hash.Sum(m.sum[:0])
	var with [block]byte
	copy(with[:], sum)
	return m.stir(sum, with[:])
}

func (m *mac) stir(sum, with []byte) []byte {
	m.block.Encrypt(m.seed[:], sum[:block])
	subtle.XORBytes(m.seed[:], m.seed[:], with)
	m.hash.Write(m.seed[:])
	return m.hash.Sum(m.sum[:0])[:block]
}
