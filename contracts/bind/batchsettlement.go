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

// ChannelConfig is an auto generated low-level Go binding around an user-defined struct.
type ChannelConfig struct {
	Payer              common.Address
	PayerAuthorizer    common.Address
	Receiver           common.Address
	ReceiverAuthorizer common.Address
	Token              common.Address
	WithdrawDelay      *big.Int
	Salt               [32]byte
}

// Voucher is an auto generated low-level Go binding around an user-defined struct.
type Voucher struct {
	Channel            ChannelConfig
	MaxClaimableAmount *big.Int
}

// VoucherClaim is an auto generated low-level Go binding around an user-defined struct.
type VoucherClaim struct {
	Voucher      Voucher
	Signature    []byte
	TotalClaimed *big.Int
}

// BatchSettlementMetaData contains all meta data concerning the BatchSettlement contract.
var BatchSettlementMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"CHANNEL_CONFIG_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"CLAIM_BATCH_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"CLAIM_ENTRY_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_WITHDRAW_DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint40\",\"internalType\":\"uint40\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MIN_WITHDRAW_DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint40\",\"internalType\":\"uint40\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"REFUND_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"VOUCHER_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"channels\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"balance\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"totalClaimed\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"claim\",\"inputs\":[{\"name\":\"voucherClaims\",\"type\":\"tuple[]\",\"internalType\":\"structVoucherClaim[]\",\"components\":[{\"name\":\"voucher\",\"type\":\"tuple\",\"internalType\":\"structVoucher\",\"components\":[{\"name\":\"channel\",\"type\":\"tuple\",\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"maxClaimableAmount\",\"type\":\"uint128\",\"internalType\":\"uint128\"}]},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"totalClaimed\",\"type\":\"uint128\",\"internalType\":\"uint128\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"claimWithSignature\",\"inputs\":[{\"name\":\"voucherClaims\",\"type\":\"tuple[]\",\"internalType\":\"structVoucherClaim[]\",\"components\":[{\"name\":\"voucher\",\"type\":\"tuple\",\"internalType\":\"structVoucher\",\"components\":[{\"name\":\"channel\",\"type\":\"tuple\",\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"maxClaimableAmount\",\"type\":\"uint128\",\"internalType\":\"uint128\"}]},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"totalClaimed\",\"type\":\"uint128\",\"internalType\":\"uint128\"}]},{\"name\":\"authorizerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"deposit\",\"inputs\":[{\"name\":\"config\",\"type\":\"tuple\",\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"collector\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"collectorData\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"finalizeWithdraw\",\"inputs\":[{\"name\":\"config\",\"type\":\"tuple\",\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"getChannelId\",\"inputs\":[{\"name\":\"config\",\"type\":\"tuple\",\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"getClaimBatchDigest\",\"inputs\":[{\"name\":\"voucherClaims\",\"type\":\"tuple[]\",\"internalType\":\"structVoucherClaim[]\",\"components\":[{\"name\":\"voucher\",\"type\":\"tuple\",\"internalType\":\"structVoucher\",\"components\":[{\"name\":\"channel\",\"type\":\"tuple\",\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"maxClaimableAmount\",\"type\":\"uint128\",\"internalType\":\"uint128\"}]},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"totalClaimed\",\"type\":\"uint128\",\"internalType\":\"uint128\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"getRefundDigest\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"nonce\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"getVoucherDigest\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"maxClaimableAmount\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"initiateWithdraw\",\"inputs\":[{\"name\":\"config\",\"type\":\"tuple\",\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"multicall\",\"inputs\":[{\"name\":\"data\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"}],\"outputs\":[{\"name\":\"results\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"pendingWithdrawals\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"initiatedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"receivers\",\"inputs\":[{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"totalClaimed\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"totalSettled\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"refund\",\"inputs\":[{\"name\":\"config\",\"type\":\"tuple\",\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"refundNonce\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"refundWithSignature\",\"inputs\":[{\"name\":\"config\",\"type\":\"tuple\",\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"amount\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"nonce\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"receiverAuthorizerSignature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"settle\",\"inputs\":[{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"ChannelClosed\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"config\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ChannelCreated\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"config\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structChannelConfig\",\"components\":[{\"name\":\"payer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"payerAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"receiverAuthorizer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"withdrawDelay\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Claimed\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"sender\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"claimAmount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"newTotalClaimed\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Deposited\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"sender\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"newBalance\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Refunded\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"sender\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Settled\",\"inputs\":[{\"name\":\"receiver\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"token\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"sender\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"WithdrawFinalized\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"sender\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"WithdrawInitiated\",\"inputs\":[{\"name\":\"channelId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"amount\",\"type\":\"uint128\",\"indexed\":false,\"internalType\":\"uint128\"},{\"name\":\"finalizeAfter\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AddressEmptyCode\",\"inputs\":[{\"name\":\"target\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ClaimExceedsBalance\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ClaimExceedsCeiling\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"DepositCollectionFailed\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"DepositOverflow\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureLength\",\"inputs\":[{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureS\",\"inputs\":[{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"EmptyBatch\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"FailedCall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidChannel\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidCollector\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidRefundNonce\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotAuthorizedToClaim\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotAuthorizedToFinalizeWithdraw\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotAuthorizedToRefund\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotReceiverAuthorizer\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NothingToWithdraw\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ReentrancyGuardReentrantCall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"WithdrawAmountExceedsAvailable\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WithdrawDelayNotElapsed\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WithdrawDelayOutOfRange\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WithdrawalAlreadyPending\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WithdrawalNotPending\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ZeroDeposit\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ZeroRefund\",\"inputs\":[]}]",
	ID:  "BatchSettlement",
	Bin: "0x6080604052348015600e575f5ffd5b5061377a8061001c5f395ff3fe608060405234801561000f575f5ffd5b506004361061019a575f3560e01c806394739e87116100e8578063ba94ec0d11610093578063e25cf1891161006e578063e25cf189146104c7578063e43ce1f2146104da578063e88377b1146104ed578063f0dc792e14610500575f5ffd5b8063ba94ec0d1461047a578063cf5cf3dc146104a1578063dce4bfae146104b4575f5ffd5b8063ae159439116100c3578063ae159439146103e2578063b77433e9146103eb578063b7f06ebe146103fe575f5ffd5b806394739e87146103885780639db32a8f146103af578063ac9650d8146103c2575f5ffd5b806353ab0fae1161014857806384b0196e1161012357806384b0196e14610333578063862bb1991461034e5780638e4a68ac14610361575f5ffd5b806353ab0fae146102b05780635e5e0b87146102d75780637a7ebd7b146102ea575f5ffd5b806321ff63891161017857806321ff63891461020d57806329237b0c1461028a578063488ccc3b1461029d575f5ffd5b8063140f1e751461019e5780631e69ef40146101b35780631fc3277d146101ed575b5f5ffd5b6101b16101ac366004612f46565b61051f565b005b6101da7fbe23ad087435072cd69b49cc5b92de10ee610fce7ae0ab428307972d764bb21681565b6040519081526020015b60405180910390f35b6101f762278d0081565b60405164ffffffffff90911681526020016101e4565b61026161021b366004612fbb565b600360209081525f92835260408084209091529082529020546fffffffffffffffffffffffffffffffff8082169170010000000000000000000000000000000090041682565b604080516fffffffffffffffffffffffffffffffff9384168152929091166020830152016101e4565b6101b161029836600461302d565b610940565b6101da6102ab36600461302d565b610b46565b6101da7f42bd57c010b870c2e96203c66341f28a6a19b4d56a74533a8eb5f706b9fd6d5781565b6101da6102e536600461306c565b610c75565b6102616102f8366004613086565b5f602081905290815260409020546fffffffffffffffffffffffffffffffff8082169170010000000000000000000000000000000090041682565b61033b610d82565b6040516101e497969594939291906130e9565b6101da61035c36600461319b565b610e5a565b6101da7f1c9a06ceab9b0ebbd3301dc56c9111bb6d9af421356dc9ccb3b7084c755db30881565b6101da7f1e1bd6ff84c3e0d9029a292b212e039c0ca97ec497c55191a4a5874294609a6981565b6101b16103bd366004612fbb565b610fd8565b6103d56103d036600461302d565b61116a565b6040516101e491906131bc565b6101f761038481565b6101b16103f936600461323d565b611250565b61044c61040c366004613086565b60016020525f90815260409020546fffffffffffffffffffffffffffffffff811690700100000000000000000000000000000000900464ffffffffff1682565b604080516fffffffffffffffffffffffffffffffff909316835264ffffffffff9091166020830152016101e4565b6101da7f30b9a0367528fca13c3e8ec6134c3113f1887ebe7a1ad61de0955aac288b0cf581565b6101b16104af36600461328e565b6112e9565b6101b16104c236600461328e565b611555565b6101da6104d53660046132b8565b6115af565b6101b16104e83660046132ea565b611731565b6101b16104fb36600461306c565b6119b1565b6101da61050e366004613086565b60026020525f908152604090205481565b610527611c19565b61053085611c50565b836fffffffffffffffffffffffffffffffff165f0361057b576040517f56316e8700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6001600160a01b0383166105bb576040517f18b1afd400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f6105c586610c75565b5f8181526020819052604090208054919250906fffffffffffffffffffffffffffffffff908116906105f8908290613383565b6fffffffffffffffffffffffffffffffff16876fffffffffffffffffffffffffffffffff161115610655576040517f1132981b00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61066660a08a0160808b016133ab565b6040517f70a082310000000000000000000000000000000000000000000000000000000081523060048201526001600160a01b0391909116906370a0823190602401602060405180830381865afa1580156106c3573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906106e791906133c4565b90506001600160a01b03871663e416d8d361070560208c018c6133ab565b61071560a08d0160808e016133ab565b8b888b8b6040518763ffffffff1660e01b815260040161073a969594939291906133db565b5f604051808303815f87803b158015610751575f5ffd5b505af1158015610763573d5f5f3e3d5ffd5b50505050876fffffffffffffffffffffffffffffffff16816107859190613467565b61079560a08b0160808c016133ab565b6040517f70a082310000000000000000000000000000000000000000000000000000000081523060048201526001600160a01b0391909116906370a0823190602401602060405180830381865afa1580156107f2573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061081691906133c4565b1461084d576040517feb43592c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610857888361347a565b83547fffffffffffffffffffffffffffffffff00000000000000000000000000000000166fffffffffffffffffffffffffffffffff91821617845582165f036108d357837f69d8248d5566bdb2ebc4d218970710d8378a2ff9b709a999e052b71970f808fa8a6040516108ca9190613555565b60405180910390a25b33847f6c2a09353b5e75e70d0b9778b80a413809bb235d46c211811c474b3346791d898a610901818761347a565b604080516fffffffffffffffffffffffffffffffff93841681529290911660208301520160405180910390a350505050610939611d7a565b5050505050565b610948611c19565b5f819003610982576040517fc2e5347d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f610a86604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b90505f5b82811015610b385736848483818110610aa557610aa5613563565b9050602002810190610ab79190613590565b9050610ac281611da4565b610af8576040517fdefb706900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610b2f83610b068584611df9565b878786818110610b1857610b18613563565b9050602002810190610b2a9190613590565b611e07565b50600101610a8a565b5050610b42611d7a565b5050565b5f5f610c4b604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b9050610c6b81610c668686610c61868a8a612224565b6122cf565b61249b565b9150505b92915050565b5f610c6f610d7c604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b83611df9565b5f6060805f5f5f6060600f6040518060400160405280601581526020017f7834303220426174636820536574746c656d656e7400000000000000000000008152506040518060400160405280600181526020017f310000000000000000000000000000000000000000000000000000000000000081525046305f5f67ffffffffffffffff811115610e1557610e156135cc565b604051908082528060200260200182016040528015610e3e578160200160208202803683370190505b5060f89690961b9d949c50929a50909850965094509092509050565b5f610fd1610f61604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b610c668585604080517f1e1bd6ff84c3e0d9029a292b212e039c0ca97ec497c55191a4a5874294609a6960208201529081018390526fffffffffffffffffffffffffffffffff821660608201525f9060800160405160208183030381529060405280519060200120905092915050565b9392505050565b610fe0611c19565b6001600160a01b038083165f9081526003602090815260408083209385168352929052908120805490919061103d906fffffffffffffffffffffffffffffffff700100000000000000000000000000000000820481169116613383565b9050806fffffffffffffffffffffffffffffffff165f0361105f575050611162565b81548190839060109061109990849070010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff1661347a565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550336001600160a01b0316836001600160a01b0316856001600160a01b03167f7337b4386b690fdb8ba66905b92b9d45d33bc6626ee2620c905fb150ec0cc47d8460405161113491906fffffffffffffffffffffffffffffffff91909116815260200190565b60405180910390a4610b386001600160a01b038416856fffffffffffffffffffffffffffffffff84166124da565b610b42611d7a565b604080515f8152602081019091526060908267ffffffffffffffff811115611194576111946135cc565b6040519080825280602002602001820160405280156111c757816020015b60608152602001906001900390816111b25790505b5091505f5b8381101561124857611223308686848181106111ea576111ea613563565b90506020028101906111fc91906135f9565b8560405160200161120f9392919061365a565b604051602081830303815290604052612532565b83828151811061123557611235613563565b60209081029190910101526001016111cc565b505092915050565b611258611c19565b5f61126286610c75565b5f8181526002602052604090205490915084146112ab576040517f164f1afe00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f6112b78286886115af565b90506112d46112cc6080890160608a016133ab565b828686612604565b6112df878388612646565b5050610939611d7a565b6112f1611c19565b6112fa82612897565b611330576040517fea3a9a3900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b806fffffffffffffffffffffffffffffffff165f0361137b576040517fd0d04f6000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61138583610c75565b5f818152600160205260409020805491925090700100000000000000000000000000000000900464ffffffffff16156113ea576040517fa2aed0f000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f828152602081905260409020611400906128cf565b6fffffffffffffffffffffffffffffffff16836fffffffffffffffffffffffffffffffff16111561145d576040517f6d3d576400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80547fffffffffffffffffffffff000000000000000000000000000000000000000000167001000000000000000000000000000000004264ffffffffff8116919091027fffffffffffffffffffffffffffffffff0000000000000000000000000000000016919091176fffffffffffffffffffffffffffffffff8516178255827fe4280d0d903c7f258f62b07c62f262377cbaa23f7791d78126e6446e0f0e3c238561150f60c0890160a08a0161367d565b6115199085613696565b604080516fffffffffffffffffffffffffffffffff909316835264ffffffffff90911660208301520160405180910390a2505050610b42611d7a565b61155d611c19565b61156682611da4565b61159c576040517f7864f00800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b611162826115a984610c75565b83612646565b5f6117296116b6604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b604080517fbe23ad087435072cd69b49cc5b92de10ee610fce7ae0ab428307972d764bb216602080830191909152818301899052606082018890526fffffffffffffffffffffffffffffffff87166080808401919091528351808403909101815260a0909201909252805191012061249b565b949350505050565b611739611c19565b5f839003611773576040517fc2e5347d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611877604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b90505f611885828787612224565b90505f86865f81811061189a5761189a613563565b90506020028101906118ac9190613590565b6118bd9060808101906060016133ab565b90505f6118cf84610c668a8a876122cf565b90506118dd82828888612604565b5f5b8781101561199e57826001600160a01b031689898381811061190357611903613563565b90506020028101906119159190613590565b6119269060808101906060016133ab565b6001600160a01b031614611966576040517ff5e2237d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6119968585838151811061197c5761197c613563565b60200260200101518b8b85818110610b1857610b18613563565b6001016118df565b50505050506119ab611d7a565b50505050565b6119b9611c19565b6119c281612897565b6119f8576040517f15f969d500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611a0282610c75565b5f8181526001602090815260408083208151808301909252546fffffffffffffffffffffffffffffffff81168252700100000000000000000000000000000000900464ffffffffff169181018290529293509003611a8c576040517f3a0a1ca600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b611a9c60c0840160a0850161367d565b8160200151611aab9190613696565b64ffffffffff16421015611aeb576040517ff396582700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f82815260016020908152604080832080547fffffffffffffffffffffff0000000000000000000000000000000000000000001690558351918390528220611b3c9190611b37906128cf565b612905565b5f84815260208190526040812080549293508392909190611b709084906fffffffffffffffffffffffffffffffff16613383565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550336001600160a01b0316837f546ce1e2242cd930c196bd08b894443562d709b4fffe4f028a75a6d233efc6e383604051611bf891906fffffffffffffffffffffffffffffffff91909116815260200190565b60405180910390a3611c0b848483612934565b505050611c16611d7a565b50565b611c216129ee565b611c4e60017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005b90612a47565b565b5f611c5e60208301836133ab565b6001600160a01b03161480611c8a57505f611c7f60608301604084016133ab565b6001600160a01b0316145b80611cac57505f611ca160808301606084016133ab565b6001600160a01b0316145b80611cce57505f611cc360a08301608084016133ab565b6001600160a01b0316145b15611d05576040517fea3a9a3900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610384611d1860c0830160a0840161367d565b64ffffffffff161080611d43575062278d00611d3a60c0830160a0840161367d565b64ffffffffff16115b15611c16576040517f4574fab600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b611c4e5f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f00611c48565b5f611db560608301604084016133ab565b6001600160a01b0316336001600160a01b03161480610c6f5750611ddf60808301606084016133ab565b6001600160a01b0316336001600160a01b03161492915050565b5f610fd183610c6684612a4e565b5f828152602081905260409020805470010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff1680611e4f610140850161012086016136b3565b6fffffffffffffffffffffffffffffffff1611611e6d575050505050565b611e7e610100840160e085016136b3565b6fffffffffffffffffffffffffffffffff16611ea2610140850161012086016136b3565b6fffffffffffffffffffffffffffffffff161115611eec576040517ff178977500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b81546fffffffffffffffffffffffffffffffff16611f12610140850161012086016136b3565b6fffffffffffffffffffffffffffffffff161115611f5c576040517f7d8242b600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611fe186610c6687611f76610100890160e08a016136b3565b604080517f1e1bd6ff84c3e0d9029a292b212e039c0ca97ec497c55191a4a5874294609a6960208201529081018390526fffffffffffffffffffffffffffffffff821660608201525f9060800160405160208183030381529060405280519060200120905092915050565b9050835f611ff560408301602084016133ab565b6001600160a01b03160361202c5761202761201360208301836133ab565b836120226101008901896135f9565b612604565b61209c565b61203c60408201602083016133ab565b6001600160a01b031661205c836120576101008901896135f9565b612a9f565b6001600160a01b03161461209c576040517f8baa579f00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f836120b0610140880161012089016136b3565b6120ba9190613383565b90506120ce610140870161012088016136b3565b85546fffffffffffffffffffffffffffffffff9182167001000000000000000000000000000000000291161785558060035f61211060608601604087016133ab565b6001600160a01b0316815260208101919091526040015f9081209061213b60a08601608087016133ab565b6001600160a01b0316815260208101919091526040015f90812080549091906121779084906fffffffffffffffffffffffffffffffff1661347a565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550336001600160a01b0316877f36bd546bb573e8921fdbfd934bbed62d872796b01792cd240cce27f79dd3eddd83896101200160208101906121ee91906136b3565b604080516fffffffffffffffffffffffffffffffff93841681529290911660208301520160405180910390a35050505050505050565b60608167ffffffffffffffff81111561223f5761223f6135cc565b604051908082528060200260200182016040528015612268578160200160208202803683370190505b5090505f5b828110156122c7576122a28585858481811061228b5761228b613563565b905060200281019061229d9190613590565b611df9565b8282815181106122b4576122b4613563565b602090810291909101015260010161226d565b509392505050565b5f808367ffffffffffffffff8111156122ea576122ea6135cc565b604051908082528060200260200182016040528015612313578160200160208202803683370190505b5090505f5b84811015612418573686868381811061233357612333613563565b90506020028101906123459190613590565b90507f30b9a0367528fca13c3e8ec6134c3113f1887ebe7a1ad61de0955aac288b0cf585838151811061237a5761237a613563565b6020908102919091010151612396610100840160e085016136b3565b6123a8610140850161012086016136b3565b6040805160208101959095528401929092526fffffffffffffffffffffffffffffffff908116606084015216608082015260a0016040516020818303038152906040528051906020012083838151811061240457612404613563565b602090810291909101015250600101612318565b507f42bd57c010b870c2e96203c66341f28a6a19b4d56a74533a8eb5f706b9fd6d578160405160200161244b91906136cc565b6040516020818303038152906040528051906020012060405160200161247b929190918252602082015260400190565b604051602081830303815290604052805190602001209150509392505050565b6040517f190100000000000000000000000000000000000000000000000000000000000081526002810183905260228101829052604290205f90610fd1565b6124e78383836001612ac9565b61252d576040517f5274afe70000000000000000000000000000000000000000000000000000000081526001600160a01b03841660048201526024015b60405180910390fd5b505050565b60605f61253f8484612b44565b905080801561256057505f3d118061256057505f846001600160a01b03163b115b156125755761256d612b57565b915050610c6f565b80156125b8576040517f9996b3150000000000000000000000000000000000000000000000000000000081526001600160a01b0385166004820152602401612524565b3d156125cb576125c6612b70565b6125fd565b6040517fd6bda27500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5092915050565b61261084848484612b7b565b6119ab576040517f8baa579f00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b806fffffffffffffffffffffffffffffffff165f03612691576040517fd758525c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f82815260026020526040812080549091906126ac90613701565b909155505f8281526020819052604090206126cc908290611b37906128cf565b9050806fffffffffffffffffffffffffffffffff165f036126ec57505050565b5f8281526001602052604090208054700100000000000000000000000000000000900464ffffffffff16156127cd5780546fffffffffffffffffffffffffffffffff80841691161115612799578054829082905f9061275e9084906fffffffffffffffffffffffffffffffff16613383565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff1602179055506127cd565b5f83815260016020526040902080547fffffffffffffffffffffff0000000000000000000000000000000000000000001690555b5f83815260208190526040812080548492906127fc9084906fffffffffffffffffffffffffffffffff16613383565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550336001600160a01b0316837fa84286cf8ebc7903a663c77c8d99aa92b600d4c2fcca872a5d4a663db4eb394b8460405161288491906fffffffffffffffffffffffffffffffff91909116815260200190565b60405180910390a36119ab848484612934565b5f6128a560208301836133ab565b6001600160a01b0316336001600160a01b03161480610c6f5750611ddf60408301602084016133ab565b80545f90610c6f906fffffffffffffffffffffffffffffffff700100000000000000000000000000000000820481169116613383565b5f610fd1836fffffffffffffffffffffffffffffffff16836fffffffffffffffffffffffffffffffff16612bef565b5f828152602081905260408120546fffffffffffffffffffffffffffffffff16900361299357817f8d5942f197f362dfd44dfdc1b0b7a9721c9151b67f55817c83349271d3c08d378460405161298a9190613555565b60405180910390a25b6fffffffffffffffffffffffffffffffff81161561252d5761252d6129bb60208501856133ab565b6fffffffffffffffffffffffffffffffff83166129de60a08701608088016133ab565b6001600160a01b031691906124da565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c15611c4e576040517f3ee5aeb500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80825d5050565b5f7f1c9a06ceab9b0ebbd3301dc56c9111bb6d9af421356dc9ccb3b7084c755db30882604051602001612a82929190613738565b604051602081830303815290604052805190602001209050919050565b5f5f5f5f612aae878787612bfe565b925092509250612abe8282612c45565b509095945050505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038616600452602485905291602083604481808b5af1925060015f51148316612b38578383151615612b2c573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b5f5f5f835160208501865af49392505050565b6040513d81523d5f602083013e3d602001810160405290565b6040513d5f823e3d81fd5b5f846001600160a01b03163b5f03612bda575f5f612b9a868686612bfe565b5090925090505f816003811115612bb357612bb361374d565b148015612bd15750866001600160a01b0316826001600160a01b0316145b92505050611729565b612be685858585612d48565b95945050505050565b5f828218828410028218610fd1565b5f80806041849003612c32578435602086013560408701355f1a612c2489828585612dcb565b955095509550505050612c3c565b505f915060029050825b93509350939050565b5f826003811115612c5857612c5861374d565b03612c61575050565b6001826003811115612c7557612c7561374d565b03612cac576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6002826003811115612cc057612cc061374d565b03612cfa576040517ffce698f700000000000000000000000000000000000000000000000000000000815260048101829052602401612524565b6003826003811115612d0e57612d0e61374d565b03610b42576040517fd78bce0c00000000000000000000000000000000000000000000000000000000815260048101829052602401612524565b604080517f1626ba7e00000000000000000000000000000000000000000000000000000000808252600482018690526024820192909252604481018390525f91908390818660648301375f82606483010152601f820160051c60051b915060205f60648401838b5afa9050825f5114601f3d111681169350505050949350505050565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0841115612e0457505f91506003905082612ea7565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa158015612e55573d5f5f3e3d5ffd5b50506040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe001519150506001600160a01b038116612e9e57505f925060019150829050612ea7565b92505f91508190505b9450945094915050565b5f60e08284031215612ec1575f5ffd5b50919050565b80356fffffffffffffffffffffffffffffffff81168114612ee6575f5ffd5b919050565b80356001600160a01b0381168114612ee6575f5ffd5b5f5f83601f840112612f11575f5ffd5b50813567ffffffffffffffff811115612f28575f5ffd5b602083019150836020828501011115612f3f575f5ffd5b9250929050565b5f5f5f5f5f6101408688031215612f5b575f5ffd5b612f658787612eb1565b9450612f7360e08701612ec7565b9350612f826101008701612eeb565b925061012086013567ffffffffffffffff811115612f9e575f5ffd5b612faa88828901612f01565b969995985093965092949392505050565b5f5f60408385031215612fcc575f5ffd5b612fd583612eeb565b9150612fe360208401612eeb565b90509250929050565b5f5f83601f840112612ffc575f5ffd5b50813567ffffffffffffffff811115613013575f5ffd5b6020830191508360208260051b8501011115612f3f575f5ffd5b5f5f6020838503121561303e575f5ffd5b823567ffffffffffffffff811115613054575f5ffd5b61306085828601612fec565b90969095509350505050565b5f60e0828403121561307c575f5ffd5b610fd18383612eb1565b5f60208284031215613096575f5ffd5b5035919050565b5f81518084528060208401602086015e5f6020828601015260207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f83011685010191505092915050565b7fff000000000000000000000000000000000000000000000000000000000000008816815260e060208201525f61312360e083018961309d565b8281036040840152613135818961309d565b606084018890526001600160a01b038716608085015260a0840186905283810360c0850152845180825260208087019350909101905f5b8181101561318a57835183526020938401939092019160010161316c565b50909b9a5050505050505050505050565b5f5f604083850312156131ac575f5ffd5b82359150612fe360208401612ec7565b5f602082016020835280845180835260408501915060408160051b8601019250602086015f5b82811015613231577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc087860301845261321c85835161309d565b945060209384019391909101906001016131e2565b50929695505050505050565b5f5f5f5f5f6101408688031215613252575f5ffd5b61325c8787612eb1565b945061326a60e08701612ec7565b9350610100860135925061012086013567ffffffffffffffff811115612f9e575f5ffd5b5f5f61010083850312156132a0575f5ffd5b6132aa8484612eb1565b9150612fe360e08401612ec7565b5f5f5f606084860312156132ca575f5ffd5b83359250602084013591506132e160408501612ec7565b90509250925092565b5f5f5f5f604085870312156132fd575f5ffd5b843567ffffffffffffffff811115613313575f5ffd5b61331f87828801612fec565b909550935050602085013567ffffffffffffffff81111561333e575f5ffd5b61334a87828801612f01565b95989497509550505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b6fffffffffffffffffffffffffffffffff8281168282160390811115610c6f57610c6f613356565b5f602082840312156133bb575f5ffd5b610fd182612eeb565b5f602082840312156133d4575f5ffd5b5051919050565b6001600160a01b03871681526001600160a01b03861660208201526fffffffffffffffffffffffffffffffff8516604082015283606082015260a060808201528160a0820152818360c08301375f81830160c090810191909152601f9092017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe016010195945050505050565b80820180821115610c6f57610c6f613356565b6fffffffffffffffffffffffffffffffff8181168382160190811115610c6f57610c6f613356565b803564ffffffffff81168114612ee6575f5ffd5b6001600160a01b036134c782612eeb565b1682526001600160a01b036134de60208301612eeb565b1660208301526001600160a01b036134f860408301612eeb565b1660408301526001600160a01b0361351260608301612eeb565b1660608301526001600160a01b0361352c60808301612eeb565b16608083015261353e60a082016134a2565b64ffffffffff1660a083015260c090810135910152565b60e08101610c6f82846134b6565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b5f82357ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec18336030181126135c2575f5ffd5b9190910192915050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b5f5f83357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe184360301811261362c575f5ffd5b83018035915067ffffffffffffffff821115613646575f5ffd5b602001915036819003821315612f3f575f5ffd5b828482375f8382015f815283518060208601835e5f910190815295945050505050565b5f6020828403121561368d575f5ffd5b610fd1826134a2565b64ffffffffff8181168382160190811115610c6f57610c6f613356565b5f602082840312156136c3575f5ffd5b610fd182612ec7565b81515f90829060208501835b828110156136f65781518452602093840193909101906001016136d8565b509195945050505050565b5f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff820361373157613731613356565b5060010190565b8281526101008101610fd160208301846134b6565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd",
}

// BatchSettlement is an auto generated Go binding around an Ethereum contract.
type BatchSettlement struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *BatchSettlement) GetABI() abi.ABI {
	return c.abi
}

// NewBatchSettlement creates a new instance of BatchSettlement.
func NewBatchSettlement() *BatchSettlement {
	parsed, err := BatchSettlementMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &BatchSettlement{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *BatchSettlement) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackCHANNELCONFIGTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e4a68ac.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CHANNEL_CONFIG_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) PackCHANNELCONFIGTYPEHASH() []byte {
	enc, err := batchSettlement.abi.Pack("CHANNEL_CONFIG_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCHANNELCONFIGTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e4a68ac.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CHANNEL_CONFIG_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) TryPackCHANNELCONFIGTYPEHASH() ([]byte, error) {
	return batchSettlement.abi.Pack("CHANNEL_CONFIG_TYPEHASH")
}

// UnpackCHANNELCONFIGTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8e4a68ac.
//
// Solidity: function CHANNEL_CONFIG_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) UnpackCHANNELCONFIGTYPEHASH(data []byte) ([32]byte, error) {
	out, err := batchSettlement.abi.Unpack("CHANNEL_CONFIG_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCLAIMBATCHTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x53ab0fae.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CLAIM_BATCH_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) PackCLAIMBATCHTYPEHASH() []byte {
	enc, err := batchSettlement.abi.Pack("CLAIM_BATCH_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCLAIMBATCHTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x53ab0fae.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CLAIM_BATCH_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) TryPackCLAIMBATCHTYPEHASH() ([]byte, error) {
	return batchSettlement.abi.Pack("CLAIM_BATCH_TYPEHASH")
}

// UnpackCLAIMBATCHTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x53ab0fae.
//
// Solidity: function CLAIM_BATCH_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) UnpackCLAIMBATCHTYPEHASH(data []byte) ([32]byte, error) {
	out, err := batchSettlement.abi.Unpack("CLAIM_BATCH_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCLAIMENTRYTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xba94ec0d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CLAIM_ENTRY_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) PackCLAIMENTRYTYPEHASH() []byte {
	enc, err := batchSettlement.abi.Pack("CLAIM_ENTRY_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCLAIMENTRYTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xba94ec0d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CLAIM_ENTRY_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) TryPackCLAIMENTRYTYPEHASH() ([]byte, error) {
	return batchSettlement.abi.Pack("CLAIM_ENTRY_TYPEHASH")
}

// UnpackCLAIMENTRYTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xba94ec0d.
//
// Solidity: function CLAIM_ENTRY_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) UnpackCLAIMENTRYTYPEHASH(data []byte) ([32]byte, error) {
	out, err := batchSettlement.abi.Unpack("CLAIM_ENTRY_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackMAXWITHDRAWDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1fc3277d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_WITHDRAW_DELAY() view returns(uint40)
func (batchSettlement *BatchSettlement) PackMAXWITHDRAWDELAY() []byte {
	enc, err := batchSettlement.abi.Pack("MAX_WITHDRAW_DELAY")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXWITHDRAWDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1fc3277d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_WITHDRAW_DELAY() view returns(uint40)
func (batchSettlement *BatchSettlement) TryPackMAXWITHDRAWDELAY() ([]byte, error) {
	return batchSettlement.abi.Pack("MAX_WITHDRAW_DELAY")
}

// UnpackMAXWITHDRAWDELAY is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x1fc3277d.
//
// Solidity: function MAX_WITHDRAW_DELAY() view returns(uint40)
func (batchSettlement *BatchSettlement) UnpackMAXWITHDRAWDELAY(data []byte) (*big.Int, error) {
	out, err := batchSettlement.abi.Unpack("MAX_WITHDRAW_DELAY", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMINWITHDRAWDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xae159439.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MIN_WITHDRAW_DELAY() view returns(uint40)
func (batchSettlement *BatchSettlement) PackMINWITHDRAWDELAY() []byte {
	enc, err := batchSettlement.abi.Pack("MIN_WITHDRAW_DELAY")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMINWITHDRAWDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xae159439.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MIN_WITHDRAW_DELAY() view returns(uint40)
func (batchSettlement *BatchSettlement) TryPackMINWITHDRAWDELAY() ([]byte, error) {
	return batchSettlement.abi.Pack("MIN_WITHDRAW_DELAY")
}

// UnpackMINWITHDRAWDELAY is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xae159439.
//
// Solidity: function MIN_WITHDRAW_DELAY() view returns(uint40)
func (batchSettlement *BatchSettlement) UnpackMINWITHDRAWDELAY(data []byte) (*big.Int, error) {
	out, err := batchSettlement.abi.Unpack("MIN_WITHDRAW_DELAY", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackREFUNDTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1e69ef40.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function REFUND_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) PackREFUNDTYPEHASH() []byte {
	enc, err := batchSettlement.abi.Pack("REFUND_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackREFUNDTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1e69ef40.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function REFUND_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) TryPackREFUNDTYPEHASH() ([]byte, error) {
	return batchSettlement.abi.Pack("REFUND_TYPEHASH")
}

// UnpackREFUNDTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x1e69ef40.
//
// Solidity: function REFUND_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) UnpackREFUNDTYPEHASH(data []byte) ([32]byte, error) {
	out, err := batchSettlement.abi.Unpack("REFUND_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackVOUCHERTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x94739e87.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function VOUCHER_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) PackVOUCHERTYPEHASH() []byte {
	enc, err := batchSettlement.abi.Pack("VOUCHER_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVOUCHERTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x94739e87.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function VOUCHER_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) TryPackVOUCHERTYPEHASH() ([]byte, error) {
	return batchSettlement.abi.Pack("VOUCHER_TYPEHASH")
}

// UnpackVOUCHERTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x94739e87.
//
// Solidity: function VOUCHER_TYPEHASH() view returns(bytes32)
func (batchSettlement *BatchSettlement) UnpackVOUCHERTYPEHASH(data []byte) ([32]byte, error) {
	out, err := batchSettlement.abi.Unpack("VOUCHER_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackChannels is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7a7ebd7b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function channels(bytes32 channelId) view returns(uint128 balance, uint128 totalClaimed)
func (batchSettlement *BatchSettlement) PackChannels(channelId [32]byte) []byte {
	enc, err := batchSettlement.abi.Pack("channels", channelId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackChannels is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7a7ebd7b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function channels(bytes32 channelId) view returns(uint128 balance, uint128 totalClaimed)
func (batchSettlement *BatchSettlement) TryPackChannels(channelId [32]byte) ([]byte, error) {
	return batchSettlement.abi.Pack("channels", channelId)
}

// ChannelsOutput serves as a container for the return parameters of contract
// method Channels.
type ChannelsOutput struct {
	Balance      *big.Int
	TotalClaimed *big.Int
}

// UnpackChannels is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7a7ebd7b.
//
// Solidity: function channels(bytes32 channelId) view returns(uint128 balance, uint128 totalClaimed)
func (batchSettlement *BatchSettlement) UnpackChannels(data []byte) (ChannelsOutput, error) {
	out, err := batchSettlement.abi.Unpack("channels", data)
	outstruct := new(ChannelsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Balance = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.TotalClaimed = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x29237b0c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claim((((address,address,address,address,address,uint40,bytes32),uint128),bytes,uint128)[] voucherClaims) returns()
func (batchSettlement *BatchSettlement) PackClaim(voucherClaims []VoucherClaim) []byte {
	enc, err := batchSettlement.abi.Pack("claim", voucherClaims)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x29237b0c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claim((((address,address,address,address,address,uint40,bytes32),uint128),bytes,uint128)[] voucherClaims) returns()
func (batchSettlement *BatchSettlement) TryPackClaim(voucherClaims []VoucherClaim) ([]byte, error) {
	return batchSettlement.abi.Pack("claim", voucherClaims)
}

// PackClaimWithSignature is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe43ce1f2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claimWithSignature((((address,address,address,address,address,uint40,bytes32),uint128),bytes,uint128)[] voucherClaims, bytes authorizerSignature) returns()
func (batchSettlement *BatchSettlement) PackClaimWithSignature(voucherClaims []VoucherClaim, authorizerSignature []byte) []byte {
	enc, err := batchSettlement.abi.Pack("claimWithSignature", voucherClaims, authorizerSignature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaimWithSignature is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe43ce1f2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claimWithSignature((((address,address,address,address,address,uint40,bytes32),uint128),bytes,uint128)[] voucherClaims, bytes authorizerSignature) returns()
func (batchSettlement *BatchSettlement) TryPackClaimWithSignature(voucherClaims []VoucherClaim, authorizerSignature []byte) ([]byte, error) {
	return batchSettlement.abi.Pack("claimWithSignature", voucherClaims, authorizerSignature)
}

// PackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x140f1e75.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deposit((address,address,address,address,address,uint40,bytes32) config, uint128 amount, address collector, bytes collectorData) returns()
func (batchSettlement *BatchSettlement) PackDeposit(config ChannelConfig, amount *big.Int, collector common.Address, collectorData []byte) []byte {
	enc, err := batchSettlement.abi.Pack("deposit", config, amount, collector, collectorData)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x140f1e75.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deposit((address,address,address,address,address,uint40,bytes32) config, uint128 amount, address collector, bytes collectorData) returns()
func (batchSettlement *BatchSettlement) TryPackDeposit(config ChannelConfig, amount *big.Int, collector common.Address, collectorData []byte) ([]byte, error) {
	return batchSettlement.abi.Pack("deposit", config, amount, collector, collectorData)
}

// PackFinalizeWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe88377b1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function finalizeWithdraw((address,address,address,address,address,uint40,bytes32) config) returns()
func (batchSettlement *BatchSettlement) PackFinalizeWithdraw(config ChannelConfig) []byte {
	enc, err := batchSettlement.abi.Pack("finalizeWithdraw", config)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFinalizeWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe88377b1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function finalizeWithdraw((address,address,address,address,address,uint40,bytes32) config) returns()
func (batchSettlement *BatchSettlement) TryPackFinalizeWithdraw(config ChannelConfig) ([]byte, error) {
	return batchSettlement.abi.Pack("finalizeWithdraw", config)
}

// PackGetChannelId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5e5e0b87.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getChannelId((address,address,address,address,address,uint40,bytes32) config) view returns(bytes32)
func (batchSettlement *BatchSettlement) PackGetChannelId(config ChannelConfig) []byte {
	enc, err := batchSettlement.abi.Pack("getChannelId", config)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetChannelId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5e5e0b87.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getChannelId((address,address,address,address,address,uint40,bytes32) config) view returns(bytes32)
func (batchSettlement *BatchSettlement) TryPackGetChannelId(config ChannelConfig) ([]byte, error) {
	return batchSettlement.abi.Pack("getChannelId", config)
}

// UnpackGetChannelId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5e5e0b87.
//
// Solidity: function getChannelId((address,address,address,address,address,uint40,bytes32) config) view returns(bytes32)
func (batchSettlement *BatchSettlement) UnpackGetChannelId(data []byte) ([32]byte, error) {
	out, err := batchSettlement.abi.Unpack("getChannelId", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackGetClaimBatchDigest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x488ccc3b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getClaimBatchDigest((((address,address,address,address,address,uint40,bytes32),uint128),bytes,uint128)[] voucherClaims) view returns(bytes32)
func (batchSettlement *BatchSettlement) PackGetClaimBatchDigest(voucherClaims []VoucherClaim) []byte {
	enc, err := batchSettlement.abi.Pack("getClaimBatchDigest", voucherClaims)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetClaimBatchDigest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x488ccc3b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getClaimBatchDigest((((address,address,address,address,address,uint40,bytes32),uint128),bytes,uint128)[] voucherClaims) view returns(bytes32)
func (batchSettlement *BatchSettlement) TryPackGetClaimBatchDigest(voucherClaims []VoucherClaim) ([]byte, error) {
	return batchSettlement.abi.Pack("getClaimBatchDigest", voucherClaims)
}

// UnpackGetClaimBatchDigest is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x488ccc3b.
//
// Solidity: function getClaimBatchDigest((((address,address,address,address,address,uint40,bytes32),uint128),bytes,uint128)[] voucherClaims) view returns(bytes32)
func (batchSettlement *BatchSettlement) UnpackGetClaimBatchDigest(data []byte) ([32]byte, error) {
	out, err := batchSettlement.abi.Unpack("getClaimBatchDigest", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackGetRefundDigest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe25cf189.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getRefundDigest(bytes32 channelId, uint256 nonce, uint128 amount) view returns(bytes32)
func (batchSettlement *BatchSettlement) PackGetRefundDigest(channelId [32]byte, nonce *big.Int, amount *big.Int) []byte {
	enc, err := batchSettlement.abi.Pack("getRefundDigest", channelId, nonce, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetRefundDigest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe25cf189.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getRefundDigest(bytes32 channelId, uint256 nonce, uint128 amount) view returns(bytes32)
func (batchSettlement *BatchSettlement) TryPackGetRefundDigest(channelId [32]byte, nonce *big.Int, amount *big.Int) ([]byte, error) {
	return batchSettlement.abi.Pack("getRefundDigest", channelId, nonce, amount)
}

// UnpackGetRefundDigest is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe25cf189.
//
// Solidity: function getRefundDigest(bytes32 channelId, uint256 nonce, uint128 amount) view returns(bytes32)
func (batchSettlement *BatchSettlement) UnpackGetRefundDigest(data []byte) ([32]byte, error) {
	out, err := batchSettlement.abi.Unpack("getRefundDigest", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackGetVoucherDigest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x862bb199.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getVoucherDigest(bytes32 channelId, uint128 maxClaimableAmount) view returns(bytes32)
func (batchSettlement *BatchSettlement) PackGetVoucherDigest(channelId [32]byte, maxClaimableAmount *big.Int) []byte {
	enc, err := batchSettlement.abi.Pack("getVoucherDigest", channelId, maxClaimableAmount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetVoucherDigest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x862bb199.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getVoucherDigest(bytes32 channelId, uint128 maxClaimableAmount) view returns(bytes32)
func (batchSettlement *BatchSettlement) TryPackGetVoucherDigest(channelId [32]byte, maxClaimableAmount *big.Int) ([]byte, error) {
	return batchSettlement.abi.Pack("getVoucherDigest", channelId, maxClaimableAmount)
}

// UnpackGetVoucherDigest is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x862bb199.
//
// Solidity: function getVoucherDigest(bytes32 channelId, uint128 maxClaimableAmount) view returns(bytes32)
func (batchSettlement *BatchSettlement) UnpackGetVoucherDigest(data []byte) ([32]byte, error) {
	out, err := batchSettlement.abi.Unpack("getVoucherDigest", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackInitiateWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcf5cf3dc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function initiateWithdraw((address,address,address,address,address,uint40,bytes32) config, uint128 amount) returns()
func (batchSettlement *BatchSettlement) PackInitiateWithdraw(config ChannelConfig, amount *big.Int) []byte {
	enc, err := batchSettlement.abi.Pack("initiateWithdraw", config, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackInitiateWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcf5cf3dc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function initiateWithdraw((address,address,address,address,address,uint40,bytes32) config, uint128 amount) returns()
func (batchSettlement *BatchSettlement) TryPackInitiateWithdraw(config ChannelConfig, amount *big.Int) ([]byte, error) {
	return batchSettlement.abi.Pack("initiateWithdraw", config, amount)
}

// PackMulticall is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xac9650d8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function multicall(bytes[] data) returns(bytes[] results)
func (batchSettlement *BatchSettlement) PackMulticall(data [][]byte) []byte {
	enc, err := batchSettlement.abi.Pack("multicall", data)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMulticall is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xac9650d8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function multicall(bytes[] data) returns(bytes[] results)
func (batchSettlement *BatchSettlement) TryPackMulticall(data [][]byte) ([]byte, error) {
	return batchSettlement.abi.Pack("multicall", data)
}

// UnpackMulticall is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xac9650d8.
//
// Solidity: function multicall(bytes[] data) returns(bytes[] results)
func (batchSettlement *BatchSettlement) UnpackMulticall(data []byte) ([][]byte, error) {
	out, err := batchSettlement.abi.Unpack("multicall", data)
	if err != nil {
		return *new([][]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([][]byte)).(*[][]byte)
	return out0, nil
}

// PackPendingWithdrawals is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb7f06ebe.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pendingWithdrawals(bytes32 channelId) view returns(uint128 amount, uint40 initiatedAt)
func (batchSettlement *BatchSettlement) PackPendingWithdrawals(channelId [32]byte) []byte {
	enc, err := batchSettlement.abi.Pack("pendingWithdrawals", channelId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPendingWithdrawals is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb7f06ebe.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pendingWithdrawals(bytes32 channelId) view returns(uint128 amount, uint40 initiatedAt)
func (batchSettlement *BatchSettlement) TryPackPendingWithdrawals(channelId [32]byte) ([]byte, error) {
	return batchSettlement.abi.Pack("pendingWithdrawals", channelId)
}

// PendingWithdrawalsOutput serves as a container for the return parameters of contract
// method PendingWithdrawals.
type PendingWithdrawalsOutput struct {
	Amount      *big.Int
	InitiatedAt *big.Int
}

// UnpackPendingWithdrawals is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb7f06ebe.
//
// Solidity: function pendingWithdrawals(bytes32 channelId) view returns(uint128 amount, uint40 initiatedAt)
func (batchSettlement *BatchSettlement) UnpackPendingWithdrawals(data []byte) (PendingWithdrawalsOutput, error) {
	out, err := batchSettlement.abi.Unpack("pendingWithdrawals", data)
	outstruct := new(PendingWithdrawalsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Amount = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.InitiatedAt = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackReceivers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x21ff6389.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function receivers(address receiver, address token) view returns(uint128 totalClaimed, uint128 totalSettled)
func (batchSettlement *BatchSettlement) PackReceivers(receiver common.Address, token common.Address) []byte {
	enc, err := batchSettlement.abi.Pack("receivers", receiver, token)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReceivers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x21ff6389.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function receivers(address receiver, address token) view returns(uint128 totalClaimed, uint128 totalSettled)
func (batchSettlement *BatchSettlement) TryPackReceivers(receiver common.Address, token common.Address) ([]byte, error) {
	return batchSettlement.abi.Pack("receivers", receiver, token)
}

// ReceiversOutput serves as a container for the return parameters of contract
// method Receivers.
type ReceiversOutput struct {
	TotalClaimed *big.Int
	TotalSettled *big.Int
}

// UnpackReceivers is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x21ff6389.
//
// Solidity: function receivers(address receiver, address token) view returns(uint128 totalClaimed, uint128 totalSettled)
func (batchSettlement *BatchSettlement) UnpackReceivers(data []byte) (ReceiversOutput, error) {
	out, err := batchSettlement.abi.Unpack("receivers", data)
	outstruct := new(ReceiversOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.TotalClaimed = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.TotalSettled = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackRefund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdce4bfae.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function refund((address,address,address,address,address,uint40,bytes32) config, uint128 amount) returns()
func (batchSettlement *BatchSettlement) PackRefund(config ChannelConfig, amount *big.Int) []byte {
	enc, err := batchSettlement.abi.Pack("refund", config, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRefund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdce4bfae.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function refund((address,address,address,address,address,uint40,bytes32) config, uint128 amount) returns()
func (batchSettlement *BatchSettlement) TryPackRefund(config ChannelConfig, amount *big.Int) ([]byte, error) {
	return batchSettlement.abi.Pack("refund", config, amount)
}

// PackRefundNonce is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf0dc792e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function refundNonce(bytes32 channelId) view returns(uint256)
func (batchSettlement *BatchSettlement) PackRefundNonce(channelId [32]byte) []byte {
	enc, err := batchSettlement.abi.Pack("refundNonce", channelId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRefundNonce is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf0dc792e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function refundNonce(bytes32 channelId) view returns(uint256)
func (batchSettlement *BatchSettlement) TryPackRefundNonce(channelId [32]byte) ([]byte, error) {
	return batchSettlement.abi.Pack("refundNonce", channelId)
}

// UnpackRefundNonce is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf0dc792e.
//
// Solidity: function refundNonce(bytes32 channelId) view returns(uint256)
func (batchSettlement *BatchSettlement) UnpackRefundNonce(data []byte) (*big.Int, error) {
	out, err := batchSettlement.abi.Unpack("refundNonce", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackRefundWithSignature is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb77433e9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function refundWithSignature((address,address,address,address,address,uint40,bytes32) config, uint128 amount, uint256 nonce, bytes receiverAuthorizerSignature) returns()
func (batchSettlement *BatchSettlement) PackRefundWithSignature(config ChannelConfig, amount *big.Int, nonce *big.Int, receiverAuthorizerSignature []byte) []byte {
	enc, err := batchSettlement.abi.Pack("refundWithSignature", config, amount, nonce, receiverAuthorizerSignature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRefundWithSignature is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb77433e9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function refundWithSignature((address,address,address,address,address,uint40,bytes32) config, uint128 amount, uint256 nonce, bytes receiverAuthorizerSignature) returns()
func (batchSettlement *BatchSettlement) TryPackRefundWithSignature(config ChannelConfig, amount *big.Int, nonce *big.Int, receiverAuthorizerSignature []byte) ([]byte, error) {
	return batchSettlement.abi.Pack("refundWithSignature", config, amount, nonce, receiverAuthorizerSignature)
}

// PackSettle is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9db32a8f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settle(address receiver, address token) returns()
func (batchSettlement *BatchSettlement) PackSettle(receiver common.Address, token common.Address) []byte {
	enc, err := batchSettlement.abi.Pack("settle", receiver, token)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettle is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9db32a8f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settle(address receiver, address token) returns()
func (batchSettlement *BatchSettlement) TryPackSettle(receiver common.Address, token common.Address) ([]byte, error) {
	return batchSettlement.abi.Pack("settle", receiver, token)
}

// BatchSettlementChannelClosed represents a ChannelClosed event raised by the BatchSettlement contract.
type BatchSettlementChannelClosed struct {
	ChannelId [32]byte
	Config    ChannelConfig
	Raw       *types.Log // Blockchain specific contextual infos
}

const BatchSettlementChannelClosedEventName = "ChannelClosed"

// ContractEventName returns the user-defined event name.
func (BatchSettlementChannelClosed) ContractEventName() string {
	return BatchSettlementChannelClosedEventName
}

// UnpackChannelClosedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ChannelClosed(bytes32 indexed channelId, (address,address,address,address,address,uint40,bytes32) config)
func (batchSettlement *BatchSettlement) UnpackChannelClosedEvent(log *types.Log) (*BatchSettlementChannelClosed, error) {
	event := "ChannelClosed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != batchSettlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(BatchSettlementChannelClosed)
	if len(log.Data) > 0 {
		if err := batchSettlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range batchSettlement.abi.Events[event].Inputs {
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

// BatchSettlementChannelCreated represents a ChannelCreated event raised by the BatchSettlement contract.
type BatchSettlementChannelCreated struct {
	ChannelId [32]byte
	Config    ChannelConfig
	Raw       *types.Log // Blockchain specific contextual infos
}

const BatchSettlementChannelCreatedEventName = "ChannelCreated"

// ContractEventName returns the user-defined event name.
func (BatchSettlementChannelCreated) ContractEventName() string {
	return BatchSettlementChannelCreatedEventName
}

// UnpackChannelCreatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ChannelCreated(bytes32 indexed channelId, (address,address,address,address,address,uint40,bytes32) config)
func (batchSettlement *BatchSettlement) UnpackChannelCreatedEvent(log *types.Log) (*BatchSettlementChannelCreated, error) {
	event := "ChannelCreated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != batchSettlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(BatchSettlementChannelCreated)
	if len(log.Data) > 0 {
		if err := batchSettlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range batchSettlement.abi.Events[event].Inputs {
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

// BatchSettlementClaimed represents a Claimed event raised by the BatchSettlement contract.
type BatchSettlementClaimed struct {
	ChannelId       [32]byte
	Sender          common.Address
	ClaimAmount     *big.Int
	NewTotalClaimed *big.Int
	Raw             *types.Log // Blockchain specific contextual infos
}

const BatchSettlementClaimedEventName = "Claimed"

// ContractEventName returns the user-defined event name.
func (BatchSettlementClaimed) ContractEventName() string {
	return BatchSettlementClaimedEventName
}

// UnpackClaimedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Claimed(bytes32 indexed channelId, address indexed sender, uint128 claimAmount, uint128 newTotalClaimed)
func (batchSettlement *BatchSettlement) UnpackClaimedEvent(log *types.Log) (*BatchSettlementClaimed, error) {
	event := "Claimed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != batchSettlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(BatchSettlementClaimed)
	if len(log.Data) > 0 {
		if err := batchSettlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range batchSettlement.abi.Events[event].Inputs {
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

// BatchSettlementDeposited represents a Deposited event raised by the BatchSettlement contract.
type BatchSettlementDeposited struct {
	ChannelId  [32]byte
	Sender     common.Address
	Amount     *big.Int
	NewBalance *big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const BatchSettlementDepositedEventName = "Deposited"

// ContractEventName returns the user-defined event name.
func (BatchSettlementDeposited) ContractEventName() string {
	return BatchSettlementDepositedEventName
}

// UnpackDepositedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Deposited(bytes32 indexed channelId, address indexed sender, uint128 amount, uint128 newBalance)
func (batchSettlement *BatchSettlement) UnpackDepositedEvent(log *types.Log) (*BatchSettlementDeposited, error) {
	event := "Deposited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != batchSettlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(BatchSettlementDeposited)
	if len(log.Data) > 0 {
		if err := batchSettlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range batchSettlement.abi.Events[event].Inputs {
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

// BatchSettlementRefunded represents a Refunded event raised by the BatchSettlement contract.
type BatchSettlementRefunded struct {
	ChannelId [32]byte
	Sender    common.Address
	Amount    *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const BatchSettlementRefundedEventName = "Refunded"

// ContractEventName returns the user-defined event name.
func (BatchSettlementRefunded) ContractEventName() string {
	return BatchSettlementRefundedEventName
}

// UnpackRefundedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Refunded(bytes32 indexed channelId, address indexed sender, uint128 amount)
func (batchSettlement *BatchSettlement) UnpackRefundedEvent(log *types.Log) (*BatchSettlementRefunded, error) {
	event := "Refunded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != batchSettlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(BatchSettlementRefunded)
	if len(log.Data) > 0 {
		if err := batchSettlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range batchSettlement.abi.Events[event].Inputs {
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

// BatchSettlementSettled represents a Settled event raised by the BatchSettlement contract.
type BatchSettlementSettled struct {
	Receiver common.Address
	Token    common.Address
	Sender   common.Address
	Amount   *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const BatchSettlementSettledEventName = "Settled"

// ContractEventName returns the user-defined event name.
func (BatchSettlementSettled) ContractEventName() string {
	return BatchSettlementSettledEventName
}

// UnpackSettledEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Settled(address indexed receiver, address indexed token, address indexed sender, uint128 amount)
func (batchSettlement *BatchSettlement) UnpackSettledEvent(log *types.Log) (*BatchSettlementSettled, error) {
	event := "Settled"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != batchSettlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(BatchSettlementSettled)
	if len(log.Data) > 0 {
		if err := batchSettlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range batchSettlement.abi.Events[event].Inputs {
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

// BatchSettlementWithdrawFinalized represents a WithdrawFinalized event raised by the BatchSettlement contract.
type BatchSettlementWithdrawFinalized struct {
	ChannelId [32]byte
	Sender    common.Address
	Amount    *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const BatchSettlementWithdrawFinalizedEventName = "WithdrawFinalized"

// ContractEventName returns the user-defined event name.
func (BatchSettlementWithdrawFinalized) ContractEventName() string {
	return BatchSettlementWithdrawFinalizedEventName
}

// UnpackWithdrawFinalizedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event WithdrawFinalized(bytes32 indexed channelId, address indexed sender, uint128 amount)
func (batchSettlement *BatchSettlement) UnpackWithdrawFinalizedEvent(log *types.Log) (*BatchSettlementWithdrawFinalized, error) {
	event := "WithdrawFinalized"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != batchSettlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(BatchSettlementWithdrawFinalized)
	if len(log.Data) > 0 {
		if err := batchSettlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range batchSettlement.abi.Events[event].Inputs {
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

// BatchSettlementWithdrawInitiated represents a WithdrawInitiated event raised by the BatchSettlement contract.
type BatchSettlementWithdrawInitiated struct {
	ChannelId     [32]byte
	Amount        *big.Int
	FinalizeAfter *big.Int
	Raw           *types.Log // Blockchain specific contextual infos
}

const BatchSettlementWithdrawInitiatedEventName = "WithdrawInitiated"

// ContractEventName returns the user-defined event name.
func (BatchSettlementWithdrawInitiated) ContractEventName() string {
	return BatchSettlementWithdrawInitiatedEventName
}

// UnpackWithdrawInitiatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event WithdrawInitiated(bytes32 indexed channelId, uint128 amount, uint40 finalizeAfter)
func (batchSettlement *BatchSettlement) UnpackWithdrawInitiatedEvent(log *types.Log) (*BatchSettlementWithdrawInitiated, error) {
	event := "WithdrawInitiated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != batchSettlement.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(BatchSettlementWithdrawInitiated)
	if len(log.Data) > 0 {
		if err := batchSettlement.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range batchSettlement.abi.Events[event].Inputs {
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
func (batchSettlement *BatchSettlement) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["AddressEmptyCode"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackAddressEmptyCodeError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["ClaimExceedsBalance"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackClaimExceedsBalanceError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["ClaimExceedsCeiling"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackClaimExceedsCeilingError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["DepositCollectionFailed"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackDepositCollectionFailedError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["DepositOverflow"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackDepositOverflowError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["ECDSAInvalidSignature"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackECDSAInvalidSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["ECDSAInvalidSignatureLength"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackECDSAInvalidSignatureLengthError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["ECDSAInvalidSignatureS"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackECDSAInvalidSignatureSError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["EmptyBatch"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackEmptyBatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["FailedCall"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackFailedCallError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["InvalidChannel"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackInvalidChannelError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["InvalidCollector"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackInvalidCollectorError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["InvalidRefundNonce"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackInvalidRefundNonceError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["InvalidSignature"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackInvalidSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["NotAuthorizedToClaim"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackNotAuthorizedToClaimError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["NotAuthorizedToFinalizeWithdraw"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackNotAuthorizedToFinalizeWithdrawError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["NotAuthorizedToRefund"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackNotAuthorizedToRefundError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["NotReceiverAuthorizer"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackNotReceiverAuthorizerError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["NothingToWithdraw"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackNothingToWithdrawError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["ReentrancyGuardReentrantCall"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackReentrancyGuardReentrantCallError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["WithdrawAmountExceedsAvailable"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackWithdrawAmountExceedsAvailableError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["WithdrawDelayNotElapsed"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackWithdrawDelayNotElapsedError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["WithdrawDelayOutOfRange"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackWithdrawDelayOutOfRangeError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["WithdrawalAlreadyPending"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackWithdrawalAlreadyPendingError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["WithdrawalNotPending"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackWithdrawalNotPendingError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["ZeroDeposit"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackZeroDepositError(raw[4:])
	}
	if bytes.Equal(raw[:4], batchSettlement.abi.Errors["ZeroRefund"].ID.Bytes()[:4]) {
		return batchSettlement.UnpackZeroRefundError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// BatchSettlementAddressEmptyCode represents a AddressEmptyCode error raised by the BatchSettlement contract.
type BatchSettlementAddressEmptyCode struct {
	Target common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AddressEmptyCode(address target)
func BatchSettlementAddressEmptyCodeErrorID() common.Hash {
	return common.HexToHash("0x9996b315c842ff135b8fc4a08ad5df1c344efbc03d2687aecc0678050d2aac89")
}

// UnpackAddressEmptyCodeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AddressEmptyCode(address target)
func (batchSettlement *BatchSettlement) UnpackAddressEmptyCodeError(raw []byte) (*BatchSettlementAddressEmptyCode, error) {
	out := new(BatchSettlementAddressEmptyCode)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "AddressEmptyCode", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementClaimExceedsBalance represents a ClaimExceedsBalance error raised by the BatchSettlement contract.
type BatchSettlementClaimExceedsBalance struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ClaimExceedsBalance()
func BatchSettlementClaimExceedsBalanceErrorID() common.Hash {
	return common.HexToHash("0x7d8242b644ed15fd2ba487e6c0b4cd8132eeaec22a2a10eac4c365a7f6132dce")
}

// UnpackClaimExceedsBalanceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ClaimExceedsBalance()
func (batchSettlement *BatchSettlement) UnpackClaimExceedsBalanceError(raw []byte) (*BatchSettlementClaimExceedsBalance, error) {
	out := new(BatchSettlementClaimExceedsBalance)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "ClaimExceedsBalance", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementClaimExceedsCeiling represents a ClaimExceedsCeiling error raised by the BatchSettlement contract.
type BatchSettlementClaimExceedsCeiling struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ClaimExceedsCeiling()
func BatchSettlementClaimExceedsCeilingErrorID() common.Hash {
	return common.HexToHash("0xf1789775d20e6d801e1dcc76eab01f1cb47cdae0c7ca47c1339d503e1850128f")
}

// UnpackClaimExceedsCeilingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ClaimExceedsCeiling()
func (batchSettlement *BatchSettlement) UnpackClaimExceedsCeilingError(raw []byte) (*BatchSettlementClaimExceedsCeiling, error) {
	out := new(BatchSettlementClaimExceedsCeiling)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "ClaimExceedsCeiling", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementDepositCollectionFailed represents a DepositCollectionFailed error raised by the BatchSettlement contract.
type BatchSettlementDepositCollectionFailed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DepositCollectionFailed()
func BatchSettlementDepositCollectionFailedErrorID() common.Hash {
	return common.HexToHash("0xeb43592c973aefddc2c72f3fcc1cd6babb3269a7dda5fedb2a98f5e1934613f1")
}

// UnpackDepositCollectionFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DepositCollectionFailed()
func (batchSettlement *BatchSettlement) UnpackDepositCollectionFailedError(raw []byte) (*BatchSettlementDepositCollectionFailed, error) {
	out := new(BatchSettlementDepositCollectionFailed)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "DepositCollectionFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementDepositOverflow represents a DepositOverflow error raised by the BatchSettlement contract.
type BatchSettlementDepositOverflow struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DepositOverflow()
func BatchSettlementDepositOverflowErrorID() common.Hash {
	return common.HexToHash("0x1132981b50988e5bf5914c2cdbec86f17b96e379b9fe376f3978c42411aafcd6")
}

// UnpackDepositOverflowError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DepositOverflow()
func (batchSettlement *BatchSettlement) UnpackDepositOverflowError(raw []byte) (*BatchSettlementDepositOverflow, error) {
	out := new(BatchSettlementDepositOverflow)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "DepositOverflow", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementECDSAInvalidSignature represents a ECDSAInvalidSignature error raised by the BatchSettlement contract.
type BatchSettlementECDSAInvalidSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignature()
func BatchSettlementECDSAInvalidSignatureErrorID() common.Hash {
	return common.HexToHash("0xf645eedf0193584640b6b90cb9477e4c95b98636c148a891d4c0a146dc46e75a")
}

// UnpackECDSAInvalidSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignature()
func (batchSettlement *BatchSettlement) UnpackECDSAInvalidSignatureError(raw []byte) (*BatchSettlementECDSAInvalidSignature, error) {
	out := new(BatchSettlementECDSAInvalidSignature)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "ECDSAInvalidSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementECDSAInvalidSignatureLength represents a ECDSAInvalidSignatureLength error raised by the BatchSettlement contract.
type BatchSettlementECDSAInvalidSignatureLength struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignatureLength(uint256 length)
func BatchSettlementECDSAInvalidSignatureLengthErrorID() common.Hash {
	return common.HexToHash("0xfce698f7e8e5342cd615f641317bc45fe7e1e4a8b0a14dd1383ff8dc9c41917f")
}

// UnpackECDSAInvalidSignatureLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignatureLength(uint256 length)
func (batchSettlement *BatchSettlement) UnpackECDSAInvalidSignatureLengthError(raw []byte) (*BatchSettlementECDSAInvalidSignatureLength, error) {
	out := new(BatchSettlementECDSAInvalidSignatureLength)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "ECDSAInvalidSignatureLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementECDSAInvalidSignatureS represents a ECDSAInvalidSignatureS error raised by the BatchSettlement contract.
type BatchSettlementECDSAInvalidSignatureS struct {
	S [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignatureS(bytes32 s)
func BatchSettlementECDSAInvalidSignatureSErrorID() common.Hash {
	return common.HexToHash("0xd78bce0cccb935155ed6428d1c13e50b7f3550fd2b66b9fe266006fea4a5e1eb")
}

// UnpackECDSAInvalidSignatureSError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignatureS(bytes32 s)
func (batchSettlement *BatchSettlement) UnpackECDSAInvalidSignatureSError(raw []byte) (*BatchSettlementECDSAInvalidSignatureS, error) {
	out := new(BatchSettlementECDSAInvalidSignatureS)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "ECDSAInvalidSignatureS", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementEmptyBatch represents a EmptyBatch error raised by the BatchSettlement contract.
type BatchSettlementEmptyBatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error EmptyBatch()
func BatchSettlementEmptyBatchErrorID() common.Hash {
	return common.HexToHash("0xc2e5347df6cf8d1bf68f8a9651642312bd381b900d857d97cd665976180d6ae0")
}

// UnpackEmptyBatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error EmptyBatch()
func (batchSettlement *BatchSettlement) UnpackEmptyBatchError(raw []byte) (*BatchSettlementEmptyBatch, error) {
	out := new(BatchSettlementEmptyBatch)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "EmptyBatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementFailedCall represents a FailedCall error raised by the BatchSettlement contract.
type BatchSettlementFailedCall struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FailedCall()
func BatchSettlementFailedCallErrorID() common.Hash {
	return common.HexToHash("0xd6bda27508c0fb6d8a39b4b122878dab26f731a7d4e4abe711dd3731899052a4")
}

// UnpackFailedCallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FailedCall()
func (batchSettlement *BatchSettlement) UnpackFailedCallError(raw []byte) (*BatchSettlementFailedCall, error) {
	out := new(BatchSettlementFailedCall)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "FailedCall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementInvalidChannel represents a InvalidChannel error raised by the BatchSettlement contract.
type BatchSettlementInvalidChannel struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidChannel()
func BatchSettlementInvalidChannelErrorID() common.Hash {
	return common.HexToHash("0xea3a9a39ade8da556b2a0eb84fb492a877b9b1359a1d967769c796bffb21eff6")
}

// UnpackInvalidChannelError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidChannel()
func (batchSettlement *BatchSettlement) UnpackInvalidChannelError(raw []byte) (*BatchSettlementInvalidChannel, error) {
	out := new(BatchSettlementInvalidChannel)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "InvalidChannel", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementInvalidCollector represents a InvalidCollector error raised by the BatchSettlement contract.
type BatchSettlementInvalidCollector struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidCollector()
func BatchSettlementInvalidCollectorErrorID() common.Hash {
	return common.HexToHash("0x18b1afd44def9c8e2335a0b175a19408f7f5ef09683ee05e2f45e8042eb0d72d")
}

// UnpackInvalidCollectorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidCollector()
func (batchSettlement *BatchSettlement) UnpackInvalidCollectorError(raw []byte) (*BatchSettlementInvalidCollector, error) {
	out := new(BatchSettlementInvalidCollector)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "InvalidCollector", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementInvalidRefundNonce represents a InvalidRefundNonce error raised by the BatchSettlement contract.
type BatchSettlementInvalidRefundNonce struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidRefundNonce()
func BatchSettlementInvalidRefundNonceErrorID() common.Hash {
	return common.HexToHash("0x164f1afe58c9ccb5990cf2f541ddec23cbaf091017a27897e515431a0b4fe8bf")
}

// UnpackInvalidRefundNonceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidRefundNonce()
func (batchSettlement *BatchSettlement) UnpackInvalidRefundNonceError(raw []byte) (*BatchSettlementInvalidRefundNonce, error) {
	out := new(BatchSettlementInvalidRefundNonce)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "InvalidRefundNonce", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementInvalidSignature represents a InvalidSignature error raised by the BatchSettlement contract.
type BatchSettlementInvalidSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidSignature()
func BatchSettlementInvalidSignatureErrorID() common.Hash {
	return common.HexToHash("0x8baa579fce362245063d36f11747a89dd489c54795634fc673cc0e0db51fedc5")
}

// UnpackInvalidSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidSignature()
func (batchSettlement *BatchSettlement) UnpackInvalidSignatureError(raw []byte) (*BatchSettlementInvalidSignature, error) {
	out := new(BatchSettlementInvalidSignature)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "InvalidSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementNotAuthorizedToClaim represents a NotAuthorizedToClaim error raised by the BatchSettlement contract.
type BatchSettlementNotAuthorizedToClaim struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAuthorizedToClaim()
func BatchSettlementNotAuthorizedToClaimErrorID() common.Hash {
	return common.HexToHash("0xdefb7069aa3adba68f883d732ad2b24c087173487331fccb11d60d1fe7e970a0")
}

// UnpackNotAuthorizedToClaimError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAuthorizedToClaim()
func (batchSettlement *BatchSettlement) UnpackNotAuthorizedToClaimError(raw []byte) (*BatchSettlementNotAuthorizedToClaim, error) {
	out := new(BatchSettlementNotAuthorizedToClaim)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "NotAuthorizedToClaim", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementNotAuthorizedToFinalizeWithdraw represents a NotAuthorizedToFinalizeWithdraw error raised by the BatchSettlement contract.
type BatchSettlementNotAuthorizedToFinalizeWithdraw struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAuthorizedToFinalizeWithdraw()
func BatchSettlementNotAuthorizedToFinalizeWithdrawErrorID() common.Hash {
	return common.HexToHash("0x15f969d5c9e170be2291c083d6b150e6fcebf00ef2d8be6550ae6c3dc50dabdb")
}

// UnpackNotAuthorizedToFinalizeWithdrawError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAuthorizedToFinalizeWithdraw()
func (batchSettlement *BatchSettlement) UnpackNotAuthorizedToFinalizeWithdrawError(raw []byte) (*BatchSettlementNotAuthorizedToFinalizeWithdraw, error) {
	out := new(BatchSettlementNotAuthorizedToFinalizeWithdraw)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "NotAuthorizedToFinalizeWithdraw", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementNotAuthorizedToRefund represents a NotAuthorizedToRefund error raised by the BatchSettlement contract.
type BatchSettlementNotAuthorizedToRefund struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAuthorizedToRefund()
func BatchSettlementNotAuthorizedToRefundErrorID() common.Hash {
	return common.HexToHash("0x7864f008ee834500b7f2733a6014e3f8eea31d50246cafde51f13a9311acfd40")
}

// UnpackNotAuthorizedToRefundError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAuthorizedToRefund()
func (batchSettlement *BatchSettlement) UnpackNotAuthorizedToRefundError(raw []byte) (*BatchSettlementNotAuthorizedToRefund, error) {
	out := new(BatchSettlementNotAuthorizedToRefund)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "NotAuthorizedToRefund", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementNotReceiverAuthorizer represents a NotReceiverAuthorizer error raised by the BatchSettlement contract.
type BatchSettlementNotReceiverAuthorizer struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotReceiverAuthorizer()
func BatchSettlementNotReceiverAuthorizerErrorID() common.Hash {
	return common.HexToHash("0xf5e2237d61f9c9a130c1b6459a9c805b19d61228df4da0c80ec97c91b5bc3fb8")
}

// UnpackNotReceiverAuthorizerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotReceiverAuthorizer()
func (batchSettlement *BatchSettlement) UnpackNotReceiverAuthorizerError(raw []byte) (*BatchSettlementNotReceiverAuthorizer, error) {
	out := new(BatchSettlementNotReceiverAuthorizer)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "NotReceiverAuthorizer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementNothingToWithdraw represents a NothingToWithdraw error raised by the BatchSettlement contract.
type BatchSettlementNothingToWithdraw struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingToWithdraw()
func BatchSettlementNothingToWithdrawErrorID() common.Hash {
	return common.HexToHash("0xd0d04f60bf4f7629141a1f00f5d2908fa0f3e15bf4cbf8bb8edc6fcbdf2509fa")
}

// UnpackNothingToWithdrawError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingToWithdraw()
func (batchSettlement *BatchSettlement) UnpackNothingToWithdrawError(raw []byte) (*BatchSettlementNothingToWithdraw, error) {
	out := new(BatchSettlementNothingToWithdraw)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "NothingToWithdraw", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementReentrancyGuardReentrantCall represents a ReentrancyGuardReentrantCall error raised by the BatchSettlement contract.
type BatchSettlementReentrancyGuardReentrantCall struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ReentrancyGuardReentrantCall()
func BatchSettlementReentrancyGuardReentrantCallErrorID() common.Hash {
	return common.HexToHash("0x3ee5aeb571de7fc460830b4d0017439a1ca56fb0bc39062227ade4fe4a24c1ca")
}

// UnpackReentrancyGuardReentrantCallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ReentrancyGuardReentrantCall()
func (batchSettlement *BatchSettlement) UnpackReentrancyGuardReentrantCallError(raw []byte) (*BatchSettlementReentrancyGuardReentrantCall, error) {
	out := new(BatchSettlementReentrancyGuardReentrantCall)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "ReentrancyGuardReentrantCall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the BatchSettlement contract.
type BatchSettlementSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func BatchSettlementSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (batchSettlement *BatchSettlement) UnpackSafeERC20FailedOperationError(raw []byte) (*BatchSettlementSafeERC20FailedOperation, error) {
	out := new(BatchSettlementSafeERC20FailedOperation)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementWithdrawAmountExceedsAvailable represents a WithdrawAmountExceedsAvailable error raised by the BatchSettlement contract.
type BatchSettlementWithdrawAmountExceedsAvailable struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WithdrawAmountExceedsAvailable()
func BatchSettlementWithdrawAmountExceedsAvailableErrorID() common.Hash {
	return common.HexToHash("0x6d3d5764eb95e3a6e5f7fa0be3c1d9073f1cf249735f075c057bad7a3474c94a")
}

// UnpackWithdrawAmountExceedsAvailableError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WithdrawAmountExceedsAvailable()
func (batchSettlement *BatchSettlement) UnpackWithdrawAmountExceedsAvailableError(raw []byte) (*BatchSettlementWithdrawAmountExceedsAvailable, error) {
	out := new(BatchSettlementWithdrawAmountExceedsAvailable)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "WithdrawAmountExceedsAvailable", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementWithdrawDelayNotElapsed represents a WithdrawDelayNotElapsed error raised by the BatchSettlement contract.
type BatchSettlementWithdrawDelayNotElapsed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WithdrawDelayNotElapsed()
func BatchSettlementWithdrawDelayNotElapsedErrorID() common.Hash {
	return common.HexToHash("0xf3965827abb4b3501eba40fbc36bf95518923256f8e4150f82d6abaf898dfecb")
}

// UnpackWithdrawDelayNotElapsedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WithdrawDelayNotElapsed()
func (batchSettlement *BatchSettlement) UnpackWithdrawDelayNotElapsedError(raw []byte) (*BatchSettlementWithdrawDelayNotElapsed, error) {
	out := new(BatchSettlementWithdrawDelayNotElapsed)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "WithdrawDelayNotElapsed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementWithdrawDelayOutOfRange represents a WithdrawDelayOutOfRange error raised by the BatchSettlement contract.
type BatchSettlementWithdrawDelayOutOfRange struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WithdrawDelayOutOfRange()
func BatchSettlementWithdrawDelayOutOfRangeErrorID() common.Hash {
	return common.HexToHash("0x4574fab68d66a7482499780fe2cf118b6bf35c8ed02b94811df48a01231e8390")
}

// UnpackWithdrawDelayOutOfRangeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WithdrawDelayOutOfRange()
func (batchSettlement *BatchSettlement) UnpackWithdrawDelayOutOfRangeError(raw []byte) (*BatchSettlementWithdrawDelayOutOfRange, error) {
	out := new(BatchSettlementWithdrawDelayOutOfRange)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "WithdrawDelayOutOfRange", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementWithdrawalAlreadyPending represents a WithdrawalAlreadyPending error raised by the BatchSettlement contract.
type BatchSettlementWithdrawalAlreadyPending struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WithdrawalAlreadyPending()
func BatchSettlementWithdrawalAlreadyPendingErrorID() common.Hash {
	return common.HexToHash("0xa2aed0f0fb41b1f15d5794b35460e07faf6ebe60d83540c80e89b1f06eca9396")
}

// UnpackWithdrawalAlreadyPendingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WithdrawalAlreadyPending()
func (batchSettlement *BatchSettlement) UnpackWithdrawalAlreadyPendingError(raw []byte) (*BatchSettlementWithdrawalAlreadyPending, error) {
	out := new(BatchSettlementWithdrawalAlreadyPending)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "WithdrawalAlreadyPending", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementWithdrawalNotPending represents a WithdrawalNotPending error raised by the BatchSettlement contract.
type BatchSettlementWithdrawalNotPending struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WithdrawalNotPending()
func BatchSettlementWithdrawalNotPendingErrorID() common.Hash {
	return common.HexToHash("0x3a0a1ca689ec71617ac2a09f285d91cf55fffc1e4a31ad8aeebcc94abb3a85b3")
}

// UnpackWithdrawalNotPendingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WithdrawalNotPending()
func (batchSettlement *BatchSettlement) UnpackWithdrawalNotPendingError(raw []byte) (*BatchSettlementWithdrawalNotPending, error) {
	out := new(BatchSettlementWithdrawalNotPending)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "WithdrawalNotPending", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementZeroDeposit represents a ZeroDeposit error raised by the BatchSettlement contract.
type BatchSettlementZeroDeposit struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroDeposit()
func BatchSettlementZeroDepositErrorID() common.Hash {
	return common.HexToHash("0x56316e877e9063fd05b03c347d61a4639470c3199f0bdddd28efee0a5f8b6b02")
}

// UnpackZeroDepositError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroDeposit()
func (batchSettlement *BatchSettlement) UnpackZeroDepositError(raw []byte) (*BatchSettlementZeroDeposit, error) {
	out := new(BatchSettlementZeroDeposit)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "ZeroDeposit", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementZeroRefund represents a ZeroRefund error raised by the BatchSettlement contract.
type BatchSettlementZeroRefund struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroRefund()
func BatchSettlementZeroRefundErrorID() common.Hash {
	return common.HexToHash("0xd758525c34181c802038c9e1709640cd49191c6bc9afb13a57391cfe9abab6e8")
}

// UnpackZeroRefundError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroRefund()
func (batchSettlement *BatchSettlement) UnpackZeroRefundError(raw []byte) (*BatchSettlementZeroRefund, error) {
	out := new(BatchSettlementZeroRefund)
	if err := batchSettlement.abi.UnpackIntoInterface(out, "ZeroRefund", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// BatchSettlementRuntime is the code of a deployed BatchSettlement, for a genesis block to place.
const BatchSettlementRuntime = "0x608060405234801561000f575f5ffd5b506004361061019a575f3560e01c806394739e87116100e8578063ba94ec0d11610093578063e25cf1891161006e578063e25cf189146104c7578063e43ce1f2146104da578063e88377b1146104ed578063f0dc792e14610500575f5ffd5b8063ba94ec0d1461047a578063cf5cf3dc146104a1578063dce4bfae146104b4575f5ffd5b8063ae159439116100c3578063ae159439146103e2578063b77433e9146103eb578063b7f06ebe146103fe575f5ffd5b806394739e87146103885780639db32a8f146103af578063ac9650d8146103c2575f5ffd5b806353ab0fae1161014857806384b0196e1161012357806384b0196e14610333578063862bb1991461034e5780638e4a68ac14610361575f5ffd5b806353ab0fae146102b05780635e5e0b87146102d75780637a7ebd7b146102ea575f5ffd5b806321ff63891161017857806321ff63891461020d57806329237b0c1461028a578063488ccc3b1461029d575f5ffd5b8063140f1e751461019e5780631e69ef40146101b35780631fc3277d146101ed575b5f5ffd5b6101b16101ac366004612f46565b61051f565b005b6101da7fbe23ad087435072cd69b49cc5b92de10ee610fce7ae0ab428307972d764bb21681565b6040519081526020015b60405180910390f35b6101f762278d0081565b60405164ffffffffff90911681526020016101e4565b61026161021b366004612fbb565b600360209081525f92835260408084209091529082529020546fffffffffffffffffffffffffffffffff8082169170010000000000000000000000000000000090041682565b604080516fffffffffffffffffffffffffffffffff9384168152929091166020830152016101e4565b6101b161029836600461302d565b610940565b6101da6102ab36600461302d565b610b46565b6101da7f42bd57c010b870c2e96203c66341f28a6a19b4d56a74533a8eb5f706b9fd6d5781565b6101da6102e536600461306c565b610c75565b6102616102f8366004613086565b5f602081905290815260409020546fffffffffffffffffffffffffffffffff8082169170010000000000000000000000000000000090041682565b61033b610d82565b6040516101e497969594939291906130e9565b6101da61035c36600461319b565b610e5a565b6101da7f1c9a06ceab9b0ebbd3301dc56c9111bb6d9af421356dc9ccb3b7084c755db30881565b6101da7f1e1bd6ff84c3e0d9029a292b212e039c0ca97ec497c55191a4a5874294609a6981565b6101b16103bd366004612fbb565b610fd8565b6103d56103d036600461302d565b61116a565b6040516101e491906131bc565b6101f761038481565b6101b16103f936600461323d565b611250565b61044c61040c366004613086565b60016020525f90815260409020546fffffffffffffffffffffffffffffffff811690700100000000000000000000000000000000900464ffffffffff1682565b604080516fffffffffffffffffffffffffffffffff909316835264ffffffffff9091166020830152016101e4565b6101da7f30b9a0367528fca13c3e8ec6134c3113f1887ebe7a1ad61de0955aac288b0cf581565b6101b16104af36600461328e565b6112e9565b6101b16104c236600461328e565b611555565b6101da6104d53660046132b8565b6115af565b6101b16104e83660046132ea565b611731565b6101b16104fb36600461306c565b6119b1565b6101da61050e366004613086565b60026020525f908152604090205481565b610527611c19565b61053085611c50565b836fffffffffffffffffffffffffffffffff165f0361057b576040517f56316e8700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6001600160a01b0383166105bb576040517f18b1afd400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f6105c586610c75565b5f8181526020819052604090208054919250906fffffffffffffffffffffffffffffffff908116906105f8908290613383565b6fffffffffffffffffffffffffffffffff16876fffffffffffffffffffffffffffffffff161115610655576040517f1132981b00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61066660a08a0160808b016133ab565b6040517f70a082310000000000000000000000000000000000000000000000000000000081523060048201526001600160a01b0391909116906370a0823190602401602060405180830381865afa1580156106c3573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906106e791906133c4565b90506001600160a01b03871663e416d8d361070560208c018c6133ab565b61071560a08d0160808e016133ab565b8b888b8b6040518763ffffffff1660e01b815260040161073a969594939291906133db565b5f604051808303815f87803b158015610751575f5ffd5b505af1158015610763573d5f5f3e3d5ffd5b50505050876fffffffffffffffffffffffffffffffff16816107859190613467565b61079560a08b0160808c016133ab565b6040517f70a082310000000000000000000000000000000000000000000000000000000081523060048201526001600160a01b0391909116906370a0823190602401602060405180830381865afa1580156107f2573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061081691906133c4565b1461084d576040517feb43592c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610857888361347a565b83547fffffffffffffffffffffffffffffffff00000000000000000000000000000000166fffffffffffffffffffffffffffffffff91821617845582165f036108d357837f69d8248d5566bdb2ebc4d218970710d8378a2ff9b709a999e052b71970f808fa8a6040516108ca9190613555565b60405180910390a25b33847f6c2a09353b5e75e70d0b9778b80a413809bb235d46c211811c474b3346791d898a610901818761347a565b604080516fffffffffffffffffffffffffffffffff93841681529290911660208301520160405180910390a350505050610939611d7a565b5050505050565b610948611c19565b5f819003610982576040517fc2e5347d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f610a86604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b90505f5b82811015610b385736848483818110610aa557610aa5613563565b9050602002810190610ab79190613590565b9050610ac281611da4565b610af8576040517fdefb706900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610b2f83610b068584611df9565b878786818110610b1857610b18613563565b9050602002810190610b2a9190613590565b611e07565b50600101610a8a565b5050610b42611d7a565b5050565b5f5f610c4b604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b9050610c6b81610c668686610c61868a8a612224565b6122cf565b61249b565b9150505b92915050565b5f610c6f610d7c604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b83611df9565b5f6060805f5f5f6060600f6040518060400160405280601581526020017f7834303220426174636820536574746c656d656e7400000000000000000000008152506040518060400160405280600181526020017f310000000000000000000000000000000000000000000000000000000000000081525046305f5f67ffffffffffffffff811115610e1557610e156135cc565b604051908082528060200260200182016040528015610e3e578160200160208202803683370190505b5060f89690961b9d949c50929a50909850965094509092509050565b5f610fd1610f61604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b610c668585604080517f1e1bd6ff84c3e0d9029a292b212e039c0ca97ec497c55191a4a5874294609a6960208201529081018390526fffffffffffffffffffffffffffffffff821660608201525f9060800160405160208183030381529060405280519060200120905092915050565b9392505050565b610fe0611c19565b6001600160a01b038083165f9081526003602090815260408083209385168352929052908120805490919061103d906fffffffffffffffffffffffffffffffff700100000000000000000000000000000000820481169116613383565b9050806fffffffffffffffffffffffffffffffff165f0361105f575050611162565b81548190839060109061109990849070010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff1661347a565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550336001600160a01b0316836001600160a01b0316856001600160a01b03167f7337b4386b690fdb8ba66905b92b9d45d33bc6626ee2620c905fb150ec0cc47d8460405161113491906fffffffffffffffffffffffffffffffff91909116815260200190565b60405180910390a4610b386001600160a01b038416856fffffffffffffffffffffffffffffffff84166124da565b610b42611d7a565b604080515f8152602081019091526060908267ffffffffffffffff811115611194576111946135cc565b6040519080825280602002602001820160405280156111c757816020015b60608152602001906001900390816111b25790505b5091505f5b8381101561124857611223308686848181106111ea576111ea613563565b90506020028101906111fc91906135f9565b8560405160200161120f9392919061365a565b604051602081830303815290604052612532565b83828151811061123557611235613563565b60209081029190910101526001016111cc565b505092915050565b611258611c19565b5f61126286610c75565b5f8181526002602052604090205490915084146112ab576040517f164f1afe00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f6112b78286886115af565b90506112d46112cc6080890160608a016133ab565b828686612604565b6112df878388612646565b5050610939611d7a565b6112f1611c19565b6112fa82612897565b611330576040517fea3a9a3900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b806fffffffffffffffffffffffffffffffff165f0361137b576040517fd0d04f6000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61138583610c75565b5f818152600160205260409020805491925090700100000000000000000000000000000000900464ffffffffff16156113ea576040517fa2aed0f000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f828152602081905260409020611400906128cf565b6fffffffffffffffffffffffffffffffff16836fffffffffffffffffffffffffffffffff16111561145d576040517f6d3d576400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80547fffffffffffffffffffffff000000000000000000000000000000000000000000167001000000000000000000000000000000004264ffffffffff8116919091027fffffffffffffffffffffffffffffffff0000000000000000000000000000000016919091176fffffffffffffffffffffffffffffffff8516178255827fe4280d0d903c7f258f62b07c62f262377cbaa23f7791d78126e6446e0f0e3c238561150f60c0890160a08a0161367d565b6115199085613696565b604080516fffffffffffffffffffffffffffffffff909316835264ffffffffff90911660208301520160405180910390a2505050610b42611d7a565b61155d611c19565b61156682611da4565b61159c576040517f7864f00800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b611162826115a984610c75565b83612646565b5f6117296116b6604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b604080517fbe23ad087435072cd69b49cc5b92de10ee610fce7ae0ab428307972d764bb216602080830191909152818301899052606082018890526fffffffffffffffffffffffffffffffff87166080808401919091528351808403909101815260a0909201909252805191012061249b565b949350505050565b611739611c19565b5f839003611773576040517fc2e5347d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611877604080518082018252601581527f7834303220426174636820536574746c656d656e74000000000000000000000060209182015281518083018352600181527f31000000000000000000000000000000000000000000000000000000000000009082015281517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f818301527fe03c502b9066cc6f23a8f0f48ed32cb7d506f9f0a2d0055449f256846a770e9a818401527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a0808301919091528351808303909101815260c0909101909252815191012090565b90505f611885828787612224565b90505f86865f81811061189a5761189a613563565b90506020028101906118ac9190613590565b6118bd9060808101906060016133ab565b90505f6118cf84610c668a8a876122cf565b90506118dd82828888612604565b5f5b8781101561199e57826001600160a01b031689898381811061190357611903613563565b90506020028101906119159190613590565b6119269060808101906060016133ab565b6001600160a01b031614611966576040517ff5e2237d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6119968585838151811061197c5761197c613563565b60200260200101518b8b85818110610b1857610b18613563565b6001016118df565b50505050506119ab611d7a565b50505050565b6119b9611c19565b6119c281612897565b6119f8576040517f15f969d500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611a0282610c75565b5f8181526001602090815260408083208151808301909252546fffffffffffffffffffffffffffffffff81168252700100000000000000000000000000000000900464ffffffffff169181018290529293509003611a8c576040517f3a0a1ca600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b611a9c60c0840160a0850161367d565b8160200151611aab9190613696565b64ffffffffff16421015611aeb576040517ff396582700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f82815260016020908152604080832080547fffffffffffffffffffffff0000000000000000000000000000000000000000001690558351918390528220611b3c9190611b37906128cf565b612905565b5f84815260208190526040812080549293508392909190611b709084906fffffffffffffffffffffffffffffffff16613383565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550336001600160a01b0316837f546ce1e2242cd930c196bd08b894443562d709b4fffe4f028a75a6d233efc6e383604051611bf891906fffffffffffffffffffffffffffffffff91909116815260200190565b60405180910390a3611c0b848483612934565b505050611c16611d7a565b50565b611c216129ee565b611c4e60017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005b90612a47565b565b5f611c5e60208301836133ab565b6001600160a01b03161480611c8a57505f611c7f60608301604084016133ab565b6001600160a01b0316145b80611cac57505f611ca160808301606084016133ab565b6001600160a01b0316145b80611cce57505f611cc360a08301608084016133ab565b6001600160a01b0316145b15611d05576040517fea3a9a3900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610384611d1860c0830160a0840161367d565b64ffffffffff161080611d43575062278d00611d3a60c0830160a0840161367d565b64ffffffffff16115b15611c16576040517f4574fab600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b611c4e5f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f00611c48565b5f611db560608301604084016133ab565b6001600160a01b0316336001600160a01b03161480610c6f5750611ddf60808301606084016133ab565b6001600160a01b0316336001600160a01b03161492915050565b5f610fd183610c6684612a4e565b5f828152602081905260409020805470010000000000000000000000000000000090046fffffffffffffffffffffffffffffffff1680611e4f610140850161012086016136b3565b6fffffffffffffffffffffffffffffffff1611611e6d575050505050565b611e7e610100840160e085016136b3565b6fffffffffffffffffffffffffffffffff16611ea2610140850161012086016136b3565b6fffffffffffffffffffffffffffffffff161115611eec576040517ff178977500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b81546fffffffffffffffffffffffffffffffff16611f12610140850161012086016136b3565b6fffffffffffffffffffffffffffffffff161115611f5c576040517f7d8242b600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611fe186610c6687611f76610100890160e08a016136b3565b604080517f1e1bd6ff84c3e0d9029a292b212e039c0ca97ec497c55191a4a5874294609a6960208201529081018390526fffffffffffffffffffffffffffffffff821660608201525f9060800160405160208183030381529060405280519060200120905092915050565b9050835f611ff560408301602084016133ab565b6001600160a01b03160361202c5761202761201360208301836133ab565b836120226101008901896135f9565b612604565b61209c565b61203c60408201602083016133ab565b6001600160a01b031661205c836120576101008901896135f9565b612a9f565b6001600160a01b03161461209c576040517f8baa579f00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f836120b0610140880161012089016136b3565b6120ba9190613383565b90506120ce610140870161012088016136b3565b85546fffffffffffffffffffffffffffffffff9182167001000000000000000000000000000000000291161785558060035f61211060608601604087016133ab565b6001600160a01b0316815260208101919091526040015f9081209061213b60a08601608087016133ab565b6001600160a01b0316815260208101919091526040015f90812080549091906121779084906fffffffffffffffffffffffffffffffff1661347a565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550336001600160a01b0316877f36bd546bb573e8921fdbfd934bbed62d872796b01792cd240cce27f79dd3eddd83896101200160208101906121ee91906136b3565b604080516fffffffffffffffffffffffffffffffff93841681529290911660208301520160405180910390a35050505050505050565b60608167ffffffffffffffff81111561223f5761223f6135cc565b604051908082528060200260200182016040528015612268578160200160208202803683370190505b5090505f5b828110156122c7576122a28585858481811061228b5761228b613563565b905060200281019061229d9190613590565b611df9565b8282815181106122b4576122b4613563565b602090810291909101015260010161226d565b509392505050565b5f808367ffffffffffffffff8111156122ea576122ea6135cc565b604051908082528060200260200182016040528015612313578160200160208202803683370190505b5090505f5b84811015612418573686868381811061233357612333613563565b90506020028101906123459190613590565b90507f30b9a0367528fca13c3e8ec6134c3113f1887ebe7a1ad61de0955aac288b0cf585838151811061237a5761237a613563565b6020908102919091010151612396610100840160e085016136b3565b6123a8610140850161012086016136b3565b6040805160208101959095528401929092526fffffffffffffffffffffffffffffffff908116606084015216608082015260a0016040516020818303038152906040528051906020012083838151811061240457612404613563565b602090810291909101015250600101612318565b507f42bd57c010b870c2e96203c66341f28a6a19b4d56a74533a8eb5f706b9fd6d578160405160200161244b91906136cc565b6040516020818303038152906040528051906020012060405160200161247b929190918252602082015260400190565b604051602081830303815290604052805190602001209150509392505050565b6040517f190100000000000000000000000000000000000000000000000000000000000081526002810183905260228101829052604290205f90610fd1565b6124e78383836001612ac9565b61252d576040517f5274afe70000000000000000000000000000000000000000000000000000000081526001600160a01b03841660048201526024015b60405180910390fd5b505050565b60605f61253f8484612b44565b905080801561256057505f3d118061256057505f846001600160a01b03163b115b156125755761256d612b57565b915050610c6f565b80156125b8576040517f9996b3150000000000000000000000000000000000000000000000000000000081526001600160a01b0385166004820152602401612524565b3d156125cb576125c6612b70565b6125fd565b6040517fd6bda27500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5092915050565b61261084848484612b7b565b6119ab576040517f8baa579f00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b806fffffffffffffffffffffffffffffffff165f03612691576040517fd758525c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f82815260026020526040812080549091906126ac90613701565b909155505f8281526020819052604090206126cc908290611b37906128cf565b9050806fffffffffffffffffffffffffffffffff165f036126ec57505050565b5f8281526001602052604090208054700100000000000000000000000000000000900464ffffffffff16156127cd5780546fffffffffffffffffffffffffffffffff80841691161115612799578054829082905f9061275e9084906fffffffffffffffffffffffffffffffff16613383565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff1602179055506127cd565b5f83815260016020526040902080547fffffffffffffffffffffff0000000000000000000000000000000000000000001690555b5f83815260208190526040812080548492906127fc9084906fffffffffffffffffffffffffffffffff16613383565b92506101000a8154816fffffffffffffffffffffffffffffffff02191690836fffffffffffffffffffffffffffffffff160217905550336001600160a01b0316837fa84286cf8ebc7903a663c77c8d99aa92b600d4c2fcca872a5d4a663db4eb394b8460405161288491906fffffffffffffffffffffffffffffffff91909116815260200190565b60405180910390a36119ab848484612934565b5f6128a560208301836133ab565b6001600160a01b0316336001600160a01b03161480610c6f5750611ddf60408301602084016133ab565b80545f90610c6f906fffffffffffffffffffffffffffffffff700100000000000000000000000000000000820481169116613383565b5f610fd1836fffffffffffffffffffffffffffffffff16836fffffffffffffffffffffffffffffffff16612bef565b5f828152602081905260408120546fffffffffffffffffffffffffffffffff16900361299357817f8d5942f197f362dfd44dfdc1b0b7a9721c9151b67f55817c83349271d3c08d378460405161298a9190613555565b60405180910390a25b6fffffffffffffffffffffffffffffffff81161561252d5761252d6129bb60208501856133ab565b6fffffffffffffffffffffffffffffffff83166129de60a08701608088016133ab565b6001600160a01b031691906124da565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c15611c4e576040517f3ee5aeb500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80825d5050565b5f7f1c9a06ceab9b0ebbd3301dc56c9111bb6d9af421356dc9ccb3b7084c755db30882604051602001612a82929190613738565b604051602081830303815290604052805190602001209050919050565b5f5f5f5f612aae878787612bfe565b925092509250612abe8282612c45565b509095945050505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038616600452602485905291602083604481808b5af1925060015f51148316612b38578383151615612b2c573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b5f5f5f835160208501865af49392505050565b6040513d81523d5f602083013e3d602001810160405290565b6040513d5f823e3d81fd5b5f846001600160a01b03163b5f03612bda575f5f612b9a868686612bfe565b5090925090505f816003811115612bb357612bb361374d565b148015612bd15750866001600160a01b0316826001600160a01b0316145b92505050611729565b612be685858585612d48565b95945050505050565b5f828218828410028218610fd1565b5f80806041849003612c32578435602086013560408701355f1a612c2489828585612dcb565b955095509550505050612c3c565b505f915060029050825b93509350939050565b5f826003811115612c5857612c5861374d565b03612c61575050565b6001826003811115612c7557612c7561374d565b03612cac576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6002826003811115612cc057612cc061374d565b03612cfa576040517ffce698f700000000000000000000000000000000000000000000000000000000815260048101829052602401612524565b6003826003811115612d0e57612d0e61374d565b03610b42576040517fd78bce0c00000000000000000000000000000000000000000000000000000000815260048101829052602401612524565b604080517f1626ba7e00000000000000000000000000000000000000000000000000000000808252600482018690526024820192909252604481018390525f91908390818660648301375f82606483010152601f820160051c60051b915060205f60648401838b5afa9050825f5114601f3d111681169350505050949350505050565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0841115612e0457505f91506003905082612ea7565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa158015612e55573d5f5f3e3d5ffd5b50506040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe001519150506001600160a01b038116612e9e57505f925060019150829050612ea7565b92505f91508190505b9450945094915050565b5f60e08284031215612ec1575f5ffd5b50919050565b80356fffffffffffffffffffffffffffffffff81168114612ee6575f5ffd5b919050565b80356001600160a01b0381168114612ee6575f5ffd5b5f5f83601f840112612f11575f5ffd5b50813567ffffffffffffffff811115612f28575f5ffd5b602083019150836020828501011115612f3f575f5ffd5b9250929050565b5f5f5f5f5f6101408688031215612f5b575f5ffd5b612f658787612eb1565b9450612f7360e08701612ec7565b9350612f826101008701612eeb565b925061012086013567ffffffffffffffff811115612f9e575f5ffd5b612faa88828901612f01565b969995985093965092949392505050565b5f5f60408385031215612fcc575f5ffd5b612fd583612eeb565b9150612fe360208401612eeb565b90509250929050565b5f5f83601f840112612ffc575f5ffd5b50813567ffffffffffffffff811115613013575f5ffd5b6020830191508360208260051b8501011115612f3f575f5ffd5b5f5f6020838503121561303e575f5ffd5b823567ffffffffffffffff811115613054575f5ffd5b61306085828601612fec565b90969095509350505050565b5f60e0828403121561307c575f5ffd5b610fd18383612eb1565b5f60208284031215613096575f5ffd5b5035919050565b5f81518084528060208401602086015e5f6020828601015260207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f83011685010191505092915050565b7fff000000000000000000000000000000000000000000000000000000000000008816815260e060208201525f61312360e083018961309d565b8281036040840152613135818961309d565b606084018890526001600160a01b038716608085015260a0840186905283810360c0850152845180825260208087019350909101905f5b8181101561318a57835183526020938401939092019160010161316c565b50909b9a5050505050505050505050565b5f5f604083850312156131ac575f5ffd5b82359150612fe360208401612ec7565b5f602082016020835280845180835260408501915060408160051b8601019250602086015f5b82811015613231577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc087860301845261321c85835161309d565b945060209384019391909101906001016131e2565b50929695505050505050565b5f5f5f5f5f6101408688031215613252575f5ffd5b61325c8787612eb1565b945061326a60e08701612ec7565b9350610100860135925061012086013567ffffffffffffffff811115612f9e575f5ffd5b5f5f61010083850312156132a0575f5ffd5b6132aa8484612eb1565b9150612fe360e08401612ec7565b5f5f5f606084860312156132ca575f5ffd5b83359250602084013591506132e160408501612ec7565b90509250925092565b5f5f5f5f604085870312156132fd575f5ffd5b843567ffffffffffffffff811115613313575f5ffd5b61331f87828801612fec565b909550935050602085013567ffffffffffffffff81111561333e575f5ffd5b61334a87828801612f01565b95989497509550505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b6fffffffffffffffffffffffffffffffff8281168282160390811115610c6f57610c6f613356565b5f602082840312156133bb575f5ffd5b610fd182612eeb565b5f602082840312156133d4575f5ffd5b5051919050565b6001600160a01b03871681526001600160a01b03861660208201526fffffffffffffffffffffffffffffffff8516604082015283606082015260a060808201528160a0820152818360c08301375f81830160c090810191909152601f9092017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe016010195945050505050565b80820180821115610c6f57610c6f613356565b6fffffffffffffffffffffffffffffffff8181168382160190811115610c6f57610c6f613356565b803564ffffffffff81168114612ee6575f5ffd5b6001600160a01b036134c782612eeb565b1682526001600160a01b036134de60208301612eeb565b1660208301526001600160a01b036134f860408301612eeb565b1660408301526001600160a01b0361351260608301612eeb565b1660608301526001600160a01b0361352c60808301612eeb565b16608083015261353e60a082016134a2565b64ffffffffff1660a083015260c090810135910152565b60e08101610c6f82846134b6565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b5f82357ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec18336030181126135c2575f5ffd5b9190910192915050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b5f5f83357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe184360301811261362c575f5ffd5b83018035915067ffffffffffffffff821115613646575f5ffd5b602001915036819003821315612f3f575f5ffd5b828482375f8382015f815283518060208601835e5f910190815295945050505050565b5f6020828403121561368d575f5ffd5b610fd1826134a2565b64ffffffffff8181168382160190811115610c6f57610c6f613356565b5f602082840312156136c3575f5ffd5b610fd182612ec7565b81515f90829060208501835b828110156136f65781518452602093840193909101906001016136d8565b509195945050505050565b5f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff820361373157613731613356565b5060010190565b8281526101008101610fd160208301846134b6565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd"
