// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package bind

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// LotteryPot is an auto generated low-level Go binding around an user-defined struct.
type LotteryPot struct {
	Amount       *big.Int
	Escrow       *big.Int
	WarnedAmount *big.Int
	WarnedEscrow *big.Int
	UnlockAt     uint64
	HeldUntil    uint64
}

// LotteryTicket is an auto generated low-level Go binding around an user-defined struct.
type LotteryTicket struct {
	Funder     common.Address
	Payer      common.Address
	Payee      common.Address
	Token      common.Address
	Series     uint64
	Number     uint64
	Face       *big.Int
	Ratio      uint64
	Commitment [32]byte
	Expiry     uint64
	Seed       [32]byte
}

// LotteryMetaData contains all meta data concerning the Lottery contract.
var LotteryMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"BURNED\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"GRACE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"WINDOW\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"deposit\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"escrow\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"digestOf\",\"inputs\":[{\"name\":\"ticket\",\"type\":\"tuple\",\"internalType\":\"structLottery.Ticket\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"domainSeparator\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"enforce\",\"inputs\":[{\"name\":\"ticket\",\"type\":\"tuple\",\"internalType\":\"structLottery.Ticket\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"lockFor\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"paid\",\"inputs\":[{\"name\":\"ticket\",\"type\":\"tuple\",\"internalType\":\"structLottery.Ticket\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"potOf\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structLottery.Pot\",\"components\":[{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"escrow\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"warnedAmount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"warnedEscrow\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"unlockAt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"heldUntil\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"protest\",\"inputs\":[{\"name\":\"ticket\",\"type\":\"tuple\",\"internalType\":\"structLottery.Ticket\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"reveal\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"protests\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"redeem\",\"inputs\":[{\"name\":\"ticket\",\"type\":\"tuple\",\"internalType\":\"structLottery.Ticket\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"reveal\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"redeemMany\",\"inputs\":[{\"name\":\"tickets\",\"type\":\"tuple[]\",\"internalType\":\"structLottery.Ticket[]\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"reveals\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"signatures\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"}],\"outputs\":[{\"name\":\"sum\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"warn\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"escrow\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"wins\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"reveal\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"EscrowBurned\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"funder\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PotChanged\",\"inputs\":[{\"name\":\"funder\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"escrow\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"warnedAmount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"warnedEscrow\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"unlockAt\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"heldUntil\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Protested\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"reveal\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"face\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Redeemed\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Withdrawn\",\"inputs\":[{\"name\":\"funder\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"escrow\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AlreadyPaid\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"AlreadyProtested\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"CanBePaid\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureLength\",\"inputs\":[{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureS\",\"inputs\":[{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"Locked\",\"inputs\":[{\"name\":\"unlockAt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"MixedBatch\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoEscrow\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoFunder\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoPayee\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotAWinner\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotCovered\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotNow\",\"inputs\":[{\"name\":\"from\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"until\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NotProtested\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NothingPaid\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NothingToWithdraw\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ReentrancyGuardReentrantCall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"TicketExpired\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongAmountReceived\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongReveal\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongSigner\",\"inputs\":[]}]",
	ID:  "Lottery",
	Bin: "0x6080604052348015600e575f5ffd5b50612f468061001c5f395ff3fe608060405234801561000f575f5ffd5b506004361061012f575f3560e01c8063a7b16fd8116100ad578063d740d4f41161007d578063dc1318af11610063578063dc1318af1461032d578063e40fe07f14610340578063f698da2514610353575f5ffd5b8063d740d4f4146102fb578063d86e62e11461030e575f5ffd5b8063a7b16fd814610208578063d2dcecbc146102c2578063d3ab844c146102d5578063d6983395146102e8575f5ffd5b806369b411701161010257806386f13904116100e857806386f13904146101e05780638bce69fd146101f3578063a53e541214610159575f5ffd5b806369b411701461015957806371f71994146101b2575f5ffd5b80630764c1ed14610133578063137d29d9146101595780632af75d8f1461017c57806352e3d63c1461019f575b5f5ffd5b6101466101413660046128bd565b6103fa565b6040519081526020015b60405180910390f35b6101636201518081565b60405167ffffffffffffffff9091168152602001610150565b61018f61018a3660046129a3565b6106ad565b6040519015158152602001610150565b6101466101ad3660046129a3565b6106c4565b6101bb61dead81565b60405173ffffffffffffffffffffffffffffffffffffffff9091168152602001610150565b61018f6101ee3660046129e1565b610814565b610206610201366004612a5e565b610886565b005b61021b610216366004612ac5565b6108ab565b60405161015091905f60c0820190506fffffffffffffffffffffffffffffffff83511682526fffffffffffffffffffffffffffffffff60208401511660208301526fffffffffffffffffffffffffffffffff60408401511660408301526fffffffffffffffffffffffffffffffff606084015116606083015267ffffffffffffffff608084015116608083015267ffffffffffffffff60a08401511660a083015292915050565b6102066102d0366004612b1e565b6109db565b6102066102e33660046129a3565b610b3f565b6102066102f6366004612ba5565b610f0a565b610206610309366004612ac5565b610f6d565b61014661031c366004612bf4565b60026020525f908152604090205481565b61020661033b366004612b1e565b611391565b61020661034e366004612a5e565b6116e9565b610146604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f6f5e27c1f9b6fc34c70e4164baa5d6419103f77f5fda841c7854f39ff05aef9c918101919091527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b5f61040361183d565b5f5f5b878110156105eb573689898381811061042157610421612c0b565b90506101600201905089895f81811061043c5761043c612c0b565b9050610160020160400160208101906104559190612c38565b73ffffffffffffffffffffffffffffffffffffffff1661047b6060830160408401612c38565b73ffffffffffffffffffffffffffffffffffffffff16141580610503575089895f8181106104ab576104ab612c0b565b9050610160020160600160208101906104c49190612c38565b73ffffffffffffffffffffffffffffffffffffffff166104ea6080830160608401612c38565b73ffffffffffffffffffffffffffffffffffffffff1614155b1561053a576040517ff023dc8300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f610544826106c4565b905061058d82828b8b8781811061055d5761055d612c0b565b905060200201358a8a8881811061057657610576612c0b565b90506020028101906105889190612c53565b611874565b5f61059883836119a4565b60038111156105a9576105a9612cb4565b036105e1576105be60e0830160c08401612ce1565b6105da906fffffffffffffffffffffffffffffffff1686612d27565b9450600193505b5050600101610406565b5080610623576040517f56baacf600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61069a88885f81811061063857610638612c0b565b9050610160020160400160208101906106519190612c38565b838a8a5f81811061066457610664612c0b565b90506101600201606001602081019061067d9190612c38565b73ffffffffffffffffffffffffffffffffffffffff169190611c36565b506106a3611c96565b9695505050505050565b5f5f5f6106b984611cc0565b161515949350505050565b5f61076c604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f6f5e27c1f9b6fc34c70e4164baa5d6419103f77f5fda841c7854f39ff05aef9c918101919091527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b7fa7c51a63b019cc42ca56a409f8cb930624b07810568effee2ab074e720769fbc8360405160200161079f929190612d3a565b604051602081830303815290604052805190602001206040516020016107f79291907f190100000000000000000000000000000000000000000000000000000000000081526002810192909252602282015260420190565b604051602081830303815290604052805190602001209050919050565b5f8167ffffffffffffffff16848460405160200161083c929190918252602082015260400190565b604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0818403018152919052805160209091012067ffffffffffffffff161115949350505050565b61088e61183d565b61089c8585855f8686611d42565b6108a4611c96565b5050505050565b6040805160c0810182525f80825260208201819052918101829052606081018290526080810182905260a08101829052908061093d878787876040805173ffffffffffffffffffffffffffffffffffffffff95861660208083019190915294861681830152928516606084015293166080808301919091528351808303909101815260a0909101909252815191012090565b815260208082019290925260409081015f20815160c08101835281546fffffffffffffffffffffffffffffffff808216835270010000000000000000000000000000000091829004811695830195909552600183015480861694830194909452909204909216606082015260029091015467ffffffffffffffff8082166080840152680100000000000000009091041660a082015295945050505050565b6109e361183d565b5f6109ed856106c4565b90506109fc8582868686611874565b5f610a0786836119a4565b90506001816003811115610a1d57610a1d612cb4565b03610a54576040517fd70a0e3000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6002816003811115610a6857610a68612cb4565b03610a9f576040517f40d3544700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6003816003811115610ab357610ab3612cb4565b03610aea576040517fd85c1cd700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610b2f610afd6060880160408901612c38565b610b0d60e0890160c08a01612ce1565b6fffffffffffffffffffffffffffffffff1661067d60808a0160608b01612c38565b5050610b39611c96565b50505050565b610b4761183d565b5f610b51826106c4565b5f8181526002602052604090205490915060018111610b9c576040517f0807b9b500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610ba96201518082612d27565b421080610bbc5750610bba8161206e565b155b15610c2657610bce6201518082612d27565b62015180610bdc8184612d27565b610be69190612d27565b6040517f953cb423000000000000000000000000000000000000000000000000000000008152600481019290925260248201526044015b60405180910390fd5b5f610c3184846119a4565b90506001816003811115610c4757610c47612cb4565b03610c7e576040517fd70a0e3000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f816003811115610c9157610c91612cb4565b03610ce357610cdb610ca96060860160408701612c38565b610cb960e0870160c08801612ce1565b6fffffffffffffffffffffffffffffffff1661067d6080880160608901612c38565b505050610eff565b5f838152600260205260408120600190558080610d7f610d096080890160608a01612c38565b610d1660208a018a612c38565b610d2660408b0160208c01612c38565b6040805173ffffffffffffffffffffffffffffffffffffffff948516602080830191909152938516818301529190931660608201525f6080808301919091528351808303909101815260a0909101909252815191012090565b815260208101919091526040015f2080546fffffffffffffffffffffffffffffffff8082168355919250700100000000000000000000000000000000900416610dc78261209b565b610dfe610dda6080880160608901612c38565b610de76020890189612c38565b610df760408a0160208b01612c38565b5f8661217d565b610e0e6040870160208801612c38565b73ffffffffffffffffffffffffffffffffffffffff16610e316020880188612c38565b73ffffffffffffffffffffffffffffffffffffffff16867fb7c0c6a2243fdadc5a27f864878c8956575f9a2b4b9ff8d8596fa8aa56f21e7e610e7960808b0160608c01612c38565b6040805173ffffffffffffffffffffffffffffffffffffffff90921682526fffffffffffffffffffffffffffffffff871660208301520160405180910390a46fffffffffffffffffffffffffffffffff811615610ef957610ef961dead6fffffffffffffffffffffffffffffffff831661067d60808a0160608b01612c38565b50505050505b610f07611c96565b50565b610f1261183d565b73ffffffffffffffffffffffffffffffffffffffff8216610f5f576040517f4346e6e800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61089c85858585855f611d42565b610f7561183d565b6040805173ffffffffffffffffffffffffffffffffffffffff868116602080840191909152338385015286821660608401529085166080808401919091528351808403909101815260a090920183528151918101919091205f9081529081905220600281015467ffffffffffffffff161580610ffe5750600281015467ffffffffffffffff1642105b156110475760028101546040517feada265800000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610c1d565b600181015460028201546fffffffffffffffffffffffffffffffff909116905f9068010000000000000000900467ffffffffffffffff16421161108a575f6110b6565b600183015470010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff165b90506fffffffffffffffffffffffffffffffff82161580156110e857506fffffffffffffffffffffffffffffffff8116155b1561111f576040517fd0d04f6000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8254829084905f906111449084906fffffffffffffffffffffffffffffffff16612ea6565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff16021790555080835f0160108282829054906101000a90046fffffffffffffffffffffffffffffffff166111a89190612ea6565b82546101009290920a6fffffffffffffffffffffffffffffffff8181021990931691831602179091556001850180547fffffffffffffffffffffffffffffffff00000000000000000000000000000000168082558493509091601091611224918591700100000000000000000000000000000000900416612ea6565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff1602179055508260010160109054906101000a90046fffffffffffffffffffffffffffffffff166fffffffffffffffffffffffffffffffff165f036112be576002830180547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001690555b6112cb873388888761217d565b6040805173ffffffffffffffffffffffffffffffffffffffff898116825286811660208301526fffffffffffffffffffffffffffffffff858116838501528416606083015291518783169289169133917fd64b23b1732e08556b72f5ce8b2b1fd40bb96f8f6de541053dce3bd46514231d9181900360800190a4611386846113686fffffffffffffffffffffffffffffffff808516908616612d27565b73ffffffffffffffffffffffffffffffffffffffff8a169190611c36565b505050610b39611c96565b61139961183d565b5f6113a3856106c4565b90506113b28582868686611874565b5f5f6113bd87611cc0565b915091508082165f146113fc576040517fd70a0e3000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f8381526002602052604090205415611441576040517ff7aefa8900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61145361014088016101208901612ece565b67ffffffffffffffff16421115611496576040517f40d3544700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f6114a088612253565b5050905080156114dc576040517f8c27987e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f80806115126114f260808d0160608e01612c38565b6114ff60208e018e612c38565b8d6020016020810190610d269190612c38565b815260208101919091526040015f908120805490925070010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff169003611586576040517f769cabf100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f858152600260205260409020429081905562015180906115a8908290612ee7565b6115b29190612ee7565b60028201805467ffffffffffffffff9290921668010000000000000000027fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff90921691909117905561160a60608a0160408b01612c38565b73ffffffffffffffffffffffffffffffffffffffff1661163060408b0160208c01612c38565b73ffffffffffffffffffffffffffffffffffffffff16867f8b4b11bd15b2f3e77f7679b47186b3cd9a23dabd300185240540217a8c807e928b8d60c001602081019061167c9190612ce1565b604080519283526fffffffffffffffffffffffffffffffff90911660208301520160405180910390a46116dc6116b860808b0160608c01612c38565b6116c560208c018c612c38565b6116d560408d0160208e01612c38565b5f8561217d565b5050505050610b39611c96565b6040805173ffffffffffffffffffffffffffffffffffffffff878116602080840191909152338385015287821660608401529086166080808401919091528351808403909101815260a090920183528151918101919091205f90815290819052206fffffffffffffffffffffffffffffffff828116700100000000000000000000000000000000029084161760018201556117838161209b565b60018101545f906fffffffffffffffffffffffffffffffff161515806117d25750600182015470010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff1615155b9050806117df575f6117ec565b6117ec6201518042612ee7565b6002830180547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001667ffffffffffffffff92909216919091179055611834873388888661217d565b50505050505050565b61184561238c565b61187260017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005b906123e5565b565b8461010001358360405160200161188d91815260200190565b60405160208183030381529060405280519060200120146118da576040517f37344e7600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6118f084846101ee610100890160e08a01612ece565b611926576040517fb19a9f8200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6119366040860160208701612c38565b73ffffffffffffffffffffffffffffffffffffffff166119578584846123ec565b73ffffffffffffffffffffffffffffffffffffffff16146108a4576040517fa7932e6a00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f5f5f6119b085611cc0565b915091508082165f146119c857600192505050611c30565b6119da61014086016101208701612ece565b67ffffffffffffffff1642118015611a0657505f84815260026020526040902054611a049061206e565b155b15611a1657600292505050611c30565b5f5f5f611a2288612253565b92509250925082611a3b57600395505050505050611c30565b83851760015f611a4a8b612416565b81526020019081526020015f205f60088b6080016020810190611a6d9190612ece565b67ffffffffffffffff90811690911c16815260208101919091526040015f2055611a9d60e0890160c08a01612ce1565b825483905f90611ac09084906fffffffffffffffffffffffffffffffff16612ea6565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550611aff8261209b565b611b36611b1260808a0160608b01612c38565b611b1f60208b018b612c38565b611b2f60408c0160208d01612c38565b848661217d565b611b466060890160408a01612c38565b73ffffffffffffffffffffffffffffffffffffffff16611b6c60408a0160208b01612c38565b73ffffffffffffffffffffffffffffffffffffffff16887fca5ec35134b7d781df6111d04390c04c91e760c7132f951c16f0febb5135a9aa611bb460808d0160608e01612c38565b611bc460a08e0160808f01612ece565b8d60c0016020810190611bd79190612ce1565b6040805173ffffffffffffffffffffffffffffffffffffffff909416845267ffffffffffffffff90921660208401526fffffffffffffffffffffffffffffffff169082015260600160405180910390a45f955050505050505b92915050565b611c4383838360016124bd565b611c91576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff84166004820152602401610c1d565b505050565b6118725f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f0061186c565b5f5f60015f611cce85612416565b81526020019081526020015f205f6008856080016020810190611cf19190612ece565b67ffffffffffffffff16901c67ffffffffffffffff1681526020019081526020015f20549150826080016020810190611d2a9190612ece565b60ff1667ffffffffffffffff166001901b9050915091565b73ffffffffffffffffffffffffffffffffffffffff8516611d8f576040517f393722bd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611daf6fffffffffffffffffffffffffffffffff808416908516612d27565b6040517f70a082310000000000000000000000000000000000000000000000000000000081523060048201529091505f9073ffffffffffffffffffffffffffffffffffffffff8916906370a0823190602401602060405180830381865afa158015611e1c573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611e409190612f07565b9050611e6473ffffffffffffffffffffffffffffffffffffffff8916333085612545565b611e6e8282612d27565b6040517f70a0823100000000000000000000000000000000000000000000000000000000815230600482015273ffffffffffffffffffffffffffffffffffffffff8a16906370a0823190602401602060405180830381865afa158015611ed6573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611efa9190612f07565b14611f31576040517f6d799c4a00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6040805173ffffffffffffffffffffffffffffffffffffffff8a81166020808401919091528a82168385015289821660608401529088166080808401919091528351808403909101815260a090920183528151918101919091205f90815290819052908120805490918691839190611fbc9084906fffffffffffffffffffffffffffffffff16612f1e565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff16021790555083815f0160108282829054906101000a90046fffffffffffffffffffffffffffffffff166120209190612f1e565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550612063898989898561217d565b505050505050505050565b5f600182118015611c305750620151806120888184612d27565b6120929190612d27565b42111592915050565b805460018201546fffffffffffffffffffffffffffffffff918216911611156121035780546001820180547fffffffffffffffffffffffffffffffff00000000000000000000000000000000166fffffffffffffffffffffffffffffffff9092169190911790555b805460018201546fffffffffffffffffffffffffffffffff70010000000000000000000000000000000092839004811692909104161115610f075780546001820180546fffffffffffffffffffffffffffffffff700100000000000000000000000000000000938490048116909302921691909117905550565b8054600182015460028301546040805173ffffffffffffffffffffffffffffffffffffffff8a811682526fffffffffffffffffffffffffffffffff808716602084015270010000000000000000000000000000000096879004811683850152808616606084015295909404909416608085015267ffffffffffffffff80831660a08601526801000000000000000090920490911660c08401525184821692868316928816917f759207b49fb2ae719494b18e7ab17e3964c25136f4e57b076c90ae202c425ffb9181900360e00190a45050505050565b5f80806122666060850160408601612c38565b90505f806122f461227d6080880160608901612c38565b61228a6020890189612c38565b61229a60408a0160208b01612c38565b866040805173ffffffffffffffffffffffffffffffffffffffff95861660208083019190915294861681830152928516606084015293166080808301919091528351808303909101815260a0909101909252815191012090565b815260208101919091526040015f20915061231560e0850160c08601612ce1565b82546fffffffffffffffffffffffffffffffff9182169116101561235a57505f808061234a61227d6080880160608901612c38565b81526020019081526020015f2091505b61236a60e0850160c08601612ce1565b82546fffffffffffffffffffffffffffffffff91821691161015949193509150565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c15611872576040517f3ee5aeb500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80825d5050565b5f5f5f5f6123fb8787876125a1565b92509250925061240b82826125e8565b509095945050505050565b5f6124276080830160608401612c38565b6124346020840184612c38565b6124446040850160208601612c38565b6124546060860160408701612c38565b61246460e0870160c08801612ce1565b6040805173ffffffffffffffffffffffffffffffffffffffff968716602082015294861690850152918416606084015290921660808201526fffffffffffffffffffffffffffffffff90911660a082015260c0016107f7565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8616600452602485905291602083604481808b5af1925060015f5114831661253957838315161561252d573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b6125538484848460016126ef565b610b39576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff85166004820152602401610c1d565b5f808060418490036125d5578435602086013560408701355f1a6125c789828585612782565b9550955095505050506125df565b505f915060029050825b93509350939050565b5f8260038111156125fb576125fb612cb4565b03612604575050565b600182600381111561261857612618612cb4565b0361264f576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b600282600381111561266357612663612cb4565b0361269d576040517ffce698f700000000000000000000000000000000000000000000000000000000815260048101829052602401610c1d565b60038260038111156126b1576126b1612cb4565b036126eb576040517fd78bce0c00000000000000000000000000000000000000000000000000000000815260048101829052602401610c1d565b5050565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8781166004528616602452604485905291602083606481808c5af1925060015f51148316612771578383151615612765573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411156127bb57505f9150600390508261286b565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa15801561280c573d5f5f3e3d5ffd5b50506040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0015191505073ffffffffffffffffffffffffffffffffffffffff811661286257505f92506001915082905061286b565b92505f91508190505b9450945094915050565b5f5f83601f840112612885575f5ffd5b50813567ffffffffffffffff81111561289c575f5ffd5b6020830191508360208260051b85010111156128b6575f5ffd5b9250929050565b5f5f5f5f5f5f606087890312156128d2575f5ffd5b863567ffffffffffffffff8111156128e8575f5ffd5b8701601f810189136128f8575f5ffd5b803567ffffffffffffffff81111561290e575f5ffd5b89602061016083028401011115612923575f5ffd5b60209182019750955087013567ffffffffffffffff811115612943575f5ffd5b61294f89828a01612875565b909550935050604087013567ffffffffffffffff81111561296e575f5ffd5b61297a89828a01612875565b979a9699509497509295939492505050565b5f610160828403121561299d575f5ffd5b50919050565b5f61016082840312156129b4575f5ffd5b6129be838361298c565b9392505050565b803567ffffffffffffffff811681146129dc575f5ffd5b919050565b5f5f5f606084860312156129f3575f5ffd5b8335925060208401359150612a0a604085016129c5565b90509250925092565b73ffffffffffffffffffffffffffffffffffffffff81168114610f07575f5ffd5b80356129dc81612a13565b80356fffffffffffffffffffffffffffffffff811681146129dc575f5ffd5b5f5f5f5f5f60a08688031215612a72575f5ffd5b8535612a7d81612a13565b94506020860135612a8d81612a13565b93506040860135612a9d81612a13565b9250612aab60608701612a3f565b9150612ab960808701612a3f565b90509295509295909350565b5f5f5f5f60808587031215612ad8575f5ffd5b8435612ae381612a13565b93506020850135612af381612a13565b92506040850135612b0381612a13565b91506060850135612b1381612a13565b939692955090935050565b5f5f5f5f6101a08587031215612b32575f5ffd5b612b3c868661298c565b9350610160850135925061018085013567ffffffffffffffff811115612b60575f5ffd5b8501601f81018713612b70575f5ffd5b803567ffffffffffffffff811115612b86575f5ffd5b876020828401011115612b97575f5ffd5b949793965060200194505050565b5f5f5f5f5f60a08688031215612bb9575f5ffd5b8535612bc481612a13565b94506020860135612bd481612a13565b93506040860135612be481612a13565b92506060860135612aab81612a13565b5f60208284031215612c04575f5ffd5b5035919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b5f60208284031215612c48575f5ffd5b81356129be81612a13565b5f5f83357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1843603018112612c86575f5ffd5b83018035915067ffffffffffffffff821115612ca0575f5ffd5b6020019150368190038213156128b6575f5ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b5f60208284031215612cf1575f5ffd5b6129be82612a3f565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b80820180821115611c3057611c30612cfa565b8281526101808101612d6c60208301612d5285612a34565b73ffffffffffffffffffffffffffffffffffffffff169052565b612d7860208401612a34565b73ffffffffffffffffffffffffffffffffffffffff8116604084015250612da160408401612a34565b73ffffffffffffffffffffffffffffffffffffffff8116606084015250612dca60608401612a34565b73ffffffffffffffffffffffffffffffffffffffff8116608084015250612df3608084016129c5565b67ffffffffffffffff811660a084015250612e1060a084016129c5565b67ffffffffffffffff811660c084015250612e2d60c08401612a3f565b6fffffffffffffffffffffffffffffffff811660e084015250612e5260e084016129c5565b67ffffffffffffffff81166101008401525061010083013561012083810191909152612e7f9084016129c5565b67ffffffffffffffff81166101408401525061014092909201356101609190910152919050565b6fffffffffffffffffffffffffffffffff8281168282160390811115611c3057611c30612cfa565b5f60208284031215612ede575f5ffd5b6129be826129c5565b67ffffffffffffffff8181168382160190811115611c3057611c30612cfa565b5f60208284031215612f17575f5ffd5b5051919050565b6fffffffffffffffffffffffffffffffff8181168382160190811115611c3057611c30612cfa56",
}

// Lottery is an auto generated Go binding around an Ethereum contract.
type Lottery struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Lottery) GetABI() abi.ABI {
	return c.abi
}

// NewLottery creates a new instance of Lottery.
func NewLottery() *Lottery {
	parsed, err := LotteryMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Lottery{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Lottery) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackBURNED is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x71f71994.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function BURNED() view returns(address)
func (lottery *Lottery) PackBURNED() []byte {
	enc, err := lottery.abi.Pack("BURNED")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBURNED is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x71f71994.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function BURNED() view returns(address)
func (lottery *Lottery) TryPackBURNED() ([]byte, error) {
	return lottery.abi.Pack("BURNED")
}

// UnpackBURNED is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x71f71994.
//
// Solidity: function BURNED() view returns(address)
func (lottery *Lottery) UnpackBURNED(data []byte) (common.Address, error) {
	out, err := lottery.abi.Unpack("BURNED", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x69b41170.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function DELAY() view returns(uint64)
func (lottery *Lottery) PackDELAY() []byte {
	enc, err := lottery.abi.Pack("DELAY")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x69b41170.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function DELAY() view returns(uint64)
func (lottery *Lottery) TryPackDELAY() ([]byte, error) {
	return lottery.abi.Pack("DELAY")
}

// UnpackDELAY is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x69b41170.
//
// Solidity: function DELAY() view returns(uint64)
func (lottery *Lottery) UnpackDELAY(data []byte) (uint64, error) {
	out, err := lottery.abi.Unpack("DELAY", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackGRACE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x137d29d9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function GRACE() view returns(uint64)
func (lottery *Lottery) PackGRACE() []byte {
	enc, err := lottery.abi.Pack("GRACE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGRACE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x137d29d9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function GRACE() view returns(uint64)
func (lottery *Lottery) TryPackGRACE() ([]byte, error) {
	return lottery.abi.Pack("GRACE")
}

// UnpackGRACE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x137d29d9.
//
// Solidity: function GRACE() view returns(uint64)
func (lottery *Lottery) UnpackGRACE(data []byte) (uint64, error) {
	out, err := lottery.abi.Unpack("GRACE", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackWINDOW is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa53e5412.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function WINDOW() view returns(uint64)
func (lottery *Lottery) PackWINDOW() []byte {
	enc, err := lottery.abi.Pack("WINDOW")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWINDOW is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa53e5412.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function WINDOW() view returns(uint64)
func (lottery *Lottery) TryPackWINDOW() ([]byte, error) {
	return lottery.abi.Pack("WINDOW")
}

// UnpackWINDOW is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa53e5412.
//
// Solidity: function WINDOW() view returns(uint64)
func (lottery *Lottery) UnpackWINDOW(data []byte) (uint64, error) {
	out, err := lottery.abi.Unpack("WINDOW", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8bce69fd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deposit(address token, address funder, address payer, uint128 amount, uint128 escrow) returns()
func (lottery *Lottery) PackDeposit(token common.Address, funder common.Address, payer common.Address, amount *big.Int, escrow *big.Int) []byte {
	enc, err := lottery.abi.Pack("deposit", token, funder, payer, amount, escrow)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8bce69fd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deposit(address token, address funder, address payer, uint128 amount, uint128 escrow) returns()
func (lottery *Lottery) TryPackDeposit(token common.Address, funder common.Address, payer common.Address, amount *big.Int, escrow *big.Int) ([]byte, error) {
	return lottery.abi.Pack("deposit", token, funder, payer, amount, escrow)
}

// PackDigestOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x52e3d63c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function digestOf((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket) view returns(bytes32)
func (lottery *Lottery) PackDigestOf(ticket LotteryTicket) []byte {
	enc, err := lottery.abi.Pack("digestOf", ticket)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDigestOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x52e3d63c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function digestOf((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket) view returns(bytes32)
func (lottery *Lottery) TryPackDigestOf(ticket LotteryTicket) ([]byte, error) {
	return lottery.abi.Pack("digestOf", ticket)
}

// UnpackDigestOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x52e3d63c.
//
// Solidity: function digestOf((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket) view returns(bytes32)
func (lottery *Lottery) UnpackDigestOf(data []byte) ([32]byte, error) {
	out, err := lottery.abi.Unpack("digestOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (lottery *Lottery) PackDomainSeparator() []byte {
	enc, err := lottery.abi.Pack("domainSeparator")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (lottery *Lottery) TryPackDomainSeparator() ([]byte, error) {
	return lottery.abi.Pack("domainSeparator")
}

// UnpackDomainSeparator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf698da25.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (lottery *Lottery) UnpackDomainSeparator(data []byte) ([32]byte, error) {
	out, err := lottery.abi.Unpack("domainSeparator", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackEnforce is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd3ab844c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function enforce((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket) returns()
func (lottery *Lottery) PackEnforce(ticket LotteryTicket) []byte {
	enc, err := lottery.abi.Pack("enforce", ticket)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEnforce is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd3ab844c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function enforce((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket) returns()
func (lottery *Lottery) TryPackEnforce(ticket LotteryTicket) ([]byte, error) {
	return lottery.abi.Pack("enforce", ticket)
}

// PackLockFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd6983395.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function lockFor(address token, address funder, address payer, address payee, uint128 amount) returns()
func (lottery *Lottery) PackLockFor(token common.Address, funder common.Address, payer common.Address, payee common.Address, amount *big.Int) []byte {
	enc, err := lottery.abi.Pack("lockFor", token, funder, payer, payee, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLockFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd6983395.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function lockFor(address token, address funder, address payer, address payee, uint128 amount) returns()
func (lottery *Lottery) TryPackLockFor(token common.Address, funder common.Address, payer common.Address, payee common.Address, amount *big.Int) ([]byte, error) {
	return lottery.abi.Pack("lockFor", token, funder, payer, payee, amount)
}

// PackPaid is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2af75d8f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function paid((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket) view returns(bool)
func (lottery *Lottery) PackPaid(ticket LotteryTicket) []byte {
	enc, err := lottery.abi.Pack("paid", ticket)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPaid is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2af75d8f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function paid((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket) view returns(bool)
func (lottery *Lottery) TryPackPaid(ticket LotteryTicket) ([]byte, error) {
	return lottery.abi.Pack("paid", ticket)
}

// UnpackPaid is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2af75d8f.
//
// Solidity: function paid((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket) view returns(bool)
func (lottery *Lottery) UnpackPaid(data []byte) (bool, error) {
	out, err := lottery.abi.Unpack("paid", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackPotOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa7b16fd8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function potOf(address token, address funder, address payer, address payee) view returns((uint128,uint128,uint128,uint128,uint64,uint64))
func (lottery *Lottery) PackPotOf(token common.Address, funder common.Address, payer common.Address, payee common.Address) []byte {
	enc, err := lottery.abi.Pack("potOf", token, funder, payer, payee)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPotOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa7b16fd8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function potOf(address token, address funder, address payer, address payee) view returns((uint128,uint128,uint128,uint128,uint64,uint64))
func (lottery *Lottery) TryPackPotOf(token common.Address, funder common.Address, payer common.Address, payee common.Address) ([]byte, error) {
	return lottery.abi.Pack("potOf", token, funder, payer, payee)
}

// UnpackPotOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa7b16fd8.
//
// Solidity: function potOf(address token, address funder, address payer, address payee) view returns((uint128,uint128,uint128,uint128,uint64,uint64))
func (lottery *Lottery) UnpackPotOf(data []byte) (LotteryPot, error) {
	out, err := lottery.abi.Unpack("potOf", data)
	if err != nil {
		return *new(LotteryPot), err
	}
	out0 := *abi.ConvertType(out[0], new(LotteryPot)).(*LotteryPot)
	return out0, nil
}

// PackProtest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdc1318af.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function protest((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket, bytes32 reveal, bytes signature) returns()
func (lottery *Lottery) PackProtest(ticket LotteryTicket, reveal [32]byte, signature []byte) []byte {
	enc, err := lottery.abi.Pack("protest", ticket, reveal, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProtest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdc1318af.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function protest((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket, bytes32 reveal, bytes signature) returns()
func (lottery *Lottery) TryPackProtest(ticket LotteryTicket, reveal [32]byte, signature []byte) ([]byte, error) {
	return lottery.abi.Pack("protest", ticket, reveal, signature)
}

// PackProtests is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd86e62e1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function protests(bytes32 digest) view returns(uint256)
func (lottery *Lottery) PackProtests(digest [32]byte) []byte {
	enc, err := lottery.abi.Pack("protests", digest)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProtests is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd86e62e1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function protests(bytes32 digest) view returns(uint256)
func (lottery *Lottery) TryPackProtests(digest [32]byte) ([]byte, error) {
	return lottery.abi.Pack("protests", digest)
}

// UnpackProtests is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd86e62e1.
//
// Solidity: function protests(bytes32 digest) view returns(uint256)
func (lottery *Lottery) UnpackProtests(data []byte) (*big.Int, error) {
	out, err := lottery.abi.Unpack("protests", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackRedeem is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd2dcecbc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function redeem((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket, bytes32 reveal, bytes signature) returns()
func (lottery *Lottery) PackRedeem(ticket LotteryTicket, reveal [32]byte, signature []byte) []byte {
	enc, err := lottery.abi.Pack("redeem", ticket, reveal, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRedeem is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd2dcecbc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function redeem((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32) ticket, bytes32 reveal, bytes signature) returns()
func (lottery *Lottery) TryPackRedeem(ticket LotteryTicket, reveal [32]byte, signature []byte) ([]byte, error) {
	return lottery.abi.Pack("redeem", ticket, reveal, signature)
}

// PackRedeemMany is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0764c1ed.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function redeemMany((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32)[] tickets, bytes32[] reveals, bytes[] signatures) returns(uint256 sum)
func (lottery *Lottery) PackRedeemMany(tickets []LotteryTicket, reveals [][32]byte, signatures [][]byte) []byte {
	enc, err := lottery.abi.Pack("redeemMany", tickets, reveals, signatures)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRedeemMany is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0764c1ed.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function redeemMany((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32)[] tickets, bytes32[] reveals, bytes[] signatures) returns(uint256 sum)
func (lottery *Lottery) TryPackRedeemMany(tickets []LotteryTicket, reveals [][32]byte, signatures [][]byte) ([]byte, error) {
	return lottery.abi.Pack("redeemMany", tickets, reveals, signatures)
}

// UnpackRedeemMany is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0764c1ed.
//
// Solidity: function redeemMany((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32)[] tickets, bytes32[] reveals, bytes[] signatures) returns(uint256 sum)
func (lottery *Lottery) UnpackRedeemMany(data []byte) (*big.Int, error) {
	out, err := lottery.abi.Unpack("redeemMany", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackWarn is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe40fe07f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function warn(address token, address payer, address payee, uint128 amount, uint128 escrow) returns()
func (lottery *Lottery) PackWarn(token common.Address, payer common.Address, payee common.Address, amount *big.Int, escrow *big.Int) []byte {
	enc, err := lottery.abi.Pack("warn", token, payer, payee, amount, escrow)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWarn is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe40fe07f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function warn(address token, address payer, address payee, uint128 amount, uint128 escrow) returns()
func (lottery *Lottery) TryPackWarn(token common.Address, payer common.Address, payee common.Address, amount *big.Int, escrow *big.Int) ([]byte, error) {
	return lottery.abi.Pack("warn", token, payer, payee, amount, escrow)
}

// PackWins is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x86f13904.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function wins(bytes32 digest, bytes32 reveal, uint64 ratio) pure returns(bool)
func (lottery *Lottery) PackWins(digest [32]byte, reveal [32]byte, ratio uint64) []byte {
	enc, err := lottery.abi.Pack("wins", digest, reveal, ratio)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWins is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x86f13904.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function wins(bytes32 digest, bytes32 reveal, uint64 ratio) pure returns(bool)
func (lottery *Lottery) TryPackWins(digest [32]byte, reveal [32]byte, ratio uint64) ([]byte, error) {
	return lottery.abi.Pack("wins", digest, reveal, ratio)
}

// UnpackWins is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x86f13904.
//
// Solidity: function wins(bytes32 digest, bytes32 reveal, uint64 ratio) pure returns(bool)
func (lottery *Lottery) UnpackWins(data []byte) (bool, error) {
	out, err := lottery.abi.Unpack("wins", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd740d4f4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw(address token, address payer, address payee, address to) returns()
func (lottery *Lottery) PackWithdraw(token common.Address, payer common.Address, payee common.Address, to common.Address) []byte {
	enc, err := lottery.abi.Pack("withdraw", token, payer, payee, to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd740d4f4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw(address token, address payer, address payee, address to) returns()
func (lottery *Lottery) TryPackWithdraw(token common.Address, payer common.Address, payee common.Address, to common.Address) ([]byte, error) {
	return lottery.abi.Pack("withdraw", token, payer, payee, to)
}

// LotteryEscrowBurned represents a EscrowBurned event raised by the Lottery contract.
type LotteryEscrowBurned struct {
	Digest [32]byte
	Funder common.Address
	Payer  common.Address
	Token  common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const LotteryEscrowBurnedEventName = "EscrowBurned"

// ContractEventName returns the user-defined event name.
func (LotteryEscrowBurned) ContractEventName() string {
	return LotteryEscrowBurnedEventName
}

// UnpackEscrowBurnedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EscrowBurned(bytes32 indexed digest, address indexed funder, address indexed payer, address token, uint128 amount)
func (lottery *Lottery) UnpackEscrowBurnedEvent(log *types.Log) (*LotteryEscrowBurned, error) {
	event := "EscrowBurned"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != lottery.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LotteryEscrowBurned)
	if len(log.Data) > 0 {
		if err := lottery.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range lottery.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// LotteryPotChanged represents a PotChanged event raised by the Lottery contract.
type LotteryPotChanged struct {
	Funder       common.Address
	Payer        common.Address
	Payee        common.Address
	Token        common.Address
	Amount       *big.Int
	Escrow       *big.Int
	WarnedAmount *big.Int
	WarnedEscrow *big.Int
	UnlockAt     uint64
	HeldUntil    uint64
	Raw          *types.Log // Blockchain specific contextual infos
}

const LotteryPotChangedEventName = "PotChanged"

// ContractEventName returns the user-defined event name.
func (LotteryPotChanged) ContractEventName() string {
	return LotteryPotChangedEventName
}

// UnpackPotChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PotChanged(address indexed funder, address indexed payer, address indexed payee, address token, uint128 amount, uint128 escrow, uint128 warnedAmount, uint128 warnedEscrow, uint64 unlockAt, uint64 heldUntil)
func (lottery *Lottery) UnpackPotChangedEvent(log *types.Log) (*LotteryPotChanged, error) {
	event := "PotChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != lottery.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LotteryPotChanged)
	if len(log.Data) > 0 {
		if err := lottery.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range lottery.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// LotteryProtested represents a Protested event raised by the Lottery contract.
type LotteryProtested struct {
	Digest [32]byte
	Payer  common.Address
	Payee  common.Address
	Reveal [32]byte
	Face   *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const LotteryProtestedEventName = "Protested"

// ContractEventName returns the user-defined event name.
func (LotteryProtested) ContractEventName() string {
	return LotteryProtestedEventName
}

// UnpackProtestedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Protested(bytes32 indexed digest, address indexed payer, address indexed payee, bytes32 reveal, uint128 face)
func (lottery *Lottery) UnpackProtestedEvent(log *types.Log) (*LotteryProtested, error) {
	event := "Protested"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != lottery.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LotteryProtested)
	if len(log.Data) > 0 {
		if err := lottery.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range lottery.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// LotteryRedeemed represents a Redeemed event raised by the Lottery contract.
type LotteryRedeemed struct {
	Digest [32]byte
	Payer  common.Address
	Payee  common.Address
	Token  common.Address
	Series uint64
	Face   *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const LotteryRedeemedEventName = "Redeemed"

// ContractEventName returns the user-defined event name.
func (LotteryRedeemed) ContractEventName() string {
	return LotteryRedeemedEventName
}

// UnpackRedeemedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Redeemed(bytes32 indexed digest, address indexed payer, address indexed payee, address token, uint64 series, uint128 face)
func (lottery *Lottery) UnpackRedeemedEvent(log *types.Log) (*LotteryRedeemed, error) {
	event := "Redeemed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != lottery.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LotteryRedeemed)
	if len(log.Data) > 0 {
		if err := lottery.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range lottery.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// LotteryWithdrawn represents a Withdrawn event raised by the Lottery contract.
type LotteryWithdrawn struct {
	Funder common.Address
	Payer  common.Address
	Payee  common.Address
	Token  common.Address
	To     common.Address
	Amount *big.Int
	Escrow *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const LotteryWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (LotteryWithdrawn) ContractEventName() string {
	return LotteryWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address indexed funder, address indexed payer, address indexed payee, address token, address to, uint128 amount, uint128 escrow)
func (lottery *Lottery) UnpackWithdrawnEvent(log *types.Log) (*LotteryWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != lottery.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(LotteryWithdrawn)
	if len(log.Data) > 0 {
		if err := lottery.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range lottery.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (lottery *Lottery) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], lottery.abi.Errors["AlreadyPaid"].ID.Bytes()[:4]) {
		return lottery.UnpackAlreadyPaidError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["AlreadyProtested"].ID.Bytes()[:4]) {
		return lottery.UnpackAlreadyProtestedError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["CanBePaid"].ID.Bytes()[:4]) {
		return lottery.UnpackCanBePaidError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["ECDSAInvalidSignature"].ID.Bytes()[:4]) {
		return lottery.UnpackECDSAInvalidSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["ECDSAInvalidSignatureLength"].ID.Bytes()[:4]) {
		return lottery.UnpackECDSAInvalidSignatureLengthError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["ECDSAInvalidSignatureS"].ID.Bytes()[:4]) {
		return lottery.UnpackECDSAInvalidSignatureSError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["Locked"].ID.Bytes()[:4]) {
		return lottery.UnpackLockedError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["MixedBatch"].ID.Bytes()[:4]) {
		return lottery.UnpackMixedBatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["NoEscrow"].ID.Bytes()[:4]) {
		return lottery.UnpackNoEscrowError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["NoFunder"].ID.Bytes()[:4]) {
		return lottery.UnpackNoFunderError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["NoPayee"].ID.Bytes()[:4]) {
		return lottery.UnpackNoPayeeError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["NotAWinner"].ID.Bytes()[:4]) {
		return lottery.UnpackNotAWinnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["NotCovered"].ID.Bytes()[:4]) {
		return lottery.UnpackNotCoveredError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["NotNow"].ID.Bytes()[:4]) {
		return lottery.UnpackNotNowError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["NotProtested"].ID.Bytes()[:4]) {
		return lottery.UnpackNotProtestedError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["NothingPaid"].ID.Bytes()[:4]) {
		return lottery.UnpackNothingPaidError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["NothingToWithdraw"].ID.Bytes()[:4]) {
		return lottery.UnpackNothingToWithdrawError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["ReentrancyGuardReentrantCall"].ID.Bytes()[:4]) {
		return lottery.UnpackReentrancyGuardReentrantCallError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return lottery.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["TicketExpired"].ID.Bytes()[:4]) {
		return lottery.UnpackTicketExpiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["WrongAmountReceived"].ID.Bytes()[:4]) {
		return lottery.UnpackWrongAmountReceivedError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["WrongReveal"].ID.Bytes()[:4]) {
		return lottery.UnpackWrongRevealError(raw[4:])
	}
	if bytes.Equal(raw[:4], lottery.abi.Errors["WrongSigner"].ID.Bytes()[:4]) {
		return lottery.UnpackWrongSignerError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// LotteryAlreadyPaid represents a AlreadyPaid error raised by the Lottery contract.
type LotteryAlreadyPaid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyPaid()
func LotteryAlreadyPaidErrorID() common.Hash {
	return common.HexToHash("0xd70a0e30487b333782f2cd544d908eaf050a310ba3699c63266f746a8581082d")
}

// UnpackAlreadyPaidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyPaid()
func (lottery *Lottery) UnpackAlreadyPaidError(raw []byte) (*LotteryAlreadyPaid, error) {
	out := new(LotteryAlreadyPaid)
	if err := lottery.abi.UnpackIntoInterface(out, "AlreadyPaid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryAlreadyProtested represents a AlreadyProtested error raised by the Lottery contract.
type LotteryAlreadyProtested struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyProtested()
func LotteryAlreadyProtestedErrorID() common.Hash {
	return common.HexToHash("0xf7aefa8957344e7666a237fbd630ffe8f00e2e9de9de4bf51ead706381cdbc68")
}

// UnpackAlreadyProtestedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyProtested()
func (lottery *Lottery) UnpackAlreadyProtestedError(raw []byte) (*LotteryAlreadyProtested, error) {
	out := new(LotteryAlreadyProtested)
	if err := lottery.abi.UnpackIntoInterface(out, "AlreadyProtested", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryCanBePaid represents a CanBePaid error raised by the Lottery contract.
type LotteryCanBePaid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CanBePaid()
func LotteryCanBePaidErrorID() common.Hash {
	return common.HexToHash("0x8c27987e1de99bfa99729309f6d6d80a8ea675c24aa5685b8c3ebe34e8a725af")
}

// UnpackCanBePaidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CanBePaid()
func (lottery *Lottery) UnpackCanBePaidError(raw []byte) (*LotteryCanBePaid, error) {
	out := new(LotteryCanBePaid)
	if err := lottery.abi.UnpackIntoInterface(out, "CanBePaid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryECDSAInvalidSignature represents a ECDSAInvalidSignature error raised by the Lottery contract.
type LotteryECDSAInvalidSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignature()
func LotteryECDSAInvalidSignatureErrorID() common.Hash {
	return common.HexToHash("0xf645eedf0193584640b6b90cb9477e4c95b98636c148a891d4c0a146dc46e75a")
}

// UnpackECDSAInvalidSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignature()
func (lottery *Lottery) UnpackECDSAInvalidSignatureError(raw []byte) (*LotteryECDSAInvalidSignature, error) {
	out := new(LotteryECDSAInvalidSignature)
	if err := lottery.abi.UnpackIntoInterface(out, "ECDSAInvalidSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryECDSAInvalidSignatureLength represents a ECDSAInvalidSignatureLength error raised by the Lottery contract.
type LotteryECDSAInvalidSignatureLength struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignatureLength(uint256 length)
func LotteryECDSAInvalidSignatureLengthErrorID() common.Hash {
	return common.HexToHash("0xfce698f7e8e5342cd615f641317bc45fe7e1e4a8b0a14dd1383ff8dc9c41917f")
}

// UnpackECDSAInvalidSignatureLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignatureLength(uint256 length)
func (lottery *Lottery) UnpackECDSAInvalidSignatureLengthError(raw []byte) (*LotteryECDSAInvalidSignatureLength, error) {
	out := new(LotteryECDSAInvalidSignatureLength)
	if err := lottery.abi.UnpackIntoInterface(out, "ECDSAInvalidSignatureLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryECDSAInvalidSignatureS represents a ECDSAInvalidSignatureS error raised by the Lottery contract.
type LotteryECDSAInvalidSignatureS struct {
	S [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignatureS(bytes32 s)
func LotteryECDSAInvalidSignatureSErrorID() common.Hash {
	return common.HexToHash("0xd78bce0cccb935155ed6428d1c13e50b7f3550fd2b66b9fe266006fea4a5e1eb")
}

// UnpackECDSAInvalidSignatureSError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignatureS(bytes32 s)
func (lottery *Lottery) UnpackECDSAInvalidSignatureSError(raw []byte) (*LotteryECDSAInvalidSignatureS, error) {
	out := new(LotteryECDSAInvalidSignatureS)
	if err := lottery.abi.UnpackIntoInterface(out, "ECDSAInvalidSignatureS", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryLocked represents a Locked error raised by the Lottery contract.
type LotteryLocked struct {
	UnlockAt uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Locked(uint64 unlockAt)
func LotteryLockedErrorID() common.Hash {
	return common.HexToHash("0xeada2658bdffa19cde38de41cf093822ebf95b75028fe95357edf04ad0ac1c2c")
}

// UnpackLockedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Locked(uint64 unlockAt)
func (lottery *Lottery) UnpackLockedError(raw []byte) (*LotteryLocked, error) {
	out := new(LotteryLocked)
	if err := lottery.abi.UnpackIntoInterface(out, "Locked", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryMixedBatch represents a MixedBatch error raised by the Lottery contract.
type LotteryMixedBatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error MixedBatch()
func LotteryMixedBatchErrorID() common.Hash {
	return common.HexToHash("0xf023dc83438dddec5280d2e5b35dc5fad3aead61ead4b23b3c646567b6b9e503")
}

// UnpackMixedBatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error MixedBatch()
func (lottery *Lottery) UnpackMixedBatchError(raw []byte) (*LotteryMixedBatch, error) {
	out := new(LotteryMixedBatch)
	if err := lottery.abi.UnpackIntoInterface(out, "MixedBatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryNoEscrow represents a NoEscrow error raised by the Lottery contract.
type LotteryNoEscrow struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoEscrow()
func LotteryNoEscrowErrorID() common.Hash {
	return common.HexToHash("0x769cabf1d20849cc99128ee10bfc2139c1db7eadf476d93ba4c1752eaa84289d")
}

// UnpackNoEscrowError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoEscrow()
func (lottery *Lottery) UnpackNoEscrowError(raw []byte) (*LotteryNoEscrow, error) {
	out := new(LotteryNoEscrow)
	if err := lottery.abi.UnpackIntoInterface(out, "NoEscrow", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryNoFunder represents a NoFunder error raised by the Lottery contract.
type LotteryNoFunder struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoFunder()
func LotteryNoFunderErrorID() common.Hash {
	return common.HexToHash("0x393722bdc4e647d05601532eb6b3a211d3cedfca95404549df206331724f1c6f")
}

// UnpackNoFunderError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoFunder()
func (lottery *Lottery) UnpackNoFunderError(raw []byte) (*LotteryNoFunder, error) {
	out := new(LotteryNoFunder)
	if err := lottery.abi.UnpackIntoInterface(out, "NoFunder", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryNoPayee represents a NoPayee error raised by the Lottery contract.
type LotteryNoPayee struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoPayee()
func LotteryNoPayeeErrorID() common.Hash {
	return common.HexToHash("0x4346e6e8fb3f3df7536afab9f915a73b0d864b500bfc518e71550880ac834182")
}

// UnpackNoPayeeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoPayee()
func (lottery *Lottery) UnpackNoPayeeError(raw []byte) (*LotteryNoPayee, error) {
	out := new(LotteryNoPayee)
	if err := lottery.abi.UnpackIntoInterface(out, "NoPayee", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryNotAWinner represents a NotAWinner error raised by the Lottery contract.
type LotteryNotAWinner struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAWinner()
func LotteryNotAWinnerErrorID() common.Hash {
	return common.HexToHash("0xb19a9f824168d8cc4a81ec9b3902733d194bf1a463e327e56e91cfe4754fcb5e")
}

// UnpackNotAWinnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAWinner()
func (lottery *Lottery) UnpackNotAWinnerError(raw []byte) (*LotteryNotAWinner, error) {
	out := new(LotteryNotAWinner)
	if err := lottery.abi.UnpackIntoInterface(out, "NotAWinner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryNotCovered represents a NotCovered error raised by the Lottery contract.
type LotteryNotCovered struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotCovered()
func LotteryNotCoveredErrorID() common.Hash {
	return common.HexToHash("0xd85c1cd75a48e2c5d47136096f62e49f12f3868990a4a2e8202e5a308296bc23")
}

// UnpackNotCoveredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotCovered()
func (lottery *Lottery) UnpackNotCoveredError(raw []byte) (*LotteryNotCovered, error) {
	out := new(LotteryNotCovered)
	if err := lottery.abi.UnpackIntoInterface(out, "NotCovered", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryNotNow represents a NotNow error raised by the Lottery contract.
type LotteryNotNow struct {
	From  *big.Int
	Until *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotNow(uint256 from, uint256 until)
func LotteryNotNowErrorID() common.Hash {
	return common.HexToHash("0x953cb423bbbdaca54be03fa4f0a91818ecf7248b65e5c6ae920c061dbb94229c")
}

// UnpackNotNowError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotNow(uint256 from, uint256 until)
func (lottery *Lottery) UnpackNotNowError(raw []byte) (*LotteryNotNow, error) {
	out := new(LotteryNotNow)
	if err := lottery.abi.UnpackIntoInterface(out, "NotNow", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryNotProtested represents a NotProtested error raised by the Lottery contract.
type LotteryNotProtested struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotProtested()
func LotteryNotProtestedErrorID() common.Hash {
	return common.HexToHash("0x0807b9b5053c5381e74a53979d06a3a7efdaeccf82f6c883becacf7a839e5240")
}

// UnpackNotProtestedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotProtested()
func (lottery *Lottery) UnpackNotProtestedError(raw []byte) (*LotteryNotProtested, error) {
	out := new(LotteryNotProtested)
	if err := lottery.abi.UnpackIntoInterface(out, "NotProtested", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryNothingPaid represents a NothingPaid error raised by the Lottery contract.
type LotteryNothingPaid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingPaid()
func LotteryNothingPaidErrorID() common.Hash {
	return common.HexToHash("0x56baacf6820afef84ba2bcf3a5978a0f5251f06477b0642b1d4c113bb6622b36")
}

// UnpackNothingPaidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingPaid()
func (lottery *Lottery) UnpackNothingPaidError(raw []byte) (*LotteryNothingPaid, error) {
	out := new(LotteryNothingPaid)
	if err := lottery.abi.UnpackIntoInterface(out, "NothingPaid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryNothingToWithdraw represents a NothingToWithdraw error raised by the Lottery contract.
type LotteryNothingToWithdraw struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingToWithdraw()
func LotteryNothingToWithdrawErrorID() common.Hash {
	return common.HexToHash("0xd0d04f60bf4f7629141a1f00f5d2908fa0f3e15bf4cbf8bb8edc6fcbdf2509fa")
}

// UnpackNothingToWithdrawError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingToWithdraw()
func (lottery *Lottery) UnpackNothingToWithdrawError(raw []byte) (*LotteryNothingToWithdraw, error) {
	out := new(LotteryNothingToWithdraw)
	if err := lottery.abi.UnpackIntoInterface(out, "NothingToWithdraw", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryReentrancyGuardReentrantCall represents a ReentrancyGuardReentrantCall error raised by the Lottery contract.
type LotteryReentrancyGuardReentrantCall struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ReentrancyGuardReentrantCall()
func LotteryReentrancyGuardReentrantCallErrorID() common.Hash {
	return common.HexToHash("0x3ee5aeb571de7fc460830b4d0017439a1ca56fb0bc39062227ade4fe4a24c1ca")
}

// UnpackReentrancyGuardReentrantCallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ReentrancyGuardReentrantCall()
func (lottery *Lottery) UnpackReentrancyGuardReentrantCallError(raw []byte) (*LotteryReentrancyGuardReentrantCall, error) {
	out := new(LotteryReentrancyGuardReentrantCall)
	if err := lottery.abi.UnpackIntoInterface(out, "ReentrancyGuardReentrantCall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotterySafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the Lottery contract.
type LotterySafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func LotterySafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (lottery *Lottery) UnpackSafeERC20FailedOperationError(raw []byte) (*LotterySafeERC20FailedOperation, error) {
	out := new(LotterySafeERC20FailedOperation)
	if err := lottery.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryTicketExpired represents a TicketExpired error raised by the Lottery contract.
type LotteryTicketExpired struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TicketExpired()
func LotteryTicketExpiredErrorID() common.Hash {
	return common.HexToHash("0x40d3544771f3c2382030d7a42c371f55cb608ac0eaf54ef2fa846da65af1b985")
}

// UnpackTicketExpiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TicketExpired()
func (lottery *Lottery) UnpackTicketExpiredError(raw []byte) (*LotteryTicketExpired, error) {
	out := new(LotteryTicketExpired)
	if err := lottery.abi.UnpackIntoInterface(out, "TicketExpired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryWrongAmountReceived represents a WrongAmountReceived error raised by the Lottery contract.
type LotteryWrongAmountReceived struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongAmountReceived()
func LotteryWrongAmountReceivedErrorID() common.Hash {
	return common.HexToHash("0x6d799c4a4dfb5f99c0a461b357c2673528c3d00d8db04d979d4be60ec9b7f414")
}

// UnpackWrongAmountReceivedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongAmountReceived()
func (lottery *Lottery) UnpackWrongAmountReceivedError(raw []byte) (*LotteryWrongAmountReceived, error) {
	out := new(LotteryWrongAmountReceived)
	if err := lottery.abi.UnpackIntoInterface(out, "WrongAmountReceived", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryWrongReveal represents a WrongReveal error raised by the Lottery contract.
type LotteryWrongReveal struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongReveal()
func LotteryWrongRevealErrorID() common.Hash {
	return common.HexToHash("0x37344e76d460627b22f540153db50485e00d8a3232e82ed5052df459977c5dd2")
}

// UnpackWrongRevealError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongReveal()
func (lottery *Lottery) UnpackWrongRevealError(raw []byte) (*LotteryWrongReveal, error) {
	out := new(LotteryWrongReveal)
	if err := lottery.abi.UnpackIntoInterface(out, "WrongReveal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryWrongSigner represents a WrongSigner error raised by the Lottery contract.
type LotteryWrongSigner struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongSigner()
func LotteryWrongSignerErrorID() common.Hash {
	return common.HexToHash("0xa7932e6aada72effcdc0289c8eb5741bae8c70968f5d6c6ab8df648257fb7b89")
}

// UnpackWrongSignerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongSigner()
func (lottery *Lottery) UnpackWrongSignerError(raw []byte) (*LotteryWrongSigner, error) {
	out := new(LotteryWrongSigner)
	if err := lottery.abi.UnpackIntoInterface(out, "WrongSigner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// LotteryRuntime is the code of a deployed Lottery, for a genesis block to place.
const LotteryRuntime = "0x608060405234801561000f575f5ffd5b506004361061012f575f3560e01c8063a7b16fd8116100ad578063d740d4f41161007d578063dc1318af11610063578063dc1318af1461032d578063e40fe07f14610340578063f698da2514610353575f5ffd5b8063d740d4f4146102fb578063d86e62e11461030e575f5ffd5b8063a7b16fd814610208578063d2dcecbc146102c2578063d3ab844c146102d5578063d6983395146102e8575f5ffd5b806369b411701161010257806386f13904116100e857806386f13904146101e05780638bce69fd146101f3578063a53e541214610159575f5ffd5b806369b411701461015957806371f71994146101b2575f5ffd5b80630764c1ed14610133578063137d29d9146101595780632af75d8f1461017c57806352e3d63c1461019f575b5f5ffd5b6101466101413660046128bd565b6103fa565b6040519081526020015b60405180910390f35b6101636201518081565b60405167ffffffffffffffff9091168152602001610150565b61018f61018a3660046129a3565b6106ad565b6040519015158152602001610150565b6101466101ad3660046129a3565b6106c4565b6101bb61dead81565b60405173ffffffffffffffffffffffffffffffffffffffff9091168152602001610150565b61018f6101ee3660046129e1565b610814565b610206610201366004612a5e565b610886565b005b61021b610216366004612ac5565b6108ab565b60405161015091905f60c0820190506fffffffffffffffffffffffffffffffff83511682526fffffffffffffffffffffffffffffffff60208401511660208301526fffffffffffffffffffffffffffffffff60408401511660408301526fffffffffffffffffffffffffffffffff606084015116606083015267ffffffffffffffff608084015116608083015267ffffffffffffffff60a08401511660a083015292915050565b6102066102d0366004612b1e565b6109db565b6102066102e33660046129a3565b610b3f565b6102066102f6366004612ba5565b610f0a565b610206610309366004612ac5565b610f6d565b61014661031c366004612bf4565b60026020525f908152604090205481565b61020661033b366004612b1e565b611391565b61020661034e366004612a5e565b6116e9565b610146604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f6f5e27c1f9b6fc34c70e4164baa5d6419103f77f5fda841c7854f39ff05aef9c918101919091527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b5f61040361183d565b5f5f5b878110156105eb573689898381811061042157610421612c0b565b90506101600201905089895f81811061043c5761043c612c0b565b9050610160020160400160208101906104559190612c38565b73ffffffffffffffffffffffffffffffffffffffff1661047b6060830160408401612c38565b73ffffffffffffffffffffffffffffffffffffffff16141580610503575089895f8181106104ab576104ab612c0b565b9050610160020160600160208101906104c49190612c38565b73ffffffffffffffffffffffffffffffffffffffff166104ea6080830160608401612c38565b73ffffffffffffffffffffffffffffffffffffffff1614155b1561053a576040517ff023dc8300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f610544826106c4565b905061058d82828b8b8781811061055d5761055d612c0b565b905060200201358a8a8881811061057657610576612c0b565b90506020028101906105889190612c53565b611874565b5f61059883836119a4565b60038111156105a9576105a9612cb4565b036105e1576105be60e0830160c08401612ce1565b6105da906fffffffffffffffffffffffffffffffff1686612d27565b9450600193505b5050600101610406565b5080610623576040517f56baacf600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61069a88885f81811061063857610638612c0b565b9050610160020160400160208101906106519190612c38565b838a8a5f81811061066457610664612c0b565b90506101600201606001602081019061067d9190612c38565b73ffffffffffffffffffffffffffffffffffffffff169190611c36565b506106a3611c96565b9695505050505050565b5f5f5f6106b984611cc0565b161515949350505050565b5f61076c604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f6f5e27c1f9b6fc34c70e4164baa5d6419103f77f5fda841c7854f39ff05aef9c918101919091527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b7fa7c51a63b019cc42ca56a409f8cb930624b07810568effee2ab074e720769fbc8360405160200161079f929190612d3a565b604051602081830303815290604052805190602001206040516020016107f79291907f190100000000000000000000000000000000000000000000000000000000000081526002810192909252602282015260420190565b604051602081830303815290604052805190602001209050919050565b5f8167ffffffffffffffff16848460405160200161083c929190918252602082015260400190565b604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0818403018152919052805160209091012067ffffffffffffffff161115949350505050565b61088e61183d565b61089c8585855f8686611d42565b6108a4611c96565b5050505050565b6040805160c0810182525f80825260208201819052918101829052606081018290526080810182905260a08101829052908061093d878787876040805173ffffffffffffffffffffffffffffffffffffffff95861660208083019190915294861681830152928516606084015293166080808301919091528351808303909101815260a0909101909252815191012090565b815260208082019290925260409081015f20815160c08101835281546fffffffffffffffffffffffffffffffff808216835270010000000000000000000000000000000091829004811695830195909552600183015480861694830194909452909204909216606082015260029091015467ffffffffffffffff8082166080840152680100000000000000009091041660a082015295945050505050565b6109e361183d565b5f6109ed856106c4565b90506109fc8582868686611874565b5f610a0786836119a4565b90506001816003811115610a1d57610a1d612cb4565b03610a54576040517fd70a0e3000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6002816003811115610a6857610a68612cb4565b03610a9f576040517f40d3544700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6003816003811115610ab357610ab3612cb4565b03610aea576040517fd85c1cd700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610b2f610afd6060880160408901612c38565b610b0d60e0890160c08a01612ce1565b6fffffffffffffffffffffffffffffffff1661067d60808a0160608b01612c38565b5050610b39611c96565b50505050565b610b4761183d565b5f610b51826106c4565b5f8181526002602052604090205490915060018111610b9c576040517f0807b9b500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610ba96201518082612d27565b421080610bbc5750610bba8161206e565b155b15610c2657610bce6201518082612d27565b62015180610bdc8184612d27565b610be69190612d27565b6040517f953cb423000000000000000000000000000000000000000000000000000000008152600481019290925260248201526044015b60405180910390fd5b5f610c3184846119a4565b90506001816003811115610c4757610c47612cb4565b03610c7e576040517fd70a0e3000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f816003811115610c9157610c91612cb4565b03610ce357610cdb610ca96060860160408701612c38565b610cb960e0870160c08801612ce1565b6fffffffffffffffffffffffffffffffff1661067d6080880160608901612c38565b505050610eff565b5f838152600260205260408120600190558080610d7f610d096080890160608a01612c38565b610d1660208a018a612c38565b610d2660408b0160208c01612c38565b6040805173ffffffffffffffffffffffffffffffffffffffff948516602080830191909152938516818301529190931660608201525f6080808301919091528351808303909101815260a0909101909252815191012090565b815260208101919091526040015f2080546fffffffffffffffffffffffffffffffff8082168355919250700100000000000000000000000000000000900416610dc78261209b565b610dfe610dda6080880160608901612c38565b610de76020890189612c38565b610df760408a0160208b01612c38565b5f8661217d565b610e0e6040870160208801612c38565b73ffffffffffffffffffffffffffffffffffffffff16610e316020880188612c38565b73ffffffffffffffffffffffffffffffffffffffff16867fb7c0c6a2243fdadc5a27f864878c8956575f9a2b4b9ff8d8596fa8aa56f21e7e610e7960808b0160608c01612c38565b6040805173ffffffffffffffffffffffffffffffffffffffff90921682526fffffffffffffffffffffffffffffffff871660208301520160405180910390a46fffffffffffffffffffffffffffffffff811615610ef957610ef961dead6fffffffffffffffffffffffffffffffff831661067d60808a0160608b01612c38565b50505050505b610f07611c96565b50565b610f1261183d565b73ffffffffffffffffffffffffffffffffffffffff8216610f5f576040517f4346e6e800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61089c85858585855f611d42565b610f7561183d565b6040805173ffffffffffffffffffffffffffffffffffffffff868116602080840191909152338385015286821660608401529085166080808401919091528351808403909101815260a090920183528151918101919091205f9081529081905220600281015467ffffffffffffffff161580610ffe5750600281015467ffffffffffffffff1642105b156110475760028101546040517feada265800000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610c1d565b600181015460028201546fffffffffffffffffffffffffffffffff909116905f9068010000000000000000900467ffffffffffffffff16421161108a575f6110b6565b600183015470010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff165b90506fffffffffffffffffffffffffffffffff82161580156110e857506fffffffffffffffffffffffffffffffff8116155b1561111f576040517fd0d04f6000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8254829084905f906111449084906fffffffffffffffffffffffffffffffff16612ea6565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff16021790555080835f0160108282829054906101000a90046fffffffffffffffffffffffffffffffff166111a89190612ea6565b82546101009290920a6fffffffffffffffffffffffffffffffff8181021990931691831602179091556001850180547fffffffffffffffffffffffffffffffff00000000000000000000000000000000168082558493509091601091611224918591700100000000000000000000000000000000900416612ea6565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff1602179055508260010160109054906101000a90046fffffffffffffffffffffffffffffffff166fffffffffffffffffffffffffffffffff165f036112be576002830180547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001690555b6112cb873388888761217d565b6040805173ffffffffffffffffffffffffffffffffffffffff898116825286811660208301526fffffffffffffffffffffffffffffffff858116838501528416606083015291518783169289169133917fd64b23b1732e08556b72f5ce8b2b1fd40bb96f8f6de541053dce3bd46514231d9181900360800190a4611386846113686fffffffffffffffffffffffffffffffff808516908616612d27565b73ffffffffffffffffffffffffffffffffffffffff8a169190611c36565b505050610b39611c96565b61139961183d565b5f6113a3856106c4565b90506113b28582868686611874565b5f5f6113bd87611cc0565b915091508082165f146113fc576040517fd70a0e3000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f8381526002602052604090205415611441576040517ff7aefa8900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61145361014088016101208901612ece565b67ffffffffffffffff16421115611496576040517f40d3544700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f6114a088612253565b5050905080156114dc576040517f8c27987e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f80806115126114f260808d0160608e01612c38565b6114ff60208e018e612c38565b8d6020016020810190610d269190612c38565b815260208101919091526040015f908120805490925070010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff169003611586576040517f769cabf100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f858152600260205260409020429081905562015180906115a8908290612ee7565b6115b29190612ee7565b60028201805467ffffffffffffffff9290921668010000000000000000027fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff90921691909117905561160a60608a0160408b01612c38565b73ffffffffffffffffffffffffffffffffffffffff1661163060408b0160208c01612c38565b73ffffffffffffffffffffffffffffffffffffffff16867f8b4b11bd15b2f3e77f7679b47186b3cd9a23dabd300185240540217a8c807e928b8d60c001602081019061167c9190612ce1565b604080519283526fffffffffffffffffffffffffffffffff90911660208301520160405180910390a46116dc6116b860808b0160608c01612c38565b6116c560208c018c612c38565b6116d560408d0160208e01612c38565b5f8561217d565b5050505050610b39611c96565b6040805173ffffffffffffffffffffffffffffffffffffffff878116602080840191909152338385015287821660608401529086166080808401919091528351808403909101815260a090920183528151918101919091205f90815290819052206fffffffffffffffffffffffffffffffff828116700100000000000000000000000000000000029084161760018201556117838161209b565b60018101545f906fffffffffffffffffffffffffffffffff161515806117d25750600182015470010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff1615155b9050806117df575f6117ec565b6117ec6201518042612ee7565b6002830180547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001667ffffffffffffffff92909216919091179055611834873388888661217d565b50505050505050565b61184561238c565b61187260017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005b906123e5565b565b8461010001358360405160200161188d91815260200190565b60405160208183030381529060405280519060200120146118da576040517f37344e7600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6118f084846101ee610100890160e08a01612ece565b611926576040517fb19a9f8200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6119366040860160208701612c38565b73ffffffffffffffffffffffffffffffffffffffff166119578584846123ec565b73ffffffffffffffffffffffffffffffffffffffff16146108a4576040517fa7932e6a00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f5f5f6119b085611cc0565b915091508082165f146119c857600192505050611c30565b6119da61014086016101208701612ece565b67ffffffffffffffff1642118015611a0657505f84815260026020526040902054611a049061206e565b155b15611a1657600292505050611c30565b5f5f5f611a2288612253565b92509250925082611a3b57600395505050505050611c30565b83851760015f611a4a8b612416565b81526020019081526020015f205f60088b6080016020810190611a6d9190612ece565b67ffffffffffffffff90811690911c16815260208101919091526040015f2055611a9d60e0890160c08a01612ce1565b825483905f90611ac09084906fffffffffffffffffffffffffffffffff16612ea6565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550611aff8261209b565b611b36611b1260808a0160608b01612c38565b611b1f60208b018b612c38565b611b2f60408c0160208d01612c38565b848661217d565b611b466060890160408a01612c38565b73ffffffffffffffffffffffffffffffffffffffff16611b6c60408a0160208b01612c38565b73ffffffffffffffffffffffffffffffffffffffff16887fca5ec35134b7d781df6111d04390c04c91e760c7132f951c16f0febb5135a9aa611bb460808d0160608e01612c38565b611bc460a08e0160808f01612ece565b8d60c0016020810190611bd79190612ce1565b6040805173ffffffffffffffffffffffffffffffffffffffff909416845267ffffffffffffffff90921660208401526fffffffffffffffffffffffffffffffff169082015260600160405180910390a45f955050505050505b92915050565b611c4383838360016124bd565b611c91576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff84166004820152602401610c1d565b505050565b6118725f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f0061186c565b5f5f60015f611cce85612416565b81526020019081526020015f205f6008856080016020810190611cf19190612ece565b67ffffffffffffffff16901c67ffffffffffffffff1681526020019081526020015f20549150826080016020810190611d2a9190612ece565b60ff1667ffffffffffffffff166001901b9050915091565b73ffffffffffffffffffffffffffffffffffffffff8516611d8f576040517f393722bd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611daf6fffffffffffffffffffffffffffffffff808416908516612d27565b6040517f70a082310000000000000000000000000000000000000000000000000000000081523060048201529091505f9073ffffffffffffffffffffffffffffffffffffffff8916906370a0823190602401602060405180830381865afa158015611e1c573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611e409190612f07565b9050611e6473ffffffffffffffffffffffffffffffffffffffff8916333085612545565b611e6e8282612d27565b6040517f70a0823100000000000000000000000000000000000000000000000000000000815230600482015273ffffffffffffffffffffffffffffffffffffffff8a16906370a0823190602401602060405180830381865afa158015611ed6573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611efa9190612f07565b14611f31576040517f6d799c4a00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6040805173ffffffffffffffffffffffffffffffffffffffff8a81166020808401919091528a82168385015289821660608401529088166080808401919091528351808403909101815260a090920183528151918101919091205f90815290819052908120805490918691839190611fbc9084906fffffffffffffffffffffffffffffffff16612f1e565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff16021790555083815f0160108282829054906101000a90046fffffffffffffffffffffffffffffffff166120209190612f1e565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550612063898989898561217d565b505050505050505050565b5f600182118015611c305750620151806120888184612d27565b6120929190612d27565b42111592915050565b805460018201546fffffffffffffffffffffffffffffffff918216911611156121035780546001820180547fffffffffffffffffffffffffffffffff00000000000000000000000000000000166fffffffffffffffffffffffffffffffff9092169190911790555b805460018201546fffffffffffffffffffffffffffffffff70010000000000000000000000000000000092839004811692909104161115610f075780546001820180546fffffffffffffffffffffffffffffffff700100000000000000000000000000000000938490048116909302921691909117905550565b8054600182015460028301546040805173ffffffffffffffffffffffffffffffffffffffff8a811682526fffffffffffffffffffffffffffffffff808716602084015270010000000000000000000000000000000096879004811683850152808616606084015295909404909416608085015267ffffffffffffffff80831660a08601526801000000000000000090920490911660c08401525184821692868316928816917f759207b49fb2ae719494b18e7ab17e3964c25136f4e57b076c90ae202c425ffb9181900360e00190a45050505050565b5f80806122666060850160408601612c38565b90505f806122f461227d6080880160608901612c38565b61228a6020890189612c38565b61229a60408a0160208b01612c38565b866040805173ffffffffffffffffffffffffffffffffffffffff95861660208083019190915294861681830152928516606084015293166080808301919091528351808303909101815260a0909101909252815191012090565b815260208101919091526040015f20915061231560e0850160c08601612ce1565b82546fffffffffffffffffffffffffffffffff9182169116101561235a57505f808061234a61227d6080880160608901612c38565b81526020019081526020015f2091505b61236a60e0850160c08601612ce1565b82546fffffffffffffffffffffffffffffffff91821691161015949193509150565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c15611872576040517f3ee5aeb500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80825d5050565b5f5f5f5f6123fb8787876125a1565b92509250925061240b82826125e8565b509095945050505050565b5f6124276080830160608401612c38565b6124346020840184612c38565b6124446040850160208601612c38565b6124546060860160408701612c38565b61246460e0870160c08801612ce1565b6040805173ffffffffffffffffffffffffffffffffffffffff968716602082015294861690850152918416606084015290921660808201526fffffffffffffffffffffffffffffffff90911660a082015260c0016107f7565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8616600452602485905291602083604481808b5af1925060015f5114831661253957838315161561252d573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b6125538484848460016126ef565b610b39576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff85166004820152602401610c1d565b5f808060418490036125d5578435602086013560408701355f1a6125c789828585612782565b9550955095505050506125df565b505f915060029050825b93509350939050565b5f8260038111156125fb576125fb612cb4565b03612604575050565b600182600381111561261857612618612cb4565b0361264f576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b600282600381111561266357612663612cb4565b0361269d576040517ffce698f700000000000000000000000000000000000000000000000000000000815260048101829052602401610c1d565b60038260038111156126b1576126b1612cb4565b036126eb576040517fd78bce0c00000000000000000000000000000000000000000000000000000000815260048101829052602401610c1d565b5050565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8781166004528616602452604485905291602083606481808c5af1925060015f51148316612771578383151615612765573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411156127bb57505f9150600390508261286b565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa15801561280c573d5f5f3e3d5ffd5b50506040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0015191505073ffffffffffffffffffffffffffffffffffffffff811661286257505f92506001915082905061286b565b92505f91508190505b9450945094915050565b5f5f83601f840112612885575f5ffd5b50813567ffffffffffffffff81111561289c575f5ffd5b6020830191508360208260051b85010111156128b6575f5ffd5b9250929050565b5f5f5f5f5f5f606087890312156128d2575f5ffd5b863567ffffffffffffffff8111156128e8575f5ffd5b8701601f810189136128f8575f5ffd5b803567ffffffffffffffff81111561290e575f5ffd5b89602061016083028401011115612923575f5ffd5b60209182019750955087013567ffffffffffffffff811115612943575f5ffd5b61294f89828a01612875565b909550935050604087013567ffffffffffffffff81111561296e575f5ffd5b61297a89828a01612875565b979a9699509497509295939492505050565b5f610160828403121561299d575f5ffd5b50919050565b5f61016082840312156129b4575f5ffd5b6129be838361298c565b9392505050565b803567ffffffffffffffff811681146129dc575f5ffd5b919050565b5f5f5f606084860312156129f3575f5ffd5b8335925060208401359150612a0a604085016129c5565b90509250925092565b73ffffffffffffffffffffffffffffffffffffffff81168114610f07575f5ffd5b80356129dc81612a13565b80356fffffffffffffffffffffffffffffffff811681146129dc575f5ffd5b5f5f5f5f5f60a08688031215612a72575f5ffd5b8535612a7d81612a13565b94506020860135612a8d81612a13565b93506040860135612a9d81612a13565b9250612aab60608701612a3f565b9150612ab960808701612a3f565b90509295509295909350565b5f5f5f5f60808587031215612ad8575f5ffd5b8435612ae381612a13565b93506020850135612af381612a13565b92506040850135612b0381612a13565b91506060850135612b1381612a13565b939692955090935050565b5f5f5f5f6101a08587031215612b32575f5ffd5b612b3c868661298c565b9350610160850135925061018085013567ffffffffffffffff811115612b60575f5ffd5b8501601f81018713612b70575f5ffd5b803567ffffffffffffffff811115612b86575f5ffd5b876020828401011115612b97575f5ffd5b949793965060200194505050565b5f5f5f5f5f60a08688031215612bb9575f5ffd5b8535612bc481612a13565b94506020860135612bd481612a13565b93506040860135612be481612a13565b92506060860135612aab81612a13565b5f60208284031215612c04575f5ffd5b5035919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b5f60208284031215612c48575f5ffd5b81356129be81612a13565b5f5f83357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1843603018112612c86575f5ffd5b83018035915067ffffffffffffffff821115612ca0575f5ffd5b6020019150368190038213156128b6575f5ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b5f60208284031215612cf1575f5ffd5b6129be82612a3f565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b80820180821115611c3057611c30612cfa565b8281526101808101612d6c60208301612d5285612a34565b73ffffffffffffffffffffffffffffffffffffffff169052565b612d7860208401612a34565b73ffffffffffffffffffffffffffffffffffffffff8116604084015250612da160408401612a34565b73ffffffffffffffffffffffffffffffffffffffff8116606084015250612dca60608401612a34565b73ffffffffffffffffffffffffffffffffffffffff8116608084015250612df3608084016129c5565b67ffffffffffffffff811660a084015250612e1060a084016129c5565b67ffffffffffffffff811660c084015250612e2d60c08401612a3f565b6fffffffffffffffffffffffffffffffff811660e084015250612e5260e084016129c5565b67ffffffffffffffff81166101008401525061010083013561012083810191909152612e7f9084016129c5565b67ffffffffffffffff81166101408401525061014092909201356101609190910152919050565b6fffffffffffffffffffffffffffffffff8281168282160390811115611c3057611c30612cfa565b5f60208284031215612ede575f5ffd5b6129be826129c5565b67ffffffffffffffff8181168382160190811115611c3057611c30612cfa565b5f60208284031215612f17575f5ffd5b5051919050565b6fffffffffffffffffffffffffffffffff8181168382160190811115611c3057611c30612cfa56"
