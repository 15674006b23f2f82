// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { IDepositCollector } from "../../src/IDepositCollector.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @dev What a token must have for the collectors below; the tokens of tests let them.
interface IMovable {
    function transferFrom(address from, address to, uint256 amount) external;
}

/// @dev Brings what it is told to, by allowance or without.
contract PlainCollector is IDepositCollector {
    function collect(address payer, address token, uint256 amount, bytes32, bytes calldata) external {
        IMovable(token).transferFrom(payer, msg.sender, amount);
    }
}

/// @dev Brings another amount than it was told: the one in its data.
contract WrongCollector is IDepositCollector {
    function collect(address payer, address token, uint256, bytes32, bytes calldata data) external {
        uint256 amount = abi.decode(data, (uint256));
        if (amount > 0) IMovable(token).transferFrom(payer, msg.sender, amount);
    }
}

/// @dev Before it brings anything, calls the settlement contract with the data given.
contract ReenteringCollector is IDepositCollector {
    function collect(address payer, address token, uint256 amount, bytes32, bytes calldata data) external {
        (bool ok, bytes memory reason) = msg.sender.call(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
        IMovable(token).transferFrom(payer, msg.sender, amount);
    }
}

/// @dev Gives its own tokens, whoever the payer is.
contract GiftCollector is IDepositCollector {
    function collect(address, address token, uint256 amount, bytes32, bytes calldata) external {
        IERC20(token).transfer(msg.sender, amount);
    }
}
