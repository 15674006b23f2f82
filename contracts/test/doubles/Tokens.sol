// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @dev A token that keeps a part of whatever is moved.
contract FeeToken is ERC20("Fee", "FEE") {
    uint256 public immutable FEE_PERCENT;

    constructor(uint256 feePercent) {
        FEE_PERCENT = feePercent;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        uint256 fee = from == address(0) || to == address(0) ? 0 : amount * FEE_PERCENT / 100;
        super._update(from, to, amount - fee);
        if (fee > 0) super._update(from, address(0xfee), fee);
    }
}

/// @dev A token that says false when it moves nothing, instead of reverting, and can be told to refuse everything.
contract FalseToken is ERC20("False", "FLS") {
    bool public refuses;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function refuse(bool yes) external {
        refuses = yes;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        if (refuses || balanceOf(msg.sender) < amount) return false;
        return super.transfer(to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        if (refuses || balanceOf(from) < amount || allowance(from, msg.sender) < amount) return false;
        return super.transferFrom(from, to, amount);
    }
}

/// @dev A token as old as the first ones: its transfers return nothing at all.
contract SilentToken {
    mapping(address => uint256) public balanceOf;

    error TooLittle();

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external {
        move(msg.sender, to, amount);
    }

    /// @dev No allowance: whoever wants may move anything. Only a test has such a token.
    function transferFrom(address from, address to, uint256 amount) external {
        move(from, to, amount);
    }

    function move(address from, address to, uint256 amount) private {
        if (balanceOf[from] < amount) revert TooLittle();
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @dev A token that calls somebody back in the midst of each transfer, once.
contract HookToken is ERC20("Hook", "HOOK") {
    address private target;
    bytes private data;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @dev In the next transfer, target is called with data. If that reverts, so does the transfer.
    function hook(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (target == address(0)) return;
        address called = target;
        target = address(0);
        (bool ok, bytes memory reason) = called.call(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
    }
}
