// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { BatchSettlement } from "../../src/BatchSettlement.sol";
import { ChannelConfig, Voucher, VoucherClaim } from "../../src/ChannelTypes.sol";
import { ERC3009Collector } from "../../src/ERC3009Collector.sol";
import { TestToken } from "../../src/TestToken.sol";
import { Test } from "../Test.sol";

/// @dev The contracts as a dev chain has them, and people who use them: Alice pays, Bob is paid, and each has a hot key
/// beside a cold one. Mallory has nothing to do with it.
abstract contract ChannelTest is Test {
    address internal constant SETTLEMENT = 0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003;
    address internal constant COLLECTOR = 0x4020806089470a89826cB9fB1f4059150b550004;
    uint40 internal constant DELAY = 1 days;
    uint256 internal constant START = 1_750_000_000;

    uint256 internal constant ALICE_KEY = uint256(keccak256("alice"));
    uint256 internal constant SESSION_KEY = uint256(keccak256("alice's session"));
    uint256 internal constant OPERATOR_KEY = uint256(keccak256("bob's operator"));
    uint256 internal constant MALLORY_KEY = uint256(keccak256("mallory"));

    address internal alice = vm.addr(ALICE_KEY);
    address internal session = vm.addr(SESSION_KEY);
    address internal bob = address(uint160(uint256(keccak256("bob"))));
    address internal operator = vm.addr(OPERATOR_KEY);
    address internal mallory = vm.addr(MALLORY_KEY);

    BatchSettlement internal settlement = BatchSettlement(SETTLEMENT);
    TestToken internal token;
    uint256 private authorizations;

    function setUp() public virtual {
        vm.warp(START);
        vm.etch(SETTLEMENT, address(new BatchSettlement()).code);
        vm.etch(COLLECTOR, address(new ERC3009Collector()).code);
        token = new TestToken(address(this));
        token.mint(alice, 1e12);
    }

    /// @dev Alice's channel to Bob.
    function aliceToBob() internal view returns (ChannelConfig memory) {
        return ChannelConfig(alice, session, bob, operator, address(token), DELAY, bytes32("salt"));
    }

    /// @dev The same with another salt.
    function another(ChannelConfig memory config, uint256 salt) internal pure returns (ChannelConfig memory) {
        return ChannelConfig(
            config.payer,
            config.payerAuthorizer,
            config.receiver,
            config.receiverAuthorizer,
            config.token,
            config.withdrawDelay,
            bytes32(salt)
        );
    }

    function id(ChannelConfig memory config) internal view returns (bytes32) {
        return settlement.getChannelId(config);
    }

    function balanceOf(ChannelConfig memory config) internal view returns (uint256 balance) {
        (balance,) = settlement.channels(id(config));
    }

    function claimedOf(ChannelConfig memory config) internal view returns (uint256 totalClaimed) {
        (, totalClaimed) = settlement.channels(id(config));
    }

    function pendingOf(ChannelConfig memory config) internal view returns (uint256 amount) {
        (amount,) = settlement.pendingWithdrawals(id(config));
    }

    /// @dev What the payer signs so that amount goes into the channel, as the collector takes it. Each is another one.
    function authorize(ChannelConfig memory config, uint256 amount) internal returns (bytes memory) {
        return authorizeWith(ALICE_KEY, config, amount, START + 365 days, ++authorizations);
    }

    function authorizeWith(uint256 key, ChannelConfig memory config, uint256 amount, uint256 validBefore, uint256 salt)
        internal
        view
        returns (bytes memory)
    {
        bytes32 typeHash = keccak256(
            "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
        );
        bytes32 nonce = keccak256(abi.encode(id(config), salt));
        bytes32 structHash =
            keccak256(abi.encode(typeHash, config.payer, COLLECTOR, amount, uint256(0), validBefore, nonce));
        bytes32 domain = TestToken(config.token).DOMAIN_SEPARATOR();
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", domain, structHash));
        return abi.encode(uint256(0), validBefore, salt, signed(key, digest));
    }

    /// @dev Puts amount into the channel as Alice would have it done.
    function deposit(ChannelConfig memory config, uint128 amount) internal {
        settlement.deposit(config, amount, COLLECTOR, authorize(config, amount));
    }

    /// @dev A voucher of Alice's session over max, of which all is claimed.
    function voucher(ChannelConfig memory config, uint128 max) internal view returns (VoucherClaim memory) {
        return voucherBy(SESSION_KEY, config, max, max);
    }

    function voucherBy(uint256 key, ChannelConfig memory config, uint128 max, uint128 total)
        internal
        view
        returns (VoucherClaim memory)
    {
        return VoucherClaim(Voucher(config, max), signed(key, settlement.getVoucherDigest(id(config), max)), total);
    }

    function batch(VoucherClaim memory a) internal pure returns (VoucherClaim[] memory claims) {
        claims = new VoucherClaim[](1);
        claims[0] = a;
    }

    function batch(VoucherClaim memory a, VoucherClaim memory b) internal pure returns (VoucherClaim[] memory claims) {
        claims = new VoucherClaim[](2);
        (claims[0], claims[1]) = (a, b);
    }

    /// @dev Bob's operator claims all of a voucher.
    function claim(ChannelConfig memory config, uint128 max) internal {
        VoucherClaim[] memory claims = batch(voucher(config, max));
        vm.prank(operator);
        settlement.claim(claims);
    }

    function initiate(ChannelConfig memory config, uint128 amount) internal {
        vm.prank(alice);
        settlement.initiateWithdraw(config, amount);
    }

    function finalize(ChannelConfig memory config) internal {
        vm.prank(alice);
        settlement.finalizeWithdraw(config);
    }

    /// @dev Bob's operator's consent to a refund.
    function refundSignature(ChannelConfig memory config, uint128 amount, uint256 nonce)
        internal
        view
        returns (bytes memory)
    {
        return signed(OPERATOR_KEY, settlement.getRefundDigest(id(config), nonce, amount));
    }

    /// @dev That the next call reverts with this error and nothing in it.
    function refused(bytes4 selector) internal {
        vm.expectRevert(selector);
    }
}
