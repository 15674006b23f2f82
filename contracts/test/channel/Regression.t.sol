// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { BatchSettlement } from "../../src/BatchSettlement.sol";
import { ChannelConfig, VoucherClaim } from "../../src/ChannelTypes.sol";
import { GiftCollector, PlainCollector } from "../doubles/Collectors.sol";
import { FalseToken } from "../doubles/Tokens.sol";
import { ChannelTest } from "./ChannelTest.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @dev What went wrong in other payment systems, as far as a channel could have it too. Each test is named after the
/// system, and says what happened there.
contract RegressionTest is ChannelTest {
    /// The order of the curve's group: (r, n − s) with the other v is a signature too, if it is let.
    uint256 private constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    ChannelConfig private config;

    function setUp() public override {
        super.setUp();
        config = aliceToBob();
        deposit(config, 1000);
    }

    /// Livepeer, March 2022: a signature in a second encoding counted as a second ticket. Here a signature has one
    /// encoding, 65 bytes with a low s; and what counts is the total, not the signature.
    function test_Livepeer2022_OneSignatureHasOneEncoding() public {
        bytes32 digest = settlement.getVoucherDigest(id(config), 300);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SESSION_KEY, digest);
        VoucherClaim memory c = voucher(config, 300);

        bytes32 high = bytes32(N - uint256(s));
        c.signature = abi.encodePacked(r, high, v == 27 ? uint8(28) : uint8(27));
        claimFails(c, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, high));

        bytes32 compact = bytes32((uint256(v - 27) << 255) | uint256(s)); // ERC-2098
        c.signature = abi.encodePacked(r, compact);
        claimFails(c, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 64));

        c.signature = abi.encodePacked(r, s, v - 27); // v as 0 or 1
        claimFails(c, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignature.selector));

        c.signature = abi.encodePacked(r, s, v, uint8(0));
        claimFails(c, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 66));
    }

    /// Livepeer, September 2023: whoever put money into another's deposit cancelled its withdrawal. Here a deposit,
    /// the payer's or a stranger's, leaves it alone: neither the amount nor the time changes.
    function test_Livepeer2023_ADepositDoesNotCancelAWithdrawal() public {
        initiate(config, 1000);
        vm.warp(START + DELAY / 2);
        deposit(config, 1);
        (uint256 amount, uint256 since) = settlement.pendingWithdrawals(id(config));
        vm.assertEq(amount, 1000, "pending");
        vm.assertEq(since, START, "since");
        vm.warp(START + DELAY);
        finalize(config);
        vm.assertEq(balanceOf(config), 1, "balance");
    }

    /// The same from the other side: a payer cannot put off a receiver by a top-up while a withdrawal runs. Whoever
    /// counts what is collectible must subtract it; the chain tells.
    function test_Livepeer2023_ATopUpDoesNotHideAWithdrawal() public {
        initiate(config, 1000);
        deposit(config, 500);
        vm.assertEq(balanceOf(config) - claimedOf(config) - pendingOf(config), 500, "collectible for sure");
    }

    /// Livepeer, July 2026: one wei, paid in front, made a winning ticket pay dust and be spent. Here a claim that
    /// cannot be met in full reverts, takes nothing, and can be met later.
    function test_Livepeer2026_AClaimIsAllOrNothing() public {
        VoucherClaim memory c = voucher(config, 1500);
        claimFails(c, abi.encodeWithSelector(BatchSettlement.ClaimExceedsBalance.selector));
        vm.assertEq(claimedOf(config), 0, "claimed");
        deposit(config, 500);
        claim(config, 1500);
        vm.assertEq(claimedOf(config), 1500, "claimed, once there was enough");
    }

    /// Livepeer, July 2026, too: somebody settles for the receiver when a claim of one unit is in, before the great
    /// one. He pays the gas of it, and nothing is lost.
    function test_Livepeer2026_SettlingDustInFrontTakesNothing() public {
        claim(config, 1);
        vm.prank(mallory);
        settlement.settle(bob, address(token));
        claim(config, 900);
        settlement.settle(bob, address(token));
        vm.assertEq(token.balanceOf(bob), 900, "Bob");
    }

    /// And a gift of dust into another's channel, by a collector of one's own, gets in nobody's way: not of what was
    /// signed, nor of a withdrawal, nor of a refund. The payer can have it.
    function test_Livepeer2026_DustFromAStrangerChangesNothing() public {
        bytes memory refundSigned = refundSignature(config, 100, 0);
        initiate(config, 1000);
        GiftCollector gift = new GiftCollector();
        token.mint(address(gift), 1);
        vm.prank(mallory);
        settlement.deposit(config, 1, address(gift), "");
        vm.assertEq(balanceOf(config), 1001, "balance");

        settlement.refundWithSignature(config, 100, 0, refundSigned);
        claim(config, 300);
        vm.warp(START + DELAY);
        finalize(config);
        vm.assertEq(balanceOf(config), 300, "balance, at the end: the withdrawal paid the rest");
        vm.assertEq(token.balanceOf(alice), 1e12 - 1000 + 701, "Alice");
    }

    /// SWAP: a cheque cashed beyond what there was marked the chequebook as bounced for good. Here nothing sticks to
    /// a channel that could not pay.
    function test_Swap_AShortfallLeavesNoMark() public {
        claimFails(voucher(config, 1001), abi.encodeWithSelector(BatchSettlement.ClaimExceedsBalance.selector));
        claim(config, 1000);
        deposit(config, 1);
        claim(config, 1001);
        vm.assertEq(claimedOf(config), 1001, "claimed");
    }

    /// SWAP: a signed change of a time-out had no nonce and could be sent again. What is signed here is a total that
    /// only grows (vouchers, claims) or has a nonce (refunds).
    function test_Swap_ASignedRefundCannotBeSentAgain() public {
        bytes memory signature = refundSignature(config, 250, 0);
        settlement.refundWithSignature(config, 250, 0, signature);
        refused(BatchSettlement.InvalidRefundNonce.selector);
        settlement.refundWithSignature(config, 250, 0, signature);
        refused(BatchSettlement.InvalidSignature.selector);
        settlement.refundWithSignature(config, 250, 1, signature);
    }

    /// SWAP: cashing while a decrease was prepared could make the decrease revert. Here the withdrawal pays what is
    /// left, be it nothing, and is over.
    function test_Swap_AClaimDoesNotBreakAWithdrawal() public {
        initiate(config, 600);
        claim(config, 1000);
        vm.warp(START + DELAY);
        finalize(config);
        vm.assertEq(pendingOf(config), 0, "pending");
        deposit(config, 10);
        initiate(config, 10);
        vm.assertEq(pendingOf(config), 10, "pending anew");
    }

    /// SWAP again: withdrawing the liquid balance needed no delay, so only what was locked could be counted on. Here
    /// nothing leaves faster than the delay without the receiver's consent.
    function test_Swap_NothingLeavesWithoutDelayOrConsent() public {
        initiate(config, 1000);
        vm.warp(START + DELAY - 1);
        refused(BatchSettlement.WithdrawDelayNotElapsed.selector);
        finalize(config);
        refused(BatchSettlement.NotAuthorizedToRefund.selector);
        vm.prank(alice);
        settlement.refund(config, 1000);
    }

    /// Orchid, issue 29: a deposit looked lost. Here whatever comes into a channel that was emptied, or was thought
    /// closed, can be claimed and withdrawn as ever.
    function test_Orchid29_MoneyThatComesAfterTheEndIsNotLost() public {
        vm.prank(operator);
        settlement.refund(config, 1000);
        deposit(config, 40);
        claim(config, 15);
        initiate(config, 25);
        vm.warp(START + DELAY);
        finalize(config);
        settlement.settle(bob, address(token));
        vm.assertEq(token.balanceOf(bob), 15, "Bob");
        vm.assertEq(token.balanceOf(SETTLEMENT), 0, "held");
    }

    /// MPP: never open again what is final, or old vouchers are worth something again. Here channels are never final,
    /// so the count must go on: an emptied channel that is filled again pays no voucher a second time.
    function test_Mpp_OldVouchersAreNotPaidAgain() public {
        claim(config, 1000);
        deposit(config, 1000);
        vm.recordLogs();
        claim(config, 1000);
        vm.assertEq(vm.getRecordedLogs().length, 0, "events");
        vm.assertEq(claimedOf(config), 1000, "claimed");
    }

    /// MPP, the other half: but a voucher that was never claimed stays good when money comes back. Who empties a
    /// channel must think of what it has signed.
    function test_Mpp_UnclaimedVouchersStayGood() public {
        vm.prank(operator);
        settlement.refund(config, 1000);
        deposit(config, 1000);
        claim(config, 700);
        vm.assertEq(claimedOf(config), 700, "claimed");
    }

    /// x402's own client signs the same total twice when two requests start before an answer. The second is no
    /// double payment, and no error.
    function test_X402_TheSameTotalTwiceIsOnePayment() public {
        VoucherClaim[] memory claims = batch(voucher(config, 300), voucher(config, 300));
        vm.prank(operator);
        settlement.claim(claims);
        (uint256 claimed,) = settlement.receivers(bob, address(token));
        vm.assertEq(claimed, 300, "claimed for Bob");
    }

    /// µRaiden kept network, contract and receiver beside each balance proof. Here the digest has them.
    function testFuzz_MicroRaiden_AnIdIsOfOneChainAndContract(uint64 chain, bytes32 salt) public {
        vm.assume(chain != block.chainid && chain != 0);
        ChannelConfig memory one = another(config, uint256(salt));
        bytes32 here = id(one);
        vm.assertTrue(new BatchSettlement().getChannelId(one) != here, "same id of another contract");
        vm.chainId(chain);
        vm.assertTrue(id(one) != here, "same id on another chain");
    }

    /// Tokens that say false instead of reverting: a payout that did not happen must not be entered.
    function test_FalseToken_APayoutThatFailsIsNotEntered() public {
        FalseToken says = new FalseToken();
        says.mint(alice, 1000);
        PlainCollector collector = new PlainCollector();
        vm.prank(alice);
        says.approve(address(collector), 1000);
        ChannelConfig memory odd = another(config, 1);
        odd.token = address(says);
        settlement.deposit(odd, 1000, address(collector), "");
        claim(odd, 300);

        says.refuse(true);
        bytes memory failed = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(says));
        vm.expectRevert(failed);
        settlement.settle(bob, address(says));
        vm.expectRevert(failed);
        vm.prank(operator);
        settlement.refund(odd, 1);
        initiate(odd, 100);
        vm.warp(START + DELAY);
        vm.expectRevert(failed);
        finalize(odd);

        says.refuse(false); // nothing is stuck
        finalize(odd);
        settlement.settle(bob, address(says));
        vm.assertEq(says.balanceOf(bob), 300, "Bob");
        vm.assertEq(says.balanceOf(alice), 100, "Alice");
    }

    function claimFails(VoucherClaim memory c, bytes memory why) private {
        VoucherClaim[] memory claims = batch(c);
        vm.expectRevert(why);
        vm.prank(operator);
        settlement.claim(claims);
    }
}
