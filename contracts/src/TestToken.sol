// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC20Permit } from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import { ERC3009 } from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import { SignatureChecker } from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title The money of a dev chain: 6 decimals, minted by its owner, and moved by signature as the dollar tokens of
/// public chains are, by permit (ERC-2612) and by authorization (ERC-3009).
/// @dev OpenZeppelin has ERC-3009 with signatures in three parts. Payments use the form that takes them as bytes,
/// in which contract wallets can sign too.
contract TestToken is ERC20Permit, ERC3009, Ownable {
    string private constant NAME = "Candela Test Token";

    constructor(address owner) ERC20(NAME, "CTT") ERC20Permit(NAME) Ownable(owner) { }

    /// @notice One token is a million base units.
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    /// @notice Makes money. Only the owner does.
    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }

    /// @notice Moves value from whoever signed to whom he named. Anybody may send it, at any time between the two.
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external {
        bytes32 typeHash = TRANSFER_WITH_AUTHORIZATION_TYPEHASH;
        _requireSigned(
            from, keccak256(abi.encode(typeHash, from, to, value, validAfter, validBefore, nonce)), signature
        );
        _transferWithAuthorization(from, to, value, validAfter, validBefore, nonce);
    }

    /// @notice The same, but only for whom the money goes to: nobody else can spend the nonce before a contract that
    /// must be the caller.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external {
        require(to == msg.sender, ERC20InvalidReceiver(to));
        bytes32 typeHash = RECEIVE_WITH_AUTHORIZATION_TYPEHASH;
        _requireSigned(
            from, keccak256(abi.encode(typeHash, from, to, value, validAfter, validBefore, nonce)), signature
        );
        _transferWithAuthorization(from, to, value, validAfter, validBefore, nonce);
    }

    /// @notice Spends the nonce without moving money.
    function cancelAuthorization(address authorizer, bytes32 nonce, bytes calldata signature) external {
        bytes32 structHash = keccak256(abi.encode(CANCEL_AUTHORIZATION_TYPEHASH, authorizer, nonce));
        _requireSigned(authorizer, structHash, signature);
        _cancelAuthorization(authorizer, nonce);
    }

    function _requireSigned(address signer, bytes32 structHash, bytes calldata signature) private view {
        bool valid = SignatureChecker.isValidSignatureNowCalldata(signer, _hashTypedDataV4(structHash), signature);
        require(valid, ERC3009InvalidSignature());
    }
}
