// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { ChannelConfig } from "../../src/ChannelTypes.sol";
import { ERC3009Collector } from "../../src/ERC3009Collector.sol";
import { ChannelTest } from "./ChannelTest.sol";

contract ERC3009CollectorTest is ChannelTest {
    ERC3009Collector private collector = ERC3009Collector(COLLECTOR);

    function test_KnowsTheSettlement() public view {
        vm.assertEq(collector.SETTLEMENT(), SETTLEMENT, "settlement");
    }

    /// @dev Whoever could call it would get what was signed for a channel.
    function testFuzz_ServesTheSettlementOnly(address caller) public {
        vm.assume(caller != SETTLEMENT);
        ChannelConfig memory config = aliceToBob();
        bytes32 channelId = id(config);
        bytes memory data = authorize(config, 500);
        refused(ERC3009Collector.NotSettlement.selector);
        vm.prank(caller);
        collector.collect(alice, address(token), 500, channelId, data);
    }

    /// @dev Nobody can spend what was signed in front of a deposit: the token wants the collector itself as sender.
    function testFuzz_KeepsNothing(uint128 amount) public {
        amount = uint128(bound(amount, 1, 1e12));
        deposit(aliceToBob(), amount);
        vm.assertEq(token.balanceOf(COLLECTOR), 0, "left with the collector");
        vm.assertEq(token.balanceOf(SETTLEMENT), amount, "held");
    }
}
