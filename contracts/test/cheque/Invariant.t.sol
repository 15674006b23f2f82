// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Test } from "../Test.sol";
import { ChequebookHandler } from "./Handler.sol";

contract ChequebookInvariantTest is Test {
    ChequebookHandler private handler;

    function setUp() public {
        handler = new ChequebookHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), new bytes4[](10));
        targets[0].selectors[0] = ChequebookHandler.fund.selector;
        targets[0].selectors[1] = ChequebookHandler.cash.selector;
        targets[0].selectors[2] = ChequebookHandler.cashFor.selector;
        targets[0].selectors[3] = ChequebookHandler.increase.selector;
        targets[0].selectors[4] = ChequebookHandler.prepare.selector;
        targets[0].selectors[5] = ChequebookHandler.decrease.selector;
        targets[0].selectors[6] = ChequebookHandler.agree.selector;
        targets[0].selectors[7] = ChequebookHandler.take.selector;
        targets[0].selectors[8] = ChequebookHandler.steal.selector;
        targets[0].selectors[9] = ChequebookHandler.pass.selector;
    }

    function invariant_ChequebookIsWhatTheBooksSay() public view {
        handler.check();
    }

    /// @dev At the end of each run.
    function afterInvariant() public {
        handler.emptyOut();
    }
}
