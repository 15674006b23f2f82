// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Lottery } from "../../src/Lottery.sol";
import { TestToken } from "../../src/TestToken.sol";
import { Test } from "../Test.sol";

/// @dev A lottery with one funder, one payer and two payees, and tickets that win.
abstract contract LotteryTest is Test {
    uint256 internal constant PAYER_KEY = 0xa11ce;
    bytes32 internal constant REVEAL = keccak256("the payee's secret");
    address internal constant OPEN = address(0);
    uint128 internal constant ALL = type(uint128).max;

    Lottery internal lottery = new Lottery();
    TestToken internal token = new TestToken(address(this));
    address internal funder = address(0xf00d);
    address internal payer = vm.addr(PAYER_KEY);
    address internal payee = address(0xbee);
    address internal other = address(0xca7);

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        rich(funder);
    }

    /// @dev Gives somebody money, and lets the lottery take it.
    function rich(address somebody) internal {
        token.mint(somebody, 1_000_000);
        vm.prank(somebody);
        token.approve(address(lottery), type(uint256).max);
    }

    function deposit(uint128 amount, uint128 escrow) internal {
        vm.prank(funder);
        lottery.deposit(token, funder, payer, amount, escrow);
    }

    function lock(address whose, uint128 amount) internal {
        vm.prank(funder);
        lottery.lockFor(token, funder, payer, whose, amount);
    }

    function warn(address whose, uint128 amount, uint128 escrow) internal {
        vm.prank(funder);
        lottery.warn(token, payer, whose, amount, escrow);
    }

    function withdraw(address whose) internal {
        vm.prank(funder);
        lottery.withdraw(token, payer, whose, funder);
    }

    function pot(address whose) internal view returns (Lottery.Pot memory) {
        return lottery.potOf(token, funder, payer, whose);
    }

    /// @dev A ticket that wins whatever its digest, for a day and a half. Each has a series of its own.
    function winner(address whose, uint64 series, uint128 face) internal view returns (Lottery.Ticket memory) {
        return Lottery.Ticket({
            funder: funder,
            payer: payer,
            payee: whose,
            token: address(token),
            series: series,
            number: 1,
            face: face,
            ratio: type(uint64).max,
            commitment: keccak256(abi.encode(REVEAL)),
            expiry: uint64(block.timestamp) + 36 hours,
            seed: keccak256(abi.encode("the payer's randomness", series))
        });
    }

    function sign(Lottery.Ticket memory ticket) internal view returns (bytes memory) {
        return signed(PAYER_KEY, lottery.digestOf(ticket));
    }

    function redeem(Lottery.Ticket memory ticket) internal {
        lottery.redeem(ticket, REVEAL, sign(ticket));
    }

    function protest(Lottery.Ticket memory ticket) internal {
        lottery.protest(ticket, REVEAL, sign(ticket));
    }

    function refuseRedeem(Lottery.Ticket memory ticket, bytes4 why) internal {
        bytes memory signature = sign(ticket);
        vm.expectRevert(why);
        lottery.redeem(ticket, REVEAL, signature);
    }

    function refuseProtest(Lottery.Ticket memory ticket, bytes4 why) internal {
        bytes memory signature = sign(ticket);
        vm.expectRevert(why);
        lottery.protest(ticket, REVEAL, signature);
    }

    function later(uint256 span) internal {
        vm.warp(block.timestamp + span);
    }
}
