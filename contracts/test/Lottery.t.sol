// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Lottery } from "../src/Lottery.sol";
import { LotteryTest } from "./LotteryTest.sol";
import { GreedyToken } from "./Tokens.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

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
        GreedyToken greedy = new GreedyToken();
        greedy.approve(address(lottery), 1000);
        vm.expectRevert(Lottery.WrongAmountReceived.selector);
        lottery.deposit(greedy, funder, payer, 1000, 0);
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

contract LotteryRedeemTest is LotteryTest {
    function test_PaysAWinnerOnceWhoeverCalls() public {
        deposit(700, 300);
        Lottery.Ticket memory ticket = winner(payee, 1, 100);
        vm.prank(other);
        redeem(ticket);
        vm.assertEq(token.balanceOf(payee), 100, "the payee named");
        vm.assertEq(pot(OPEN).amount, 600, "from the open pot");
        vm.assertEq(lottery.fate(lottery.digestOf(ticket)), 1, "marked");
        refuseRedeem(ticket, Lottery.AlreadyPaid.selector);
    }

    function test_LockPaysFirstAndOnlyIfItHasAll() public {
        deposit(700, 300);
        lock(payee, 150);
        redeem(winner(payee, 1, 100));
        vm.assertEq(pot(payee).amount, 50, "from the lock");
        redeem(winner(payee, 2, 100));
        vm.assertEq(pot(payee).amount, 50, "never a part from each");
        vm.assertEq(pot(OPEN).amount, 600, "from the open pot");
    }

    function test_LockPaysNobodyElse() public {
        lock(payee, 1000);
        refuseRedeem(winner(other, 1, 100), Lottery.NotCovered.selector);
    }

    function test_EveryFieldIsSigned() public {
        deposit(700, 300);
        Lottery.Ticket memory good = winner(payee, 1, 100);
        bytes memory signature = sign(good);
        for (uint256 field; field < 11; ++field) {
            Lottery.Ticket memory bad = winner(payee, 1, 100);
            if (field == 0) bad.funder = other;
            if (field == 1) bad.payer = other;
            if (field == 2) bad.payee = other;
            if (field == 3) bad.token = other;
            if (field == 4) bad.series = 2;
            if (field == 5) bad.number = 2;
            if (field == 6) bad.face = 101;
            if (field == 7) bad.ratio = type(uint64).max - 1;
            if (field == 8) bad.commitment = keccak256(abi.encode(bytes32(0)));
            if (field == 9) bad.expiry += 1;
            if (field == 10) bad.seed = 0;
            vm.expectRevert(Lottery.WrongSigner.selector);
            lottery.redeem(bad, field == 8 ? bytes32(0) : REVEAL, signature);
        }
        lottery.redeem(good, REVEAL, signature);
    }

    function test_SignatureHoldsForOneChainAndOneContract() public {
        deposit(700, 300);
        Lottery.Ticket memory ticket = winner(payee, 1, 100);
        bytes memory signature = sign(ticket);
        Lottery elsewhere = new Lottery();
        vm.expectRevert(Lottery.WrongSigner.selector);
        elsewhere.redeem(ticket, REVEAL, signature);
        vm.chainId(block.chainid + 1);
        vm.expectRevert(Lottery.WrongSigner.selector);
        lottery.redeem(ticket, REVEAL, signature);
    }

    function test_CodeWorksWhereverItIsPlaced() public {
        address placed = address(0x10772e);
        vm.etch(placed, address(lottery).code);
        vm.assertTrue(Lottery(placed).domainSeparator() != lottery.domainSeparator(), "its own domain");
        lottery = Lottery(placed);
        vm.prank(funder);
        token.approve(placed, type(uint256).max);
        deposit(100, 0);
        redeem(winner(payee, 1, 100));
        vm.assertEq(token.balanceOf(payee), 100, "paid");
    }

    function test_WrongReveal() public {
        deposit(700, 300);
        Lottery.Ticket memory ticket = winner(payee, 1, 100);
        bytes memory signature = sign(ticket);
        vm.expectRevert(Lottery.WrongReveal.selector);
        lottery.redeem(ticket, keccak256("a guess"), signature);
    }

    function test_ExpiryIsTheLastSecondOfPayment() public {
        deposit(700, 300);
        Lottery.Ticket memory first = winner(payee, 1, 100);
        Lottery.Ticket memory second = winner(payee, 2, 100);
        vm.warp(first.expiry);
        redeem(first);
        later(1);
        refuseRedeem(second, Lottery.TicketExpired.selector);
        refuseProtest(second, Lottery.TicketExpired.selector);
    }

    function testFuzz_DrawIsOfDigestAndReveal(uint64 ratio, bytes32 reveal, bytes32 seed) public {
        deposit(700, 300);
        Lottery.Ticket memory ticket = winner(payee, 1, 100);
        (ticket.ratio, ticket.commitment, ticket.seed) = (ratio, keccak256(abi.encode(reveal)), seed);
        bytes32 digest = lottery.digestOf(ticket);
        bool wins = uint256(keccak256(bytes.concat(digest, reveal))) % 2 ** 64 <= ratio;
        vm.assertEq(lottery.wins(digest, reveal, ratio), wins, "the draw");
        bytes memory signature = sign(ticket);
        if (!wins) vm.expectRevert(Lottery.NotAWinner.selector);
        lottery.redeem(ticket, reveal, signature);
        vm.assertEq(token.balanceOf(payee), wins ? 100 : 0, "paid");
    }

    /// @dev The probability is (ratio + 1) / 2^64, shown at a tenth.
    function test_WinsAsOftenAsItSays() public view {
        uint64 ratio = uint64(uint256(2 ** 64) / 10 - 1);
        uint256 won;
        for (uint256 i; i < 10_000; ++i) {
            if (lottery.wins(keccak256(abi.encode(i)), REVEAL, ratio)) ++won;
        }
        vm.assertApproxEqAbs(won, 1000, 120, "four standard deviations");
    }
}

contract LotteryBatchTest is LotteryTest {
    function batch(uint64 n, uint128 face)
        private
        view
        returns (Lottery.Ticket[] memory tickets, bytes32[] memory reveals, bytes[] memory signatures)
    {
        tickets = new Lottery.Ticket[](n);
        reveals = new bytes32[](n);
        signatures = new bytes[](n);
        for (uint64 i; i < n; ++i) {
            tickets[i] = winner(payee, i + 1, face);
            reveals[i] = REVEAL;
            signatures[i] = sign(tickets[i]);
        }
    }

    function test_PaysAllInOneTransfer() public {
        deposit(700, 0);
        (Lottery.Ticket[] memory tickets, bytes32[] memory reveals, bytes[] memory signatures) = batch(5, 100);
        vm.assertEq(lottery.redeemMany(tickets, reveals, signatures), 500, "the sum");
        vm.assertEq(token.balanceOf(payee), 500, "paid");
        vm.assertEq(pot(OPEN).amount, 200, "left");
    }

    function test_PassesOverWhatOthersCanChange() public {
        deposit(250, 0);
        (Lottery.Ticket[] memory tickets, bytes32[] memory reveals, bytes[] memory signatures) = batch(4, 100);
        tickets[1].expiry = uint64(block.timestamp) - 1;
        signatures[1] = sign(tickets[1]);
        redeem(tickets[0]); // somebody redeems the first one first, and 150 are left
        vm.assertEq(lottery.redeemMany(tickets, reveals, signatures), 100, "the third only");
        vm.assertEq(token.balanceOf(payee), 200, "paid");
        vm.assertEq(lottery.fate(lottery.digestOf(tickets[3])), 0, "what is not covered stays as good as it was");
        vm.expectRevert(Lottery.NothingPaid.selector);
        lottery.redeemMany(tickets, reveals, signatures);
    }

    function test_TicketThatIsThereTwiceIsPaidOnce() public {
        deposit(700, 0);
        (Lottery.Ticket[] memory tickets, bytes32[] memory reveals, bytes[] memory signatures) = batch(2, 100);
        (tickets[1], signatures[1]) = (tickets[0], signatures[0]);
        vm.assertEq(lottery.redeemMany(tickets, reveals, signatures), 100, "once");
    }

    function test_RefusesWhatIsWrongInItself() public {
        deposit(700, 0);
        (Lottery.Ticket[] memory tickets, bytes32[] memory reveals, bytes[] memory signatures) = batch(2, 100);
        reveals[1] = 0;
        vm.expectRevert(Lottery.WrongReveal.selector);
        lottery.redeemMany(tickets, reveals, signatures);
        reveals[1] = REVEAL;
        tickets[1].payee = other;
        vm.expectRevert(Lottery.MixedBatch.selector);
        lottery.redeemMany(tickets, reveals, signatures);
        vm.expectRevert(Lottery.NothingPaid.selector);
        lottery.redeemMany(new Lottery.Ticket[](0), reveals, signatures);
        vm.expectRevert();
        lottery.redeemMany(tickets, new bytes32[](1), signatures);
    }
}

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
        vm.expectRevert(Lottery.NotProtested.selector);
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
        vm.assertEq(lottery.fate(lottery.digestOf(second)), 2, "ended");
    }

    function test_SignaturesAreOfTheExactLengthAndLow() public {
        deposit(1000, 0);
        bytes memory signature = sign(ticket);
        bytes memory longer = bytes.concat(signature, hex"00");
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 66));
        lottery.redeem(ticket, REVEAL, longer);
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 0));
        lottery.redeem(ticket, REVEAL, "");
        lottery.redeem(ticket, REVEAL, signature);
    }
}
