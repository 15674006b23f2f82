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

// ERC3009CollectorMetaData contains all meta data concerning the ERC3009Collector contract.
var ERC3009CollectorMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"SETTLEMENT\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"collect\",\"inputs\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"channelId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"collectorData\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"error\",\"name\":\"NotSettlement\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]}]",
	ID:  "ERC3009Collector",
	Bin: "0x6080604052348015600e575f5ffd5b506105b18061001c5f395ff3fe608060405234801561000f575f5ffd5b5060043610610034575f3560e01c8063e416d8d314610038578063ef0fe2451461004d575b5f5ffd5b61004b61004636600461032b565b610091565b005b610068734020074e9df2ce1dee5a9c1b5c3f541d02a1000381565b60405173ffffffffffffffffffffffffffffffffffffffff909116815260200160405180910390f35b33734020074e9df2ce1dee5a9c1b5c3f541d02a10003146100de576040517fede09f2a00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f8080806100ee858701876103f9565b93509350935093505f8783604051602001610113929190918252602082015260400190565b604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08184030181529082905280516020909101207f88b7ab63000000000000000000000000000000000000000000000000000000008252915073ffffffffffffffffffffffffffffffffffffffff8b16906388b7ab63906101a7908e9030908e908b908b9089908b90600401610505565b5f604051808303815f87803b1580156101be575f5ffd5b505af11580156101d0573d5f5f3e3d5ffd5b5061020a9250505073ffffffffffffffffffffffffffffffffffffffff8b16734020074e9df2ce1dee5a9c1b5c3f541d02a100038b610217565b5050505050505050505050565b610224838383600161027b565b610276576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff8416600482015260240160405180910390fd5b505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8616600452602485905291602083604481808b5af1925060015f511483166102f75783831516156102eb573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b803573ffffffffffffffffffffffffffffffffffffffff81168114610326575f5ffd5b919050565b5f5f5f5f5f5f60a08789031215610340575f5ffd5b61034987610303565b955061035760208801610303565b94506040870135935060608701359250608087013567ffffffffffffffff811115610380575f5ffd5b8701601f81018913610390575f5ffd5b803567ffffffffffffffff8111156103a6575f5ffd5b8960208284010111156103b7575f5ffd5b60208201935080925050509295509295509295565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b5f5f5f5f6080858703121561040c575f5ffd5b843593506020850135925060408501359150606085013567ffffffffffffffff811115610437575f5ffd5b8501601f81018713610447575f5ffd5b803567ffffffffffffffff811115610461576104616103cc565b6040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0603f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8501160116810181811067ffffffffffffffff821117156104cd576104cd6103cc565b6040528181528282016020018910156104e4575f5ffd5b816020840160208301375f6020838301015280935050505092959194509250565b73ffffffffffffffffffffffffffffffffffffffff8816815273ffffffffffffffffffffffffffffffffffffffff871660208201528560408201528460608201528360808201528260a082015260e060c08201525f82518060e0840152806020850161010085015e5f61010082850101526101007fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8301168401019150509897505050505050505056",
}

// ERC3009Collector is an auto generated Go binding around an Ethereum contract.
type ERC3009Collector struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *ERC3009Collector) GetABI() abi.ABI {
	return c.abi
}

// NewERC3009Collector creates a new instance of ERC3009Collector.
func NewERC3009Collector() *ERC3009Collector {
	parsed, err := ERC3009CollectorMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &ERC3009Collector{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *ERC3009Collector) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackSETTLEMENT is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xef0fe245.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function SETTLEMENT() view returns(address)
func (eRC3009Collector *ERC3009Collector) PackSETTLEMENT() []byte {
	enc, err := eRC3009Collector.abi.Pack("SETTLEMENT")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSETTLEMENT is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xef0fe245.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function SETTLEMENT() view returns(address)
func (eRC3009Collector *ERC3009Collector) TryPackSETTLEMENT() ([]byte, error) {
	return eRC3009Collector.abi.Pack("SETTLEMENT")
}

// UnpackSETTLEMENT is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xef0fe245.
//
// Solidity: function SETTLEMENT() view returns(address)
func (eRC3009Collector *ERC3009Collector) UnpackSETTLEMENT(data []byte) (common.Address, error) {
	out, err := eRC3009Collector.abi.Unpack("SETTLEMENT", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackCollect is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe416d8d3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function collect(address payer, address token, uint256 amount, bytes32 channelId, bytes collectorData) returns()
func (eRC3009Collector *ERC3009Collector) PackCollect(payer common.Address, token common.Address, amount *big.Int, channelId [32]byte, collectorData []byte) []byte {
	enc, err := eRC3009Collector.abi.Pack("collect", payer, token, amount, channelId, collectorData)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCollect is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe416d8d3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function collect(address payer, address token, uint256 amount, bytes32 channelId, bytes collectorData) returns()
func (eRC3009Collector *ERC3009Collector) TryPackCollect(payer common.Address, token common.Address, amount *big.Int, channelId [32]byte, collectorData []byte) ([]byte, error) {
	return eRC3009Collector.abi.Pack("collect", payer, token, amount, channelId, collectorData)
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (eRC3009Collector *ERC3009Collector) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], eRC3009Collector.abi.Errors["NotSettlement"].ID.Bytes()[:4]) {
		return eRC3009Collector.UnpackNotSettlementError(raw[4:])
	}
	if bytes.Equal(raw[:4], eRC3009Collector.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return eRC3009Collector.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// ERC3009CollectorNotSettlement represents a NotSettlement error raised by the ERC3009Collector contract.
type ERC3009CollectorNotSettlement struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSettlement()
func ERC3009CollectorNotSettlementErrorID() common.Hash {
	return common.HexToHash("0xede09f2a61f10d397e02e4ee121ef958b7012fa0a8a10aa4499ee246e6d949a2")
}

// UnpackNotSettlementError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSettlement()
func (eRC3009Collector *ERC3009Collector) UnpackNotSettlementError(raw []byte) (*ERC3009CollectorNotSettlement, error) {
	out := new(ERC3009CollectorNotSettlement)
	if err := eRC3009Collector.abi.UnpackIntoInterface(out, "NotSettlement", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ERC3009CollectorSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the ERC3009Collector contract.
type ERC3009CollectorSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func ERC3009CollectorSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (eRC3009Collector *ERC3009Collector) UnpackSafeERC20FailedOperationError(raw []byte) (*ERC3009CollectorSafeERC20FailedOperation, error) {
	out := new(ERC3009CollectorSafeERC20FailedOperation)
	if err := eRC3009Collector.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ERC3009CollectorRuntime is the code of a deployed ERC3009Collector, for a genesis block to place.
const ERC3009CollectorRuntime = "0x608060405234801561000f575f5ffd5b5060043610610034575f3560e01c8063e416d8d314610038578063ef0fe2451461004d575b5f5ffd5b61004b61004636600461032b565b610091565b005b610068734020074e9df2ce1dee5a9c1b5c3f541d02a1000381565b60405173ffffffffffffffffffffffffffffffffffffffff909116815260200160405180910390f35b33734020074e9df2ce1dee5a9c1b5c3f541d02a10003146100de576040517fede09f2a00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f8080806100ee858701876103f9565b93509350935093505f8783604051602001610113929190918252602082015260400190565b604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08184030181529082905280516020909101207f88b7ab63000000000000000000000000000000000000000000000000000000008252915073ffffffffffffffffffffffffffffffffffffffff8b16906388b7ab63906101a7908e9030908e908b908b9089908b90600401610505565b5f604051808303815f87803b1580156101be575f5ffd5b505af11580156101d0573d5f5f3e3d5ffd5b5061020a9250505073ffffffffffffffffffffffffffffffffffffffff8b16734020074e9df2ce1dee5a9c1b5c3f541d02a100038b610217565b5050505050505050505050565b610224838383600161027b565b610276576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff8416600482015260240160405180910390fd5b505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8616600452602485905291602083604481808b5af1925060015f511483166102f75783831516156102eb573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b803573ffffffffffffffffffffffffffffffffffffffff81168114610326575f5ffd5b919050565b5f5f5f5f5f5f60a08789031215610340575f5ffd5b61034987610303565b955061035760208801610303565b94506040870135935060608701359250608087013567ffffffffffffffff811115610380575f5ffd5b8701601f81018913610390575f5ffd5b803567ffffffffffffffff8111156103a6575f5ffd5b8960208284010111156103b7575f5ffd5b60208201935080925050509295509295509295565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b5f5f5f5f6080858703121561040c575f5ffd5b843593506020850135925060408501359150606085013567ffffffffffffffff811115610437575f5ffd5b8501601f81018713610447575f5ffd5b803567ffffffffffffffff811115610461576104616103cc565b6040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0603f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8501160116810181811067ffffffffffffffff821117156104cd576104cd6103cc565b6040528181528282016020018910156104e4575f5ffd5b816020840160208301375f6020838301015280935050505092959194509250565b73ffffffffffffffffffffffffffffffffffffffff8816815273ffffffffffffffffffffffffffffffffffffffff871660208201528560408201528460608201528360808201528260a082015260e060c08201525f82518060e0840152806020850161010085015e5f61010082850101526101007fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8301168401019150509897505050505050505056"
