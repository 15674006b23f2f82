// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Lottery } from "../../src/Lottery.sol";
import { FalseToken, HookToken, SilentToken } from "../doubles/Tokens.sol";
import { LotteryTest } from "./LotteryTest.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { ReentrancyGuardTransient } from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @dev Tokens that behave differently from most.
contract LotteryTokensTest is LotteryTest {
    /// @dev Whoever gets control while the token moves money gets no further, by whatever door.
    function test_TokenThatCallsBackFindsEveryDoorClosed() public {
        HookToken hook = new HookToken();
        hook.mint(address(this), 1000);
        hook.approve(address(lottery), 1000);
        lottery.deposit(hook, funder, payer, 300, 0);
        Lottery.Ticket memory first = ticketIn(address(hook), 1);
        Lottery.Ticket memory second = ticketIn(address(hook), 2);
        bytes memory signature = sign(second);

        bytes[] memory doors = new bytes[](7);
        doors[0] = abi.encodeCall(Lottery.redeem, (second, REVEAL, signature));
        doors[1] = abi.encodeCall(Lottery.redeemMany, (new Lottery.Ticket[](0), new bytes32[](0), new bytes[](0)));
        doors[2] = abi.encodeCall(Lottery.protest, (second, REVEAL, signature));
        doors[3] = abi.encodeCall(Lottery.enforce, (second));
        doors[4] = abi.encodeCall(Lottery.withdraw, (hook, payer, OPEN, funder));
        doors[5] = abi.encodeCall(Lottery.deposit, (hook, funder, payer, 0, 0));
        doors[6] = abi.encodeCall(Lottery.lockFor, (hook, funder, payer, payee, 0));
        bytes memory firstSignature = sign(first);
        for (uint256 i; i < doors.length; ++i) {
            hook.hook(address(lottery), doors[i]);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            lottery.redeem(first, REVEAL, firstSignature);
        }
        hook.hook(address(0), "");
        lottery.redeem(first, REVEAL, firstSignature);
        vm.assertEq(hook.balanceOf(payee), 100, "and the ticket is as good as it was");
    }

    /// @dev A transfer that says false is none: nothing is spent for it.
    function test_TokenThatSaysFalseSpendsNothing() public {
        FalseToken refusing = new FalseToken();
        refusing.mint(address(this), 1000);
        refusing.approve(address(lottery), 1000);
        lottery.deposit(refusing, funder, payer, 300, 0);
        refusing.refuse(true);
        Lottery.Ticket memory ticket = ticketIn(address(refusing), 1);
        bytes memory signature = sign(ticket);
        bytes memory failed = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, refusing);
        vm.expectRevert(failed);
        lottery.redeem(ticket, REVEAL, signature);
        vm.expectRevert(failed);
        lottery.deposit(refusing, funder, payer, 1, 0);
        vm.prank(funder);
        lottery.warn(refusing, payer, OPEN, ALL, ALL);
        later(1 days);
        vm.prank(funder);
        vm.expectRevert(failed);
        lottery.withdraw(refusing, payer, OPEN, funder);

        refusing.refuse(false);
        lottery.redeem(ticket, REVEAL, signature);
        vm.assertEq(refusing.balanceOf(payee), 100, "paid as soon as the token allows");
    }

    function test_TokenThatSaysNothingIsTaken() public {
        SilentToken silent = new SilentToken();
        silent.mint(address(this), 1000);
        lottery.deposit(IERC20(address(silent)), funder, payer, 300, 0);
        Lottery.Ticket memory ticket = ticketIn(address(silent), 1);
        lottery.redeem(ticket, REVEAL, sign(ticket));
        vm.assertEq(silent.balanceOf(payee), 100, "paid");
    }

    function ticketIn(address token_, uint64 series) private view returns (Lottery.Ticket memory ticket) {
        ticket = winner(payee, series, 100);
        ticket.token = token_;
    }
}
