// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { BatchSettlement } from "../../src/BatchSettlement.sol";
import { ChannelConfig, VoucherClaim } from "../../src/ChannelTypes.sol";
import { Wallet } from "../doubles/Wallet.sol";
import { ChannelTest } from "./ChannelTest.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

contract ClaimTest is ChannelTest {
    ChannelConfig private config;

    function setUp() public override {
        super.setUp();
        config = aliceToBob();
        deposit(config, 1000);
    }

    function claimAs(address sender, VoucherClaim memory c) private {
        VoucherClaim[] memory claims = batch(c);
        vm.prank(sender);
        settlement.claim(claims);
    }

    function cannotClaim(VoucherClaim memory c, bytes4 why) private {
        VoucherClaim[] memory claims = batch(c);
        refused(why);
        vm.prank(operator);
        settlement.claim(claims);
        vm.assertEq(claimedOf(config), 0, "claimed");
    }

    function test_EntersAndMovesNothing() public {
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.Claimed(id(config), operator, 300, 300);
        claim(config, 300);
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.Claimed(id(config), bob, 100, 400);
        claimAs(bob, voucher(config, 400));

        vm.assertEq(claimedOf(config), 400, "claimed");
        vm.assertEq(balanceOf(config), 1000, "balance");
        (uint256 claimed, uint256 settled) = settlement.receivers(bob, address(token));
        vm.assertEq(claimed, 400, "claimed for Bob");
        vm.assertEq(settled, 0, "settled for Bob");
        vm.assertEq(token.balanceOf(SETTLEMENT), 1000, "held");
    }

    /// @dev A total and not an addition: of any claims in any order, the highest counts.
    function testFuzz_HighestCounts(uint128[5] memory totals) public {
        uint256 highest;
        for (uint256 i = 0; i < totals.length; ++i) {
            totals[i] = uint128(bound(totals[i], 0, 1000));
            claim(config, totals[i]);
            if (totals[i] > highest) highest = totals[i];
            vm.assertEq(claimedOf(config), highest, "claimed");
        }
        settlement.settle(bob, address(token));
        vm.assertEq(token.balanceOf(bob), highest, "Bob");
    }

    function testFuzz_LessThanTheVoucher(uint128 max, uint128 total) public {
        max = uint128(bound(max, 1, 1000));
        total = uint128(bound(total, 0, max));
        claimAs(operator, voucherBy(SESSION_KEY, config, max, total));
        vm.assertEq(claimedOf(config), total, "claimed");
    }

    function testFuzz_OnlyTheReceiversSide(address sender) public {
        vm.assume(sender != bob && sender != operator);
        VoucherClaim[] memory claims = batch(voucher(config, 1));
        refused(BatchSettlement.NotAuthorizedToClaim.selector);
        vm.prank(sender);
        settlement.claim(claims);
    }

    function test_NotTheReceiverOfAnotherChannelOfTheBatch() public {
        ChannelConfig memory mallorys = another(config, 1);
        mallorys.receiver = mallory;
        mallorys.receiverAuthorizer = mallory;
        VoucherClaim[] memory claims = batch(voucher(mallorys, 0), voucher(config, 1));
        refused(BatchSettlement.NotAuthorizedToClaim.selector);
        vm.prank(mallory);
        settlement.claim(claims);
    }

    function test_RefusesMoreThanSigned() public {
        cannotClaim(voucherBy(SESSION_KEY, config, 300, 301), BatchSettlement.ClaimExceedsCeiling.selector);
    }

    function test_RefusesMoreThanDeposited() public {
        cannotClaim(voucher(config, 1001), BatchSettlement.ClaimExceedsBalance.selector);
    }

    function test_RefusesAnEmptyBatch() public {
        VoucherClaim[] memory none = new VoucherClaim[](0);
        refused(BatchSettlement.EmptyBatch.selector);
        settlement.claim(none);
        refused(BatchSettlement.EmptyBatch.selector);
        settlement.claimWithSignature(none, "");
    }

    // ---- what the session signed is good for one channel, on one chain, of one contract

    function testFuzz_RefusesAnotherSigner(uint256 key) public {
        key = bound(key, 1, 1e30);
        cannotClaim(voucherBy(key, config, 1, 1), BatchSettlement.InvalidSignature.selector);
    }

    function test_RefusesThePayersOwnKey() public {
        cannotClaim(voucherBy(ALICE_KEY, config, 1, 1), BatchSettlement.InvalidSignature.selector);
    }

    function test_RefusesAVoucherOfAnotherChannel() public {
        VoucherClaim memory c = voucher(another(config, 1), 500);
        c.voucher.channel = config;
        cannotClaim(c, BatchSettlement.InvalidSignature.selector);
    }

    function test_RefusesAVoucherOfAnotherChain() public {
        vm.chainId(1);
        VoucherClaim memory c = voucher(config, 500);
        vm.chainId(31337);
        cannotClaim(c, BatchSettlement.InvalidSignature.selector);
    }

    function test_RefusesAVoucherOfAnotherContract() public {
        BatchSettlement other = new BatchSettlement();
        VoucherClaim memory c = voucher(config, 500);
        c.signature = signed(SESSION_KEY, other.getVoucherDigest(other.getChannelId(config), 500));
        cannotClaim(c, BatchSettlement.InvalidSignature.selector);
    }

    function testFuzz_RefusesAnotherAmount(uint128 amount) public {
        vm.assume(amount != 500 && amount != 0);
        VoucherClaim memory c = voucher(config, 500);
        (c.voucher.maxClaimableAmount, c.totalClaimed) = (amount, 1);
        cannotClaim(c, BatchSettlement.InvalidSignature.selector);
    }

    function test_RefusesGarbage() public {
        VoucherClaim memory c = voucher(config, 500);
        c.signature = "garbage";
        VoucherClaim[] memory claims = batch(c);
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 7));
        vm.prank(operator);
        settlement.claim(claims);
    }

    // ---- batches

    function test_ManyChannelsSettleAtOnce() public {
        uint256 n = 10;
        VoucherClaim[] memory claims = new VoucherClaim[](n);
        for (uint256 i = 0; i < n; ++i) {
            ChannelConfig memory one = another(config, i);
            deposit(one, 100);
            claims[i] = voucher(one, uint128(i + 1));
        }
        vm.prank(operator);
        settlement.claim(claims);
        settlement.settle(bob, address(token));
        vm.assertEq(token.balanceOf(bob), n * (n + 1) / 2, "Bob");
    }

    function test_OneThatCannotBeMetFailsAll() public {
        ChannelConfig memory empty = another(config, 1);
        VoucherClaim[] memory claims = batch(voucher(config, 10), voucher(empty, 1));
        refused(BatchSettlement.ClaimExceedsBalance.selector);
        vm.prank(operator);
        settlement.claim(claims);
        vm.assertEq(claimedOf(config), 0, "claimed");
    }

    function test_OneChannelTwiceInABatch() public {
        VoucherClaim[] memory claims = batch(voucher(config, 20), voucher(config, 10));
        vm.prank(operator);
        settlement.claim(claims);
        (uint256 claimed,) = settlement.receivers(bob, address(token));
        vm.assertEq(claimed, 20, "claimed for Bob");
    }

    function test_ReceiversAndTokensAreKeptApart() public {
        ChannelConfig memory carols = another(config, 1);
        carols.receiver = address(0xca401);
        deposit(carols, 50);
        VoucherClaim[] memory claims = batch(voucher(config, 10), voucher(carols, 7));
        vm.prank(operator);
        settlement.claim(claims);
        settlement.settle(bob, address(token));
        vm.assertEq(token.balanceOf(bob), 10, "Bob");
        vm.assertEq(token.balanceOf(carols.receiver), 0, "Carol, before");
        settlement.settle(carols.receiver, address(token));
        vm.assertEq(token.balanceOf(carols.receiver), 7, "Carol");
    }

    // ---- signed batches

    function claimSignature(uint256 key, VoucherClaim[] memory claims) private view returns (bytes memory) {
        return signed(key, settlement.getClaimBatchDigest(claims));
    }

    function test_AnybodySendsASignedBatch() public {
        ChannelConfig memory second = another(config, 1);
        deposit(second, 50);
        VoucherClaim[] memory claims = batch(voucher(config, 10), voucher(second, 7));
        bytes memory signature = claimSignature(OPERATOR_KEY, claims);
        vm.prank(mallory);
        settlement.claimWithSignature(claims, signature);
        vm.assertEq(claimedOf(config) + claimedOf(second), 17, "claimed");
        settlement.claimWithSignature(claims, signature);
        vm.assertEq(claimedOf(config) + claimedOf(second), 17, "claimed again");
    }

    function test_SignedBatchIsOfTheAuthorizer() public {
        VoucherClaim[] memory claims = batch(voucher(config, 10));
        uint256[3] memory keys = [ALICE_KEY, SESSION_KEY, MALLORY_KEY];
        for (uint256 i = 0; i < keys.length; ++i) {
            bytes memory signature = claimSignature(keys[i], claims);
            refused(BatchSettlement.InvalidSignature.selector);
            settlement.claimWithSignature(claims, signature);
        }
    }

    function test_SignedBatchIsWhatWasSigned() public {
        VoucherClaim[] memory claims = batch(voucherBy(SESSION_KEY, config, 500, 10));
        bytes memory signature = claimSignature(OPERATOR_KEY, claims);
        claims[0].totalClaimed = 11; // within the voucher, but more than the operator wants to take
        refused(BatchSettlement.InvalidSignature.selector);
        settlement.claimWithSignature(claims, signature);
    }

    function test_SignedBatchIsOfOneAuthorizer() public {
        ChannelConfig memory mallorys = another(config, 1);
        mallorys.receiverAuthorizer = mallory;
        VoucherClaim[] memory claims = batch(voucher(mallorys, 0), voucher(config, 10));
        bytes memory signature = claimSignature(MALLORY_KEY, claims);
        refused(BatchSettlement.NotReceiverAuthorizer.selector);
        settlement.claimWithSignature(claims, signature);
    }

    // ---- payers without a key for vouchers

    function test_PayerItselfSigns() public {
        ChannelConfig memory own = another(config, 1);
        own.payerAuthorizer = address(0);
        deposit(own, 100);
        claimAs(operator, voucherBy(ALICE_KEY, own, 60, 60));
        vm.assertEq(claimedOf(own), 60, "claimed");
        VoucherClaim[] memory claims = batch(voucherBy(SESSION_KEY, own, 70, 70));
        refused(BatchSettlement.InvalidSignature.selector);
        vm.prank(operator);
        settlement.claim(claims);
    }

    function test_PayerIsAContract() public {
        Wallet wallet = new Wallet(alice);
        token.mint(address(wallet), 100);
        ChannelConfig memory own = another(config, 1);
        (own.payer, own.payerAuthorizer) = (address(wallet), address(0));
        deposit(own, 100); // the token asks the wallet as well
        claimAs(operator, voucherBy(ALICE_KEY, own, 60, 60));
        vm.assertEq(claimedOf(own), 60, "claimed");
        VoucherClaim[] memory claims = batch(voucherBy(SESSION_KEY, own, 70, 70));
        refused(BatchSettlement.InvalidSignature.selector);
        vm.prank(operator);
        settlement.claim(claims);
    }

    function test_AuthorizerIsAContract() public {
        ChannelConfig memory rotating = another(config, 1);
        rotating.receiverAuthorizer = address(new Wallet(operator));
        deposit(rotating, 100);
        VoucherClaim[] memory claims = batch(voucher(rotating, 60));
        settlement.claimWithSignature(claims, claimSignature(OPERATOR_KEY, claims));
        vm.assertEq(claimedOf(rotating), 60, "claimed");
    }

    // ---- settling

    function test_AnybodySettlesForTheReceiver() public {
        claim(config, 300);
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.Settled(bob, address(token), mallory, 300);
        vm.prank(mallory);
        settlement.settle(bob, address(token));
        vm.assertEq(token.balanceOf(bob), 300, "Bob");
        vm.assertEq(token.balanceOf(mallory), 0, "Mallory");
    }

    function test_SettlesOnceAndThenWhatCame() public {
        claim(config, 300);
        settlement.settle(bob, address(token));
        vm.recordLogs();
        settlement.settle(bob, address(token));
        vm.assertEq(vm.getRecordedLogs().length, 0, "events");
        claim(config, 350);
        settlement.settle(bob, address(token));
        vm.assertEq(token.balanceOf(bob), 350, "Bob");
        (uint256 claimed, uint256 settled) = settlement.receivers(bob, address(token));
        vm.assertEq(claimed, 350, "claimed");
        vm.assertEq(settled, 350, "settled");
    }
}
