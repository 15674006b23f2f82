// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Test } from "../Test.sol";
import { Handler } from "./Handler.sol";

/// @dev What holds of all channels together, whatever has been done and in whatever order.
contract ChannelInvariantTest is Test {
    Handler private handler;

    function setUp() public {
        handler = new Handler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory selectors) {
        bytes4[] memory all = new bytes4[](11);
        all[0] = Handler.doDeposit.selector;
        all[1] = Handler.doClaim.selector;
        all[2] = Handler.doSettle.selector;
        all[3] = Handler.doInitiate.selector;
        all[4] = Handler.doFinalize.selector;
        all[5] = Handler.doRefund.selector;
        all[6] = Handler.doWait.selector;
        all[7] = Handler.doDonate.selector;
        all[8] = Handler.tryToOverclaim.selector;
        all[9] = Handler.tryAsAStranger.selector;
        all[10] = Handler.tryTooSoon.selector;
        selectors = new FuzzSelector[](1);
        selectors[0] = FuzzSelector(address(handler), all);
    }

    /// @dev A walk that does nothing holds every invariant: so each step must find something to do often enough.
    function test_StepsFindSomethingToDo() external {
        bytes4[6] memory steps = [
            Handler.doDeposit.selector,
            Handler.doClaim.selector,
            Handler.doSettle.selector,
            Handler.doInitiate.selector,
            Handler.doFinalize.selector,
            Handler.doRefund.selector
        ];
        for (uint256 n = 0; n < 128; ++n) {
            uint256[8] memory r;
            for (uint256 k = 0; k < r.length; ++k) {
                r[k] = uint256(keccak256(abi.encode(n, k)));
            }
            // forge-lint: disable-next-item(unsafe-typecast)
            uint128[3] memory amounts = [uint128(r[1]), uint128(r[2]), uint128(r[3])];
            if (n % 6 == 0) handler.doDeposit(r[0], amounts[0]);
            if (n % 6 == 1) handler.doClaim([r[0], r[4], r[5]], amounts, r[6], r[7] % 2 == 0);
            if (n % 6 == 2) handler.doSettle(r[0], r[1]);
            if (n % 6 == 3) handler.doInitiate(r[0], amounts[0], r[7] % 2 == 0);
            if (n % 6 == 4) handler.doFinalize(r[0], r[6] % 2 == 0, r[7] % 2 == 0);
            if (n % 6 == 5) handler.doRefund(r[0], amounts[0], r[7] % 2 == 0);
        }
        for (uint256 k = 0; k < steps.length; ++k) {
            vm.assertGe(handler.done(steps[k]), 4, "done");
        }
    }

    /// @dev One function, so that one walk is checked for everything: solvency to the last unit, each channel's account,
    /// who has the money. That nothing falls is checked in each step.
    function invariant_Channels() external view {
        handler.checkSolvent();
        handler.checkChannels();
        handler.checkRightful();
    }

    /// @dev At the end of each walk: no value is stuck.
    function afterInvariant() external {
        handler.everybodyLeaves();
        handler.checkSolvent();
        handler.checkRightful();
    }
}
