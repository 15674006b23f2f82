// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Test } from "../Test.sol";
import { LotteryHandler } from "./Handler.sol";

contract LotteryInvariantTest is Test {
    LotteryHandler private handler;

    function setUp() public {
        handler = new LotteryHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), new bytes4[](11));
        targets[0].selectors[0] = LotteryHandler.fund.selector;
        targets[0].selectors[1] = LotteryHandler.warn.selector;
        targets[0].selectors[2] = LotteryHandler.withdraw.selector;
        targets[0].selectors[3] = LotteryHandler.issue.selector;
        targets[0].selectors[4] = LotteryHandler.issue.selector;
        targets[0].selectors[5] = LotteryHandler.redeem.selector;
        targets[0].selectors[6] = LotteryHandler.redeemMany.selector;
        targets[0].selectors[7] = LotteryHandler.protest.selector;
        targets[0].selectors[8] = LotteryHandler.enforce.selector;
        targets[0].selectors[9] = LotteryHandler.steal.selector;
        targets[0].selectors[10] = LotteryHandler.pass.selector;
    }

    function invariant_PotsAreWhatTheBooksSay() public view {
        handler.check();
    }

    /// @dev At the end of each run.
    function afterInvariant() public {
        handler.emptyOut();
    }
}
