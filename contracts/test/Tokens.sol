// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @dev Keeps a hundredth of each transfer.
contract GreedyToken is ERC20 {
    constructor() ERC20("Greedy", "GRD") {
        _mint(msg.sender, 1_000_000);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (from != address(0) && to != address(0)) super._update(to, address(this), value / 100);
    }
}

/// @dev Calls somebody back while a transfer is on its way.
contract CallingToken is ERC20 {
    address private target;
    bytes private data;
    bytes public reason;
    bool public called;

    constructor() ERC20("Calling", "CAL") {
        _mint(msg.sender, 1_000_000);
    }

    /// @dev The next transfer that is not a mint makes this call.
    function callNext(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        address now_ = target;
        if (now_ == address(0)) return;
        target = address(0);
        called = true;
        (bool ok, bytes memory why) = now_.call(data);
        if (!ok) reason = why;
    }
}
