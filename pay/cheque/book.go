package cheque

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/eip712"
)

// deployment is all that the address of a chequebook is made of.
type deployment struct {
	factory, master, issuer pay.Address
	timeoutS                uint64
	index                   uint64 // from 0: a second channel to the same beneficiary needs a second chequebook
}

// saltPrefix sets what is hashed to a salt apart from all else that is hashed.
const saltPrefix = "candela chequebook\x00"

// salt tells an issuer's chequebooks apart: it has one for each timeout, and mostly no more.
func (d *deployment) salt() pay.Hash {
	return pay.Hash(crypto.Keccak256Hash(
		binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64([]byte(saltPrefix), d.timeoutS), d.index)))
}

// The code that deploys a clone of a master (ERC-1167), before and after the master's address.
var (
	cloneHead = []byte{0x3d, 0x60, 0x2d, 0x80, 0x60, 0x0a, 0x3d, 0x39, 0x81, 0xf3, 0x36, 0x3d, 0x3d, 0x37, 0x3d, 0x3d, 0x3d, 0x36, 0x3d, 0x73}
	cloneTail = []byte{0x5a, 0xf4, 0x3d, 0x82, 0x80, 0x3e, 0x90, 0x3d, 0x91, 0x60, 0x2b, 0x57, 0xfd, 0x5b, 0xf3}
)

// book is the chequebook's address. It depends on nothing that is noted, so a client that has lost its notes finds it again.
func (d *deployment) book() pay.Address {
	issuer, salt := eip712.OfAddress(d.issuer), d.salt()
	code := slices.Concat(cloneHead, d.master[:], cloneTail)
	return pay.Address(crypto.CreateAddress2(common.Address(d.factory), crypto.Keccak256Hash(issuer[:], salt[:]), crypto.Keccak256(code)))
}

// deployment returns the first chequebook of those that could pay a payee: with a timeout that is long enough for it.
func (p *Payer) deployment(ctx context.Context, to pay.Payee) (beneficiary pay.Address, d *deployment, err error) {
	if to.Asset.ChainID != p.cfg.Watcher.ChainID() {
		return beneficiary, nil, pay.Refuse(pay.WrongChain, "%x is paid on chain %d, and this is chain %d", to.Seller, to.Asset.ChainID, p.cfg.Watcher.ChainID())
	}
	info, err := DecodeInfo(to.Info)
	switch {
	case err != nil:
		return beneficiary, nil, pay.Refuse(pay.Malformed, "%v", err)
	case info.Beneficiary == pay.Address{}:
		return beneficiary, nil, pay.Refuse(pay.Malformed, "%x does not say who is to be paid", to.Seller)
	case !slices.Contains(p.cfg.Factories, info.Factory):
		return beneficiary, nil, pay.Refuse(pay.WrongChain, "%x is paid out of chequebooks of factory %x, which is not trusted here", to.Seller, info.Factory)
	case info.TimeoutS > uint64(p.cfg.MostTimeout/time.Second):
		return beneficiary, nil, pay.Refuse(pay.TooMuch, "%x wants deposits to be locked for %d seconds, and the most that is allowed is %v", to.Seller, info.TimeoutS, p.cfg.MostTimeout)
	}
	v, err := p.cfg.Watcher.Latest(ctx)
	if err != nil {
		return beneficiary, nil, err
	}
	factory := p.contract.factory
	token, err := ask(ctx, p.contract, v.Sure.Hash, info.Factory, factory.PackERC20Address(), factory.UnpackERC20Address)
	switch {
	case err != nil:
		return beneficiary, nil, err
	case pay.Address(token) != to.Asset.Token:
		return beneficiary, nil, pay.Refuse(pay.WrongChain, "factory %x is of token %v, and %x is paid in %x", info.Factory, token, to.Seller, to.Asset.Token)
	}
	master, err := ask(ctx, p.contract, v.Sure.Hash, info.Factory, factory.PackMaster(), factory.UnpackMaster)
	if err != nil {
		return beneficiary, nil, err
	}
	d = &deployment{
		factory: info.Factory, master: pay.Address(master), issuer: pay.Address(p.cfg.Session.Address()),
		timeoutS: max(info.TimeoutS, uint64(p.cfg.Timeout/time.Second)),
	}
	return info.Beneficiary, d, nil
}

// deploy has a chequebook deployed, unless it is there for sure.
func (p *Payer) deploy(ctx context.Context, d *deployment) error {
	book, factory := d.book(), p.contract.factory
	v, err := p.cfg.Watcher.Latest(ctx)
	if err != nil {
		return err
	}
	there, err := ask(ctx, p.contract, v.Sure.Hash, d.factory, factory.PackDeployedContracts(common.Address(book)), factory.UnpackDeployedContracts)
	if err != nil || there {
		return err
	}
	data := factory.PackDeploySimpleSwap(common.Address(d.issuer), number(d.timeoutS), d.salt())
	err = p.issue(ctx, fmt.Sprintf("%x/deploy", book), d.factory, data)
	if isReverted(err) {
		return fmt.Errorf("%w: %w", pay.Refuse(pay.WrongChain, "factory %x does not deploy a chequebook", d.factory), err)
	}
	return err
}
