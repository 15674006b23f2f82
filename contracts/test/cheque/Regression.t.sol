// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Chequebook } from "../../src/Chequebook.sol";
import { ChequebookFactory } from "../../src/ChequebookFactory.sol";
import { FalseToken, HookToken } from "../doubles/Tokens.sol";
import { ChequebookTest } from "./ChequebookTest.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { ReentrancyGuardTransient } from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @dev What lets a beneficiary down in the original: what is mended, and how to live with what is kept.
contract ChequebookRegressionsTest is ChequebookTest {
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    /// @dev Mended: CustomDecreaseTimeout has no nonce. An issuer that used an old agreement again could shorten what
    /// had been agreed on since.
    function test_ReplayedTimeoutDoesNotShorten() public {
        bytes memory first = timeout(2 days);
        bytes memory second = timeout(30 days);
        vm.prank(issuer);
        book.setCustomHardDepositTimeout(payee, 2 days, first);
        vm.prank(issuer);
        book.setCustomHardDepositTimeout(payee, 30 days, second);
        vm.prank(issuer);
        vm.expectRevert(abi.encodeWithSelector(Chequebook.TimeoutNotLonger.selector, 30 days));
        book.setCustomHardDepositTimeout(payee, 2 days, first);
        vm.assertEq(hard(payee).timeout, 30 days, "as agreed last");
    }

    /// @dev Mended: cashing while a decrease was prepared made decreaseHardDeposit revert for ever.
    function test_CashingDuringAPreparedDecreaseLeavesItPossible() public {
        increase(payee, 600);
        prepare(payee, 500);
        cash(payee, 350); // leaves 250
        later(TIMEOUT);
        book.decreaseHardDeposit(payee);
        vm.assertEq(hard(payee).amount, 0, "as far as there was something");
        vm.assertEq(book.totalHardDeposit(), 0, "and no more");
        withdraw(650);
        vm.assertEq(token.balanceOf(issuer), 650, "nothing is stuck");
    }

    /// @dev Kept: a decrease that was prepared is counted as done by whoever relies on a hard deposit.
    function test_CollectibleIsWithoutAPreparedDecrease() public {
        increase(payee, 600);
        prepare(payee, 500);
        uint256 collectible = hard(payee).amount - hard(payee).decreaseAmount;
        later(TIMEOUT);
        book.decreaseHardDeposit(payee);
        withdraw(book.liquidBalance());
        cash(payee, collectible);
        vm.assertEq(token.balanceOf(payee), collectible, "was collectible to the last");
        vm.assertFalse(book.bounced(), "in whole");
    }

    /// @dev Kept: the issuer withdraws liquid balance at once, in front of a cheque. The hard deposit is out of reach.
    function test_WithdrawInFrontOfAChequeLeavesTheHardDeposit() public {
        increase(payee, 300);
        withdraw(700);
        vm.expectRevert(Chequebook.LiquidBalanceNotSufficient.selector);
        withdraw(1);
        cash(payee, 500);
        vm.assertEq(token.balanceOf(payee), 300, "the hard deposit; the other 200 were credit");
        vm.assertTrue(book.bounced(), "seen by everybody");
    }

    /// @dev Kept: an issuer can promise more than there is. Hard deposits are paid whatever else was promised.
    function test_OverIssuedChequesBounceAndPayTheHardDeposit() public {
        increase(payee, 300);
        cash(other, 900); // promised to somebody else, who is faster
        vm.assertEq(token.balanceOf(other), 700, "all that is liquid");
        vm.expectEmit(address(book));
        emit Chequebook.ChequeBounced();
        cash(payee, 900);
        vm.assertEq(token.balanceOf(payee), 300, "the hard deposit");

        token.mint(address(book), 1000); // and what is still owed stays owed
        cash(payee, 900);
        cash(other, 900);
        vm.assertEq(token.balanceOf(payee) + token.balanceOf(other), 1800, "paid later");
        vm.assertTrue(book.bounced(), "bounced for good");
    }

    /// @dev Mended: a fee could be had with each part of a payout. An issuer that fills a chequebook drop by drop, and
    /// calls, would have let the beneficiary pay fees only.
    function test_CashoutSignatureIsGoodForOneFee() public {
        withdraw(950);
        bytes memory byIssuer = cheque(payee, 100);
        bytes memory byPayee = cashout(other, 100, payee, 10);
        vm.prank(other);
        vm.expectRevert(Chequebook.CannotPayCaller.selector);
        book.cashCheque(payee, payee, 100, byPayee, 10, byIssuer); // 50 are there
        token.mint(address(book), 150);
        vm.prank(other);
        book.cashCheque(payee, payee, 100, byPayee, 10, byIssuer);
        vm.prank(other);
        vm.expectRevert(Chequebook.CannotPayCaller.selector);
        book.cashCheque(payee, payee, 100, byPayee, 10, byIssuer);
        vm.assertEq(token.balanceOf(other), 10, "one fee");
        vm.assertEq(token.balanceOf(payee), 90, "the rest");
    }

    /// @dev Mended: in the original a timeout near 2^256 wrapped around, and a decrease was possible at once.
    function test_TimeoutDoesNotWrapAround() public {
        bytes memory agreed = timeout(type(uint256).max);
        vm.prank(issuer);
        vm.expectRevert(Chequebook.TimeoutTooLong.selector);
        book.setCustomHardDepositTimeout(payee, type(uint256).max, agreed);
    }

    function test_OneEncodingOfASignature() public {
        bytes memory message = abi.encode(book.CHEQUE_TYPEHASH(), book, payee, 100);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ISSUER_KEY, digest(message));
        bytes32 highS = bytes32(CURVE_ORDER - uint256(s));
        vm.prank(payee);
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, highS));
        book.cashChequeBeneficiary(payee, 100, abi.encodePacked(r, highS, uint8(55 - v)));
        vm.prank(payee);
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 64));
        book.cashChequeBeneficiary(payee, 100, abi.encodePacked(r, s));
    }

    /// @dev With a fee there are two transfers. Between them the fee is still in the balance, and the issuer must not
    /// get it out.
    function test_TokenThatCallsBackFindsTheDoorClosed() public {
        HookToken hook = new HookToken();
        ChequebookFactory second = new ChequebookFactory(address(hook));
        book = Chequebook(second.deploySimpleSwap(address(hook), TIMEOUT, bytes32(0))); // the token is the issuer
        hook.mint(address(book), 110);
        vm.prank(address(hook));
        book.increaseHardDeposit(cold, 10);
        bytes memory byPayee = cashout(address(hook), 100, payee, 10);

        hook.hook(address(book), abi.encodeCall(Chequebook.withdraw, (10)));
        vm.prank(address(hook));
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        book.cashCheque(payee, payee, 100, byPayee, 10, "");

        hook.hook(address(0), "");
        vm.prank(address(hook));
        book.cashCheque(payee, payee, 100, byPayee, 10, "");
        vm.assertEq(book.balance(), 10, "the hard deposit is there");
        vm.assertEq(hook.balanceOf(payee), 90, "and the payout was made");
    }

    /// @dev A transfer that says false is none: the cheque is as good as it was.
    function test_TokenThatSaysFalseSpendsNothing() public {
        FalseToken refusing = new FalseToken();
        ChequebookFactory second = new ChequebookFactory(address(refusing));
        book = Chequebook(second.deploySimpleSwap(issuer, TIMEOUT, bytes32(0)));
        refusing.mint(address(book), 100);
        refusing.refuse(true);
        bytes memory signature = cheque(payee, 100);
        bytes memory failed = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, refusing);
        vm.prank(payee);
        vm.expectRevert(failed);
        book.cashChequeBeneficiary(payee, 100, signature);
        vm.prank(issuer);
        vm.expectRevert(failed);
        book.withdraw(1);
        refusing.refuse(false);
        cash(payee, 100);
        vm.assertEq(refusing.balanceOf(payee), 100, "paid as soon as the token allows");
    }
}
