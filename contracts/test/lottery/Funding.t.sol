// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Lottery } from "../../src/Lottery.sol";
import { FeeToken } from "../doubles/Tokens.sol";
import { LotteryTest } from "./LotteryTest.sol";

contract LotteryFundingTest is LotteryTest {
    function test_DepositAndLock() public {
        deposit(700, 300);
        lock(payee, 50);
        vm.assertEq(pot(OPEN).amount, 700, "open amount");
        vm.assertEq(pot(OPEN).escrow, 300, "escrow");
        vm.assertEq(pot(payee).amount, 50, "locked amount");
        vm.assertEq(pot(payee).escrow, 0, "a lock has no escrow");
        vm.assertEq(token.balanceOf(address(lottery)), 1050, "held");
    }

    function test_EveryChangeLogsTheWholePot() public {
        deposit(700, 300);
        uint64 unlockAt = uint64(block.timestamp) + lottery.DELAY();
        vm.expectEmit(address(lottery));
        emit Lottery.PotChanged(funder, payer, OPEN, address(token), 700, 300, 100, 300, unlockAt, 0);
        warn(OPEN, 100, ALL);
    }

    function test_MoneyNobodyCouldWithdrawIsNotTaken() public {
        vm.expectRevert(Lottery.NoFunder.selector);
        lottery.deposit(token, address(0), payer, 1, 0);
        vm.expectRevert(Lottery.NoPayee.selector);
        lottery.lockFor(token, funder, payer, OPEN, 1);
    }

    function test_TokenThatKeepsAPartIsNotTaken() public {
        FeeToken fee = new FeeToken(1);
        fee.mint(address(this), 1000);
        fee.approve(address(lottery), 1000);
        vm.expectRevert(Lottery.WrongAmountReceived.selector);
        lottery.deposit(fee, funder, payer, 1000, 0);
    }

    function test_WithdrawsOnlyAfterTheDelayAndOnlyWhatWasWarned() public {
        deposit(700, 300);
        vm.expectRevert(abi.encodeWithSelector(Lottery.Locked.selector, 0));
        withdraw(OPEN);

        warn(OPEN, 200, 100);
        uint64 unlockAt = pot(OPEN).unlockAt;
        vm.assertEq(unlockAt, block.timestamp + 1 days, "a day");
        later(1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(Lottery.Locked.selector, unlockAt));
        withdraw(OPEN);

        later(1);
        withdraw(OPEN);
        vm.assertEq(token.balanceOf(funder), 999_300, "what was warned of");
        vm.assertEq(pot(OPEN).amount, 500, "amount left");
        vm.assertEq(pot(OPEN).escrow, 200, "escrow left");
        vm.expectRevert(abi.encodeWithSelector(Lottery.Locked.selector, 0));
        withdraw(OPEN);
    }

    function test_WarningIsReplacedAndTakenBack() public {
        deposit(700, 0);
        warn(OPEN, 700, 0);
        later(1 days);
        warn(OPEN, 100, 0);
        vm.assertEq(pot(OPEN).unlockAt, block.timestamp + 1 days, "the delay starts again");
        warn(OPEN, 0, 0);
        vm.assertEq(pot(OPEN).unlockAt, 0, "taken back");
        later(10 days);
        vm.expectRevert(abi.encodeWithSelector(Lottery.Locked.selector, 0));
        withdraw(OPEN);
    }

    function test_OnlyTheFunderWithdraws() public {
        deposit(700, 0);
        warn(OPEN, ALL, ALL);
        later(1 days);
        address[3] memory thieves = [payer, payee, other];
        for (uint256 i; i < thieves.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Lottery.Locked.selector, 0));
            vm.prank(thieves[i]);
            lottery.withdraw(token, payer, OPEN, thieves[i]);
        }
    }

    function test_LockIsReleasedAfterADelayToo() public {
        lock(payee, 50);
        warn(payee, ALL, 0);
        later(1 days - 1);
        redeem(winner(payee, 1, 20)); // the payee has all of the day
        later(1);
        withdraw(payee);
        vm.assertEq(token.balanceOf(payee), 20, "the payee's");
        vm.assertEq(token.balanceOf(funder), 999_980, "the rest");
    }

    function testFuzz_WhatIsWarnedIsNeverMoreThanWhatIsThere(
        uint64 amount,
        uint64 escrow,
        uint128 warnedAmount,
        uint128 warnedEscrow,
        uint64 face
    ) public {
        token.mint(funder, uint256(amount) + escrow);
        deposit(amount, escrow);
        warn(OPEN, warnedAmount, warnedEscrow);
        face = uint64(bound(face, 0, amount));
        redeem(winner(payee, 1, face));
        Lottery.Pot memory p = pot(OPEN);
        vm.assertLe(p.warnedAmount, p.amount, "amount");
        vm.assertLe(p.warnedEscrow, p.escrow, "escrow");
        later(1 days);
        if (p.warnedAmount == 0 && p.warnedEscrow == 0) return;
        uint256 before = token.balanceOf(funder);
        withdraw(OPEN);
        uint256 want = uint256(p.warnedAmount) + p.warnedEscrow;
        vm.assertEq(token.balanceOf(funder) - before, want, "all that was warned of");
    }
}
