// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Lottery } from "../../src/Lottery.sol";
import { LotteryTest } from "./LotteryTest.sol";

contract LotteryRedeemTest is LotteryTest {
    function test_PaysAWinnerOnceWhoeverCalls() public {
        deposit(700, 300);
        Lottery.Ticket memory ticket = winner(payee, 1, 100);
        vm.prank(other);
        redeem(ticket);
        vm.assertEq(token.balanceOf(payee), 100, "the payee named");
        vm.assertEq(pot(OPEN).amount, 600, "from the open pot");
        vm.assertEq(lottery.paid(ticket), true, "marked");
        refuseRedeem(ticket, Lottery.AlreadyPaid.selector);
    }

    /// @dev With the first winner the series' reveal is known: what the payer signed besides is void.
    function test_OneWinnerOfASeriesIsPaid() public {
        deposit(700, 300);
        Lottery.Ticket memory first = winner(payee, 7, 100);
        Lottery.Ticket memory second = winner(payee, 7, 100);
        second.number = 2;
        redeem(first);
        refuseRedeem(second, Lottery.AlreadyPaid.selector);
        refuseProtest(second, Lottery.AlreadyPaid.selector);
        redeem(winner(payee, 8, 100));
        redeem(winner(payee, 7 + 128, 100));
        redeem(winner(payee, 7 + 256, 100));
        redeem(winner(other, 7, 100)); // another payee's series
        vm.assertEq(token.balanceOf(payee), 400, "one of each series");
    }

    function testFuzz_SeriesDoNotTouchEachOther(uint64 one, uint64 another) public {
        vm.assume(one != another);
        deposit(700, 300);
        redeem(winner(payee, one, 100));
        vm.assertFalse(lottery.paid(winner(payee, another, 100)), "not paid");
        redeem(winner(payee, another, 100));
        refuseRedeem(winner(payee, one, 100), Lottery.AlreadyPaid.selector);
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

    function testFuzz_TheDrawItselfStillWins(bytes32 digest, bytes32 reveal) public view {
        uint64 draw = uint64(uint256(keccak256(bytes.concat(digest, reveal))));
        vm.assertTrue(lottery.wins(digest, reveal, draw), "as much as the ratio wins");
        vm.assertFalse(draw != 0 && lottery.wins(digest, reveal, draw - 1), "one more loses");
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
        vm.assertEq(lottery.paid(tickets[3]), false, "what is not covered stays as good as it was");
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
        (tickets[1].payee, tickets[1].token) = (payee, other);
        signatures[1] = sign(tickets[1]);
        vm.expectRevert(Lottery.MixedBatch.selector);
        lottery.redeemMany(tickets, reveals, signatures);
        vm.expectRevert(Lottery.NothingPaid.selector);
        lottery.redeemMany(new Lottery.Ticket[](0), reveals, signatures);
        vm.expectRevert();
        lottery.redeemMany(tickets, new bytes32[](1), signatures);
    }
}
