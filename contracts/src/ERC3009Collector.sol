// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { IDepositCollector } from "./IDepositCollector.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @dev The one function of ERC-3009 that is used here, in the form that takes a signature as bytes.
interface IReceiveWithAuthorization {
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;
}

/// @title Deposits by ERC-3009: the payer signs, anybody sends the transaction and pays its gas.
/// @dev The authorization is made out to this contract, which holds the money for the length of one call. Its nonce
/// is made from the channel id, so the signature is good for that one channel. There is no constructor: a genesis
/// block places the code.
contract ERC3009Collector is IDepositCollector {
    using SafeERC20 for IERC20;

    /// @notice The settlement contract that this collector serves, at its address on every chain.
    address public constant SETTLEMENT = 0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003;

    error NotSettlement();

    /// @inheritdoc IDepositCollector
    /// @dev collectorData is abi.encode(uint256 validAfter, uint256 validBefore, uint256 salt, bytes signature), the
    /// nonce of the authorization keccak256(abi.encode(channelId, salt)).
    function collect(address payer, address token, uint256 amount, bytes32 channelId, bytes calldata collectorData)
        external
    {
        // Whoever else called would be handed the money.
        if (msg.sender != SETTLEMENT) revert NotSettlement();

        (uint256 validAfter, uint256 validBefore, uint256 salt, bytes memory signature) =
            abi.decode(collectorData, (uint256, uint256, uint256, bytes));
        bytes32 nonce = keccak256(abi.encode(channelId, salt));
        IReceiveWithAuthorization(token)
            .receiveWithAuthorization(payer, address(this), amount, validAfter, validBefore, nonce, signature);
        IERC20(token).safeTransfer(SETTLEMENT, amount);
    }
}
