package wire

import "github.com/candela-les/candela/wire/internal/codec"

// GetConfig asks for the chain configuration: [reqID]. les/5.
type GetConfig struct {
	Tag
}

// Code implements Request.
func (*GetConfig) Code() uint64 { return CodeGetConfig }

// ReplyCode implements Request.
func (*GetConfig) ReplyCode() uint64 { return CodeConfig }

// Amount is 1.
func (*GetConfig) Amount() uint64 { return 1 }

// Append implements Request.
func (q *GetConfig) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	return codec.CloseList(codec.AppendUint(dst, q.ReqID), at)
}

func (*GetConfig) decode(*reader) {}

// Config answers GetConfig: [reqID, BV, config], the configuration in its
// canonical encoding (EncodeConfig) as an RLP string. Its hash is what the
// server's Status and signed heads name.
type Config struct {
	ReplyHead
	Config []byte
}

// Code implements Reply.
func (*Config) Code() uint64 { return CodeConfig }

// Append implements Reply.
func (p *Config) Append(dst []byte) []byte {
	dst, at := codec.OpenList(dst)
	dst = codec.AppendString(p.append(dst), p.Config)
	return codec.CloseList(dst, at)
}

func (p *Config) decode(r *reader) { p.Config = r.Bytes("config", MaxConfigBytes) }
