// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { ChannelConfig, VoucherClaim } from "../../src/ChannelTypes.sol";
import { ChannelTest } from "./ChannelTest.sol";

/// @dev What each call costs as a transaction of its own: 21,000, calldata and refunds included. The receiver has been
/// paid before, unless a name says first.
contract ChannelGasTest is ChannelTest {
    string private constant GROUP = "channel";

    function snap(string memory name) private {
        vm.snapshotGasLastCall(GROUP, name);
    }

    /// @dev An opened channel, number n, of which nothing was claimed.
    function opened(uint256 n) private returns (ChannelConfig memory config) {
        config = another(aliceToBob(), n);
        deposit(config, 1e9);
    }

    /// @dev Bob has claimed and settled something before, of another channel.
    function bobHasEarned() private {
        claim(opened(1e6), 1e6);
        settlement.settle(bob, address(token));
    }

    function claims(uint256 n, uint128 total) private returns (VoucherClaim[] memory all) {
        all = new VoucherClaim[](n);
        for (uint256 i = 0; i < n; ++i) {
            ChannelConfig memory config = another(aliceToBob(), i);
            if (balanceOf(config) == 0) deposit(config, 1e9);
            all[i] = voucher(config, total);
        }
    }

    /// forge-config: default.isolate = true
    function test_Open() public {
        opened(1e6); // so that the contract holds some of the token already
        ChannelConfig memory config = aliceToBob();
        bytes memory data = authorize(config, 1e9);
        settlement.deposit(config, 1e9, COLLECTOR, data);
        snap("open");
    }

    /// forge-config: default.isolate = true
    function test_TopUp() public {
        ChannelConfig memory config = opened(0);
        bytes memory data = authorize(config, 1e9);
        settlement.deposit(config, 1e9, COLLECTOR, data);
        snap("top up");
    }

    /// forge-config: default.isolate = true
    function test_ClaimFirstOfAReceiver() public {
        VoucherClaim[] memory one = claims(1, 1e6);
        vm.prank(operator);
        settlement.claim(one);
        snap("claim 1, first of a receiver");
    }

    /// forge-config: default.isolate = true
    function test_ClaimOne() public {
        bobHasEarned();
        VoucherClaim[] memory one = claims(1, 1e6);
        vm.prank(operator);
        settlement.claim(one);
        snap("claim 1");
    }

    /// forge-config: default.isolate = true
    function test_ClaimTen() public {
        bobHasEarned();
        VoucherClaim[] memory ten = claims(10, 1e6);
        vm.prank(operator);
        settlement.claim(ten);
        snap("claim 10");
    }

    /// forge-config: default.isolate = true
    function test_ClaimTenWithSignature() public {
        bobHasEarned();
        VoucherClaim[] memory ten = claims(10, 1e6);
        bytes memory signature = signed(OPERATOR_KEY, settlement.getClaimBatchDigest(ten));
        settlement.claimWithSignature(ten, signature);
        snap("claim 10, relayed");
    }

    /// forge-config: default.isolate = true
    function test_Settle() public {
        claim(opened(0), 1e6);
        settlement.settle(bob, address(token));
        snap("settle, first of a receiver");
        claim(opened(1), 1e6);
        settlement.settle(bob, address(token));
        snap("settle");
    }

    /// forge-config: default.isolate = true
    function test_Withdraw() public {
        ChannelConfig memory config = opened(0);
        opened(1);
        claim(config, 1e6);
        settlement.settle(bob, address(token));
        vm.prank(alice);
        settlement.initiateWithdraw(config, 1e9 - 1e6);
        snap("initiate withdrawal");
        vm.warp(START + DELAY);
        vm.prank(alice);
        settlement.finalizeWithdraw(config);
        snap("finalize withdrawal");
    }

    /// forge-config: default.isolate = true
    function test_Refund() public {
        ChannelConfig memory config = opened(0);
        opened(1);
        claim(config, 1e6);
        settlement.settle(bob, address(token));
        vm.prank(operator);
        settlement.refund(config, 1e9);
        snap("refund");
        deposit(config, 1e9);
        bytes memory signature = refundSignature(config, 1e9, 1);
        settlement.refundWithSignature(config, 1e9, 1, signature);
        snap("refund, relayed");
    }
}
