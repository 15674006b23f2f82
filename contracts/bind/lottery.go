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
	ABI: "[{\"type\":\"function\",\"name\":\"BURNED\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"GRACE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"WINDOW\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"deposit\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"escrow\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"digestOf\",\"inputs\":[{\"name\":\"ticket\",\"type\":\"tuple\",\"internalType\":\"structLottery.Ticket\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"domainSeparator\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"enforce\",\"inputs\":[{\"name\":\"ticket\",\"type\":\"tuple\",\"internalType\":\"structLottery.Ticket\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"fate\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"lockFor\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"potOf\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structLottery.Pot\",\"components\":[{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"escrow\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"warnedAmount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"warnedEscrow\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"unlockAt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"heldUntil\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"protest\",\"inputs\":[{\"name\":\"ticket\",\"type\":\"tuple\",\"internalType\":\"structLottery.Ticket\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"reveal\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"redeem\",\"inputs\":[{\"name\":\"ticket\",\"type\":\"tuple\",\"internalType\":\"structLottery.Ticket\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"reveal\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"redeemMany\",\"inputs\":[{\"name\":\"tickets\",\"type\":\"tuple[]\",\"internalType\":\"structLottery.Ticket[]\",\"components\":[{\"name\":\"funder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"series\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"number\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"face\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"commitment\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"seed\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"reveals\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"signatures\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"}],\"outputs\":[{\"name\":\"paid\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"warn\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"escrow\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"wins\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"reveal\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"ratio\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"EscrowBurned\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"funder\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PotChanged\",\"inputs\":[{\"name\":\"funder\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"escrow\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"warnedAmount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"warnedEscrow\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"unlockAt\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"heldUntil\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Protested\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"reveal\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"face\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Redeemed\",\"inputs\":[{\"name\":\"digest\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"face\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Withdrawn\",\"inputs\":[{\"name\":\"funder\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payer\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"payee\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"escrow\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AlreadyPaid\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"AlreadyProtested\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"CanBePaid\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureLength\",\"inputs\":[{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureS\",\"inputs\":[{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"Locked\",\"inputs\":[{\"name\":\"unlockAt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"MixedBatch\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoEscrow\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoFunder\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoPayee\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotAWinner\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotCovered\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotNow\",\"inputs\":[{\"name\":\"from\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"until\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NotProtested\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NothingPaid\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NothingToWithdraw\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ReentrancyGuardReentrantCall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"TicketExpired\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongAmountReceived\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongReveal\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongSigner\",\"inputs\":[]}]",
	ID:  "Lottery",
	Bin: "0x6080604052348015600e575f5ffd5b50612d378061001c5f395ff3fe608060405234801561000f575f5ffd5b5060043610610115575f3560e01c8063a53e5412116100ad578063d69833951161007d578063dc1318af11610063578063dc1318af14610300578063e40fe07f14610313578063f698da2514610326575f5ffd5b8063d6983395146102da578063d740d4f4146102ed575f5ffd5b8063a53e54121461015e578063a7b16fd8146101fa578063d2dcecbc146102b4578063d3ab844c146102c7575f5ffd5b806369b41170116100e857806369b411701461015e57806371f719941461019457806386f13904146101c25780638bce69fd146101e5575f5ffd5b8063048c037e146101195780630764c1ed1461014b578063137d29d91461015e57806352e3d63c14610181575b5f5ffd5b610138610127366004612666565b60016020525f908152604090205481565b6040519081526020015b60405180910390f35b6101386101593660046126c5565b6103cd565b6101686201518081565b60405167ffffffffffffffff9091168152602001610142565b61013861018f3660046127ab565b610680565b61019d61dead81565b60405173ffffffffffffffffffffffffffffffffffffffff9091168152602001610142565b6101d56101d03660046127e9565b6107d0565b6040519015158152602001610142565b6101f86101f3366004612866565b610842565b005b61020d6102083660046128cd565b610867565b60405161014291905f60c0820190506fffffffffffffffffffffffffffffffff83511682526fffffffffffffffffffffffffffffffff60208401511660208301526fffffffffffffffffffffffffffffffff60408401511660408301526fffffffffffffffffffffffffffffffff606084015116606083015267ffffffffffffffff608084015116608083015267ffffffffffffffff60a08401511660a083015292915050565b6101f86102c2366004612926565b610997565b6101f86102d53660046127ab565b610afb565b6101f86102e83660046129ad565b610e75565b6101f86102fb3660046128cd565b610ed8565b6101f861030e366004612926565b6112fc565b6101f8610321366004612866565b61165d565b610138604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f6f5e27c1f9b6fc34c70e4164baa5d6419103f77f5fda841c7854f39ff05aef9c918101919091527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b5f6103d66117b1565b5f5f5b878110156105be57368989838181106103f4576103f46129fc565b90506101600201905089895f81811061040f5761040f6129fc565b9050610160020160400160208101906104289190612a29565b73ffffffffffffffffffffffffffffffffffffffff1661044e6060830160408401612a29565b73ffffffffffffffffffffffffffffffffffffffff161415806104d6575089895f81811061047e5761047e6129fc565b9050610160020160600160208101906104979190612a29565b73ffffffffffffffffffffffffffffffffffffffff166104bd6080830160608401612a29565b73ffffffffffffffffffffffffffffffffffffffff1614155b1561050d576040517ff023dc8300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61051782610680565b905061056082828b8b87818110610530576105306129fc565b905060200201358a8a88818110610549576105496129fc565b905060200281019061055b9190612a44565b6117e8565b5f61056b8383611918565b600381111561057c5761057c612aa5565b036105b45761059160e0830160c08401612ad2565b6105ad906fffffffffffffffffffffffffffffffff1686612b18565b9450600193505b50506001016103d9565b50806105f6576040517f56baacf600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61066d88885f81811061060b5761060b6129fc565b9050610160020160400160208101906106249190612a29565b838a8a5f818110610637576106376129fc565b9050610160020160600160208101906106509190612a29565b73ffffffffffffffffffffffffffffffffffffffff169190611b50565b50610676611bb0565b9695505050505050565b5f610728604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f6f5e27c1f9b6fc34c70e4164baa5d6419103f77f5fda841c7854f39ff05aef9c918101919091527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b7fa7c51a63b019cc42ca56a409f8cb930624b07810568effee2ab074e720769fbc8360405160200161075b929190612b2b565b604051602081830303815290604052805190602001206040516020016107b39291907f190100000000000000000000000000000000000000000000000000000000000081526002810192909252602282015260420190565b604051602081830303815290604052805190602001209050919050565b5f8167ffffffffffffffff1684846040516020016107f8929190918252602082015260400190565b604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0818403018152919052805160209091012067ffffffffffffffff161115949350505050565b61084a6117b1565b6108588585855f8686611bda565b610860611bb0565b5050505050565b6040805160c0810182525f80825260208201819052918101829052606081018290526080810182905260a0810182905290806108f9878787876040805173ffffffffffffffffffffffffffffffffffffffff95861660208083019190915294861681830152928516606084015293166080808301919091528351808303909101815260a0909101909252815191012090565b815260208082019290925260409081015f20815160c08101835281546fffffffffffffffffffffffffffffffff808216835270010000000000000000000000000000000091829004811695830195909552600183015480861694830194909452909204909216606082015260029091015467ffffffffffffffff8082166080840152680100000000000000009091041660a082015295945050505050565b61099f6117b1565b5f6109a985610680565b90506109b885828686866117e8565b5f6109c38683611918565b905060018160038111156109d9576109d9612aa5565b03610a10576040517fd70a0e3000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6002816003811115610a2457610a24612aa5565b03610a5b576040517f40d3544700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6003816003811115610a6f57610a6f612aa5565b03610aa6576040517fd85c1cd700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610aeb610ab96060880160408901612a29565b610ac960e0890160c08a01612ad2565b6fffffffffffffffffffffffffffffffff1661065060808a0160608b01612a29565b5050610af5611bb0565b50505050565b610b036117b1565b5f610b0d82610680565b5f8181526001602052604090205490915060028111610b58576040517f0807b9b500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610b656201518082612b18565b421080610b785750610b7681611f06565b155b15610be257610b8a6201518082612b18565b62015180610b988184612b18565b610ba29190612b18565b6040517f953cb423000000000000000000000000000000000000000000000000000000008152600481019290925260248201526044015b60405180910390fd5b5f610bed8484611918565b6003811115610bfe57610bfe612aa5565b03610c4f57610c48610c166060850160408601612a29565b610c2660e0860160c08701612ad2565b6fffffffffffffffffffffffffffffffff166106506080870160608801612a29565b5050610e6a565b5f828152600160205260408120600290558080610ceb610c756080880160608901612a29565b610c826020890189612a29565b610c9260408a0160208b01612a29565b6040805173ffffffffffffffffffffffffffffffffffffffff948516602080830191909152938516818301529190931660608201525f6080808301919091528351808303909101815260a0909101909252815191012090565b815260208101919091526040015f2080546fffffffffffffffffffffffffffffffff8082168355919250700100000000000000000000000000000000900416610d3382611f33565b610d6a610d466080870160608801612a29565b610d536020880188612a29565b610d636040890160208a01612a29565b5f86612015565b610d7a6040860160208701612a29565b73ffffffffffffffffffffffffffffffffffffffff16610d9d6020870187612a29565b73ffffffffffffffffffffffffffffffffffffffff16857fb7c0c6a2243fdadc5a27f864878c8956575f9a2b4b9ff8d8596fa8aa56f21e7e610de560808a0160608b01612a29565b6040805173ffffffffffffffffffffffffffffffffffffffff90921682526fffffffffffffffffffffffffffffffff871660208301520160405180910390a46fffffffffffffffffffffffffffffffff811615610e6557610e6561dead6fffffffffffffffffffffffffffffffff83166106506080890160608a01612a29565b505050505b610e72611bb0565b50565b610e7d6117b1565b73ffffffffffffffffffffffffffffffffffffffff8216610eca576040517f4346e6e800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61085885858585855f611bda565b610ee06117b1565b6040805173ffffffffffffffffffffffffffffffffffffffff868116602080840191909152338385015286821660608401529085166080808401919091528351808403909101815260a090920183528151918101919091205f9081529081905220600281015467ffffffffffffffff161580610f695750600281015467ffffffffffffffff1642105b15610fb25760028101546040517feada265800000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610bd9565b600181015460028201546fffffffffffffffffffffffffffffffff909116905f9068010000000000000000900467ffffffffffffffff164211610ff5575f611021565b600183015470010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff165b90506fffffffffffffffffffffffffffffffff821615801561105357506fffffffffffffffffffffffffffffffff8116155b1561108a576040517fd0d04f6000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8254829084905f906110af9084906fffffffffffffffffffffffffffffffff16612c97565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff16021790555080835f0160108282829054906101000a90046fffffffffffffffffffffffffffffffff166111139190612c97565b82546101009290920a6fffffffffffffffffffffffffffffffff8181021990931691831602179091556001850180547fffffffffffffffffffffffffffffffff0000000000000000000000000000000016808255849350909160109161118f918591700100000000000000000000000000000000900416612c97565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff1602179055508260010160109054906101000a90046fffffffffffffffffffffffffffffffff166fffffffffffffffffffffffffffffffff165f03611229576002830180547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001690555b6112368733888887612015565b6040805173ffffffffffffffffffffffffffffffffffffffff898116825286811660208301526fffffffffffffffffffffffffffffffff858116838501528416606083015291518783169289169133917fd64b23b1732e08556b72f5ce8b2b1fd40bb96f8f6de541053dce3bd46514231d9181900360800190a46112f1846112d36fffffffffffffffffffffffffffffffff808516908616612b18565b73ffffffffffffffffffffffffffffffffffffffff8a169190611b50565b505050610af5611bb0565b6113046117b1565b5f61130e85610680565b905061131d85828686866117e8565b5f818152600160205260409020547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8101611384576040517fd70a0e3000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80156113bc576040517ff7aefa8900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6113ce61014087016101208801612cbf565b67ffffffffffffffff16421115611411576040517f40d3544700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61141b876120eb565b505090508015611457576040517f8c27987e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f808061148a61146d60808c0160608d01612a29565b61147a60208d018d612a29565b610c9260408e0160208f01612a29565b815260208101919091526040015f908120805490925070010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff1690036114fe576040517f769cabf100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f84815260016020526040902042908190556201518090611520908290612cd8565b61152a9190612cd8565b60028201805467ffffffffffffffff9290921668010000000000000000027fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff9092169190911790556115826060890160408a01612a29565b73ffffffffffffffffffffffffffffffffffffffff166115a860408a0160208b01612a29565b73ffffffffffffffffffffffffffffffffffffffff16857f8b4b11bd15b2f3e77f7679b47186b3cd9a23dabd300185240540217a8c807e928a6115f160e08e0160c08f01612ad2565b604080519283526fffffffffffffffffffffffffffffffff90911660208301520160405180910390a461165161162d60808a0160608b01612a29565b61163a60208b018b612a29565b61164a60408c0160208d01612a29565b5f85612015565b50505050610af5611bb0565b6040805173ffffffffffffffffffffffffffffffffffffffff878116602080840191909152338385015287821660608401529086166080808401919091528351808403909101815260a090920183528151918101919091205f90815290819052206fffffffffffffffffffffffffffffffff828116700100000000000000000000000000000000029084161760018201556116f781611f33565b60018101545f906fffffffffffffffffffffffffffffffff161515806117465750600182015470010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff1615155b905080611753575f611760565b6117606201518042612cd8565b6002830180547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001667ffffffffffffffff929092169190911790556117a88733888886612015565b50505050505050565b6117b9612224565b6117e660017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005b9061227d565b565b8461010001358360405160200161180191815260200190565b604051602081830303815290604052805190602001201461184e576040517f37344e7600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61186484846101d0610100890160e08a01612cbf565b61189a576040517fb19a9f8200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6118aa6040860160208701612a29565b73ffffffffffffffffffffffffffffffffffffffff166118cb858484612284565b73ffffffffffffffffffffffffffffffffffffffff1614610860576040517fa7932e6a00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f818152600160205260408120547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8101611957576001915050611b4a565b61196961014085016101208601612cbf565b67ffffffffffffffff1642118015611987575061198581611f06565b155b15611996576002915050611b4a565b5f5f5f6119a2876120eb565b925092509250826119ba576003945050505050611b4a565b5f868152600160208190526040909120556119db60e0880160c08901612ad2565b825483905f906119fe9084906fffffffffffffffffffffffffffffffff16612c97565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550611a3d82611f33565b611a74611a506080890160608a01612a29565b611a5d60208a018a612a29565b611a6d60408b0160208c01612a29565b8486612015565b611a846060880160408901612a29565b73ffffffffffffffffffffffffffffffffffffffff16611aaa6040890160208a01612a29565b73ffffffffffffffffffffffffffffffffffffffff16877f9576c94799efd9333d79df12312bb6e78f1c284969da9fa41408d330d5cf0a27611af260808c0160608d01612a29565b611b0260e08d0160c08e01612ad2565b6040805173ffffffffffffffffffffffffffffffffffffffff90931683526fffffffffffffffffffffffffffffffff90911660208301520160405180910390a45f9450505050505b92915050565b611b5d83838360016122ae565b611bab576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff84166004820152602401610bd9565b505050565b6117e65f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f006117e0565b73ffffffffffffffffffffffffffffffffffffffff8516611c27576040517f393722bd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6040805173ffffffffffffffffffffffffffffffffffffffff8881166020808401919091528882168385015287821660608401529086166080808401919091528351808403909101815260a090920183528151918101919091205f90815290819052908120805490918491839190611cb29084906fffffffffffffffffffffffffffffffff16612cf8565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff16021790555081815f0160108282829054906101000a90046fffffffffffffffffffffffffffffffff16611d169190612cf8565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550611d598787878785612015565b5f611d796fffffffffffffffffffffffffffffffff808516908616612b18565b6040517f70a082310000000000000000000000000000000000000000000000000000000081523060048201529091505f9073ffffffffffffffffffffffffffffffffffffffff8a16906370a0823190602401602060405180830381865afa158015611de6573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611e0a9190612d20565b9050611e2e73ffffffffffffffffffffffffffffffffffffffff8a16333085612336565b611e388282612b18565b6040517f70a0823100000000000000000000000000000000000000000000000000000000815230600482015273ffffffffffffffffffffffffffffffffffffffff8b16906370a0823190602401602060405180830381865afa158015611ea0573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611ec49190612d20565b14611efb576040517f6d799c4a00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b505050505050505050565b5f600282118015611b4a575062015180611f208184612b18565b611f2a9190612b18565b42111592915050565b805460018201546fffffffffffffffffffffffffffffffff91821691161115611f9b5780546001820180547fffffffffffffffffffffffffffffffff00000000000000000000000000000000166fffffffffffffffffffffffffffffffff9092169190911790555b805460018201546fffffffffffffffffffffffffffffffff70010000000000000000000000000000000092839004811692909104161115610e725780546001820180546fffffffffffffffffffffffffffffffff700100000000000000000000000000000000938490048116909302921691909117905550565b8054600182015460028301546040805173ffffffffffffffffffffffffffffffffffffffff8a811682526fffffffffffffffffffffffffffffffff808716602084015270010000000000000000000000000000000096879004811683850152808616606084015295909404909416608085015267ffffffffffffffff80831660a08601526801000000000000000090920490911660c08401525184821692868316928816917f759207b49fb2ae719494b18e7ab17e3964c25136f4e57b076c90ae202c425ffb9181900360e00190a45050505050565b5f80806120fe6060850160408601612a29565b90505f8061218c6121156080880160608901612a29565b6121226020890189612a29565b61213260408a0160208b01612a29565b866040805173ffffffffffffffffffffffffffffffffffffffff95861660208083019190915294861681830152928516606084015293166080808301919091528351808303909101815260a0909101909252815191012090565b815260208101919091526040015f2091506121ad60e0850160c08601612ad2565b82546fffffffffffffffffffffffffffffffff918216911610156121f257505f80806121e26121156080880160608901612a29565b81526020019081526020015f2091505b61220260e0850160c08601612ad2565b82546fffffffffffffffffffffffffffffffff91821691161015949193509150565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c156117e6576040517f3ee5aeb500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80825d5050565b5f5f5f5f612293878787612392565b9250925092506122a382826123d9565b509095945050505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8616600452602485905291602083604481808b5af1925060015f5114831661232a57838315161561231e573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b6123448484848460016124e0565b610af5576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff85166004820152602401610bd9565b5f808060418490036123c6578435602086013560408701355f1a6123b889828585612573565b9550955095505050506123d0565b505f915060029050825b93509350939050565b5f8260038111156123ec576123ec612aa5565b036123f5575050565b600182600381111561240957612409612aa5565b03612440576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b600282600381111561245457612454612aa5565b0361248e576040517ffce698f700000000000000000000000000000000000000000000000000000000815260048101829052602401610bd9565b60038260038111156124a2576124a2612aa5565b036124dc576040517fd78bce0c00000000000000000000000000000000000000000000000000000000815260048101829052602401610bd9565b5050565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8781166004528616602452604485905291602083606481808c5af1925060015f51148316612562578383151615612556573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411156125ac57505f9150600390508261265c565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa1580156125fd573d5f5f3e3d5ffd5b50506040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0015191505073ffffffffffffffffffffffffffffffffffffffff811661265357505f92506001915082905061265c565b92505f91508190505b9450945094915050565b5f60208284031215612676575f5ffd5b5035919050565b5f5f83601f84011261268d575f5ffd5b50813567ffffffffffffffff8111156126a4575f5ffd5b6020830191508360208260051b85010111156126be575f5ffd5b9250929050565b5f5f5f5f5f5f606087890312156126da575f5ffd5b863567ffffffffffffffff8111156126f0575f5ffd5b8701601f81018913612700575f5ffd5b803567ffffffffffffffff811115612716575f5ffd5b8960206101608302840101111561272b575f5ffd5b60209182019750955087013567ffffffffffffffff81111561274b575f5ffd5b61275789828a0161267d565b909550935050604087013567ffffffffffffffff811115612776575f5ffd5b61278289828a0161267d565b979a9699509497509295939492505050565b5f61016082840312156127a5575f5ffd5b50919050565b5f61016082840312156127bc575f5ffd5b6127c68383612794565b9392505050565b803567ffffffffffffffff811681146127e4575f5ffd5b919050565b5f5f5f606084860312156127fb575f5ffd5b8335925060208401359150612812604085016127cd565b90509250925092565b73ffffffffffffffffffffffffffffffffffffffff81168114610e72575f5ffd5b80356127e48161281b565b80356fffffffffffffffffffffffffffffffff811681146127e4575f5ffd5b5f5f5f5f5f60a0868803121561287a575f5ffd5b85356128858161281b565b945060208601356128958161281b565b935060408601356128a58161281b565b92506128b360608701612847565b91506128c160808701612847565b90509295509295909350565b5f5f5f5f608085870312156128e0575f5ffd5b84356128eb8161281b565b935060208501356128fb8161281b565b9250604085013561290b8161281b565b9150606085013561291b8161281b565b939692955090935050565b5f5f5f5f6101a0858703121561293a575f5ffd5b6129448686612794565b9350610160850135925061018085013567ffffffffffffffff811115612968575f5ffd5b8501601f81018713612978575f5ffd5b803567ffffffffffffffff81111561298e575f5ffd5b87602082840101111561299f575f5ffd5b949793965060200194505050565b5f5f5f5f5f60a086880312156129c1575f5ffd5b85356129cc8161281b565b945060208601356129dc8161281b565b935060408601356129ec8161281b565b925060608601356128b38161281b565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b5f60208284031215612a39575f5ffd5b81356127c68161281b565b5f5f83357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1843603018112612a77575f5ffd5b83018035915067ffffffffffffffff821115612a91575f5ffd5b6020019150368190038213156126be575f5ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b5f60208284031215612ae2575f5ffd5b6127c682612847565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b80820180821115611b4a57611b4a612aeb565b8281526101808101612b5d60208301612b438561283c565b73ffffffffffffffffffffffffffffffffffffffff169052565b612b696020840161283c565b73ffffffffffffffffffffffffffffffffffffffff8116604084015250612b926040840161283c565b73ffffffffffffffffffffffffffffffffffffffff8116606084015250612bbb6060840161283c565b73ffffffffffffffffffffffffffffffffffffffff8116608084015250612be4608084016127cd565b67ffffffffffffffff811660a084015250612c0160a084016127cd565b67ffffffffffffffff811660c084015250612c1e60c08401612847565b6fffffffffffffffffffffffffffffffff811660e084015250612c4360e084016127cd565b67ffffffffffffffff81166101008401525061010083013561012083810191909152612c709084016127cd565b67ffffffffffffffff81166101408401525061014092909201356101609190910152919050565b6fffffffffffffffffffffffffffffffff8281168282160390811115611b4a57611b4a612aeb565b5f60208284031215612ccf575f5ffd5b6127c6826127cd565b67ffffffffffffffff8181168382160190811115611b4a57611b4a612aeb565b6fffffffffffffffffffffffffffffffff8181168382160190811115611b4a57611b4a612aeb565b5f60208284031215612d30575f5ffd5b505191905056",
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

// PackFate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x048c037e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function fate(bytes32 digest) view returns(uint256)
func (lottery *Lottery) PackFate(digest [32]byte) []byte {
	enc, err := lottery.abi.Pack("fate", digest)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x048c037e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function fate(bytes32 digest) view returns(uint256)
func (lottery *Lottery) TryPackFate(digest [32]byte) ([]byte, error) {
	return lottery.abi.Pack("fate", digest)
}

// UnpackFate is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x048c037e.
//
// Solidity: function fate(bytes32 digest) view returns(uint256)
func (lottery *Lottery) UnpackFate(data []byte) (*big.Int, error) {
	out, err := lottery.abi.Unpack("fate", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
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
// Solidity: function redeemMany((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32)[] tickets, bytes32[] reveals, bytes[] signatures) returns(uint256 paid)
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
// Solidity: function redeemMany((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32)[] tickets, bytes32[] reveals, bytes[] signatures) returns(uint256 paid)
func (lottery *Lottery) TryPackRedeemMany(tickets []LotteryTicket, reveals [][32]byte, signatures [][]byte) ([]byte, error) {
	return lottery.abi.Pack("redeemMany", tickets, reveals, signatures)
}

// UnpackRedeemMany is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0764c1ed.
//
// Solidity: function redeemMany((address,address,address,address,uint64,uint64,uint128,uint64,bytes32,uint64,bytes32)[] tickets, bytes32[] reveals, bytes[] signatures) returns(uint256 paid)
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
// Solidity: event Redeemed(bytes32 indexed digest, address indexed payer, address indexed payee, address token, uint128 face)
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
const LotteryRuntime = "0x608060405234801561000f575f5ffd5b5060043610610115575f3560e01c8063a53e5412116100ad578063d69833951161007d578063dc1318af11610063578063dc1318af14610300578063e40fe07f14610313578063f698da2514610326575f5ffd5b8063d6983395146102da578063d740d4f4146102ed575f5ffd5b8063a53e54121461015e578063a7b16fd8146101fa578063d2dcecbc146102b4578063d3ab844c146102c7575f5ffd5b806369b41170116100e857806369b411701461015e57806371f719941461019457806386f13904146101c25780638bce69fd146101e5575f5ffd5b8063048c037e146101195780630764c1ed1461014b578063137d29d91461015e57806352e3d63c14610181575b5f5ffd5b610138610127366004612666565b60016020525f908152604090205481565b6040519081526020015b60405180910390f35b6101386101593660046126c5565b6103cd565b6101686201518081565b60405167ffffffffffffffff9091168152602001610142565b61013861018f3660046127ab565b610680565b61019d61dead81565b60405173ffffffffffffffffffffffffffffffffffffffff9091168152602001610142565b6101d56101d03660046127e9565b6107d0565b6040519015158152602001610142565b6101f86101f3366004612866565b610842565b005b61020d6102083660046128cd565b610867565b60405161014291905f60c0820190506fffffffffffffffffffffffffffffffff83511682526fffffffffffffffffffffffffffffffff60208401511660208301526fffffffffffffffffffffffffffffffff60408401511660408301526fffffffffffffffffffffffffffffffff606084015116606083015267ffffffffffffffff608084015116608083015267ffffffffffffffff60a08401511660a083015292915050565b6101f86102c2366004612926565b610997565b6101f86102d53660046127ab565b610afb565b6101f86102e83660046129ad565b610e75565b6101f86102fb3660046128cd565b610ed8565b6101f861030e366004612926565b6112fc565b6101f8610321366004612866565b61165d565b610138604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f6f5e27c1f9b6fc34c70e4164baa5d6419103f77f5fda841c7854f39ff05aef9c918101919091527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b5f6103d66117b1565b5f5f5b878110156105be57368989838181106103f4576103f46129fc565b90506101600201905089895f81811061040f5761040f6129fc565b9050610160020160400160208101906104289190612a29565b73ffffffffffffffffffffffffffffffffffffffff1661044e6060830160408401612a29565b73ffffffffffffffffffffffffffffffffffffffff161415806104d6575089895f81811061047e5761047e6129fc565b9050610160020160600160208101906104979190612a29565b73ffffffffffffffffffffffffffffffffffffffff166104bd6080830160608401612a29565b73ffffffffffffffffffffffffffffffffffffffff1614155b1561050d576040517ff023dc8300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61051782610680565b905061056082828b8b87818110610530576105306129fc565b905060200201358a8a88818110610549576105496129fc565b905060200281019061055b9190612a44565b6117e8565b5f61056b8383611918565b600381111561057c5761057c612aa5565b036105b45761059160e0830160c08401612ad2565b6105ad906fffffffffffffffffffffffffffffffff1686612b18565b9450600193505b50506001016103d9565b50806105f6576040517f56baacf600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61066d88885f81811061060b5761060b6129fc565b9050610160020160400160208101906106249190612a29565b838a8a5f818110610637576106376129fc565b9050610160020160600160208101906106509190612a29565b73ffffffffffffffffffffffffffffffffffffffff169190611b50565b50610676611bb0565b9695505050505050565b5f610728604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f6f5e27c1f9b6fc34c70e4164baa5d6419103f77f5fda841c7854f39ff05aef9c918101919091527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b7fa7c51a63b019cc42ca56a409f8cb930624b07810568effee2ab074e720769fbc8360405160200161075b929190612b2b565b604051602081830303815290604052805190602001206040516020016107b39291907f190100000000000000000000000000000000000000000000000000000000000081526002810192909252602282015260420190565b604051602081830303815290604052805190602001209050919050565b5f8167ffffffffffffffff1684846040516020016107f8929190918252602082015260400190565b604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0818403018152919052805160209091012067ffffffffffffffff161115949350505050565b61084a6117b1565b6108588585855f8686611bda565b610860611bb0565b5050505050565b6040805160c0810182525f80825260208201819052918101829052606081018290526080810182905260a0810182905290806108f9878787876040805173ffffffffffffffffffffffffffffffffffffffff95861660208083019190915294861681830152928516606084015293166080808301919091528351808303909101815260a0909101909252815191012090565b815260208082019290925260409081015f20815160c08101835281546fffffffffffffffffffffffffffffffff808216835270010000000000000000000000000000000091829004811695830195909552600183015480861694830194909452909204909216606082015260029091015467ffffffffffffffff8082166080840152680100000000000000009091041660a082015295945050505050565b61099f6117b1565b5f6109a985610680565b90506109b885828686866117e8565b5f6109c38683611918565b905060018160038111156109d9576109d9612aa5565b03610a10576040517fd70a0e3000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6002816003811115610a2457610a24612aa5565b03610a5b576040517f40d3544700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6003816003811115610a6f57610a6f612aa5565b03610aa6576040517fd85c1cd700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610aeb610ab96060880160408901612a29565b610ac960e0890160c08a01612ad2565b6fffffffffffffffffffffffffffffffff1661065060808a0160608b01612a29565b5050610af5611bb0565b50505050565b610b036117b1565b5f610b0d82610680565b5f8181526001602052604090205490915060028111610b58576040517f0807b9b500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610b656201518082612b18565b421080610b785750610b7681611f06565b155b15610be257610b8a6201518082612b18565b62015180610b988184612b18565b610ba29190612b18565b6040517f953cb423000000000000000000000000000000000000000000000000000000008152600481019290925260248201526044015b60405180910390fd5b5f610bed8484611918565b6003811115610bfe57610bfe612aa5565b03610c4f57610c48610c166060850160408601612a29565b610c2660e0860160c08701612ad2565b6fffffffffffffffffffffffffffffffff166106506080870160608801612a29565b5050610e6a565b5f828152600160205260408120600290558080610ceb610c756080880160608901612a29565b610c826020890189612a29565b610c9260408a0160208b01612a29565b6040805173ffffffffffffffffffffffffffffffffffffffff948516602080830191909152938516818301529190931660608201525f6080808301919091528351808303909101815260a0909101909252815191012090565b815260208101919091526040015f2080546fffffffffffffffffffffffffffffffff8082168355919250700100000000000000000000000000000000900416610d3382611f33565b610d6a610d466080870160608801612a29565b610d536020880188612a29565b610d636040890160208a01612a29565b5f86612015565b610d7a6040860160208701612a29565b73ffffffffffffffffffffffffffffffffffffffff16610d9d6020870187612a29565b73ffffffffffffffffffffffffffffffffffffffff16857fb7c0c6a2243fdadc5a27f864878c8956575f9a2b4b9ff8d8596fa8aa56f21e7e610de560808a0160608b01612a29565b6040805173ffffffffffffffffffffffffffffffffffffffff90921682526fffffffffffffffffffffffffffffffff871660208301520160405180910390a46fffffffffffffffffffffffffffffffff811615610e6557610e6561dead6fffffffffffffffffffffffffffffffff83166106506080890160608a01612a29565b505050505b610e72611bb0565b50565b610e7d6117b1565b73ffffffffffffffffffffffffffffffffffffffff8216610eca576040517f4346e6e800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61085885858585855f611bda565b610ee06117b1565b6040805173ffffffffffffffffffffffffffffffffffffffff868116602080840191909152338385015286821660608401529085166080808401919091528351808403909101815260a090920183528151918101919091205f9081529081905220600281015467ffffffffffffffff161580610f695750600281015467ffffffffffffffff1642105b15610fb25760028101546040517feada265800000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610bd9565b600181015460028201546fffffffffffffffffffffffffffffffff909116905f9068010000000000000000900467ffffffffffffffff164211610ff5575f611021565b600183015470010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff165b90506fffffffffffffffffffffffffffffffff821615801561105357506fffffffffffffffffffffffffffffffff8116155b1561108a576040517fd0d04f6000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8254829084905f906110af9084906fffffffffffffffffffffffffffffffff16612c97565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff16021790555080835f0160108282829054906101000a90046fffffffffffffffffffffffffffffffff166111139190612c97565b82546101009290920a6fffffffffffffffffffffffffffffffff8181021990931691831602179091556001850180547fffffffffffffffffffffffffffffffff0000000000000000000000000000000016808255849350909160109161118f918591700100000000000000000000000000000000900416612c97565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff1602179055508260010160109054906101000a90046fffffffffffffffffffffffffffffffff166fffffffffffffffffffffffffffffffff165f03611229576002830180547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001690555b6112368733888887612015565b6040805173ffffffffffffffffffffffffffffffffffffffff898116825286811660208301526fffffffffffffffffffffffffffffffff858116838501528416606083015291518783169289169133917fd64b23b1732e08556b72f5ce8b2b1fd40bb96f8f6de541053dce3bd46514231d9181900360800190a46112f1846112d36fffffffffffffffffffffffffffffffff808516908616612b18565b73ffffffffffffffffffffffffffffffffffffffff8a169190611b50565b505050610af5611bb0565b6113046117b1565b5f61130e85610680565b905061131d85828686866117e8565b5f818152600160205260409020547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8101611384576040517fd70a0e3000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80156113bc576040517ff7aefa8900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6113ce61014087016101208801612cbf565b67ffffffffffffffff16421115611411576040517f40d3544700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61141b876120eb565b505090508015611457576040517f8c27987e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f808061148a61146d60808c0160608d01612a29565b61147a60208d018d612a29565b610c9260408e0160208f01612a29565b815260208101919091526040015f908120805490925070010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff1690036114fe576040517f769cabf100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f84815260016020526040902042908190556201518090611520908290612cd8565b61152a9190612cd8565b60028201805467ffffffffffffffff9290921668010000000000000000027fffffffffffffffffffffffffffffffff0000000000000000ffffffffffffffff9092169190911790556115826060890160408a01612a29565b73ffffffffffffffffffffffffffffffffffffffff166115a860408a0160208b01612a29565b73ffffffffffffffffffffffffffffffffffffffff16857f8b4b11bd15b2f3e77f7679b47186b3cd9a23dabd300185240540217a8c807e928a6115f160e08e0160c08f01612ad2565b604080519283526fffffffffffffffffffffffffffffffff90911660208301520160405180910390a461165161162d60808a0160608b01612a29565b61163a60208b018b612a29565b61164a60408c0160208d01612a29565b5f85612015565b50505050610af5611bb0565b6040805173ffffffffffffffffffffffffffffffffffffffff878116602080840191909152338385015287821660608401529086166080808401919091528351808403909101815260a090920183528151918101919091205f90815290819052206fffffffffffffffffffffffffffffffff828116700100000000000000000000000000000000029084161760018201556116f781611f33565b60018101545f906fffffffffffffffffffffffffffffffff161515806117465750600182015470010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff1615155b905080611753575f611760565b6117606201518042612cd8565b6002830180547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001667ffffffffffffffff929092169190911790556117a88733888886612015565b50505050505050565b6117b9612224565b6117e660017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005b9061227d565b565b8461010001358360405160200161180191815260200190565b604051602081830303815290604052805190602001201461184e576040517f37344e7600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61186484846101d0610100890160e08a01612cbf565b61189a576040517fb19a9f8200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6118aa6040860160208701612a29565b73ffffffffffffffffffffffffffffffffffffffff166118cb858484612284565b73ffffffffffffffffffffffffffffffffffffffff1614610860576040517fa7932e6a00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f818152600160205260408120547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8101611957576001915050611b4a565b61196961014085016101208601612cbf565b67ffffffffffffffff1642118015611987575061198581611f06565b155b15611996576002915050611b4a565b5f5f5f6119a2876120eb565b925092509250826119ba576003945050505050611b4a565b5f868152600160208190526040909120556119db60e0880160c08901612ad2565b825483905f906119fe9084906fffffffffffffffffffffffffffffffff16612c97565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550611a3d82611f33565b611a74611a506080890160608a01612a29565b611a5d60208a018a612a29565b611a6d60408b0160208c01612a29565b8486612015565b611a846060880160408901612a29565b73ffffffffffffffffffffffffffffffffffffffff16611aaa6040890160208a01612a29565b73ffffffffffffffffffffffffffffffffffffffff16877f9576c94799efd9333d79df12312bb6e78f1c284969da9fa41408d330d5cf0a27611af260808c0160608d01612a29565b611b0260e08d0160c08e01612ad2565b6040805173ffffffffffffffffffffffffffffffffffffffff90931683526fffffffffffffffffffffffffffffffff90911660208301520160405180910390a45f9450505050505b92915050565b611b5d83838360016122ae565b611bab576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff84166004820152602401610bd9565b505050565b6117e65f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f006117e0565b73ffffffffffffffffffffffffffffffffffffffff8516611c27576040517f393722bd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6040805173ffffffffffffffffffffffffffffffffffffffff8881166020808401919091528882168385015287821660608401529086166080808401919091528351808403909101815260a090920183528151918101919091205f90815290819052908120805490918491839190611cb29084906fffffffffffffffffffffffffffffffff16612cf8565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff16021790555081815f0160108282829054906101000a90046fffffffffffffffffffffffffffffffff16611d169190612cf8565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550611d598787878785612015565b5f611d796fffffffffffffffffffffffffffffffff808516908616612b18565b6040517f70a082310000000000000000000000000000000000000000000000000000000081523060048201529091505f9073ffffffffffffffffffffffffffffffffffffffff8a16906370a0823190602401602060405180830381865afa158015611de6573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611e0a9190612d20565b9050611e2e73ffffffffffffffffffffffffffffffffffffffff8a16333085612336565b611e388282612b18565b6040517f70a0823100000000000000000000000000000000000000000000000000000000815230600482015273ffffffffffffffffffffffffffffffffffffffff8b16906370a0823190602401602060405180830381865afa158015611ea0573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190611ec49190612d20565b14611efb576040517f6d799c4a00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b505050505050505050565b5f600282118015611b4a575062015180611f208184612b18565b611f2a9190612b18565b42111592915050565b805460018201546fffffffffffffffffffffffffffffffff91821691161115611f9b5780546001820180547fffffffffffffffffffffffffffffffff00000000000000000000000000000000166fffffffffffffffffffffffffffffffff9092169190911790555b805460018201546fffffffffffffffffffffffffffffffff70010000000000000000000000000000000092839004811692909104161115610e725780546001820180546fffffffffffffffffffffffffffffffff700100000000000000000000000000000000938490048116909302921691909117905550565b8054600182015460028301546040805173ffffffffffffffffffffffffffffffffffffffff8a811682526fffffffffffffffffffffffffffffffff808716602084015270010000000000000000000000000000000096879004811683850152808616606084015295909404909416608085015267ffffffffffffffff80831660a08601526801000000000000000090920490911660c08401525184821692868316928816917f759207b49fb2ae719494b18e7ab17e3964c25136f4e57b076c90ae202c425ffb9181900360e00190a45050505050565b5f80806120fe6060850160408601612a29565b90505f8061218c6121156080880160608901612a29565b6121226020890189612a29565b61213260408a0160208b01612a29565b866040805173ffffffffffffffffffffffffffffffffffffffff95861660208083019190915294861681830152928516606084015293166080808301919091528351808303909101815260a0909101909252815191012090565b815260208101919091526040015f2091506121ad60e0850160c08601612ad2565b82546fffffffffffffffffffffffffffffffff918216911610156121f257505f80806121e26121156080880160608901612a29565b81526020019081526020015f2091505b61220260e0850160c08601612ad2565b82546fffffffffffffffffffffffffffffffff91821691161015949193509150565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c156117e6576040517f3ee5aeb500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80825d5050565b5f5f5f5f612293878787612392565b9250925092506122a382826123d9565b509095945050505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8616600452602485905291602083604481808b5af1925060015f5114831661232a57838315161561231e573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b6123448484848460016124e0565b610af5576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff85166004820152602401610bd9565b5f808060418490036123c6578435602086013560408701355f1a6123b889828585612573565b9550955095505050506123d0565b505f915060029050825b93509350939050565b5f8260038111156123ec576123ec612aa5565b036123f5575050565b600182600381111561240957612409612aa5565b03612440576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b600282600381111561245457612454612aa5565b0361248e576040517ffce698f700000000000000000000000000000000000000000000000000000000815260048101829052602401610bd9565b60038260038111156124a2576124a2612aa5565b036124dc576040517fd78bce0c00000000000000000000000000000000000000000000000000000000815260048101829052602401610bd9565b5050565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8781166004528616602452604485905291602083606481808c5af1925060015f51148316612562578383151615612556573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411156125ac57505f9150600390508261265c565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa1580156125fd573d5f5f3e3d5ffd5b50506040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0015191505073ffffffffffffffffffffffffffffffffffffffff811661265357505f92506001915082905061265c565b92505f91508190505b9450945094915050565b5f60208284031215612676575f5ffd5b5035919050565b5f5f83601f84011261268d575f5ffd5b50813567ffffffffffffffff8111156126a4575f5ffd5b6020830191508360208260051b85010111156126be575f5ffd5b9250929050565b5f5f5f5f5f5f606087890312156126da575f5ffd5b863567ffffffffffffffff8111156126f0575f5ffd5b8701601f81018913612700575f5ffd5b803567ffffffffffffffff811115612716575f5ffd5b8960206101608302840101111561272b575f5ffd5b60209182019750955087013567ffffffffffffffff81111561274b575f5ffd5b61275789828a0161267d565b909550935050604087013567ffffffffffffffff811115612776575f5ffd5b61278289828a0161267d565b979a9699509497509295939492505050565b5f61016082840312156127a5575f5ffd5b50919050565b5f61016082840312156127bc575f5ffd5b6127c68383612794565b9392505050565b803567ffffffffffffffff811681146127e4575f5ffd5b919050565b5f5f5f606084860312156127fb575f5ffd5b8335925060208401359150612812604085016127cd565b90509250925092565b73ffffffffffffffffffffffffffffffffffffffff81168114610e72575f5ffd5b80356127e48161281b565b80356fffffffffffffffffffffffffffffffff811681146127e4575f5ffd5b5f5f5f5f5f60a0868803121561287a575f5ffd5b85356128858161281b565b945060208601356128958161281b565b935060408601356128a58161281b565b92506128b360608701612847565b91506128c160808701612847565b90509295509295909350565b5f5f5f5f608085870312156128e0575f5ffd5b84356128eb8161281b565b935060208501356128fb8161281b565b9250604085013561290b8161281b565b9150606085013561291b8161281b565b939692955090935050565b5f5f5f5f6101a0858703121561293a575f5ffd5b6129448686612794565b9350610160850135925061018085013567ffffffffffffffff811115612968575f5ffd5b8501601f81018713612978575f5ffd5b803567ffffffffffffffff81111561298e575f5ffd5b87602082840101111561299f575f5ffd5b949793965060200194505050565b5f5f5f5f5f60a086880312156129c1575f5ffd5b85356129cc8161281b565b945060208601356129dc8161281b565b935060408601356129ec8161281b565b925060608601356128b38161281b565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b5f60208284031215612a39575f5ffd5b81356127c68161281b565b5f5f83357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1843603018112612a77575f5ffd5b83018035915067ffffffffffffffff821115612a91575f5ffd5b6020019150368190038213156126be575f5ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b5f60208284031215612ae2575f5ffd5b6127c682612847565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b80820180821115611b4a57611b4a612aeb565b8281526101808101612b5d60208301612b438561283c565b73ffffffffffffffffffffffffffffffffffffffff169052565b612b696020840161283c565b73ffffffffffffffffffffffffffffffffffffffff8116604084015250612b926040840161283c565b73ffffffffffffffffffffffffffffffffffffffff8116606084015250612bbb6060840161283c565b73ffffffffffffffffffffffffffffffffffffffff8116608084015250612be4608084016127cd565b67ffffffffffffffff811660a084015250612c0160a084016127cd565b67ffffffffffffffff811660c084015250612c1e60c08401612847565b6fffffffffffffffffffffffffffffffff811660e084015250612c4360e084016127cd565b67ffffffffffffffff81166101008401525061010083013561012083810191909152612c709084016127cd565b67ffffffffffffffff81166101408401525061014092909201356101609190910152919050565b6fffffffffffffffffffffffffffffffff8281168282160390811115611b4a57611b4a612aeb565b5f60208284031215612ccf575f5ffd5b6127c6826127cd565b67ffffffffffffffff8181168382160190811115611b4a57611b4a612aeb565b6fffffffffffffffffffffffffffffffff8181168382160190811115611b4a57611b4a612aeb565b5f60208284031215612d30575f5ffd5b505191905056"
