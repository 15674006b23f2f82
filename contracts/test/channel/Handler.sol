// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { ChannelConfig, VoucherClaim } from "../../src/ChannelTypes.sol";
import { TestToken } from "../../src/TestToken.sol";
import { ChannelTest } from "./ChannelTest.sol";

/// @dev Does all that can be done with channels, at random, and keeps an account of its own of what should come of it,
/// by the plainest means: sums per person. Six channels: two payers, three receivers, two tokens, one receiver that
/// has channels of one token from both payers. What the contract must refuse is tried too.
///
/// No function may revert: the arguments are made such that the contract must accept, or the refusal is expected.
/// What must hold after each is in the check functions.
contract Handler is ChannelTest {
    uint256 private constant CHANNELS = 6;
    uint128 private constant FORTUNE = 1e12;
    uint256 private constant EVE_KEY = uint256(keccak256("eve"));

    ChannelConfig[CHANNELS] private configs;
    TestToken[2] private tokens;
    address[2] private payers;
    address[3] private payees;

    // ---- the account, by channel
    struct Account {
        uint256 deposited;
        uint256 returned;
        uint256 claimed;
        uint256 refunds;
        uint256 signedMax;
        uint256 pending;
        uint256 pendingSince;
        bytes32 id;
    }

    Account[CHANNELS] private accounts;
    // ---- and by receiver and token
    mapping(address => mapping(address => uint256)) private settled;
    /// What was sent to the contract by mistake, by token.
    uint256[2] private donated;
    /// How often each function found something to do.
    mapping(bytes4 => uint256) public done;

    uint256 private salts;

    constructor() {
        setUp();
        payers = [alice, vm.addr(EVE_KEY)];
        payees = [bob, address(0xca401), address(0xda4e)];
        tokens = [token, new TestToken(address(this))];
        for (uint256 i = 0; i < 2; ++i) {
            for (uint256 j = 0; j < 2; ++j) {
                tokens[j].mint(payers[i], FORTUNE - tokens[j].balanceOf(payers[i]));
            }
        }
        uint8[3][CHANNELS] memory who = [[0, 0, 0], [0, 0, 0], [1, 0, 0], [0, 1, 1], [1, 1, 0], [1, 2, 1]];
        for (uint256 i = 0; i < CHANNELS; ++i) {
            configs[i] = ChannelConfig(
                payers[who[i][0]],
                session,
                payees[who[i][1]],
                operator,
                address(tokens[who[i][2]]),
                i % 2 == 0 ? 15 minutes : 1 days,
                bytes32(i)
            );
            accounts[i].id = id(configs[i]);
        }
    }

    /// @dev What must never fall, of each channel, before and after.
    modifier monotonic() {
        uint256[2][CHANNELS] memory before = counters();
        _;
        uint256[2][CHANNELS] memory after_ = counters();
        for (uint256 i = 0; i < CHANNELS; ++i) {
            require(after_[i][0] >= before[i][0], "totalClaimed fell");
            require(after_[i][1] >= before[i][1], "refundNonce fell");
        }
    }

    function counters() private view returns (uint256[2][CHANNELS] memory all) {
        for (uint256 i = 0; i < CHANNELS; ++i) {
            (, all[i][0]) = settlement.channels(accounts[i].id);
            all[i][1] = settlement.refundNonce(accounts[i].id);
        }
    }

    function free(uint256 i) private view returns (uint128) {
        return uint128(accounts[i].deposited - accounts[i].returned - accounts[i].claimed);
    }

    function pick(uint256 seed) private view returns (uint256 i, ChannelConfig memory config) {
        i = seed % CHANNELS;
        config = configs[i];
    }

    /// @dev The first channel from a random one on that has a withdrawal pending, or one where it could begin.
    function pickWithdrawing(uint256 seed, bool pending) private view returns (uint256 i, bool found) {
        for (uint256 k = 0; k < CHANNELS && !found; ++k) {
            i = (seed % CHANNELS + k) % CHANNELS;
            found = pending ? accounts[i].pendingSince != 0 : accounts[i].pendingSince == 0 && free(i) > 0;
        }
    }

    // ---- what people do

    function doDeposit(uint256 seed, uint128 amount) external monotonic {
        (uint256 i, ChannelConfig memory config) = pick(seed);
        amount = uint128(bound(amount, 0, TestToken(config.token).balanceOf(config.payer) / 4));
        if (amount == 0) return;
        uint256 key = config.payer == alice ? ALICE_KEY : EVE_KEY;
        bytes memory data = authorizeWith(key, config, amount, block.timestamp + 1, ++salts);
        vm.prank(mallory);
        settlement.deposit(config, amount, COLLECTOR, data);
        accounts[i].deposited += amount;
        ++done[this.doDeposit.selector];
    }

    /// @dev Up to three channels in a batch, claimed directly or by signature, at up to the voucher's worth.
    function doClaim(uint256[3] calldata seeds, uint128[3] calldata totals, uint256 count, bool relayed)
        external
        monotonic
    {
        VoucherClaim[] memory claims = new VoucherClaim[](count % 3 + 1);
        for (uint256 k = 0; k < claims.length; ++k) {
            (uint256 i, ChannelConfig memory config) = pick(seeds[k]);
            uint256 most = accounts[i].claimed + free(i);
            uint128 max = uint128(bound(totals[k], 0, most + most / 2)); // may promise more than there is
            uint128 total = uint128(bound(totals[k] >> 1, 0, max < most ? max : most));
            claims[k] = voucherBy(SESSION_KEY, config, max, total);
            if (max > accounts[i].signedMax) accounts[i].signedMax = max;
            if (total > accounts[i].claimed) accounts[i].claimed = total;
        }
        if (relayed) {
            bytes memory signature = signed(OPERATOR_KEY, settlement.getClaimBatchDigest(claims));
            vm.prank(mallory);
            settlement.claimWithSignature(claims, signature);
        } else {
            vm.prank(operator);
            settlement.claim(claims);
        }
        ++done[this.doClaim.selector];
    }

    function doSettle(uint256 who, uint256 what) external monotonic {
        address receiver = payees[who % 3];
        address of_ = address(tokens[what % 2]);
        vm.prank(mallory);
        settlement.settle(receiver, of_);
        settled[receiver][of_] = claimedFor(receiver, of_);
        ++done[this.doSettle.selector];
    }

    function doInitiate(uint256 seed, uint128 amount, bool bySession) external monotonic {
        (uint256 i, bool found) = pickWithdrawing(seed, false);
        if (!found) return;
        ChannelConfig memory config = configs[i];
        amount = uint128(bound(amount, 1, free(i)));
        vm.prank(bySession ? session : config.payer);
        settlement.initiateWithdraw(config, amount);
        (accounts[i].pending, accounts[i].pendingSince) = (amount, block.timestamp);
        ++done[this.doInitiate.selector];
    }

    function doFinalize(uint256 seed, bool bySession, bool patient) external monotonic {
        (uint256 i, bool found) = pickWithdrawing(seed, true);
        if (!found) return;
        ChannelConfig memory config = configs[i];
        uint256 ripe = accounts[i].pendingSince + config.withdrawDelay;
        if (block.timestamp < ripe) {
            if (!patient) return;
            vm.warp(ripe);
        }
        uint256 expected = accounts[i].pending < free(i) ? accounts[i].pending : free(i);
        uint256 had = TestToken(config.token).balanceOf(config.payer);
        vm.prank(bySession ? session : config.payer);
        settlement.finalizeWithdraw(config);
        vm.assertEq(TestToken(config.token).balanceOf(config.payer) - had, expected, "withdrawn");
        accounts[i].returned += expected;
        (accounts[i].pending, accounts[i].pendingSince) = (0, 0);
        ++done[this.doFinalize.selector];
    }

    function doRefund(uint256 seed, uint128 amount, bool relayed) external monotonic {
        (uint256 i, ChannelConfig memory config) = pick(seed);
        amount = uint128(bound(amount, 1, free(i) + free(i) / 4 + 1)); // may be more than there is
        uint256 expected = amount < free(i) ? amount : free(i);
        if (relayed) {
            bytes memory signature = refundSignature(config, amount, accounts[i].refunds);
            vm.prank(mallory);
            settlement.refundWithSignature(config, amount, accounts[i].refunds, signature);
        } else {
            vm.prank(config.receiver);
            settlement.refund(config, amount);
        }
        accounts[i].returned += expected;
        ++accounts[i].refunds;
        if (accounts[i].pending > expected) accounts[i].pending -= expected;
        else if (expected > 0) (accounts[i].pending, accounts[i].pendingSince) = (0, 0);
        ++done[this.doRefund.selector];
    }

    function doWait(uint32 time) external {
        vm.warp(block.timestamp + bound(time, 1, 1 days));
    }

    /// @dev Somebody sends tokens to the contract by mistake. They are nobody's, and must not become anybody's.
    function doDonate(uint256 what, uint8 amount) external {
        tokens[what % 2].mint(SETTLEMENT, amount);
        donated[what % 2] += amount;
    }

    // ---- what must be refused, whenever it is tried

    function tryToOverclaim(uint256 seed, uint64 more) external {
        (uint256 i, ChannelConfig memory config) = pick(seed);
        uint128 total = uint128(accounts[i].claimed + free(i) + 1 + more);
        VoucherClaim[] memory claims = batch(voucherBy(SESSION_KEY, config, total, total));
        mustFail(operator, abi.encodeCall(settlement.claim, (claims)), "claims more than there is");
        claims[0] = voucherBy(SESSION_KEY, config, uint128(accounts[i].claimed), uint128(accounts[i].claimed + 1));
        mustFail(operator, abi.encodeCall(settlement.claim, (claims)), "claims more than was signed");
        claims[0] = voucherBy(MALLORY_KEY, config, uint128(accounts[i].claimed + 1), uint128(accounts[i].claimed + 1));
        mustFail(operator, abi.encodeCall(settlement.claim, (claims)), "claims what another signed");
    }

    function tryAsAStranger(uint256 seed, address stranger) external {
        (uint256 i, ChannelConfig memory config) = pick(seed);
        if (stranger == config.payer || stranger == session || stranger == operator) stranger = mallory;
        if (stranger == config.receiver) stranger = mallory;
        uint128 total = uint128(accounts[i].claimed + 1);
        VoucherClaim[] memory claims = batch(voucherBy(SESSION_KEY, config, total, total));
        mustFail(stranger, abi.encodeCall(settlement.claim, (claims)), "claims");
        mustFail(stranger, abi.encodeCall(settlement.refund, (config, 1)), "refunds");
        mustFail(stranger, abi.encodeCall(settlement.initiateWithdraw, (config, 1)), "withdraws");
        mustFail(stranger, abi.encodeCall(settlement.finalizeWithdraw, (config)), "finalizes");
        bytes memory signature = signed(MALLORY_KEY, settlement.getClaimBatchDigest(claims));
        mustFail(stranger, abi.encodeCall(settlement.claimWithSignature, (claims, signature)), "signs a claim");
        signature = signed(MALLORY_KEY, settlement.getRefundDigest(id(config), accounts[i].refunds, 1));
        bytes memory call = abi.encodeCall(settlement.refundWithSignature, (config, 1, accounts[i].refunds, signature));
        mustFail(stranger, call, "signs a refund");
    }

    /// @dev Also in the last second before it may.
    function tryTooSoon(uint256 seed, bool lastSecond) external {
        (uint256 i, ChannelConfig memory config) = pick(seed);
        if (accounts[i].pendingSince != 0) {
            uint256 ripe = accounts[i].pendingSince + config.withdrawDelay;
            if (block.timestamp >= ripe) return;
            if (lastSecond) vm.warp(ripe - 1);
        }
        mustFail(config.payer, abi.encodeCall(settlement.finalizeWithdraw, (config)), "finalizes too soon");
        mustFail(config.payer, abi.encodeCall(settlement.initiateWithdraw, (config, free(i) + 1)), "withdraws too much");
    }

    function mustFail(address sender, bytes memory call, string memory what) private {
        vm.prank(sender);
        (bool ok,) = SETTLEMENT.call(call);
        vm.assertFalse(ok, what);
    }

    // ---- what holds at any time

    /// @dev The contract holds what it owes, to the last unit, and what was sent by mistake.
    function checkSolvent() external view {
        for (uint256 t = 0; t < 2; ++t) {
            address what = address(tokens[t]);
            uint256 owed;
            for (uint256 i = 0; i < CHANNELS; ++i) {
                if (configs[i].token != what) continue;
                (uint256 balance, uint256 claimed) = settlement.channels(accounts[i].id);
                require(claimed <= balance, "claimed more than there is");
                owed += balance - claimed;
            }
            for (uint256 r = 0; r < 3; ++r) {
                (uint256 claimed, uint256 sent) = settlement.receivers(payees[r], what);
                require(sent <= claimed, "settled more than was claimed");
                owed += claimed - sent;
            }
            vm.assertEq(tokens[t].balanceOf(SETTLEMENT), owed + donated[t], "held");
        }
    }

    /// @dev The contract's account of each channel is the one that is kept here.
    function checkChannels() external view {
        for (uint256 i = 0; i < CHANNELS; ++i) {
            Account memory a = accounts[i];
            (uint256 balance, uint256 claimed) = settlement.channels(a.id);
            vm.assertEq(balance, a.deposited - a.returned, "balance");
            vm.assertEq(claimed, a.claimed, "claimed");
            vm.assertLe(claimed, a.signedMax, "claimed more than was signed");
            vm.assertEq(settlement.refundNonce(a.id), a.refunds, "refund nonce");
            (uint256 pending, uint256 since) = settlement.pendingWithdrawals(a.id);
            vm.assertEq(pending, a.pending, "withdrawing");
            vm.assertEq(since, a.pendingSince, "withdrawing since");
        }
    }

    /// @dev Only the rightful have anything: each payer what he had less what is in channels or was claimed, each
    /// receiver what was settled. With what the contract holds, that is all there is: so nobody else has anything.
    function checkRightful() external view {
        for (uint256 t = 0; t < 2; ++t) {
            uint256 all = tokens[t].balanceOf(SETTLEMENT);
            for (uint256 p = 0; p < 2; ++p) {
                uint256 spent;
                for (uint256 i = 0; i < CHANNELS; ++i) {
                    if (configs[i].token != address(tokens[t]) || configs[i].payer != payers[p]) continue;
                    spent += accounts[i].deposited - accounts[i].returned;
                }
                vm.assertEq(tokens[t].balanceOf(payers[p]), FORTUNE - spent, "payer");
                all += FORTUNE - spent;
            }
            for (uint256 r = 0; r < 3; ++r) {
                (uint256 claimed, uint256 sent) = settlement.receivers(payees[r], address(tokens[t]));
                vm.assertEq(claimed, claimedFor(payees[r], address(tokens[t])), "claimed for a receiver");
                vm.assertEq(sent, settled[payees[r]][address(tokens[t])], "settled for a receiver");
                vm.assertEq(tokens[t].balanceOf(payees[r]), sent, "receiver");
                all += sent;
            }
            vm.assertEq(all, tokens[t].totalSupply(), "all there is");
        }
    }

    function claimedFor(address payee, address what) private view returns (uint256 sum) {
        for (uint256 i = 0; i < CHANNELS; ++i) {
            if (configs[i].receiver == payee && configs[i].token == what) sum += accounts[i].claimed;
        }
    }

    /// @dev Nothing is stuck: from wherever this has come to, everybody can leave with what is his, and then nothing is
    /// left but what was sent by mistake.
    function everybodyLeaves() external {
        for (uint256 i = 0; i < CHANNELS; ++i) {
            ChannelConfig memory config = configs[i];
            if (accounts[i].pendingSince != 0) finish(i, config);
            if (free(i) > 0) {
                vm.prank(config.payer);
                settlement.initiateWithdraw(config, free(i));
                accounts[i].pending = free(i);
                finish(i, config);
            }
        }
        for (uint256 r = 0; r < 3; ++r) {
            for (uint256 t = 0; t < 2; ++t) {
                settlement.settle(payees[r], address(tokens[t]));
                settled[payees[r]][address(tokens[t])] = claimedFor(payees[r], address(tokens[t]));
            }
        }
        for (uint256 t = 0; t < 2; ++t) {
            vm.assertEq(tokens[t].balanceOf(SETTLEMENT), donated[t], "left behind");
        }
    }

    function finish(uint256 i, ChannelConfig memory config) private {
        vm.warp(block.timestamp + config.withdrawDelay);
        vm.prank(config.payer);
        settlement.finalizeWithdraw(config);
        accounts[i].returned += accounts[i].pending < free(i) ? accounts[i].pending : free(i);
        (accounts[i].pending, accounts[i].pendingSince) = (0, 0);
    }
}
