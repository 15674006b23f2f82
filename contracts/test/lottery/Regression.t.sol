// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Lottery } from "../../src/Lottery.sol";
import { TestToken } from "../../src/TestToken.sol";
import { LotteryTest } from "./LotteryTest.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @dev What went wrong elsewhere, and what somebody who wants it to go wrong here would try.
contract LotteryRegressionsTest is LotteryTest {
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    uint64 private constant ONE_PERCENT = uint64(uint256(2 ** 64) / 100 - 1);

    /// @dev Livepeer, March 2022: the draw was from the signature's bytes, and a signature can be written in two ways.
    function test_TwoEncodingsOfOneSignatureAreNotTwoDraws() public {
        deposit(1000, 0);
        Lottery.Ticket memory ticket = winner(payee, 1, 100);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PAYER_KEY, lottery.digestOf(ticket));
        bytes32 highS = bytes32(CURVE_ORDER - uint256(s));
        bytes memory high = abi.encodePacked(r, highS, uint8(55 - v));
        bytes memory compact = abi.encodePacked(r, bytes32(uint256(s) | uint256(v - 27) << 255));
        bytes memory bare = abi.encodePacked(r, s, v - 27);

        vm.assertEq(ecrecover(lottery.digestOf(ticket), 55 - v, r, highS), payer, "as good a signature");
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, highS));
        lottery.redeem(ticket, REVEAL, high);
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 64));
        lottery.redeem(ticket, REVEAL, compact);
        vm.expectRevert(ECDSA.ECDSAInvalidSignature.selector);
        lottery.redeem(ticket, REVEAL, bare);

        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 66));
        lottery.redeem(ticket, REVEAL, bytes.concat(high, hex"00"));

        // The draw has no signature in it, and what is marked as paid has none either.
        redeem(ticket);
        refuseRedeem(ticket, Lottery.AlreadyPaid.selector);
        vm.assertEq(token.balanceOf(payee), 100, "one draw, one payment");
    }

    /// @dev Livepeer, September 2023: a deposit by anybody cancelled the owner's unlock.
    function test_FundingByAThirdPartyDoesNotCancelAnUnlock() public {
        deposit(700, 300);
        lock(payee, 50);
        warn(OPEN, ALL, ALL);
        warn(payee, ALL, 0);
        uint64 unlockAt = pot(OPEN).unlockAt;

        rich(other);
        later(1 days - 1);
        vm.prank(other);
        lottery.deposit(token, funder, payer, 1, 1);
        vm.prank(other);
        lottery.lockFor(token, funder, payer, payee, 1);
        vm.assertEq(pot(OPEN).unlockAt, unlockAt, "not moved");
        vm.assertEq(pot(payee).unlockAt, unlockAt, "nor the lock's");

        later(1);
        withdraw(OPEN);
        withdraw(payee);
        vm.assertEq(token.balanceOf(funder), 1_000_000, "what was warned of, and not a wei more");
        vm.assertEq(pot(OPEN).amount, 1, "what came later wants a warning of its own");
    }

    /// @dev Livepeer, July 2026: a redemption in front of it left a winner a remainder of dust, and it was spent.
    function test_FrontRunDoesNotMakeAWinnerTakeDust() public {
        deposit(100, 500);
        Lottery.Ticket memory victim = winner(payee, 1, 100);
        redeem(winner(other, 1, 1)); // one wei, in front
        refuseRedeem(victim, Lottery.NotCovered.selector);
        vm.assertEq(token.balanceOf(payee), 0, "no dust");
        vm.assertEq(lottery.paid(victim), false, "not spent");
        vm.assertEq(pot(OPEN).escrow, 500, "and no reason to burn");

        deposit(1, 0);
        redeem(victim);
        vm.assertEq(token.balanceOf(payee), 100, "in whole");
    }

    /// @dev A payee that knew what the payer will sign could choose a reveal by which much of it wins. It knows all but
    /// the seed.
    function test_GrindingPayeeGainsNothingAgainstASeed() public {
        Lottery.Ticket memory ticket = winner(payee, 1, 100);
        (ticket.ratio, ticket.seed) = (ONE_PERCENT, 0);
        (bytes32 ground, uint256 won) = grind(ticket, 20, 4, 100_000);
        vm.assertGe(won, 4, "4 of 20 at 1 %, if the seed were known");

        ticket.commitment = keccak256(abi.encode(ground));
        uint256 check;
        for (ticket.number = 1; ticket.number <= 20; ++ticket.number) {
            if (lottery.wins(lottery.digestOf(ticket), ground, ONE_PERCENT)) ++check;
        }
        vm.assertEq(check, won, "the contract draws the same");

        // The same reveal against seeds that were drawn after its commitment: 20,000 tickets, 200 wins expected.
        bytes memory encoded = encode(ticket);
        won = 0;
        for (uint256 i; i < 20_000; ++i) {
            if (drawn(encoded, i % 20 + 1, ticket.commitment, keccak256(abi.encode("seed", i)), ground)) ++won;
        }
        vm.assertApproxEqAbs(won, 200, 57, "1 %, within four standard deviations");
    }

    /// @dev A payer that is its own payee can empty the open pot before others redeem. That costs it the escrow; a lock
    /// it can't empty.
    function test_SelfPayingPayerLosesItsEscrowAndNoLock() public {
        address accomplice = address(0x5e1f);
        deposit(300, 600);
        lock(other, 100);
        Lottery.Ticket memory open = winner(payee, 1, 100);
        Lottery.Ticket memory locked = winner(other, 1, 100);

        // It sees both redemptions in the mempool, and is faster.
        redeem(winner(accomplice, 1, 300));
        redeem(locked);
        vm.assertEq(token.balanceOf(other), 100, "a lock is not drained");

        refuseRedeem(open, Lottery.NotCovered.selector);
        protest(open);
        warn(OPEN, ALL, ALL);
        later(1 days);
        vm.expectRevert(Lottery.NothingToWithdraw.selector);
        withdraw(OPEN); // the escrow is held
        lottery.enforce(open);
        vm.assertEq(token.balanceOf(lottery.BURNED()), 600, "it took 100 that were the payee's, and lost 600");
        vm.assertEq(token.balanceOf(accomplice), 300, "its own, by a detour");
        vm.assertEq(token.balanceOf(payee), 0, "credit Y: what the payee could lose");
    }

    /// @dev One winner in front of another is no reason to burn: the payer has a day to make good.
    function test_FrontRunAloneBurnsNothing() public {
        deposit(100, 500);
        Lottery.Ticket memory first = winner(payee, 1, 100);
        Lottery.Ticket memory second = winner(other, 1, 100);
        redeem(first);
        protest(second);
        later(1 days - 1);
        vm.expectRevert(
            abi.encodeWithSelector(Lottery.NotNow.selector, block.timestamp + 1, block.timestamp + 1 + 1 days)
        );
        lottery.enforce(second);
        deposit(100, 0);
        redeem(second);
        vm.assertEq(pot(OPEN).escrow, 500, "kept");
    }

    /// @dev Who has seen a reveal knows the draw of whatever it signs for its commitment, and can sign losers only. So
    /// a payee retires a commitment before it sends the reveal anywhere.
    function test_SeenRevealMakesLosersAtWill() public {
        deposit(1000, 0);
        Lottery.Ticket memory ticket = winner(payee, 1, 100);
        ticket.ratio = type(uint64).max / 2;
        uint256 tries;
        for (uint64 number = 1; number <= 20; ++number) {
            ticket.number = number;
            do {
                ticket.seed = bytes32(++tries);
            } while (lottery.wins(lottery.digestOf(ticket), REVEAL, ticket.ratio));
            refuseRedeem(ticket, Lottery.NotAWinner.selector);
        }
        vm.assertLt(tries, 100, "20 losers at one half: about 40 tries");
    }

    /// @dev Who has seen a reveal can sign winners too. One of less, or nothing, does not end the series: only a payment
    /// of the whole face value does, and that the payee has got then.
    function test_WinnerOfNothingDoesNotEndASeries() public {
        deposit(1000, 500);
        Lottery.Ticket memory good = winner(payee, 1, 100);
        for (uint128 face; face < 3; ++face) {
            Lottery.Ticket memory cheap = winner(payee, 1, face);
            cheap.number = 2;
            redeem(cheap);
        }
        redeem(good);
        vm.assertEq(token.balanceOf(payee), 103, "all of it");

        good = winner(payee, 2, 100);
        Lottery.Ticket memory same = winner(payee, 2, 100);
        (same.number, same.ratio, same.expiry) = (9, type(uint64).max - 1, good.expiry + 1);
        redeem(same);
        refuseRedeem(good, Lottery.AlreadyPaid.selector);
        vm.assertEq(token.balanceOf(payee), 203, "the whole face value ends it");
    }

    /// @dev Nor does a winner in a token that is worth nothing, or of another funder.
    function test_WinnerInAnotherTokenDoesNotEndASeries() public {
        deposit(1000, 0);
        TestToken worthless = new TestToken(address(this));
        worthless.mint(address(this), 100);
        worthless.approve(address(lottery), 100);
        lottery.deposit(worthless, funder, payer, 100, 0);
        rich(other);
        vm.prank(other);
        lottery.deposit(token, other, payer, 100, 0);

        Lottery.Ticket memory good = winner(payee, 1, 100);
        Lottery.Ticket memory cheap = winner(payee, 1, 100);
        cheap.token = address(worthless);
        redeem(cheap);
        Lottery.Ticket memory others = winner(payee, 1, 100);
        others.funder = other;
        redeem(others);
        redeem(good);
        vm.assertEq(token.balanceOf(payee), 200, "paid by each funder");
    }

    /// @dev A protest is settled by the series, too: a payer makes good once.
    function test_ProtestsOfOneSeriesAreMadeGoodOnce() public {
        deposit(99, 500);
        Lottery.Ticket memory first = winner(payee, 1, 100);
        Lottery.Ticket memory second = winner(payee, 1, 100);
        second.number = 2;
        protest(first);
        protest(second);
        deposit(1, 0);
        redeem(first);
        later(1 days);
        vm.expectRevert(Lottery.AlreadyPaid.selector);
        lottery.enforce(first);
        vm.expectRevert(Lottery.AlreadyPaid.selector);
        lottery.enforce(second);
        vm.assertEq(pot(OPEN).escrow, 500, "kept");
    }

    /// @dev A loser stays one however often it is shown, and in its series the next winner is paid. That it gives no
    /// credit twice is the payee's part: it keeps the highest number of the series.
    function test_ReplayedLoserIsNeverPaid() public {
        deposit(1000, 0);
        Lottery.Ticket memory loser = winner(payee, 1, 100);
        loser.ratio = ONE_PERCENT;
        while (lottery.wins(lottery.digestOf(loser), REVEAL, ONE_PERCENT)) loser.number++;
        for (uint256 i; i < 3; ++i) {
            refuseRedeem(loser, Lottery.NotAWinner.selector);
            refuseProtest(loser, Lottery.NotAWinner.selector);
        }
        Lottery.Ticket memory next = winner(payee, 1, 100);
        next.number = loser.number + 1;
        redeem(next);
        refuseRedeem(loser, Lottery.NotAWinner.selector);
        vm.assertEq(token.balanceOf(payee), 100, "the winner only");
    }

    // ------------------------------------------------------- a payee that grinds

    bytes32 private domain;

    /// @dev Tries reveals until enough of the first n tickets win; what a payee would do before it commits.
    function grind(Lottery.Ticket memory ticket, uint256 n, uint256 enough, uint256 tries)
        private
        returns (bytes32 best, uint256 most)
    {
        domain = lottery.domainSeparator();
        bytes memory encoded = encode(ticket);
        for (uint256 i; i < tries && most < enough; ++i) {
            bytes32 reveal = bytes32(i);
            bytes32 commitment;
            assembly ("memory-safe") {
                mstore(0, reveal)
                commitment := keccak256(0, 32)
            }
            uint256 won;
            for (uint256 number = 1; number <= n; ++number) {
                if (drawn(encoded, number, commitment, ticket.seed, reveal)) ++won;
            }
            if (won > most) (best, most) = (reveal, won);
        }
    }

    function encode(Lottery.Ticket memory ticket) private pure returns (bytes memory) {
        return abi.encode(
            keccak256(
                "Ticket(address funder,address payer,address payee,address token,uint64 series,uint64 number,uint128 face,uint64 ratio,bytes32 commitment,uint64 expiry,bytes32 seed)"
            ),
            ticket
        );
    }

    /// @dev The draw of a ticket with another number, commitment and seed, without new memory for each.
    function drawn(bytes memory encoded, uint256 which, bytes32 commitment, bytes32 seed, bytes32 reveal)
        private
        view
        returns (bool)
    {
        bytes32 separator = domain;
        uint256 draw;
        assembly ("memory-safe") {
            let words := add(encoded, 32)
            mstore(add(words, mul(6, 32)), which)
            mstore(add(words, mul(9, 32)), commitment)
            mstore(add(words, mul(11, 32)), seed)
            let content := keccak256(words, mul(12, 32))
            let free := mload(0x40)
            mstore(free, hex"1901")
            mstore(add(free, 2), separator)
            mstore(add(free, 34), content)
            mstore(0, keccak256(free, 66))
            mstore(32, reveal)
            draw := and(keccak256(0, 64), 0xffffffffffffffff)
        }
        return draw <= ONE_PERCENT;
    }
}
