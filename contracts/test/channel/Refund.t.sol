// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { BatchSettlement } from "../../src/BatchSettlement.sol";
import { ChannelConfig, VoucherClaim } from "../../src/ChannelTypes.sol";
import { ChannelTest } from "./ChannelTest.sol";

contract RefundTest is ChannelTest {
    ChannelConfig private config;
    uint256 private had;

    function setUp() public override {
        super.setUp();
        config = aliceToBob();
        deposit(config, 1000);
        had = token.balanceOf(alice);
    }

    function refund(uint128 amount) private {
        vm.prank(operator);
        settlement.refund(config, amount);
    }

    function test_PaysThePayerAtOnce() public {
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.Refunded(id(config), bob, 250);
        vm.prank(bob);
        settlement.refund(config, 250);
        vm.assertEq(token.balanceOf(alice), had + 250, "Alice");
        vm.assertEq(balanceOf(config), 750, "balance");
        vm.assertEq(settlement.refundNonce(id(config)), 1, "nonce");
    }

    function testFuzz_NoMoreThanIsUnclaimed(uint128 claimed, uint128 amount) public {
        claimed = uint128(bound(claimed, 0, 1000));
        amount = uint128(bound(amount, 1, type(uint128).max));
        claim(config, claimed);
        refund(amount);
        uint256 paid = amount < 1000 - claimed ? amount : 1000 - claimed;
        vm.assertEq(token.balanceOf(alice), had + paid, "Alice");
        vm.assertEq(balanceOf(config), 1000 - paid, "balance");
        vm.assertEq(claimedOf(config), claimed, "claimed");
    }

    function testFuzz_OnlyTheReceiversSide(address sender) public {
        vm.assume(sender != bob && sender != operator);
        refused(BatchSettlement.NotAuthorizedToRefund.selector);
        vm.prank(sender);
        settlement.refund(config, 1);
    }

    function test_RefusesNothing() public {
        refused(BatchSettlement.ZeroRefund.selector);
        refund(0);
        vm.assertEq(settlement.refundNonce(id(config)), 0, "nonce");
    }

    function test_NothingLeftStillTakesANonce() public {
        claim(config, 1000);
        vm.recordLogs();
        refund(1);
        vm.assertEq(vm.getRecordedLogs().length, 0, "events");
        vm.assertEq(settlement.refundNonce(id(config)), 1, "nonce");
    }

    function test_ClosesAChannelOfWhichNothingWasClaimed() public {
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.Refunded(id(config), operator, 1000);
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.ChannelClosed(id(config), config);
        refund(1000);
    }

    // ---- beside a withdrawal

    function testFuzz_ShrinksAPendingWithdrawal(uint128 asked, uint128 refunded) public {
        asked = uint128(bound(asked, 1, 1000));
        refunded = uint128(bound(refunded, 1, 1000));
        initiate(config, asked);
        refund(refunded);
        uint256 left = asked > refunded ? asked - refunded : 0;
        (uint256 amount, uint256 since) = settlement.pendingWithdrawals(id(config));
        vm.assertEq(amount, left, "pending");
        vm.assertEq(since, left == 0 ? 0 : START, "since"); // its time runs on
        if (left == 0) return;
        vm.warp(START + DELAY);
        finalize(config);
        uint256 rest = left < 1000 - refunded ? left : 1000 - refunded;
        vm.assertEq(token.balanceOf(alice), had + refunded + rest, "Alice");
    }

    // ---- signed

    function test_AnybodySendsASignedRefund() public {
        bytes memory signature = refundSignature(config, 250, 0);
        vm.prank(mallory);
        settlement.refundWithSignature(config, 250, 0, signature);
        vm.assertEq(token.balanceOf(alice), had + 250, "Alice");
        vm.assertEq(token.balanceOf(mallory), 0, "Mallory");
    }

    function test_SignedRefundIsForOneAmountAndNonce() public {
        bytes memory signature = refundSignature(config, 250, 0);
        refused(BatchSettlement.InvalidSignature.selector);
        settlement.refundWithSignature(config, 251, 0, signature);
        refused(BatchSettlement.InvalidRefundNonce.selector);
        settlement.refundWithSignature(config, 250, 1, signature);
        refund(1);
        refused(BatchSettlement.InvalidSignature.selector);
        settlement.refundWithSignature(config, 250, 1, signature);
    }

    function test_SignedRefundIsForOneChannel() public {
        ChannelConfig memory second = another(config, 1);
        deposit(second, 1000);
        bytes memory signature = refundSignature(config, 250, 0);
        refused(BatchSettlement.InvalidSignature.selector);
        settlement.refundWithSignature(second, 250, 0, signature);
    }

    function test_SignedRefundIsTheAuthorizers() public {
        bytes32 digest = settlement.getRefundDigest(id(config), 0, 250);
        uint256[3] memory keys = [ALICE_KEY, SESSION_KEY, MALLORY_KEY];
        for (uint256 i = 0; i < keys.length; ++i) {
            bytes memory signature = signed(keys[i], digest);
            refused(BatchSettlement.InvalidSignature.selector);
            settlement.refundWithSignature(config, 250, 0, signature);
        }
    }

    /// @dev A direct refund takes the nonce of one that is signed and on its way.
    function test_DirectRefundVoidsASignedOne() public {
        bytes memory signature = refundSignature(config, 250, 0);
        refund(1);
        refused(BatchSettlement.InvalidRefundNonce.selector);
        settlement.refundWithSignature(config, 250, 0, signature);
    }

    /// @dev As x402's facilitators close a channel: what is owed is claimed and the rest refunded, in one transaction.
    function test_ClaimsAndRefundsInOneTransaction() public {
        VoucherClaim[] memory claims = batch(voucher(config, 400));
        bytes memory signature = signed(OPERATOR_KEY, settlement.getClaimBatchDigest(claims));
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(settlement.claimWithSignature, (claims, signature));
        calls[1] = abi.encodeCall(settlement.refundWithSignature, (config, 1000, 0, refundSignature(config, 1000, 0)));
        vm.prank(mallory);
        settlement.multicall(calls);
        vm.assertEq(claimedOf(config), 400, "claimed");
        vm.assertEq(token.balanceOf(alice), had + 600, "Alice");
    }
}
