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

// ChequebookFactoryMetaData contains all meta data concerning the ChequebookFactory contract.
var ChequebookFactoryMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"_ERC20Address\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"ERC20Address\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"deploySimpleSwap\",\"inputs\":[{\"name\":\"issuer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"defaultHardDepositTimeoutDuration\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"chequebook\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"deployedContracts\",\"inputs\":[{\"name\":\"chequebook\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"master\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"event\",\"name\":\"SimpleSwapDeployed\",\"inputs\":[{\"name\":\"contractAddress\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"FailedDeployment\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InsufficientBalance\",\"inputs\":[{\"name\":\"balance\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"needed\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]",
	ID:  "ChequebookFactory",
	Bin: "0x608060405234801561000f575f5ffd5b50604051611eed380380611eed83398101604081905261002e91610108565b5f80546001600160a01b0319166001600160a01b038316178155604051610054906100fb565b604051809103905ff08015801561006d573d5f5f3e3d5ffd5b506040516343431f6360e11b8152600160048201525f6024820181905260448201529091506001600160a01b038216906386863ec6906064015f604051808303815f87803b1580156100bd575f5ffd5b505af11580156100cf573d5f5f3e3d5ffd5b5050600180546001600160a01b0319166001600160a01b03949094169390931790925550610135915050565b6119ea8061050383390190565b5f60208284031215610118575f5ffd5b81516001600160a01b038116811461012e575f5ffd5b9392505050565b6103c1806101425f395ff3fe608060405234801561000f575f5ffd5b506004361061004a575f3560e01c806315efd8a71461004e578063a6021ace1461008b578063c70242ad146100aa578063ee97f7f3146100dc575b5f5ffd5b61006161005c366004610378565b6100fc565b60405173ffffffffffffffffffffffffffffffffffffffff90911681526020015b60405180910390f35b5f546100619073ffffffffffffffffffffffffffffffffffffffff1681565b6100cc6100b83660046103a8565b60026020525f908152604090205460ff1681565b6040519015158152602001610082565b6001546100619073ffffffffffffffffffffffffffffffffffffffff1681565b600154604080513360208201529081018390525f9161014c9173ffffffffffffffffffffffffffffffffffffffff9091169060600160405160208183030381529060405280519060200120610265565b73ffffffffffffffffffffffffffffffffffffffff81165f8181526002602090815260409182902080547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0016600117905590519182529192507fc0ffc525a1c7689549d7f79b49eca900e61ac49b43d977f680bcc3b36224c004910160405180910390a15f546040517f86863ec600000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff8681166004830152918216602482015260448101859052908216906386863ec6906064015f604051808303815f87803b158015610248575f5ffd5b505af115801561025a573d5f5f3e3d5ffd5b505050509392505050565b5f61027183835f610278565b9392505050565b5f814710156102c0576040517fcf4791810000000000000000000000000000000000000000000000000000000081524760048201526024810183905260440160405180910390fd5b763d602d80600a3d3981f3363d3d373d3d3d363d730000008460601b60e81c175f526e5af43d82803e903d91602b57fd5bf38460781b17602052826037600984f5905073ffffffffffffffffffffffffffffffffffffffff8116610271576040517fb06ebf3d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b803573ffffffffffffffffffffffffffffffffffffffff81168114610373575f5ffd5b919050565b5f5f5f6060848603121561038a575f5ffd5b61039384610350565b95602085013595506040909401359392505050565b5f602082840312156103b8575f5ffd5b61027182610350566080604052348015600e575f5ffd5b506119ce8061001c5f395ff3fe608060405234801561000f575f5ffd5b506004361061018f575f3560e01c8063b6343b0d116100dd578063c49f91d311610088578063de38eb3a11610063578063de38eb3a14610400578063e0bcf13a1461040b578063fc0c546a14610414575f5ffd5b8063c49f91d3146103b3578063c76a4d31146103da578063d4c9a8e8146103ed575f5ffd5b8063b7770350116100b8578063b777035014610371578063b799890714610384578063b7ec1a33146103ab575f5ffd5b8063b6343b0d146102de578063b648b41714610334578063b69ef8a814610369575f5ffd5b80632e1a7d4d1161013d57806381f03fcb1161011857806381f03fcb1461029957806386863ec6146102b8578063946f46a2146102cb575f5ffd5b80632e1a7d4d1461024c578063338f3fed1461025f578063488b017c14610272575f5ffd5b806315c3343f1161016d57806315c3343f146101cd5780631633fb1d146101f45780631d14384814610207575f5ffd5b80630d5f26591461019357806312101021146101a85780631357e1dc146101c4575b5f5ffd5b6101a66101a13660046117ad565b610433565b005b6101b160065481565b6040519081526020015b60405180910390f35b6101b160025481565b6101b17f48ebe6deff4a5ee645c01506a026031e2a945d6f41f1f4e5098ad65347492c1281565b6101a6610202366004611803565b610457565b6005546102279073ffffffffffffffffffffffffffffffffffffffff1681565b60405173ffffffffffffffffffffffffffffffffffffffff90911681526020016101bb565b6101a661025a3660046118a5565b61056e565b6101a661026d3660046118bc565b61066f565b6101b17f7d824962dd0f01520922ea1766c987b1db570cd5db90bdba5ccf5e320607950281565b6101b16102a73660046118e4565b60016020525f908152604090205481565b6101a66102c63660046118fd565b6107c6565b6101a66102d93660046118e4565b6108fa565b6103146102ec3660046118e4565b600360208190525f918252604090912080546001820154600283015492909301549092919084565b6040805194855260208501939093529183015260608201526080016101bb565b6005546103599074010000000000000000000000000000000000000000900460ff1681565b60405190151581526020016101bb565b6101b1610a20565b6101a661037f3660046118bc565b610ab5565b6101b17fe95f353750f192082df064ca5142d3a2d6f0bef0f3ffad66d80d8af86b7a749a81565b6101b1610bcc565b6101b17fc2f8787176b8ac6bf7215b4adcc1e069bf4ab82d9ab1df05a57a91d425935b6e81565b6101b16103e83660046118e4565b610be2565b6101a66103fb3660046117ad565b610c1f565b6101b16301e1338081565b6101b160045481565b5f546102279073ffffffffffffffffffffffffffffffffffffffff1681565b61043b610e5a565b6104493385855f8686610e91565b610451611237565b50505050565b61045f610e5a565b604080517f7d824962dd0f01520922ea1766c987b1db570cd5db90bdba5ccf5e3206079502602082015230918101919091523360608201526080810187905273ffffffffffffffffffffffffffffffffffffffff881660a082015260c081018490525f9060e0016040516020818303038152906040528051906020012090508873ffffffffffffffffffffffffffffffffffffffff16610500828888611261565b73ffffffffffffffffffffffffffffffffffffffff161461054d576040517f80c214d100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61055b898989878787610e91565b50610564611237565b5050505050505050565b610576610e5a565b60055473ffffffffffffffffffffffffffffffffffffffff1633146105c7576040517f54ec506300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6105cf610bcc565b811115610608576040517fdc98c91900000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6040518181527f5b6b431d4476a211bb7d41c20d1aab9ae2321deee0d20be3d9fc9b1093fa6e3d9060200160405180910390a16005545f546106649173ffffffffffffffffffffffffffffffffffffffff918216911683611361565b61066c611237565b50565b610677610e5a565b60055473ffffffffffffffffffffffffffffffffffffffff1633146106c8576040517f54ec506300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6106d0610bcc565b811115610709576040517f542351c100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b73ffffffffffffffffffffffffffffffffffffffff82165f908152600360205260408120805490918391839190610741908490611964565b90915550505f600182018190556003820181905560048054849290610767908490611964565b9091555050805460405190815273ffffffffffffffffffffffffffffffffffffffff8416907f2506c43272ded05d095b91dbba876e66e46888157d3e078db5691496e96c5fad9060200160405180910390a2506107c2611237565b5050565b60055473ffffffffffffffffffffffffffffffffffffffff1615610816576040517f0dc149f000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b73ffffffffffffffffffffffffffffffffffffffff8316610863576040517fbdbfe21600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6301e133808111156108a1576040517ff8987e8e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6005805473ffffffffffffffffffffffffffffffffffffffff9485167fffffffffffffffffffffffff0000000000000000000000000000000000000000918216179091555f805493909416921691909117909155600655565b73ffffffffffffffffffffffffffffffffffffffff81165f9081526003602081905260409091209081015415806109345750806003015442105b1561097c5780600301546040517fc0014c0200000000000000000000000000000000000000000000000000000000815260040161097391815260200190565b60405180910390fd5b5f61098e8260010154835f01546113c1565b905080825f015f8282546109a29190611977565b90915550505f6001830181905560038301819055600480548392906109c8908490611977565b9091555050815460405190815273ffffffffffffffffffffffffffffffffffffffff8416907f2506c43272ded05d095b91dbba876e66e46888157d3e078db5691496e96c5fad906020015b60405180910390a2505050565b5f80546040517f70a0823100000000000000000000000000000000000000000000000000000000815230600482015273ffffffffffffffffffffffffffffffffffffffff909116906370a0823190602401602060405180830381865afa158015610a8c573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610ab0919061198a565b905090565b60055473ffffffffffffffffffffffffffffffffffffffff163314610b06576040517f54ec506300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b73ffffffffffffffffffffffffffffffffffffffff82165f9081526003602052604090208054821115610b65576040517fc836f71300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610b6e816113d3565b610b789042611964565b60038201556001810182905560405182815273ffffffffffffffffffffffffffffffffffffffff8416907fc8305077b495025ec4c1d977b176a762c350bb18cad4666ce1ee85c32b78698a90602001610a13565b5f600454610bd8610a20565b610ab09190611977565b73ffffffffffffffffffffffffffffffffffffffff81165f90815260036020526040812054610c0f610bcc565b610c199190611964565b92915050565b60055473ffffffffffffffffffffffffffffffffffffffff163314610c70576040517f54ec506300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b73ffffffffffffffffffffffffffffffffffffffff84165f9081526003602052604090206301e13380841115610cd2576040517ff8987e8e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610cdb816113d3565b8411610d1f57610cea816113d3565b6040517f7fe6415200000000000000000000000000000000000000000000000000000000815260040161097391815260200190565b604080517fe95f353750f192082df064ca5142d3a2d6f0bef0f3ffad66d80d8af86b7a749a6020820152309181019190915273ffffffffffffffffffffffffffffffffffffffff86166060820152608081018590525f9060a0016040516020818303038152906040528051906020012090508573ffffffffffffffffffffffffffffffffffffffff16610db3828686611261565b73ffffffffffffffffffffffffffffffffffffffff1614610e00576040517f80c214d100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6002820185905560405185815273ffffffffffffffffffffffffffffffffffffffff8716907f7b816003a769eb718bd9c66bdbd2dd5827da3f92bc6645276876bd7957b08cf09060200160405180910390a2505050505050565b610e626113f1565b610e8f60017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005b9061144a565b565b60055473ffffffffffffffffffffffffffffffffffffffff163314610f7f57604080517f48ebe6deff4a5ee645c01506a026031e2a945d6f41f1f4e5098ad65347492c12602080830191909152308284015273ffffffffffffffffffffffffffffffffffffffff898116606084015260808084018990528451808503909101815260a09093019093528151910120600554909116610f30828585611261565b73ffffffffffffffffffffffffffffffffffffffff1614610f7d576040517fd9f7f7f400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b505b73ffffffffffffffffffffffffffffffffffffffff86165f9081526001602052604090205480851015610fe1576040517f487bc36900000000000000000000000000000000000000000000000000000000815260048101829052602401610973565b5f610fec8287611977565b73ffffffffffffffffffffffffffffffffffffffff89165f908152600360205260408120919250611025836110208c610be2565b6113c1565b90508087118061103f5750861580159061103f5750828114155b15611076576040517fa32e305b00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61108482845f01546113c1565b905080156110bc5780835f015f82825461109e9190611977565b925050819055508060045f8282546110b69190611977565b90915550505b6110c68286611964565b73ffffffffffffffffffffffffffffffffffffffff8c165f9081526001602052604081209190915560028054849290611100908490611964565b909155505060408051838152602081018b9052908101899052339073ffffffffffffffffffffffffffffffffffffffff8c811691908e16907f950494fc3642fae5221b6c32e0e45765c95ebb382a04a71b160db0843e74c99f9060600160405180910390a48382146111d457600580547fffffffffffffffffffffff00ffffffffffffffffffffffffffffffffffffffff16740100000000000000000000000000000000000000001790556040517f3f4449c047e11092ec54dc0751b6b4817a9162745de856c893a26e611d18ffc4905f90a15b6112018a6111e28a85611977565b5f5473ffffffffffffffffffffffffffffffffffffffff169190611361565b871561122a575f5461122a9073ffffffffffffffffffffffffffffffffffffffff16338a611361565b5050505050505050505050565b610e8f5f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f00610e89565b604080517fc2f8787176b8ac6bf7215b4adcc1e069bf4ab82d9ab1df05a57a91d425935b6e6020808301919091527fcdeae55d99692d2ef1817623ce631bbabdb8a7b750dae41c238ddda20bef8e7b828401527fe6bbd6277e1bf288eed5e8d1780f9a50b239e86b153736bceebccf4ea79d90b36060830152466080808401919091528351808403909101815260a0830190935282519201919091207f190100000000000000000000000000000000000000000000000000000000000060c083015260c2820181905260e282018590525f916113589061010201604051602081830303815290604052805190602001208585611451565b95945050505050565b61136e838383600161147b565b6113bc576040517f5274afe700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff84166004820152602401610973565b505050565b5f8282188284100282185b9392505050565b5f81600201545f146113e9578160020154610c19565b505060065490565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c15610e8f576040517f3ee5aeb500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b80825d5050565b5f5f5f5f611460878787611503565b925092509250611470828261154a565b509095945050505050565b6040517fa9059cbb000000000000000000000000000000000000000000000000000000005f81815273ffffffffffffffffffffffffffffffffffffffff8616600452602485905291602083604481808b5af1925060015f511483166114f75783831516156114eb573d5f823e3d81fd5b5f873b113d1516831692505b60405250949350505050565b5f80806041849003611537578435602086013560408701355f1a6115298982858561164d565b955095509550505050611541565b505f915060029050825b93509350939050565b5f82600381111561155d5761155d6119a1565b03611566575050565b600182600381111561157a5761157a6119a1565b036115b1576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b60028260038111156115c5576115c56119a1565b036115ff576040517ffce698f700000000000000000000000000000000000000000000000000000000815260048101829052602401610973565b6003826003811115611613576116136119a1565b036107c2576040517fd78bce0c00000000000000000000000000000000000000000000000000000000815260048101829052602401610973565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084111561168657505f91506003905082611736565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa1580156116d7573d5f5f3e3d5ffd5b50506040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0015191505073ffffffffffffffffffffffffffffffffffffffff811661172d57505f925060019150829050611736565b92505f91508190505b9450945094915050565b803573ffffffffffffffffffffffffffffffffffffffff81168114611763575f5ffd5b919050565b5f5f83601f840112611778575f5ffd5b50813567ffffffffffffffff81111561178f575f5ffd5b6020830191508360208285010111156117a6575f5ffd5b9250929050565b5f5f5f5f606085870312156117c0575f5ffd5b6117c985611740565b935060208501359250604085013567ffffffffffffffff8111156117eb575f5ffd5b6117f787828801611768565b95989497509550505050565b5f5f5f5f5f5f5f5f60c0898b03121561181a575f5ffd5b61182389611740565b975061183160208a01611740565b965060408901359550606089013567ffffffffffffffff811115611853575f5ffd5b61185f8b828c01611768565b9096509450506080890135925060a089013567ffffffffffffffff811115611885575f5ffd5b6118918b828c01611768565b999c989b5096995094979396929594505050565b5f602082840312156118b5575f5ffd5b5035919050565b5f5f604083850312156118cd575f5ffd5b6118d683611740565b946020939093013593505050565b5f602082840312156118f4575f5ffd5b6113cc82611740565b5f5f5f6060848603121561190f575f5ffd5b61191884611740565b925061192660208501611740565b929592945050506040919091013590565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b80820180821115610c1957610c19611937565b81810381811115610c1957610c19611937565b5f6020828403121561199a575f5ffd5b5051919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd",
}

// ChequebookFactory is an auto generated Go binding around an Ethereum contract.
type ChequebookFactory struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *ChequebookFactory) GetABI() abi.ABI {
	return c.abi
}

// NewChequebookFactory creates a new instance of ChequebookFactory.
func NewChequebookFactory() *ChequebookFactory {
	parsed, err := ChequebookFactoryMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &ChequebookFactory{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *ChequebookFactory) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address _ERC20Address) returns()
func (chequebookFactory *ChequebookFactory) PackConstructor(_ERC20Address common.Address) []byte {
	enc, err := chequebookFactory.abi.Pack("", _ERC20Address)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackERC20Address is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa6021ace.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function ERC20Address() view returns(address)
func (chequebookFactory *ChequebookFactory) PackERC20Address() []byte {
	enc, err := chequebookFactory.abi.Pack("ERC20Address")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackERC20Address is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa6021ace.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function ERC20Address() view returns(address)
func (chequebookFactory *ChequebookFactory) TryPackERC20Address() ([]byte, error) {
	return chequebookFactory.abi.Pack("ERC20Address")
}

// UnpackERC20Address is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa6021ace.
//
// Solidity: function ERC20Address() view returns(address)
func (chequebookFactory *ChequebookFactory) UnpackERC20Address(data []byte) (common.Address, error) {
	out, err := chequebookFactory.abi.Unpack("ERC20Address", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackDeploySimpleSwap is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15efd8a7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deploySimpleSwap(address issuer, uint256 defaultHardDepositTimeoutDuration, bytes32 salt) returns(address chequebook)
func (chequebookFactory *ChequebookFactory) PackDeploySimpleSwap(issuer common.Address, defaultHardDepositTimeoutDuration *big.Int, salt [32]byte) []byte {
	enc, err := chequebookFactory.abi.Pack("deploySimpleSwap", issuer, defaultHardDepositTimeoutDuration, salt)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeploySimpleSwap is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15efd8a7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deploySimpleSwap(address issuer, uint256 defaultHardDepositTimeoutDuration, bytes32 salt) returns(address chequebook)
func (chequebookFactory *ChequebookFactory) TryPackDeploySimpleSwap(issuer common.Address, defaultHardDepositTimeoutDuration *big.Int, salt [32]byte) ([]byte, error) {
	return chequebookFactory.abi.Pack("deploySimpleSwap", issuer, defaultHardDepositTimeoutDuration, salt)
}

// UnpackDeploySimpleSwap is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x15efd8a7.
//
// Solidity: function deploySimpleSwap(address issuer, uint256 defaultHardDepositTimeoutDuration, bytes32 salt) returns(address chequebook)
func (chequebookFactory *ChequebookFactory) UnpackDeploySimpleSwap(data []byte) (common.Address, error) {
	out, err := chequebookFactory.abi.Unpack("deploySimpleSwap", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackDeployedContracts is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc70242ad.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deployedContracts(address chequebook) view returns(bool)
func (chequebookFactory *ChequebookFactory) PackDeployedContracts(chequebook common.Address) []byte {
	enc, err := chequebookFactory.abi.Pack("deployedContracts", chequebook)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeployedContracts is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc70242ad.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deployedContracts(address chequebook) view returns(bool)
func (chequebookFactory *ChequebookFactory) TryPackDeployedContracts(chequebook common.Address) ([]byte, error) {
	return chequebookFactory.abi.Pack("deployedContracts", chequebook)
}

// UnpackDeployedContracts is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc70242ad.
//
// Solidity: function deployedContracts(address chequebook) view returns(bool)
func (chequebookFactory *ChequebookFactory) UnpackDeployedContracts(data []byte) (bool, error) {
	out, err := chequebookFactory.abi.Unpack("deployedContracts", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackMaster is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xee97f7f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function master() view returns(address)
func (chequebookFactory *ChequebookFactory) PackMaster() []byte {
	enc, err := chequebookFactory.abi.Pack("master")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMaster is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xee97f7f3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function master() view returns(address)
func (chequebookFactory *ChequebookFactory) TryPackMaster() ([]byte, error) {
	return chequebookFactory.abi.Pack("master")
}

// UnpackMaster is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xee97f7f3.
//
// Solidity: function master() view returns(address)
func (chequebookFactory *ChequebookFactory) UnpackMaster(data []byte) (common.Address, error) {
	out, err := chequebookFactory.abi.Unpack("master", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// ChequebookFactorySimpleSwapDeployed represents a SimpleSwapDeployed event raised by the ChequebookFactory contract.
type ChequebookFactorySimpleSwapDeployed struct {
	ContractAddress common.Address
	Raw             *types.Log // Blockchain specific contextual infos
}

const ChequebookFactorySimpleSwapDeployedEventName = "SimpleSwapDeployed"

// ContractEventName returns the user-defined event name.
func (ChequebookFactorySimpleSwapDeployed) ContractEventName() string {
	return ChequebookFactorySimpleSwapDeployedEventName
}

// UnpackSimpleSwapDeployedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event SimpleSwapDeployed(address contractAddress)
func (chequebookFactory *ChequebookFactory) UnpackSimpleSwapDeployedEvent(log *types.Log) (*ChequebookFactorySimpleSwapDeployed, error) {
	event := "SimpleSwapDeployed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != chequebookFactory.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ChequebookFactorySimpleSwapDeployed)
	if len(log.Data) > 0 {
		if err := chequebookFactory.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range chequebookFactory.abi.Events[event].Inputs {
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
func (chequebookFactory *ChequebookFactory) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], chequebookFactory.abi.Errors["FailedDeployment"].ID.Bytes()[:4]) {
		return chequebookFactory.UnpackFailedDeploymentError(raw[4:])
	}
	if bytes.Equal(raw[:4], chequebookFactory.abi.Errors["InsufficientBalance"].ID.Bytes()[:4]) {
		return chequebookFactory.UnpackInsufficientBalanceError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// ChequebookFactoryFailedDeployment represents a FailedDeployment error raised by the ChequebookFactory contract.
type ChequebookFactoryFailedDeployment struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FailedDeployment()
func ChequebookFactoryFailedDeploymentErrorID() common.Hash {
	return common.HexToHash("0xb06ebf3d5067824a3fe5d5ba19471e035a7de6c88dac362c77b162830a5b9093")
}

// UnpackFailedDeploymentError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FailedDeployment()
func (chequebookFactory *ChequebookFactory) UnpackFailedDeploymentError(raw []byte) (*ChequebookFactoryFailedDeployment, error) {
	out := new(ChequebookFactoryFailedDeployment)
	if err := chequebookFactory.abi.UnpackIntoInterface(out, "FailedDeployment", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ChequebookFactoryInsufficientBalance represents a InsufficientBalance error raised by the ChequebookFactory contract.
type ChequebookFactoryInsufficientBalance struct {
	Balance *big.Int
	Needed  *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InsufficientBalance(uint256 balance, uint256 needed)
func ChequebookFactoryInsufficientBalanceErrorID() common.Hash {
	return common.HexToHash("0xcf4791818fba6e019216eb4864093b4947f674afada5d305e57d598b641dad1d")
}

// UnpackInsufficientBalanceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InsufficientBalance(uint256 balance, uint256 needed)
func (chequebookFactory *ChequebookFactory) UnpackInsufficientBalanceError(raw []byte) (*ChequebookFactoryInsufficientBalance, error) {
	out := new(ChequebookFactoryInsufficientBalance)
	if err := chequebookFactory.abi.UnpackIntoInterface(out, "InsufficientBalance", raw); err != nil {
		return nil, err
	}
	return out, nil
}
