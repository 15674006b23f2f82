// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Lottery } from "../../src/Lottery.sol";
import { LotteryTest } from "./LotteryTest.sol";

contract LotteryProtestTest is LotteryTest {
    Lottery.Ticket private ticket;

    function setUp() public override {
        super.setUp();
        deposit(99, 1000);
        ticket = winner(payee, 1, 100);
    }

    function enforce() private {
        lottery.enforce(ticket);
    }

    function test_EscrowIsBurnedAfterADayIfThePayerDoesNothing() public {
        protest(ticket);
        uint256 since = block.timestamp;
        vm.warp(since + 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(Lottery.NotNow.selector, since + 1 days, since + 2 days));
        enforce();
        later(1);
        enforce();
        vm.assertEq(pot(OPEN).escrow, 0, "burned");
        vm.assertEq(pot(OPEN).amount, 99, "the amount stays");
        vm.assertEq(token.balanceOf(lottery.BURNED()), 1000, "seen to be burned");
        vm.assertEq(token.balanceOf(payee), 0, "nobody gains");
        vm.expectRevert(Lottery.NotProtested.selector);
        enforce();
        refuseProtest(ticket, Lottery.AlreadyProtested.selector);
    }

    function test_BurnedTicketIsStillGoodUntilItExpires() public {
        protest(ticket);
        later(1 days);
        enforce();
        deposit(1, 500);
        redeem(ticket);
        vm.assertEq(token.balanceOf(payee), 100, "paid");
        vm.assertEq(pot(OPEN).escrow, 500, "and not burned a second time");
    }

    function test_PayerMakesGoodByItself() public {
        protest(ticket);
        deposit(1, 0);
        vm.prank(payer);
        redeem(ticket);
        later(1 days);
        vm.expectRevert(Lottery.AlreadyPaid.selector);
        enforce();
        vm.assertEq(token.balanceOf(payee), 100, "paid");
        vm.assertEq(pot(OPEN).escrow, 1000, "kept");
    }

    function test_EnforcingPaysIfItIsCoveredByThen() public {
        protest(ticket);
        later(1 days);
        deposit(1, 0); // at the last moment, before the payee's transaction
        enforce();
        vm.assertEq(token.balanceOf(payee), 100, "paid");
        vm.assertEq(pot(OPEN).escrow, 1000, "kept");
    }

    function test_ProtestKeepsTheTicketAliveAndLapses() public {
        protest(ticket);
        vm.warp(pot(OPEN).heldUntil);
        vm.assertGt(block.timestamp, ticket.expiry, "long expired");
        deposit(1, 0);
        redeem(ticket);

        ticket = winner(payee, 2, 100);
        protest(ticket);
        uint256 since = block.timestamp;
        later(2 days + 1);
        deposit(100, 0);
        refuseRedeem(ticket, Lottery.TicketExpired.selector);
        vm.expectRevert(abi.encodeWithSelector(Lottery.NotNow.selector, since + 1 days, since + 2 days));
        enforce();
    }

    function test_EscrowIsHeldWhileAProtestIsOpen() public {
        warn(OPEN, ALL, ALL);
        later(1 days - 1);
        protest(ticket);
        later(1);
        withdraw(OPEN);
        vm.assertEq(pot(OPEN).amount, 0, "the amount was warned of for a day");
        vm.assertEq(pot(OPEN).escrow, 1000, "held");
        vm.expectRevert(Lottery.NothingToWithdraw.selector);
        withdraw(OPEN);
        vm.warp(pot(OPEN).heldUntil);
        vm.expectRevert(Lottery.NothingToWithdraw.selector);
        withdraw(OPEN);
        later(1);
        withdraw(OPEN); // nobody enforced it: free, without a new warning
        vm.assertEq(token.balanceOf(funder), 1_000_000, "all of it");
    }

    function test_BurnTakesWhatWasWarnedOfToo() public {
        warn(OPEN, 0, ALL);
        protest(ticket);
        later(1 days);
        enforce();
        vm.assertEq(pot(OPEN).warnedEscrow, 0, "nothing is left of the warning");
        vm.expectRevert(Lottery.NothingToWithdraw.selector);
        withdraw(OPEN);
    }

    function test_NoProtestWhereNoneIsDue() public {
        Lottery.Ticket memory small = winner(payee, 2, 99);
        refuseProtest(small, Lottery.CanBePaid.selector);
        redeem(small);
        refuseProtest(small, Lottery.AlreadyPaid.selector);

        lock(payee, 100);
        refuseProtest(ticket, Lottery.CanBePaid.selector);

        Lottery.Ticket memory loser = winner(other, 3, 100);
        loser.ratio = 0;
        refuseProtest(loser, Lottery.NotAWinner.selector);

        Lottery.Ticket memory forged = winner(other, 4, 100);
        bytes memory signature = signed(0xbad, lottery.digestOf(forged));
        vm.expectRevert(Lottery.WrongSigner.selector);
        lottery.protest(forged, REVEAL, signature);

        vm.expectRevert(Lottery.NotProtested.selector);
        lottery.enforce(forged);
    }

    function test_NoProtestWithoutAnEscrow() public {
        warn(OPEN, 0, ALL);
        later(1 days);
        withdraw(OPEN);
        refuseProtest(ticket, Lottery.NoEscrow.selector);
    }

    function test_OneBurnIsEnoughForAllProtests() public {
        Lottery.Ticket memory second = winner(other, 2, 100);
        protest(ticket);
        protest(second);
        later(1 days);
        enforce();
        lottery.enforce(second); // nothing is left to burn, which is no reason to fail
        vm.assertEq(token.balanceOf(lottery.BURNED()), 1000, "burned once");
        vm.assertEq(lottery.protests(lottery.digestOf(second)), 1, "ended");
    }
}
