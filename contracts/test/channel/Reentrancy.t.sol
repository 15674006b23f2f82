// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { BatchSettlement } from "../../src/BatchSettlement.sol";
import { ChannelConfig, VoucherClaim } from "../../src/ChannelTypes.sol";
import { IDepositCollector } from "../../src/IDepositCollector.sol";
import { IMovable, PlainCollector, ReenteringCollector } from "../doubles/Collectors.sol";
import { HookToken } from "../doubles/Tokens.sol";
import { ChannelTest } from "./ChannelTest.sol";
import { ReentrancyGuardTransient } from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @dev Looks at the channel before and after it brings the money.
contract LookingCollector is IDepositCollector {
    BatchSettlement private settlement;
    uint256 public sawBefore;
    uint256 public sawAfter;

    constructor(BatchSettlement settlement_) {
        settlement = settlement_;
    }

    function collect(address payer, address token, uint256 amount, bytes32 channelId, bytes calldata) external {
        (sawBefore,) = settlement.channels(channelId);
        IMovable(token).transferFrom(payer, msg.sender, amount);
        (sawAfter,) = settlement.channels(channelId);
    }
}

/// @dev Whoever is called while money moves calls back. The channel is of a token with a hook, and Mallory is payer,
/// receiver and authorizer of it, so that no call is refused for another reason.
contract ReentrancyTest is ChannelTest {
    HookToken private hooked;
    PlainCollector private plain;
    ChannelConfig private config;

    function setUp() public override {
        super.setUp();
        hooked = new HookToken();
        plain = new PlainCollector();
        config = ChannelConfig(mallory, session, mallory, mallory, address(hooked), DELAY, 0);
        hooked.mint(mallory, 1e6);
        vm.prank(mallory);
        hooked.approve(address(plain), type(uint256).max);
        settlement.deposit(config, 1000, address(plain), "");
        // Money of others, which Mallory is after.
        ChannelConfig memory alices = aliceToBob();
        alices.token = address(hooked);
        hooked.mint(alice, 5000);
        vm.prank(alice);
        hooked.approve(address(plain), 5000);
        settlement.deposit(alices, 5000, address(plain), "");
    }

    /// @dev All that moves anything, with arguments that would be good from Mallory, if the moment were.
    function attacks() private view returns (bytes[] memory calls) {
        VoucherClaim[] memory claims = batch(voucher(config, 10));
        bytes memory claimSigned = signed(MALLORY_KEY, settlement.getClaimBatchDigest(claims));
        bytes memory refundSigned = signed(MALLORY_KEY, settlement.getRefundDigest(id(config), 0, 10));
        calls = new bytes[](9);
        calls[0] = abi.encodeCall(settlement.deposit, (config, 10, address(plain), ""));
        calls[1] = abi.encodeCall(settlement.claim, (claims));
        calls[2] = abi.encodeCall(settlement.claimWithSignature, (claims, claimSigned));
        calls[3] = abi.encodeCall(settlement.settle, (mallory, address(hooked)));
        calls[4] = abi.encodeCall(settlement.initiateWithdraw, (config, 10));
        calls[5] = abi.encodeCall(settlement.finalizeWithdraw, (config));
        calls[6] = abi.encodeCall(settlement.refund, (config, 10));
        calls[7] = abi.encodeCall(settlement.refundWithSignature, (config, 10, 0, refundSigned));
        bytes[] memory inner = new bytes[](1);
        inner[0] = calls[0];
        calls[8] = abi.encodeCall(settlement.multicall, (inner));
    }

    function refusedAsReentrant() private {
        refused(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
    }

    function test_ACollectorCannotCallBack() public {
        bytes[] memory calls = attacks();
        address collector = address(new ReenteringCollector());
        vm.prank(mallory);
        hooked.approve(collector, 100);
        for (uint256 i = 0; i < calls.length; ++i) {
            refusedAsReentrant();
            settlement.deposit(config, 100, collector, calls[i]);
        }
    }

    function test_ATokenCannotCallBackFromADeposit() public {
        bytes[] memory calls = attacks();
        for (uint256 i = 0; i < calls.length; ++i) {
            hooked.hook(SETTLEMENT, calls[i]);
            refusedAsReentrant();
            settlement.deposit(config, 100, address(plain), "");
        }
    }

    function test_ATokenCannotCallBackFromSettling() public {
        VoucherClaim[] memory claims = batch(voucher(config, 10));
        vm.prank(mallory);
        settlement.claim(claims);
        bytes[] memory calls = attacks();
        for (uint256 i = 0; i < calls.length; ++i) {
            hooked.hook(SETTLEMENT, calls[i]);
            refusedAsReentrant();
            settlement.settle(mallory, address(hooked));
        }
    }

    function test_ATokenCannotCallBackFromAWithdrawal() public {
        vm.prank(mallory);
        settlement.initiateWithdraw(config, 100);
        vm.warp(START + DELAY);
        bytes[] memory calls = attacks();
        for (uint256 i = 0; i < calls.length; ++i) {
            hooked.hook(SETTLEMENT, calls[i]);
            refusedAsReentrant();
            vm.prank(mallory);
            settlement.finalizeWithdraw(config);
        }
    }

    function test_ATokenCannotCallBackFromARefund() public {
        bytes[] memory calls = attacks();
        for (uint256 i = 0; i < calls.length; ++i) {
            hooked.hook(SETTLEMENT, calls[i]);
            refusedAsReentrant();
            vm.prank(mallory);
            settlement.refund(config, 100);
        }
    }

    /// @dev The guard is for all, or money could come in twice: once as a deposit's of its own, once as the outer's.
    function test_ADepositInsideADepositDoesNotCountTwice() public {
        bytes memory inner = abi.encodeCall(settlement.deposit, (config, 100, address(plain), ""));
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(settlement.deposit, (config, 100, address(new ReenteringCollector()), inner));
        refusedAsReentrant();
        settlement.multicall(calls);
        vm.assertEq(hooked.balanceOf(SETTLEMENT), 6000, "held");
    }

    /// @dev Nor can a view be used to show money that is not there: a contract that trusts it may be asked meanwhile.
    function test_NoViewShowsMoneyThatHasNotCome() public {
        LookingCollector looking = new LookingCollector(settlement);
        vm.prank(mallory);
        hooked.approve(address(looking), 100);
        settlement.deposit(config, 100, address(looking), "");
        vm.assertEq(looking.sawBefore(), 1000, "before it came");
        vm.assertEq(looking.sawAfter(), 1000, "before the deposit was over");
        vm.assertEq(balanceOf(config), 1100, "balance");
    }

    /// @dev Several calls in one transaction are no reentrancy: each is over before the next.
    function test_MulticallIsNoReentrancy() public {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(settlement.deposit, (config, 100, address(plain), ""));
        calls[1] = calls[0];
        settlement.multicall(calls);
        vm.assertEq(balanceOf(config), 1200, "balance");
    }
}
