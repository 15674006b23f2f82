// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { BatchSettlement } from "../../src/BatchSettlement.sol";
import { ChannelConfig, VoucherClaim } from "../../src/ChannelTypes.sol";
import { ChannelTest } from "./ChannelTest.sol";

contract WithdrawTest is ChannelTest {
    ChannelConfig private config;
    uint256 private had;

    function setUp() public override {
        super.setUp();
        config = aliceToBob();
        deposit(config, 1000);
        had = token.balanceOf(alice);
    }

    function test_WaitsAndPaysThePayer() public {
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.WithdrawInitiated(id(config), 600, uint40(START) + DELAY);
        initiate(config, 600);
        (uint256 amount, uint256 initiatedAt) = settlement.pendingWithdrawals(id(config));
        vm.assertEq(amount, 600, "pending");
        vm.assertEq(initiatedAt, START, "since");
        vm.assertEq(balanceOf(config), 1000, "balance, before");

        vm.warp(START + DELAY);
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.WithdrawFinalized(id(config), alice, 600);
        finalize(config);
        vm.assertEq(balanceOf(config), 400, "balance");
        vm.assertEq(token.balanceOf(alice), had + 600, "Alice");
        (amount, initiatedAt) = settlement.pendingWithdrawals(id(config));
        vm.assertEq(amount + initiatedAt, 0, "pending, after");
    }

    function testFuzz_NotBeforeItsTime(uint40 delay, uint40 waited) public {
        ChannelConfig memory own = another(config, 1);
        own.withdrawDelay = uint40(bound(delay, 15 minutes, 30 days));
        deposit(own, 10);
        initiate(own, 10);
        vm.warp(START + bound(waited, 0, own.withdrawDelay - 1));
        refused(BatchSettlement.WithdrawDelayNotElapsed.selector);
        finalize(own);
        vm.warp(START + own.withdrawDelay);
        finalize(own);
        vm.assertEq(balanceOf(own), 0, "balance");
    }

    function test_SessionKeyMayButTheMoneyIsThePayers() public {
        vm.prank(session);
        settlement.initiateWithdraw(config, 1000);
        vm.warp(START + DELAY);
        vm.prank(session);
        settlement.finalizeWithdraw(config);
        vm.assertEq(token.balanceOf(alice), had + 1000, "Alice");
        vm.assertEq(token.balanceOf(session), 0, "session key");
    }

    function testFuzz_OnlyThePayersSide(address sender) public {
        vm.assume(sender != alice && sender != session);
        refused(BatchSettlement.InvalidChannel.selector);
        vm.prank(sender);
        settlement.initiateWithdraw(config, 1);
        initiate(config, 1);
        vm.warp(START + DELAY);
        refused(BatchSettlement.NotAuthorizedToFinalizeWithdraw.selector);
        vm.prank(sender);
        settlement.finalizeWithdraw(config);
    }

    function test_OfItsOwnChannelOnly() public {
        ChannelConfig memory mallorys = config;
        mallorys.payer = mallory;
        refused(BatchSettlement.WithdrawAmountExceedsAvailable.selector); // that channel is another, and empty
        vm.prank(mallory);
        settlement.initiateWithdraw(mallorys, 1);
    }

    function test_RefusesNothing() public {
        refused(BatchSettlement.NothingToWithdraw.selector);
        initiate(config, 0);
    }

    function test_RefusesMoreThanIsUnclaimed() public {
        claim(config, 300);
        refused(BatchSettlement.WithdrawAmountExceedsAvailable.selector);
        initiate(config, 701);
        initiate(config, 700);
        vm.assertEq(pendingOf(config), 700, "pending");
    }

    function test_OneAtATime() public {
        initiate(config, 1);
        refused(BatchSettlement.WithdrawalAlreadyPending.selector);
        initiate(config, 1);
        vm.warp(START + DELAY);
        finalize(config);
        refused(BatchSettlement.WithdrawalNotPending.selector);
        finalize(config);
        initiate(config, 1);
    }

    /// @dev What is claimed in time comes first, however much was asked for.
    function testFuzz_ClaimComesFirst(uint128 asked, uint128 claimed) public {
        asked = uint128(bound(asked, 1, 1000));
        claimed = uint128(bound(claimed, 1, 1000));
        initiate(config, asked);
        claim(config, claimed);
        vm.warp(START + DELAY);
        finalize(config);
        uint256 paid = asked < 1000 - claimed ? asked : 1000 - claimed;
        vm.assertEq(token.balanceOf(alice), had + paid, "Alice");
        settlement.settle(bob, address(token));
        vm.assertEq(token.balanceOf(bob), claimed, "Bob");
        vm.assertEq(balanceOf(config) - claimed, 1000 - claimed - paid, "left");
    }

    function test_ClaimMayStillComeAfterItsTime() public {
        initiate(config, 1000);
        vm.warp(START + DELAY + 1 days);
        claim(config, 1000); // until it is finalized
        finalize(config);
        vm.assertEq(token.balanceOf(alice), had, "Alice");
        vm.assertEq(pendingOf(config), 0, "pending");
    }

    function test_ClaimMayComeTooLate() public {
        VoucherClaim[] memory claims = batch(voucher(config, 500));
        initiate(config, 1000);
        vm.warp(START + DELAY);
        finalize(config);
        refused(BatchSettlement.ClaimExceedsBalance.selector);
        vm.prank(operator);
        settlement.claim(claims);
    }

    function test_ClosesAChannelOfWhichNothingWasClaimed() public {
        initiate(config, 1000);
        vm.warp(START + DELAY);
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.WithdrawFinalized(id(config), alice, 1000);
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.ChannelClosed(id(config), config);
        finalize(config);
        bytes memory data = authorize(config, 5);
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.ChannelCreated(id(config), config);
        settlement.deposit(config, 5, COLLECTOR, data);
    }

    function test_WhatIsClaimedStaysInTheBalance() public {
        claim(config, 300);
        vm.recordLogs();
        settlement.settle(bob, address(token));
        initiate(config, 700);
        vm.warp(START + DELAY);
        finalize(config);
        vm.assertEq(balanceOf(config), 300, "balance");
        vm.assertEq(claimedOf(config), 300, "claimed");
        vm.assertEq(token.balanceOf(SETTLEMENT), 0, "held");
        // Settled, WithdrawInitiated, WithdrawFinalized and two transfers: no ChannelClosed.
        vm.assertEq(vm.getRecordedLogs().length, 5, "events");
    }
}
