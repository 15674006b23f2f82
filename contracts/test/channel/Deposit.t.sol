// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { BatchSettlement } from "../../src/BatchSettlement.sol";
import { ChannelConfig } from "../../src/ChannelTypes.sol";
import { Vm } from "../Test.sol";
import { PlainCollector, WrongCollector } from "../doubles/Collectors.sol";
import { FalseToken, FeeToken, SilentToken } from "../doubles/Tokens.sol";
import { ChannelTest } from "./ChannelTest.sol";
import { ERC3009 } from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

contract DepositTest is ChannelTest {
    function test_OpensAChannel() public {
        ChannelConfig memory config = aliceToBob();
        bytes memory data = authorize(config, 500);
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.ChannelCreated(id(config), config);
        vm.expectEmit(SETTLEMENT);
        emit BatchSettlement.Deposited(id(config), mallory, 500, 500);
        vm.prank(mallory); // anybody may send what Alice signed
        settlement.deposit(config, 500, COLLECTOR, data);

        vm.assertEq(balanceOf(config), 500, "balance");
        vm.assertEq(claimedOf(config), 0, "claimed");
        vm.assertEq(token.balanceOf(SETTLEMENT), 500, "held");
        vm.assertEq(token.balanceOf(COLLECTOR), 0, "left with the collector");
        vm.assertEq(token.balanceOf(alice), 1e12 - 500, "Alice");
    }

    function test_AddsToAChannel() public {
        ChannelConfig memory config = aliceToBob();
        deposit(config, 500);
        bytes memory data = authorize(config, 70);
        vm.recordLogs();
        settlement.deposit(config, 70, COLLECTOR, data);
        vm.assertEq(balanceOf(config), 570, "balance");
        vm.assertFalse(logged(BatchSettlement.ChannelCreated.selector), "created twice");
    }

    function test_RefusesAConfigThatCannotWork() public {
        ChannelConfig[4] memory configs = [aliceToBob(), aliceToBob(), aliceToBob(), aliceToBob()];
        configs[0].payer = address(0);
        configs[1].receiver = address(0);
        configs[2].receiverAuthorizer = address(0);
        configs[3].token = address(0);
        for (uint256 i = 0; i < configs.length; ++i) {
            refused(BatchSettlement.InvalidChannel.selector);
            settlement.deposit(configs[i], 1, COLLECTOR, "");
        }
    }

    function testFuzz_DelayHasBounds(uint40 delay) public {
        delay = uint40(bound(delay, 0, 60 days));
        ChannelConfig memory config = aliceToBob();
        config.withdrawDelay = delay;
        bytes memory data = authorize(config, 1);
        bool usable = delay >= 15 minutes && delay <= 30 days;
        if (!usable) refused(BatchSettlement.WithdrawDelayOutOfRange.selector);
        settlement.deposit(config, 1, COLLECTOR, data);
        vm.assertEq(balanceOf(config), usable ? 1 : 0, "balance");
    }

    function test_DelayMayBeEitherBound() public {
        uint40[4] memory delays = [uint40(15 minutes - 1), 15 minutes, 30 days, 30 days + 1];
        for (uint256 i = 0; i < delays.length; ++i) {
            testFuzz_DelayHasBounds(delays[i]);
        }
    }

    function test_RefusesNothing() public {
        refused(BatchSettlement.ZeroDeposit.selector);
        settlement.deposit(aliceToBob(), 0, COLLECTOR, "");
    }

    function test_RefusesNoCollector() public {
        refused(BatchSettlement.InvalidCollector.selector);
        settlement.deposit(aliceToBob(), 1, address(0), "");
        vm.expectRevert(); // no code there
        settlement.deposit(aliceToBob(), 1, address(0x1234), "");
    }

    function test_RefusesWhatDoesNotFit() public {
        ChannelConfig memory config = aliceToBob();
        token.mint(alice, type(uint128).max);
        deposit(config, type(uint128).max);
        bytes memory data = authorize(config, 1);
        refused(BatchSettlement.DepositOverflow.selector);
        settlement.deposit(config, 1, COLLECTOR, data);
    }

    // ---- what Alice signed is good for one channel, one amount, once, in its time

    function test_AuthorizationIsForOneChannel() public {
        ChannelConfig memory mine = aliceToBob();
        mine.receiver = mallory;
        bytes memory data = authorize(aliceToBob(), 500);
        refused(ERC3009.ERC3009InvalidSignature.selector); // what was signed names another channel
        settlement.deposit(mine, 500, COLLECTOR, data);
    }

    function test_AuthorizationIsForOneAmount() public {
        bytes memory data = authorize(aliceToBob(), 500);
        refused(ERC3009.ERC3009InvalidSignature.selector);
        settlement.deposit(aliceToBob(), 499, COLLECTOR, data);
    }

    function test_AuthorizationIsForOnce() public {
        bytes memory data = authorizeWith(ALICE_KEY, aliceToBob(), 500, START + 10, 7);
        settlement.deposit(aliceToBob(), 500, COLLECTOR, data);
        bytes32 nonce = keccak256(abi.encode(id(aliceToBob()), 7));
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009UsedAuthorization.selector, alice, nonce));
        settlement.deposit(aliceToBob(), 500, COLLECTOR, data);
        vm.assertEq(balanceOf(aliceToBob()), 500, "balance");
    }

    function test_AuthorizationExpires() public {
        bytes memory data = authorizeWith(ALICE_KEY, aliceToBob(), 500, START + 10, 1);
        vm.warp(START + 10);
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009InvalidAuthorizationTime.selector, 0, START + 10));
        settlement.deposit(aliceToBob(), 500, COLLECTOR, data);
    }

    function test_AuthorizationIsThePayers() public {
        bytes memory data = authorizeWith(SESSION_KEY, aliceToBob(), 500, START + 10, 1);
        refused(ERC3009.ERC3009InvalidSignature.selector); // the session's key has no hand in the purse
        settlement.deposit(aliceToBob(), 500, COLLECTOR, data);
    }

    // ---- collectors and tokens are strangers

    function test_RefusesACollectorThatBringsAnotherAmount() public {
        SilentToken silent = new SilentToken();
        silent.mint(alice, 1000);
        ChannelConfig memory config = aliceToBob();
        config.token = address(silent);
        address collector = address(new WrongCollector());
        uint256[3] memory brought = [uint256(0), 99, 101];
        for (uint256 i = 0; i < brought.length; ++i) {
            refused(BatchSettlement.DepositCollectionFailed.selector);
            settlement.deposit(config, 100, collector, abi.encode(brought[i]));
        }
        settlement.deposit(config, 100, collector, abi.encode(100));
        vm.assertEq(balanceOf(config), 100, "balance");
    }

    function test_RefusesATokenWithAFee() public {
        FeeToken fee = new FeeToken(1);
        fee.mint(alice, 1000);
        ChannelConfig memory config = aliceToBob();
        config.token = address(fee);
        PlainCollector collector = new PlainCollector();
        vm.prank(alice);
        fee.approve(address(collector), 1000);
        refused(BatchSettlement.DepositCollectionFailed.selector);
        settlement.deposit(config, 100, address(collector), "");
    }

    function test_RefusesATokenThatSaysFalse() public {
        FalseToken says = new FalseToken();
        says.mint(alice, 1000);
        ChannelConfig memory config = aliceToBob();
        config.token = address(says);
        address collector = address(new PlainCollector()); // takes no notice of what the token returns
        refused(BatchSettlement.DepositCollectionFailed.selector);
        settlement.deposit(config, 100, collector, "");
    }

    function test_RefusesATokenWithoutCode() public {
        ChannelConfig memory config = aliceToBob();
        config.token = address(0x1234);
        address collector = address(new PlainCollector());
        vm.expectRevert();
        settlement.deposit(config, 100, collector, "");
    }

    function test_WorksWithATokenThatReturnsNothing() public {
        SilentToken silent = new SilentToken();
        silent.mint(alice, 1000);
        ChannelConfig memory config = aliceToBob();
        config.token = address(silent);
        settlement.deposit(config, 100, address(new PlainCollector()), "");
        claim(config, 60);
        settlement.settle(bob, address(silent));
        vm.assertEq(silent.balanceOf(bob), 60, "Bob");
    }

    function logged(bytes32 topic) private returns (bool found) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] == topic) found = true;
        }
    }
}
