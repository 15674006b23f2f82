// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC20Permit } from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title The money of a dev chain: 6 decimals, minted by its owner.
contract TestToken is ERC20Permit, Ownable {
    constructor(address owner) ERC20("Candela Test Token", "CTT") ERC20Permit("Candela Test Token") Ownable(owner) { }

    /// @notice One token is a million base units.
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    /// @notice Only the owner makes money.
    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }
}
