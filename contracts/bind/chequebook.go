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

// ChequebookMetaData contains all meta data concerning the Chequebook contract.
var ChequebookMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"CASHOUT_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"CHEQUE_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"CUSTOMDECREASETIMEOUT_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"EIP712DOMAIN_TYPEHASH\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_TIMEOUT\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"balance\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"bounced\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"cashCheque\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"recipient\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"cumulativePayout\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beneficiarySig\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"callerPayout\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"issuerSig\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"cashChequeBeneficiary\",\"inputs\":[{\"name\":\"recipient\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"cumulativePayout\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"issuerSig\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"decreaseHardDeposit\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"defaultHardDepositTimeout\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"hardDeposits\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"decreaseAmount\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"timeout\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"canBeDecreasedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"increaseHardDeposit\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"init\",\"inputs\":[{\"name\":\"_issuer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"_token\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"_defaultHardDepositTimeout\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"issuer\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"liquidBalance\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"liquidBalanceFor\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"paidOut\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"prepareDecreaseHardDeposit\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"decreaseAmount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setCustomHardDepositTimeout\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"hardDepositTimeout\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beneficiarySig\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"token\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIERC20\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalHardDeposit\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalPaidOut\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"ChequeBounced\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ChequeCashed\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"recipient\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"caller\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"totalPayout\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"cumulativePayout\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"callerPayout\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"HardDepositAmountChanged\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"HardDepositDecreasePrepared\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"decreaseAmount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"HardDepositTimeoutChanged\",\"inputs\":[{\"name\":\"beneficiary\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"timeout\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Withdraw\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AlreadyInitialized\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"CannotPayCaller\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureLength\",\"inputs\":[{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureS\",\"inputs\":[{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"HardDepositExceedsBalance\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"HardDepositNotSufficient\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidBeneficiarySignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidIssuer\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidIssuerSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"LiquidBalanceNotSufficient\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotIssuer\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotYetTimedOut\",\"inputs\":[{\"name\":\"canBeDecreasedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NothingNew\",\"inputs\":[{\"name\":\"paidOut\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ReentrancyGuardReentrantCall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"TimeoutNotLonger\",\"inputs\":[{\"name\":\"timeout\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TimeoutTooLong\",\"inputs\":[]}]",
	ID:  "Chequebook",
	Bin: "0x6080604052348015600e575f5ffd5b506119ce8061001c5f395ff3fe608060405234801561000f575f5ffd5b506004361061018f575f3560e01c8063b6343b0d116100dd578063c49f91d311610088578063de38eb3a11610063578063de38eb3a14610400578063e0bcf13a1461040b578063fc0c546a14610414575f5ffd5b8063c49f91d3146103b3578063c76a4d31146103da578063d4c9a8e8146103ed575f5ffd5b8063b7770350116100b8578063b777035014610371578063b799890714610384578063b7ec1a33146103ab575f5ffd5b8063b6343b0d146102de578063b648b41714610334578063b69ef8a814610369575f5ffd5b80632e1a7d4d1161013d57806381f03fcb1161011857806381f03fcb1461029957806386863ec6146102b8578063946f46a2146102cb575f5ffd5b80632e1a7d4d1461024c578063338f3fed1461025f578063488b017c14610272575f5ffd5b806315c3343f1161016d57806315c3343f146101cd5780631633fb1d146101f45780631d14384814610207575f5ffd5b80630d5f26591461019357806312101021146101a85780631357e1dc146101c4575b5f5ffd5b6101a66101a13660046117ad565b610433565b005b6101b160065481565b6040519081526020015b60405180910390f35b6101b160025481565b6101b17f48ebe6deff4a5ee645c01506a026031e2a945d6f41f1f4e5098ad65347492c1281565b6101a6610202366004611803565b610457565b6005546102279073ffffffffffffffffffffffffffffffffffffffff1681565b60405173ffffffffffffffffffffffffffffffffffffffff90911681526020016101bb565b6101a661025a3660046118a5565b61056e565b6101a661026d3660046118bc565b61066f565b6101b17f7d824962dd0f01520922ea1766c987b1db570cd5db90bdba5ccf5e320607950281565b6101b16102a73660046118e4565b60016020525f908152604090205481565b6101a66102c63660046118fd565b6107c6565b6101a66102d93660046118e4565b6108fa565b6103146102ec3660046118e4565b600360208190525f918252604090912080546001820154600283015492909301549092919084565b6040805194855260208501939093529183015260608201526080016101bb565b6005546103599074010000000000000000000000000000000000000000900460ff1681565b60405190151581526020016101bb565b6101b1610a20565b6101a661037f3660046118bc565b610ab5565b6101b17fe95f353750f192082df064ca5142d3a2d6f0bef0f3ffad66d80d8af86b7a749a81565b6101b1610bcc565b6101b17fc2f8787176b8ac6bf7215b4adcc1e069bf4ab82d9ab1df05a57a91d425935b6e81565b6101b16103e83660046118e4565b610be2565b6101a66103fb3660046117ad565b610c1f565b6101b16301e1338081565b6101b160045481565b5f546102279073ffffffffffffffffffffffffffffffffffffffff1681565b61043b610e5a565b6104493385855f8686610e91565b610451611237565b50505050565b61045f610e5a565b604080517f7d824962dd0f01520922ea1766c987b1db570cd5db90bdba5ccf5e3206079502602082015230918101919091523360608201526080810187905273ffffffffffffffffffffffffffffffffffffffff881660a082015260c081018490525f9060e0016040516020818303038152906040528051906020012090508873ffffffffffffffffffffffffffffffffffffffff16610500828888611261565b73ffffffffffffffffffffffffffffffffffffffff161461054d576040517f80c214d100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61055b898989878787610e91565b50610564611237565b5050505050505050565b610576610e5a565b60055473ffffffffffffffffffffffffffffffffffffffff1633146105c7576040517f54ec506300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6105cf610bcc565b811115610608576040517fdc98c91900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6040518181527f5b6b431d4476a211bb7d41c20d1aab9ae2321deee0d20be3d9fc9b1093fa6e3d9060200160405180910390a16005545f546106649173ffffffffffffffffffffffffffffffffffffffff918216911683611361565b61066c611237565b50565b610677610e5a565b60055473ffffffffffffffffffffffffffffffffffffffff1633146106c8576040517f54ec506300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6106d0610bcc565b811115610709576040517f542351c100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b73ffffffffffffffffffffffffffffffffffffffff82165f908152600360205260408120805490918391839190610741908490611964565b90915550505f600182018190556003820181905560048054849290610767908490611964565b9091555050805460405190815273ffffffffffffffffffffffffffffffffffffffff8416907f2506c43272ded05d095b91dbba876e66e46888157d3e078db5691496e96c5fad9060200160405180910390a2506107c2611237565b5050565b60055473ffffffffffffffffffffffffffffffffffffffff1615610816576040517f0dc149f000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b73ffffffffffffffffffffffffffffffffffffffff8316610863576040517fbdbfe21600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6301e133808111156108a1576040517ff8987e8e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6005805473ffffffffffffffffffffffffffffffffffffffff9485167fffffffffffffffffffffffff0000000000000000000000000000000000000000918216179091555f805493909416921691909117909155600655565b73ffffffffffffffffffffffffffffffffffffffff81165f9081526003602081905260409091209081015415806109345750806003015442105b1561097c5780600301546040517fc0014c0200000000000000000000000000000000000000000000000000000000815260040161097391815260200190565b60405180910390fd5b5f61098e8260010154835f01546113c1565b905080825f015f8282546109a29190611977565b90915550505f6001830181905560038301819055600480548392906109c8908490611977565b9091555050815460405190815273ffffffffffffffffffffffffffffffffffffffff8416907f2506c43272ded05d095b91dbba876e66e46888157d3e078db5691496e96c5fad906020015b60405180910390a2505050565b5f80546040517f70a0823100000000000000000000000000000000000000000000000000000000815230600482015273ffffffffffffffffffffffffffffffffffffffff909116906370a0823190602401602060405180830381865afa158015610a8c573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610ab0919061198a565b905090565b60055473ffffffffffffffffffffffffffffffffffffffff163314610b06576040517f54ec506300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b73ffffffffffffffffffffffffffffffffffffffff82165f9081526003602052604090208054821115610b65576040517fc836f71300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610b6e816113d3565b610b789042611964565b60038201556001810182905560405182815273ffffffffffffffffffffffffffffffffffffffff8416907fc8305077b495025ec4c1d977b176a762c350bb18cad4666ce1ee85c32b78698a90602001610a13565b5f600454610bd8610a20565b610ab09190611977565b73ffffffffffffffffffffffffffffffffffffffff81165f90815260036020526040812054610c0f610bcc565b610c199190611964565b92915050565b60055473ffffffffffffffffffffffffffffffffffffffff163314610c70576040517f54ec506300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b73ffffffffffffffffffffffffffffffffffffffff84165f9081526003602052604090206301e13380841115610cd2576040517ff8987e8e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610cdb816113d3565b8411610d1f57610cea816113d3565b6040517f7fe6415200000000000000000000000000000000000000000000000000000000815260040161097391815260200190565b604080517fe95f353750f192082df064ca5142d3a2d6f0bef0f3ffad66d80d8af86b7a749a6020820152309181019190915273ffffffffffffffffffffffffffffffffffffffff86166060820152608081018590525f9060a0016040516020818303038152906040528051906020012090508573ffffffffffffffffffffffffffffffffffffffff16610db3828686611261565b73ffffffffffffffffffffffffffffffffffffffff1614610e00576040517f80c214d100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6002820185905560405185815273ffffffffffffffffffffffffffffffffffffffff8716907f7b816003a769eb718bd9c66bdbd2dd5827da3f92bc6645276876bd7957b08cf09060200160405180910390a2505050505050565b610e626113f1565b610e8f60017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005b9061144a565b565b60055473ffffffffffffffffffffffffffffffffffffffff163314610f7f57604080517f48ebe6deff4a5ee645c01506a026031e2a945d6f41f1f4e5098ad65347492c12602080830191909152308284015273ffffffffffffffffffffffffffffffffffffffff898116606084015260808084018990528451808503909101815260a09093019093528151910120600554909116610f30828585611261565b73ffffffffffffffffffffffffffffffffffffffff1614610f7d576040517fd9f7f7f400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b505b73ffffffffffffffffffffffffffffffffffffffff86165f9081526001602052604090205480851015610fe1576040517f487bc36900000000000000000000000000000000000000000000000000000000815260048101829052602401610973565b5f610fec8287611977565b73ffffffffffffffffffffffffffffffffffffffff89165f908152600360205260408120919250611025836110208c610be2565b6113c1565b90508087118061103f5750861580159061103f5750828114155b15611076576040517fa32e305b00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61108482845f01546113c1565b905080156110bc5780835f015f82825461109e9190611977565b925050819055508060045f8282546110b69190611977565b90915550505b6110c68286611964565b73ffffffffffffffffffffffffffffffffffffffff8c165f9081526001602052604081209190915560028054849290611100908490611964565b909155505060408051838152602081018b9052908101899052339073ffffffffffffffffffffffffffffffffffffffff8c811691908e16907f950494fc3642fae5221b6c32e0e45765c95ebb382a04a71b160db0843e74c99f9060600160405180910390a48382146111d457600580547fffffffffffffffffffffff00ffffffffffffffffffffffffffffffffffffffff16740100000000000000000000000000000000000000001790556040517f3f4449c047e11092ec54dc0751b6b4817a9162745de856c893a26e611d18ffc4905f90a15b6112018a6111e28a85611977565b5f5473ffffffffffffffffffffffffffffffffffffffff169190611361565b871561122a575f5461122a9073ffffffffffffffffffffffffffffffffffffffff16338a611361565b5050505050505050505050565b610e8f5f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f00610e89565b604080517fc2f8787176b8ac6bf7215b4adcc1e069bf4ab82d9ab1df05a57a91d425935b6e6020808301919091527fcdeae55d99692d2ef1817623ce631bbabdb8a7b750dae41c238ddda20bef8e7b828401527fe6bbd6277e1bf288eed5e8d1780f9a50b239e86b153736bceebccf4ea79d90b36060830152466080808401919091528351808403909101815260a0830190935282519201919091207f190100000000000000000000000000000000000000000000000000000000000060c083015260c2820181905260e282018590525f916113589061010201604051602081830303815290604052805190602001208585611451565b95945050505050565b61136e838383600161147b565b6113bc576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff84166004820152602401610973565b505050565b5f8282188284100282185b9392505050565b5f81600201545f146113e9578160020154610c19565b505060065490565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c15610e8f576040517f3ee5aeb500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80825d5050565b5f5f5f5f611460878787611503565b925092509250611470828261154a565b509095945050505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8616600452602485905291602083604481808b5af1925060015f511483166114f75783831516156114eb573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b5f80806041849003611537578435602086013560408701355f1a6115298982858561164d565b955095509550505050611541565b505f915060029050825b93509350939050565b5f82600381111561155d5761155d6119a1565b03611566575050565b600182600381111561157a5761157a6119a1565b036115b1576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b60028260038111156115c5576115c56119a1565b036115ff576040517ffce698f700000000000000000000000000000000000000000000000000000000815260048101829052602401610973565b6003826003811115611613576116136119a1565b036107c2576040517fd78bce0c00000000000000000000000000000000000000000000000000000000815260048101829052602401610973565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084111561168657505f91506003905082611736565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa1580156116d7573d5f5f3e3d5ffd5b50506040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0015191505073ffffffffffffffffffffffffffffffffffffffff811661172d57505f925060019150829050611736565b92505f91508190505b9450945094915050565b803573ffffffffffffffffffffffffffffffffffffffff81168114611763575f5ffd5b919050565b5f5f83601f840112611778575f5ffd5b50813567ffffffffffffffff81111561178f575f5ffd5b6020830191508360208285010111156117a6575f5ffd5b9250929050565b5f5f5f5f606085870312156117c0575f5ffd5b6117c985611740565b935060208501359250604085013567ffffffffffffffff8111156117eb575f5ffd5b6117f787828801611768565b95989497509550505050565b5f5f5f5f5f5f5f5f60c0898b03121561181a575f5ffd5b61182389611740565b975061183160208a01611740565b965060408901359550606089013567ffffffffffffffff811115611853575f5ffd5b61185f8b828c01611768565b9096509450506080890135925060a089013567ffffffffffffffff811115611885575f5ffd5b6118918b828c01611768565b999c989b5096995094979396929594505050565b5f602082840312156118b5575f5ffd5b5035919050565b5f5f604083850312156118cd575f5ffd5b6118d683611740565b946020939093013593505050565b5f602082840312156118f4575f5ffd5b6113cc82611740565b5f5f5f6060848603121561190f575f5ffd5b61191884611740565b925061192660208501611740565b929592945050506040919091013590565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b80820180821115610c1957610c19611937565b81810381811115610c1957610c19611937565b5f6020828403121561199a575f5ffd5b5051919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd",
}

// Chequebook is an auto generated Go binding around an Ethereum contract.
type Chequebook struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Chequebook) GetABI() abi.ABI {
	return c.abi
}

// NewChequebook creates a new instance of Chequebook.
func NewChequebook() *Chequebook {
	parsed, err := ChequebookMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Chequebook{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Chequebook) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackCASHOUTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x488b017c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CASHOUT_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) PackCASHOUTTYPEHASH() []byte {
	enc, err := chequebook.abi.Pack("CASHOUT_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCASHOUTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x488b017c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CASHOUT_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) TryPackCASHOUTTYPEHASH() ([]byte, error) {
	return chequebook.abi.Pack("CASHOUT_TYPEHASH")
}

// UnpackCASHOUTTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x488b017c.
//
// Solidity: function CASHOUT_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) UnpackCASHOUTTYPEHASH(data []byte) ([32]byte, error) {
	out, err := chequebook.abi.Unpack("CASHOUT_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCHEQUETYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15c3343f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CHEQUE_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) PackCHEQUETYPEHASH() []byte {
	enc, err := chequebook.abi.Pack("CHEQUE_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCHEQUETYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15c3343f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CHEQUE_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) TryPackCHEQUETYPEHASH() ([]byte, error) {
	return chequebook.abi.Pack("CHEQUE_TYPEHASH")
}

// UnpackCHEQUETYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x15c3343f.
//
// Solidity: function CHEQUE_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) UnpackCHEQUETYPEHASH(data []byte) ([32]byte, error) {
	out, err := chequebook.abi.Unpack("CHEQUE_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCUSTOMDECREASETIMEOUTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb7998907.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CUSTOMDECREASETIMEOUT_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) PackCUSTOMDECREASETIMEOUTTYPEHASH() []byte {
	enc, err := chequebook.abi.Pack("CUSTOMDECREASETIMEOUT_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCUSTOMDECREASETIMEOUTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb7998907.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CUSTOMDECREASETIMEOUT_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) TryPackCUSTOMDECREASETIMEOUTTYPEHASH() ([]byte, error) {
	return chequebook.abi.Pack("CUSTOMDECREASETIMEOUT_TYPEHASH")
}

// UnpackCUSTOMDECREASETIMEOUTTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb7998907.
//
// Solidity: function CUSTOMDECREASETIMEOUT_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) UnpackCUSTOMDECREASETIMEOUTTYPEHASH(data []byte) ([32]byte, error) {
	out, err := chequebook.abi.Unpack("CUSTOMDECREASETIMEOUT_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackEIP712DOMAINTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc49f91d3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function EIP712DOMAIN_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) PackEIP712DOMAINTYPEHASH() []byte {
	enc, err := chequebook.abi.Pack("EIP712DOMAIN_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEIP712DOMAINTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc49f91d3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function EIP712DOMAIN_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) TryPackEIP712DOMAINTYPEHASH() ([]byte, error) {
	return chequebook.abi.Pack("EIP712DOMAIN_TYPEHASH")
}

// UnpackEIP712DOMAINTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc49f91d3.
//
// Solidity: function EIP712DOMAIN_TYPEHASH() view returns(bytes32)
func (chequebook *Chequebook) UnpackEIP712DOMAINTYPEHASH(data []byte) ([32]byte, error) {
	out, err := chequebook.abi.Unpack("EIP712DOMAIN_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackMAXTIMEOUT is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xde38eb3a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_TIMEOUT() view returns(uint256)
func (chequebook *Chequebook) PackMAXTIMEOUT() []byte {
	enc, err := chequebook.abi.Pack("MAX_TIMEOUT")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXTIMEOUT is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xde38eb3a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_TIMEOUT() view returns(uint256)
func (chequebook *Chequebook) TryPackMAXTIMEOUT() ([]byte, error) {
	return chequebook.abi.Pack("MAX_TIMEOUT")
}

// UnpackMAXTIMEOUT is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xde38eb3a.
//
// Solidity: function MAX_TIMEOUT() view returns(uint256)
func (chequebook *Chequebook) UnpackMAXTIMEOUT(data []byte) (*big.Int, error) {
	out, err := chequebook.abi.Unpack("MAX_TIMEOUT", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackBalance is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb69ef8a8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function balance() view returns(uint256)
func (chequebook *Chequebook) PackBalance() []byte {
	enc, err := chequebook.abi.Pack("balance")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBalance is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb69ef8a8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function balance() view returns(uint256)
func (chequebook *Chequebook) TryPackBalance() ([]byte, error) {
	return chequebook.abi.Pack("balance")
}

// UnpackBalance is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb69ef8a8.
//
// Solidity: function balance() view returns(uint256)
func (chequebook *Chequebook) UnpackBalance(data []byte) (*big.Int, error) {
	out, err := chequebook.abi.Unpack("balance", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackBounced is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb648b417.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function bounced() view returns(bool)
func (chequebook *Chequebook) PackBounced() []byte {
	enc, err := chequebook.abi.Pack("bounced")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBounced is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb648b417.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function bounced() view returns(bool)
func (chequebook *Chequebook) TryPackBounced() ([]byte, error) {
	return chequebook.abi.Pack("bounced")
}

// UnpackBounced is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb648b417.
//
// Solidity: function bounced() view returns(bool)
func (chequebook *Chequebook) UnpackBounced(data []byte) (bool, error) {
	out, err := chequebook.abi.Unpack("bounced", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackCashCheque is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1633fb1d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function cashCheque(address beneficiary, address recipient, uint256 cumulativePayout, bytes beneficiarySig, uint256 callerPayout, bytes issuerSig) returns()
func (chequebook *Chequebook) PackCashCheque(beneficiary common.Address, recipient common.Address, cumulativePayout *big.Int, beneficiarySig []byte, callerPayout *big.Int, issuerSig []byte) []byte {
	enc, err := chequebook.abi.Pack("cashCheque", beneficiary, recipient, cumulativePayout, beneficiarySig, callerPayout, issuerSig)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCashCheque is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1633fb1d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function cashCheque(address beneficiary, address recipient, uint256 cumulativePayout, bytes beneficiarySig, uint256 callerPayout, bytes issuerSig) returns()
func (chequebook *Chequebook) TryPackCashCheque(beneficiary common.Address, recipient common.Address, cumulativePayout *big.Int, beneficiarySig []byte, callerPayout *big.Int, issuerSig []byte) ([]byte, error) {
	return chequebook.abi.Pack("cashCheque", beneficiary, recipient, cumulativePayout, beneficiarySig, callerPayout, issuerSig)
}

// PackCashChequeBeneficiary is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0d5f2659.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function cashChequeBeneficiary(address recipient, uint256 cumulativePayout, bytes issuerSig) returns()
func (chequebook *Chequebook) PackCashChequeBeneficiary(recipient common.Address, cumulativePayout *big.Int, issuerSig []byte) []byte {
	enc, err := chequebook.abi.Pack("cashChequeBeneficiary", recipient, cumulativePayout, issuerSig)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCashChequeBeneficiary is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0d5f2659.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function cashChequeBeneficiary(address recipient, uint256 cumulativePayout, bytes issuerSig) returns()
func (chequebook *Chequebook) TryPackCashChequeBeneficiary(recipient common.Address, cumulativePayout *big.Int, issuerSig []byte) ([]byte, error) {
	return chequebook.abi.Pack("cashChequeBeneficiary", recipient, cumulativePayout, issuerSig)
}

// PackDecreaseHardDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x946f46a2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function decreaseHardDeposit(address beneficiary) returns()
func (chequebook *Chequebook) PackDecreaseHardDeposit(beneficiary common.Address) []byte {
	enc, err := chequebook.abi.Pack("decreaseHardDeposit", beneficiary)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDecreaseHardDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x946f46a2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function decreaseHardDeposit(address beneficiary) returns()
func (chequebook *Chequebook) TryPackDecreaseHardDeposit(beneficiary common.Address) ([]byte, error) {
	return chequebook.abi.Pack("decreaseHardDeposit", beneficiary)
}

// PackDefaultHardDepositTimeout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x12101021.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function defaultHardDepositTimeout() view returns(uint256)
func (chequebook *Chequebook) PackDefaultHardDepositTimeout() []byte {
	enc, err := chequebook.abi.Pack("defaultHardDepositTimeout")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDefaultHardDepositTimeout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x12101021.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function defaultHardDepositTimeout() view returns(uint256)
func (chequebook *Chequebook) TryPackDefaultHardDepositTimeout() ([]byte, error) {
	return chequebook.abi.Pack("defaultHardDepositTimeout")
}

// UnpackDefaultHardDepositTimeout is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x12101021.
//
// Solidity: function defaultHardDepositTimeout() view returns(uint256)
func (chequebook *Chequebook) UnpackDefaultHardDepositTimeout(data []byte) (*big.Int, error) {
	out, err := chequebook.abi.Unpack("defaultHardDepositTimeout", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackHardDeposits is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb6343b0d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function hardDeposits(address beneficiary) view returns(uint256 amount, uint256 decreaseAmount, uint256 timeout, uint256 canBeDecreasedAt)
func (chequebook *Chequebook) PackHardDeposits(beneficiary common.Address) []byte {
	enc, err := chequebook.abi.Pack("hardDeposits", beneficiary)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHardDeposits is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb6343b0d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function hardDeposits(address beneficiary) view returns(uint256 amount, uint256 decreaseAmount, uint256 timeout, uint256 canBeDecreasedAt)
func (chequebook *Chequebook) TryPackHardDeposits(beneficiary common.Address) ([]byte, error) {
	return chequebook.abi.Pack("hardDeposits", beneficiary)
}

// HardDepositsOutput serves as a container for the return parameters of contract
// method HardDeposits.
type HardDepositsOutput struct {
	Amount           *big.Int
	DecreaseAmount   *big.Int
	Timeout          *big.Int
	CanBeDecreasedAt *big.Int
}

// UnpackHardDeposits is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb6343b0d.
//
// Solidity: function hardDeposits(address beneficiary) view returns(uint256 amount, uint256 decreaseAmount, uint256 timeout, uint256 canBeDecreasedAt)
func (chequebook *Chequebook) UnpackHardDeposits(data []byte) (HardDepositsOutput, error) {
	out, err := chequebook.abi.Unpack("hardDeposits", data)
	outstruct := new(HardDepositsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Amount = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.DecreaseAmount = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.Timeout = abi.ConvertType(out[2], new(big.Int)).(*big.Int)
	outstruct.CanBeDecreasedAt = abi.ConvertType(out[3], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackIncreaseHardDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x338f3fed.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function increaseHardDeposit(address beneficiary, uint256 amount) returns()
func (chequebook *Chequebook) PackIncreaseHardDeposit(beneficiary common.Address, amount *big.Int) []byte {
	enc, err := chequebook.abi.Pack("increaseHardDeposit", beneficiary, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIncreaseHardDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x338f3fed.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function increaseHardDeposit(address beneficiary, uint256 amount) returns()
func (chequebook *Chequebook) TryPackIncreaseHardDeposit(beneficiary common.Address, amount *big.Int) ([]byte, error) {
	return chequebook.abi.Pack("increaseHardDeposit", beneficiary, amount)
}

// PackInit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x86863ec6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function init(address _issuer, address _token, uint256 _defaultHardDepositTimeout) returns()
func (chequebook *Chequebook) PackInit(issuer common.Address, token common.Address, defaultHardDepositTimeout *big.Int) []byte {
	enc, err := chequebook.abi.Pack("init", issuer, token, defaultHardDepositTimeout)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackInit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x86863ec6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function init(address _issuer, address _token, uint256 _defaultHardDepositTimeout) returns()
func (chequebook *Chequebook) TryPackInit(issuer common.Address, token common.Address, defaultHardDepositTimeout *big.Int) ([]byte, error) {
	return chequebook.abi.Pack("init", issuer, token, defaultHardDepositTimeout)
}

// PackIssuer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1d143848.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function issuer() view returns(address)
func (chequebook *Chequebook) PackIssuer() []byte {
	enc, err := chequebook.abi.Pack("issuer")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIssuer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1d143848.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function issuer() view returns(address)
func (chequebook *Chequebook) TryPackIssuer() ([]byte, error) {
	return chequebook.abi.Pack("issuer")
}

// UnpackIssuer is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x1d143848.
//
// Solidity: function issuer() view returns(address)
func (chequebook *Chequebook) UnpackIssuer(data []byte) (common.Address, error) {
	out, err := chequebook.abi.Unpack("issuer", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackLiquidBalance is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb7ec1a33.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function liquidBalance() view returns(uint256)
func (chequebook *Chequebook) PackLiquidBalance() []byte {
	enc, err := chequebook.abi.Pack("liquidBalance")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLiquidBalance is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb7ec1a33.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function liquidBalance() view returns(uint256)
func (chequebook *Chequebook) TryPackLiquidBalance() ([]byte, error) {
	return chequebook.abi.Pack("liquidBalance")
}

// UnpackLiquidBalance is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb7ec1a33.
//
// Solidity: function liquidBalance() view returns(uint256)
func (chequebook *Chequebook) UnpackLiquidBalance(data []byte) (*big.Int, error) {
	out, err := chequebook.abi.Unpack("liquidBalance", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackLiquidBalanceFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc76a4d31.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function liquidBalanceFor(address beneficiary) view returns(uint256)
func (chequebook *Chequebook) PackLiquidBalanceFor(beneficiary common.Address) []byte {
	enc, err := chequebook.abi.Pack("liquidBalanceFor", beneficiary)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLiquidBalanceFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc76a4d31.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function liquidBalanceFor(address beneficiary) view returns(uint256)
func (chequebook *Chequebook) TryPackLiquidBalanceFor(beneficiary common.Address) ([]byte, error) {
	return chequebook.abi.Pack("liquidBalanceFor", beneficiary)
}

// UnpackLiquidBalanceFor is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc76a4d31.
//
// Solidity: function liquidBalanceFor(address beneficiary) view returns(uint256)
func (chequebook *Chequebook) UnpackLiquidBalanceFor(data []byte) (*big.Int, error) {
	out, err := chequebook.abi.Unpack("liquidBalanceFor", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackPaidOut is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x81f03fcb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function paidOut(address beneficiary) view returns(uint256)
func (chequebook *Chequebook) PackPaidOut(beneficiary common.Address) []byte {
	enc, err := chequebook.abi.Pack("paidOut", beneficiary)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPaidOut is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x81f03fcb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function paidOut(address beneficiary) view returns(uint256)
func (chequebook *Chequebook) TryPackPaidOut(beneficiary common.Address) ([]byte, error) {
	return chequebook.abi.Pack("paidOut", beneficiary)
}

// UnpackPaidOut is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x81f03fcb.
//
// Solidity: function paidOut(address beneficiary) view returns(uint256)
func (chequebook *Chequebook) UnpackPaidOut(data []byte) (*big.Int, error) {
	out, err := chequebook.abi.Unpack("paidOut", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackPrepareDecreaseHardDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb7770350.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function prepareDecreaseHardDeposit(address beneficiary, uint256 decreaseAmount) returns()
func (chequebook *Chequebook) PackPrepareDecreaseHardDeposit(beneficiary common.Address, decreaseAmount *big.Int) []byte {
	enc, err := chequebook.abi.Pack("prepareDecreaseHardDeposit", beneficiary, decreaseAmount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPrepareDecreaseHardDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb7770350.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function prepareDecreaseHardDeposit(address beneficiary, uint256 decreaseAmount) returns()
func (chequebook *Chequebook) TryPackPrepareDecreaseHardDeposit(beneficiary common.Address, decreaseAmount *big.Int) ([]byte, error) {
	return chequebook.abi.Pack("prepareDecreaseHardDeposit", beneficiary, decreaseAmount)
}

// PackSetCustomHardDepositTimeout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd4c9a8e8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setCustomHardDepositTimeout(address beneficiary, uint256 hardDepositTimeout, bytes beneficiarySig) returns()
func (chequebook *Chequebook) PackSetCustomHardDepositTimeout(beneficiary common.Address, hardDepositTimeout *big.Int, beneficiarySig []byte) []byte {
	enc, err := chequebook.abi.Pack("setCustomHardDepositTimeout", beneficiary, hardDepositTimeout, beneficiarySig)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetCustomHardDepositTimeout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd4c9a8e8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setCustomHardDepositTimeout(address beneficiary, uint256 hardDepositTimeout, bytes beneficiarySig) returns()
func (chequebook *Chequebook) TryPackSetCustomHardDepositTimeout(beneficiary common.Address, hardDepositTimeout *big.Int, beneficiarySig []byte) ([]byte, error) {
	return chequebook.abi.Pack("setCustomHardDepositTimeout", beneficiary, hardDepositTimeout, beneficiarySig)
}

// PackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token() view returns(address)
func (chequebook *Chequebook) PackToken() []byte {
	enc, err := chequebook.abi.Pack("token")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function token() view returns(address)
func (chequebook *Chequebook) TryPackToken() ([]byte, error) {
	return chequebook.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (chequebook *Chequebook) UnpackToken(data []byte) (common.Address, error) {
	out, err := chequebook.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackTotalHardDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe0bcf13a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalHardDeposit() view returns(uint256)
func (chequebook *Chequebook) PackTotalHardDeposit() []byte {
	enc, err := chequebook.abi.Pack("totalHardDeposit")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalHardDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe0bcf13a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalHardDeposit() view returns(uint256)
func (chequebook *Chequebook) TryPackTotalHardDeposit() ([]byte, error) {
	return chequebook.abi.Pack("totalHardDeposit")
}

// UnpackTotalHardDeposit is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe0bcf13a.
//
// Solidity: function totalHardDeposit() view returns(uint256)
func (chequebook *Chequebook) UnpackTotalHardDeposit(data []byte) (*big.Int, error) {
	out, err := chequebook.abi.Unpack("totalHardDeposit", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackTotalPaidOut is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1357e1dc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalPaidOut() view returns(uint256)
func (chequebook *Chequebook) PackTotalPaidOut() []byte {
	enc, err := chequebook.abi.Pack("totalPaidOut")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalPaidOut is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1357e1dc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalPaidOut() view returns(uint256)
func (chequebook *Chequebook) TryPackTotalPaidOut() ([]byte, error) {
	return chequebook.abi.Pack("totalPaidOut")
}

// UnpackTotalPaidOut is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x1357e1dc.
//
// Solidity: function totalPaidOut() view returns(uint256)
func (chequebook *Chequebook) UnpackTotalPaidOut(data []byte) (*big.Int, error) {
	out, err := chequebook.abi.Unpack("totalPaidOut", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2e1a7d4d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw(uint256 amount) returns()
func (chequebook *Chequebook) PackWithdraw(amount *big.Int) []byte {
	enc, err := chequebook.abi.Pack("withdraw", amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2e1a7d4d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw(uint256 amount) returns()
func (chequebook *Chequebook) TryPackWithdraw(amount *big.Int) ([]byte, error) {
	return chequebook.abi.Pack("withdraw", amount)
}

// ChequebookChequeBounced represents a ChequeBounced event raised by the Chequebook contract.
type ChequebookChequeBounced struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const ChequebookChequeBouncedEventName = "ChequeBounced"

// ContractEventName returns the user-defined event name.
func (ChequebookChequeBounced) ContractEventName() string {
	return ChequebookChequeBouncedEventName
}

// UnpackChequeBouncedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ChequeBounced()
func (chequebook *Chequebook) UnpackChequeBouncedEvent(log *types.Log) (*ChequebookChequeBounced, error) {
	event := "ChequeBounced"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != chequebook.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChequebookChequeBounced)
	if len(log.Data) > 0 {
		if err := chequebook.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range chequebook.abi.Events[event].Inputs {
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

// ChequebookChequeCashed represents a ChequeCashed event raised by the Chequebook contract.
type ChequebookChequeCashed struct {
	Beneficiary      common.Address
	Recipient        common.Address
	Caller           common.Address
	TotalPayout      *big.Int
	CumulativePayout *big.Int
	CallerPayout     *big.Int
	Raw              *types.Log // Blockchain specific contextual infos
}

const ChequebookChequeCashedEventName = "ChequeCashed"

// ContractEventName returns the user-defined event name.
func (ChequebookChequeCashed) ContractEventName() string {
	return ChequebookChequeCashedEventName
}

// UnpackChequeCashedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ChequeCashed(address indexed beneficiary, address indexed recipient, address indexed caller, uint256 totalPayout, uint256 cumulativePayout, uint256 callerPayout)
func (chequebook *Chequebook) UnpackChequeCashedEvent(log *types.Log) (*ChequebookChequeCashed, error) {
	event := "ChequeCashed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != chequebook.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChequebookChequeCashed)
	if len(log.Data) > 0 {
		if err := chequebook.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range chequebook.abi.Events[event].Inputs {
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

// ChequebookHardDepositAmountChanged represents a HardDepositAmountChanged event raised by the Chequebook contract.
type ChequebookHardDepositAmountChanged struct {
	Beneficiary common.Address
	Amount      *big.Int
	Raw         *types.Log // Blockchain specific contextual infos
}

const ChequebookHardDepositAmountChangedEventName = "HardDepositAmountChanged"

// ContractEventName returns the user-defined event name.
func (ChequebookHardDepositAmountChanged) ContractEventName() string {
	return ChequebookHardDepositAmountChangedEventName
}

// UnpackHardDepositAmountChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event HardDepositAmountChanged(address indexed beneficiary, uint256 amount)
func (chequebook *Chequebook) UnpackHardDepositAmountChangedEvent(log *types.Log) (*ChequebookHardDepositAmountChanged, error) {
	event := "HardDepositAmountChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != chequebook.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChequebookHardDepositAmountChanged)
	if len(log.Data) > 0 {
		if err := chequebook.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range chequebook.abi.Events[event].Inputs {
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

// ChequebookHardDepositDecreasePrepared represents a HardDepositDecreasePrepared event raised by the Chequebook contract.
type ChequebookHardDepositDecreasePrepared struct {
	Beneficiary    common.Address
	DecreaseAmount *big.Int
	Raw            *types.Log // Blockchain specific contextual infos
}

const ChequebookHardDepositDecreasePreparedEventName = "HardDepositDecreasePrepared"

// ContractEventName returns the user-defined event name.
func (ChequebookHardDepositDecreasePrepared) ContractEventName() string {
	return ChequebookHardDepositDecreasePreparedEventName
}

// UnpackHardDepositDecreasePreparedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event HardDepositDecreasePrepared(address indexed beneficiary, uint256 decreaseAmount)
func (chequebook *Chequebook) UnpackHardDepositDecreasePreparedEvent(log *types.Log) (*ChequebookHardDepositDecreasePrepared, error) {
	event := "HardDepositDecreasePrepared"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != chequebook.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChequebookHardDepositDecreasePrepared)
	if len(log.Data) > 0 {
		if err := chequebook.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range chequebook.abi.Events[event].Inputs {
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

// ChequebookHardDepositTimeoutChanged represents a HardDepositTimeoutChanged event raised by the Chequebook contract.
type ChequebookHardDepositTimeoutChanged struct {
	Beneficiary common.Address
	Timeout     *big.Int
	Raw         *types.Log // Blockchain specific contextual infos
}

const ChequebookHardDepositTimeoutChangedEventName = "HardDepositTimeoutChanged"

// ContractEventName returns the user-defined event name.
func (ChequebookHardDepositTimeoutChanged) ContractEventName() string {
	return ChequebookHardDepositTimeoutChangedEventName
}

// UnpackHardDepositTimeoutChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event HardDepositTimeoutChanged(address indexed beneficiary, uint256 timeout)
func (chequebook *Chequebook) UnpackHardDepositTimeoutChangedEvent(log *types.Log) (*ChequebookHardDepositTimeoutChanged, error) {
	event := "HardDepositTimeoutChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != chequebook.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChequebookHardDepositTimeoutChanged)
	if len(log.Data) > 0 {
		if err := chequebook.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range chequebook.abi.Events[event].Inputs {
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

// ChequebookWithdraw represents a Withdraw event raised by the Chequebook contract.
type ChequebookWithdraw struct {
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const ChequebookWithdrawEventName = "Withdraw"

// ContractEventName returns the user-defined event name.
func (ChequebookWithdraw) ContractEventName() string {
	return ChequebookWithdrawEventName
}

// UnpackWithdrawEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdraw(uint256 amount)
func (chequebook *Chequebook) UnpackWithdrawEvent(log *types.Log) (*ChequebookWithdraw, error) {
	event := "Withdraw"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != chequebook.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChequebookWithdraw)
	if len(log.Data) > 0 {
		if err := chequebook.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range chequebook.abi.Events[event].Inputs {
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
func (chequebook *Chequebook) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], chequebook.abi.Errors["AlreadyInitialized"].ID.Bytes()[:4]) {
		return chequebook.UnpackAlreadyInitializedError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["CannotPayCaller"].ID.Bytes()[:4]) {
		return chequebook.UnpackCannotPayCallerError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["ECDSAInvalidSignature"].ID.Bytes()[:4]) {
		return chequebook.UnpackECDSAInvalidSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["ECDSAInvalidSignatureLength"].ID.Bytes()[:4]) {
		return chequebook.UnpackECDSAInvalidSignatureLengthError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["ECDSAInvalidSignatureS"].ID.Bytes()[:4]) {
		return chequebook.UnpackECDSAInvalidSignatureSError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["HardDepositExceedsBalance"].ID.Bytes()[:4]) {
		return chequebook.UnpackHardDepositExceedsBalanceError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["HardDepositNotSufficient"].ID.Bytes()[:4]) {
		return chequebook.UnpackHardDepositNotSufficientError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["InvalidBeneficiarySignature"].ID.Bytes()[:4]) {
		return chequebook.UnpackInvalidBeneficiarySignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["InvalidIssuer"].ID.Bytes()[:4]) {
		return chequebook.UnpackInvalidIssuerError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["InvalidIssuerSignature"].ID.Bytes()[:4]) {
		return chequebook.UnpackInvalidIssuerSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["LiquidBalanceNotSufficient"].ID.Bytes()[:4]) {
		return chequebook.UnpackLiquidBalanceNotSufficientError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["NotIssuer"].ID.Bytes()[:4]) {
		return chequebook.UnpackNotIssuerError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["NotYetTimedOut"].ID.Bytes()[:4]) {
		return chequebook.UnpackNotYetTimedOutError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["NothingNew"].ID.Bytes()[:4]) {
		return chequebook.UnpackNothingNewError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["ReentrancyGuardReentrantCall"].ID.Bytes()[:4]) {
		return chequebook.UnpackReentrancyGuardReentrantCallError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return chequebook.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["TimeoutNotLonger"].ID.Bytes()[:4]) {
		return chequebook.UnpackTimeoutNotLongerError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebook.abi.Errors["TimeoutTooLong"].ID.Bytes()[:4]) {
		return chequebook.UnpackTimeoutTooLongError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// ChequebookAlreadyInitialized represents a AlreadyInitialized error raised by the Chequebook contract.
type ChequebookAlreadyInitialized struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyInitialized()
func ChequebookAlreadyInitializedErrorID() common.Hash {
	return common.HexToHash("0x0dc149f07762891dbcea3fe72770f3d63a1863fc54b2f084e8c59ec476996927")
}

// UnpackAlreadyInitializedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyInitialized()
func (chequebook *Chequebook) UnpackAlreadyInitializedError(raw []byte) (*ChequebookAlreadyInitialized, error) {
	out := new(ChequebookAlreadyInitialized)
	if err := chequebook.abi.UnpackIntoInterface(out, "AlreadyInitialized", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookCannotPayCaller represents a CannotPayCaller error raised by the Chequebook contract.
type ChequebookCannotPayCaller struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CannotPayCaller()
func ChequebookCannotPayCallerErrorID() common.Hash {
	return common.HexToHash("0xa32e305b30ccd4aad0675c480b8b84692bbd5dc9c78fd3fa06a894822f2c9eb9")
}

// UnpackCannotPayCallerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CannotPayCaller()
func (chequebook *Chequebook) UnpackCannotPayCallerError(raw []byte) (*ChequebookCannotPayCaller, error) {
	out := new(ChequebookCannotPayCaller)
	if err := chequebook.abi.UnpackIntoInterface(out, "CannotPayCaller", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookECDSAInvalidSignature represents a ECDSAInvalidSignature error raised by the Chequebook contract.
type ChequebookECDSAInvalidSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignature()
func ChequebookECDSAInvalidSignatureErrorID() common.Hash {
	return common.HexToHash("0xf645eedf0193584640b6b90cb9477e4c95b98636c148a891d4c0a146dc46e75a")
}

// UnpackECDSAInvalidSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignature()
func (chequebook *Chequebook) UnpackECDSAInvalidSignatureError(raw []byte) (*ChequebookECDSAInvalidSignature, error) {
	out := new(ChequebookECDSAInvalidSignature)
	if err := chequebook.abi.UnpackIntoInterface(out, "ECDSAInvalidSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookECDSAInvalidSignatureLength represents a ECDSAInvalidSignatureLength error raised by the Chequebook contract.
type ChequebookECDSAInvalidSignatureLength struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignatureLength(uint256 length)
func ChequebookECDSAInvalidSignatureLengthErrorID() common.Hash {
	return common.HexToHash("0xfce698f7e8e5342cd615f641317bc45fe7e1e4a8b0a14dd1383ff8dc9c41917f")
}

// UnpackECDSAInvalidSignatureLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignatureLength(uint256 length)
func (chequebook *Chequebook) UnpackECDSAInvalidSignatureLengthError(raw []byte) (*ChequebookECDSAInvalidSignatureLength, error) {
	out := new(ChequebookECDSAInvalidSignatureLength)
	if err := chequebook.abi.UnpackIntoInterface(out, "ECDSAInvalidSignatureLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookECDSAInvalidSignatureS represents a ECDSAInvalidSignatureS error raised by the Chequebook contract.
type ChequebookECDSAInvalidSignatureS struct {
	S [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignatureS(bytes32 s)
func ChequebookECDSAInvalidSignatureSErrorID() common.Hash {
	return common.HexToHash("0xd78bce0cccb935155ed6428d1c13e50b7f3550fd2b66b9fe266006fea4a5e1eb")
}

// UnpackECDSAInvalidSignatureSError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignatureS(bytes32 s)
func (chequebook *Chequebook) UnpackECDSAInvalidSignatureSError(raw []byte) (*ChequebookECDSAInvalidSignatureS, error) {
	out := new(ChequebookECDSAInvalidSignatureS)
	if err := chequebook.abi.UnpackIntoInterface(out, "ECDSAInvalidSignatureS", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookHardDepositExceedsBalance represents a HardDepositExceedsBalance error raised by the Chequebook contract.
type ChequebookHardDepositExceedsBalance struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error HardDepositExceedsBalance()
func ChequebookHardDepositExceedsBalanceErrorID() common.Hash {
	return common.HexToHash("0x542351c1a03b540268348d31528dbabcc54d38b7c1453939822de45d9bb5913a")
}

// UnpackHardDepositExceedsBalanceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error HardDepositExceedsBalance()
func (chequebook *Chequebook) UnpackHardDepositExceedsBalanceError(raw []byte) (*ChequebookHardDepositExceedsBalance, error) {
	out := new(ChequebookHardDepositExceedsBalance)
	if err := chequebook.abi.UnpackIntoInterface(out, "HardDepositExceedsBalance", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookHardDepositNotSufficient represents a HardDepositNotSufficient error raised by the Chequebook contract.
type ChequebookHardDepositNotSufficient struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error HardDepositNotSufficient()
func ChequebookHardDepositNotSufficientErrorID() common.Hash {
	return common.HexToHash("0xc836f713ef441221ef5daad34bd44ee71cd3fe37c44ff11436905637f940be9e")
}

// UnpackHardDepositNotSufficientError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error HardDepositNotSufficient()
func (chequebook *Chequebook) UnpackHardDepositNotSufficientError(raw []byte) (*ChequebookHardDepositNotSufficient, error) {
	out := new(ChequebookHardDepositNotSufficient)
	if err := chequebook.abi.UnpackIntoInterface(out, "HardDepositNotSufficient", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookInvalidBeneficiarySignature represents a InvalidBeneficiarySignature error raised by the Chequebook contract.
type ChequebookInvalidBeneficiarySignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidBeneficiarySignature()
func ChequebookInvalidBeneficiarySignatureErrorID() common.Hash {
	return common.HexToHash("0x80c214d15a79aa3df3149b6fb2b71e507c8921044a7fb3da4c5eb7805dbfcce3")
}

// UnpackInvalidBeneficiarySignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidBeneficiarySignature()
func (chequebook *Chequebook) UnpackInvalidBeneficiarySignatureError(raw []byte) (*ChequebookInvalidBeneficiarySignature, error) {
	out := new(ChequebookInvalidBeneficiarySignature)
	if err := chequebook.abi.UnpackIntoInterface(out, "InvalidBeneficiarySignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookInvalidIssuer represents a InvalidIssuer error raised by the Chequebook contract.
type ChequebookInvalidIssuer struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidIssuer()
func ChequebookInvalidIssuerErrorID() common.Hash {
	return common.HexToHash("0xbdbfe216bf54ca1e37050dd128f359c10838828998146d53856936a421d4c631")
}

// UnpackInvalidIssuerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidIssuer()
func (chequebook *Chequebook) UnpackInvalidIssuerError(raw []byte) (*ChequebookInvalidIssuer, error) {
	out := new(ChequebookInvalidIssuer)
	if err := chequebook.abi.UnpackIntoInterface(out, "InvalidIssuer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookInvalidIssuerSignature represents a InvalidIssuerSignature error raised by the Chequebook contract.
type ChequebookInvalidIssuerSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidIssuerSignature()
func ChequebookInvalidIssuerSignatureErrorID() common.Hash {
	return common.HexToHash("0xd9f7f7f48eb7e210d9212259c31a33b5e3b2125933056bcba20153ce23c17f75")
}

// UnpackInvalidIssuerSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidIssuerSignature()
func (chequebook *Chequebook) UnpackInvalidIssuerSignatureError(raw []byte) (*ChequebookInvalidIssuerSignature, error) {
	out := new(ChequebookInvalidIssuerSignature)
	if err := chequebook.abi.UnpackIntoInterface(out, "InvalidIssuerSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookLiquidBalanceNotSufficient represents a LiquidBalanceNotSufficient error raised by the Chequebook contract.
type ChequebookLiquidBalanceNotSufficient struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error LiquidBalanceNotSufficient()
func ChequebookLiquidBalanceNotSufficientErrorID() common.Hash {
	return common.HexToHash("0xdc98c919996657663cfa5bcaf4b96da1b5913ab6f5d22fdd3f0f4d7a9cdd1dca")
}

// UnpackLiquidBalanceNotSufficientError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error LiquidBalanceNotSufficient()
func (chequebook *Chequebook) UnpackLiquidBalanceNotSufficientError(raw []byte) (*ChequebookLiquidBalanceNotSufficient, error) {
	out := new(ChequebookLiquidBalanceNotSufficient)
	if err := chequebook.abi.UnpackIntoInterface(out, "LiquidBalanceNotSufficient", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookNotIssuer represents a NotIssuer error raised by the Chequebook contract.
type ChequebookNotIssuer struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotIssuer()
func ChequebookNotIssuerErrorID() common.Hash {
	return common.HexToHash("0x54ec50639373b9ecf5c1576d5fcbf1e5c4f02c9b67d364a6a3471b351bfc58b7")
}

// UnpackNotIssuerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotIssuer()
func (chequebook *Chequebook) UnpackNotIssuerError(raw []byte) (*ChequebookNotIssuer, error) {
	out := new(ChequebookNotIssuer)
	if err := chequebook.abi.UnpackIntoInterface(out, "NotIssuer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookNotYetTimedOut represents a NotYetTimedOut error raised by the Chequebook contract.
type ChequebookNotYetTimedOut struct {
	CanBeDecreasedAt *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotYetTimedOut(uint256 canBeDecreasedAt)
func ChequebookNotYetTimedOutErrorID() common.Hash {
	return common.HexToHash("0xc0014c02992c8f2a7de67d8ce3c85fd65cf06363a5f1a3599e35315c8a99d82a")
}

// UnpackNotYetTimedOutError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotYetTimedOut(uint256 canBeDecreasedAt)
func (chequebook *Chequebook) UnpackNotYetTimedOutError(raw []byte) (*ChequebookNotYetTimedOut, error) {
	out := new(ChequebookNotYetTimedOut)
	if err := chequebook.abi.UnpackIntoInterface(out, "NotYetTimedOut", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookNothingNew represents a NothingNew error raised by the Chequebook contract.
type ChequebookNothingNew struct {
	PaidOut *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingNew(uint256 paidOut)
func ChequebookNothingNewErrorID() common.Hash {
	return common.HexToHash("0x487bc369954fc0b2be347b9d99dceba1560de2233c9d7935bad6bfd461c05aa2")
}

// UnpackNothingNewError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingNew(uint256 paidOut)
func (chequebook *Chequebook) UnpackNothingNewError(raw []byte) (*ChequebookNothingNew, error) {
	out := new(ChequebookNothingNew)
	if err := chequebook.abi.UnpackIntoInterface(out, "NothingNew", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookReentrancyGuardReentrantCall represents a ReentrancyGuardReentrantCall error raised by the Chequebook contract.
type ChequebookReentrancyGuardReentrantCall struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ReentrancyGuardReentrantCall()
func ChequebookReentrancyGuardReentrantCallErrorID() common.Hash {
	return common.HexToHash("0x3ee5aeb571de7fc460830b4d0017439a1ca56fb0bc39062227ade4fe4a24c1ca")
}

// UnpackReentrancyGuardReentrantCallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ReentrancyGuardReentrantCall()
func (chequebook *Chequebook) UnpackReentrancyGuardReentrantCallError(raw []byte) (*ChequebookReentrancyGuardReentrantCall, error) {
	out := new(ChequebookReentrancyGuardReentrantCall)
	if err := chequebook.abi.UnpackIntoInterface(out, "ReentrancyGuardReentrantCall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the Chequebook contract.
type ChequebookSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func ChequebookSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (chequebook *Chequebook) UnpackSafeERC20FailedOperationError(raw []byte) (*ChequebookSafeERC20FailedOperation, error) {
	out := new(ChequebookSafeERC20FailedOperation)
	if err := chequebook.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookTimeoutNotLonger represents a TimeoutNotLonger error raised by the Chequebook contract.
type ChequebookTimeoutNotLonger struct {
	Timeout *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TimeoutNotLonger(uint256 timeout)
func ChequebookTimeoutNotLongerErrorID() common.Hash {
	return common.HexToHash("0x7fe6415229ff7781daf179959c1725d700493062d25ce0fcb3c60c4278476906")
}

// UnpackTimeoutNotLongerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TimeoutNotLonger(uint256 timeout)
func (chequebook *Chequebook) UnpackTimeoutNotLongerError(raw []byte) (*ChequebookTimeoutNotLonger, error) {
	out := new(ChequebookTimeoutNotLonger)
	if err := chequebook.abi.UnpackIntoInterface(out, "TimeoutNotLonger", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookTimeoutTooLong represents a TimeoutTooLong error raised by the Chequebook contract.
type ChequebookTimeoutTooLong struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TimeoutTooLong()
func ChequebookTimeoutTooLongErrorID() common.Hash {
	return common.HexToHash("0xf8987e8ee0a7c9918d2673712dcd353b414bb7fad4adf067c4f6e8b6c2149b5a")
}

// UnpackTimeoutTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TimeoutTooLong()
func (chequebook *Chequebook) UnpackTimeoutTooLongError(raw []byte) (*ChequebookTimeoutTooLong, error) {
	out := new(ChequebookTimeoutTooLong)
	if err := chequebook.abi.UnpackIntoInterface(out, "TimeoutTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}
