package wire

// Request is a message that asks a server for something and is charged by its
// cost. Every request has one code, the same in each version that has it at all.
// The types are GetHeaders, GetBodies, GetReceipts, GetHelperProofs, SendTx and
// GetTxStatus in all versions; GetCode and GetProofs in les/2 to les/4; GetState,
// GetWitness, GetConfig and GetLogRange in les/5. All are used as pointers.
type Request interface {
	// Code is the request's message code, ReplyCode that of its answer.
	Code() uint64
	ReplyCode() uint64
	// ID and SetID get and set the id that the reply will repeat.
	ID() uint64
	SetID(id uint64)
	// Amount is what the cost table's per-item cost is multiplied with.
	Amount() uint64
	// Append appends the message's payload to dst.
	Append(dst []byte) []byte

	decode(r *reader)
}

// Tag is the id that every request carries.
type Tag struct {
	ReqID uint64
}

// ID returns the request's id.
func (t *Tag) ID() uint64 { return t.ReqID }

// SetID sets the request's id.
func (t *Tag) SetID(id uint64) { t.ReqID = id }

// DecodeRequest decodes a request. It returns a *DecodeError that wraps
// ErrUnknownCode, ErrTooLarge, ErrMalformed or a *LimitError; the last one
// carries the request's id, because les/5 answers it.
func DecodeRequest(version uint, code uint64, payload []byte) (Request, error) {
	req := newRequest(version, code)
	if req == nil {
		return nil, wrapDecode(version, code, ErrUnknownCode)
	}
	if len(payload) > MaxMessage {
		return nil, wrapDecode(version, code, ErrTooLarge)
	}
	outer := reader{Rest: payload}
	r := outer.List()
	r.ReqID = r.Uint()
	req.SetID(r.ReqID)
	req.decode(&r)
	if tx, ok := req.(*SendTx); ok && version == LES5 && r.Err == nil {
		r.Limit("bytes of transactions", tx.bytes(), MaxTxBytes)
	}
	outer.Leave(&r)
	outer.End()
	if outer.Err != nil {
		return nil, wrapDecode(version, code, outer.Err)
	}
	return req, nil
}

func newRequest(version uint, code uint64) Request {
	if Length(version) == 0 {
		return nil
	}
	switch code {
	case CodeGetHeaders:
		return new(GetHeaders)
	case CodeGetBodies:
		return new(GetBodies)
	case CodeGetReceipts:
		return new(GetReceipts)
	case CodeGetHelperProofs:
		return new(GetHelperProofs)
	case CodeSendTx:
		return new(SendTx)
	case CodeGetTxStatus:
		return new(GetTxStatus)
	}
	if Legacy(version) {
		return newRequest4(code)
	}
	return newRequest5(code)
}

func newRequest4(code uint64) Request {
	switch code {
	case CodeGetCode:
		return new(GetCode)
	case CodeGetProofs:
		return new(GetProofs)
	}
	return nil
}

func newRequest5(code uint64) Request {
	switch code {
	case CodeGetState:
		return new(GetState)
	case CodeGetWitness:
		return new(GetWitness)
	case CodeGetConfig:
		return new(GetConfig)
	case CodeGetLogRange:
		return new(GetLogRange)
	}
	return nil
}
