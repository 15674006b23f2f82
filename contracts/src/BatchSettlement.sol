// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { ChannelConfig, ChannelTypes, VoucherClaim } from "./ChannelTypes.sol";
import { IDepositCollector } from "./IDepositCollector.sol";
import { IERC5267 } from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Multicall } from "@openzeppelin/contracts/utils/Multicall.sol";
import { ReentrancyGuardTransient } from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import { MessageHashUtils } from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import { SignatureChecker } from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title One-way payment channels: a payer deposits, signs growing vouchers off chain, and the receiver claims.
///
/// @notice This speaks the ABI and the typed data of x402's EVM scheme `batch-settlement`, so that its clients,
/// servers and facilitators work with it. The dev chain's genesis block places this code at the address that they
/// all know; there is no constructor and no immutable, so the code is right wherever it is placed.
///
/// The money of a channel is balance − totalClaimed for the payer, and totalClaimed, which never falls, for the
/// receiver. What has been claimed of all channels waits in one sum per receiver and token until it is settled.
///
/// What holds at any time, for each token that moves exactly what it is told to:
///  1. totalClaimed ≤ balance in each channel;
///  2. this contract holds the sum of balance − totalClaimed over all channels and of totalClaimed − totalSettled
///     over all receivers, and beyond that only what somebody sent it by mistake;
///  3. totalClaimed, totalSettled and refundNonce never fall;
///  4. money goes to a channel's payer or to its receiver, and nowhere else.
///
/// A payer's withdrawal waits for withdrawDelay, and what is claimed meanwhile comes first. A deposit does not cancel
/// it. A channel is never final: an empty one can be filled again, and goes on counting where it was.
contract BatchSettlement is Multicall, ReentrancyGuardTransient, IERC5267 {
    using SafeERC20 for IERC20;

    /// @notice The money of a channel, in base units of its token.
    struct ChannelState {
        /// What was deposited, less what went back to the payer.
        uint128 balance;
        /// What the receiver has claimed so far.
        uint128 totalClaimed;
    }

    /// @notice A payer's withdrawal on its way.
    struct WithdrawalState {
        uint128 amount;
        /// When it began, in seconds; zero if there is none.
        uint40 initiatedAt;
    }

    /// @notice What a receiver has of one token, of all its channels.
    struct ReceiverState {
        uint128 totalClaimed;
        uint128 totalSettled;
    }

    uint40 public constant MIN_WITHDRAW_DELAY = 15 minutes;
    uint40 public constant MAX_WITHDRAW_DELAY = 30 days;

    bytes32 public constant CHANNEL_CONFIG_TYPEHASH = ChannelTypes.CHANNEL_CONFIG;
    bytes32 public constant VOUCHER_TYPEHASH = ChannelTypes.VOUCHER;
    bytes32 public constant REFUND_TYPEHASH = ChannelTypes.REFUND;
    bytes32 public constant CLAIM_ENTRY_TYPEHASH = ChannelTypes.CLAIM_ENTRY;
    bytes32 public constant CLAIM_BATCH_TYPEHASH = ChannelTypes.CLAIM_BATCH;

    mapping(bytes32 channelId => ChannelState) public channels;
    mapping(bytes32 channelId => WithdrawalState) public pendingWithdrawals;
    /// @notice The nonce that the next signed refund must have. Every refund takes one, signed or not.
    mapping(bytes32 channelId => uint256) public refundNonce;
    mapping(address receiver => mapping(address token => ReceiverState)) public receivers;

    /// @notice Money came into a channel that had none and of which nothing was ever claimed. It can come again.
    event ChannelCreated(bytes32 indexed channelId, ChannelConfig config);
    /// @notice All money went back to the payer of a channel of which nothing was ever claimed.
    event ChannelClosed(bytes32 indexed channelId, ChannelConfig config);
    event Deposited(bytes32 indexed channelId, address indexed sender, uint128 amount, uint128 newBalance);
    event Claimed(bytes32 indexed channelId, address indexed sender, uint128 claimAmount, uint128 newTotalClaimed);
    event Settled(address indexed receiver, address indexed token, address indexed sender, uint128 amount);
    event Refunded(bytes32 indexed channelId, address indexed sender, uint128 amount);
    event WithdrawInitiated(bytes32 indexed channelId, uint128 amount, uint40 finalizeAfter);
    event WithdrawFinalized(bytes32 indexed channelId, address indexed sender, uint128 amount);

    error InvalidChannel();
    error InvalidCollector();
    error InvalidSignature();
    error InvalidRefundNonce();
    error WithdrawDelayOutOfRange();
    error ZeroDeposit();
    error DepositOverflow();
    error DepositCollectionFailed();
    error EmptyBatch();
    error NotAuthorizedToClaim();
    error NotReceiverAuthorizer();
    error ClaimExceedsCeiling();
    error ClaimExceedsBalance();
    error NothingToWithdraw();
    error WithdrawalAlreadyPending();
    error WithdrawalNotPending();
    error WithdrawAmountExceedsAvailable();
    error WithdrawDelayNotElapsed();
    error NotAuthorizedToFinalizeWithdraw();
    error NotAuthorizedToRefund();
    error ZeroRefund();

    // ---- paying in

    /// @notice Opens a channel or adds to it. Anybody may send it; whose money it is, and that he consents, is the
    /// collector's business.
    /// @dev The collector is whatever the sender names, so nothing is believed of it: exactly amount must have arrived
    /// when it returns. The channel is credited only then. So no view ever shows money that has not come, not even to
    /// a collector or token that calls back; and nothing can move meanwhile, for every function that moves anything
    /// is under the same guard. A token that keeps a fee brings less than amount, and is refused.
    function deposit(ChannelConfig calldata config, uint128 amount, address collector, bytes calldata collectorData)
        external
        nonReentrant
    {
        _requireUsable(config);
        if (amount == 0) revert ZeroDeposit();
        if (collector == address(0)) revert InvalidCollector();
        bytes32 channelId = getChannelId(config);
        ChannelState storage channel = channels[channelId];
        uint128 balance = channel.balance;
        if (amount > type(uint128).max - balance) revert DepositOverflow();

        uint256 held = IERC20(config.token).balanceOf(address(this));
        IDepositCollector(collector).collect(config.payer, config.token, amount, channelId, collectorData);
        if (IERC20(config.token).balanceOf(address(this)) != held + amount) revert DepositCollectionFailed();

        channel.balance = balance + amount;
        if (balance == 0) emit ChannelCreated(channelId, config); // so nothing was ever claimed either
        emit Deposited(channelId, msg.sender, amount, balance + amount);
    }

    // ---- paying out to the receiver

    /// @notice Enters what the caller, receiver or receiver's authorizer of each channel, takes of its vouchers. No
    /// money moves before settle. One claim that cannot be met fails them all; one that takes nothing new is passed
    /// over.
    function claim(VoucherClaim[] calldata voucherClaims) external nonReentrant {
        if (voucherClaims.length == 0) revert EmptyBatch();
        bytes32 domain = ChannelTypes.domainSeparator();
        for (uint256 i = 0; i < voucherClaims.length; ++i) {
            ChannelConfig calldata config = voucherClaims[i].voucher.channel;
            if (!_isReceiverSide(config)) revert NotAuthorizedToClaim();
            _claim(domain, _channelId(domain, config), voucherClaims[i]);
        }
    }

    /// @notice The same, sent by anybody, for channels of one authorizer, who has signed the whole batch.
    function claimWithSignature(VoucherClaim[] calldata voucherClaims, bytes calldata authorizerSignature)
        external
        nonReentrant
    {
        if (voucherClaims.length == 0) revert EmptyBatch();
        bytes32 domain = ChannelTypes.domainSeparator();
        bytes32[] memory ids = _channelIds(domain, voucherClaims);
        address authorizer = voucherClaims[0].voucher.channel.receiverAuthorizer;
        bytes32 digest = _digest(domain, ChannelTypes.hashClaims(voucherClaims, ids));
        _requireSigned(authorizer, digest, authorizerSignature);
        for (uint256 i = 0; i < voucherClaims.length; ++i) {
            if (voucherClaims[i].voucher.channel.receiverAuthorizer != authorizer) revert NotReceiverAuthorizer();
            _claim(domain, ids[i], voucherClaims[i]);
        }
    }

    /// @notice Sends a receiver all that it has claimed of a token. Anybody may.
    function settle(address receiver, address token) external nonReentrant {
        ReceiverState storage state = receivers[receiver][token];
        uint128 amount = state.totalClaimed - state.totalSettled;
        if (amount == 0) return;
        state.totalSettled += amount;
        emit Settled(receiver, token, msg.sender, amount);
        IERC20(token).safeTransfer(receiver, amount);
    }

    // ---- paying back to the payer

    /// @notice Starts the payer's withdrawal of amount, of what is unclaimed now. Vouchers that the receiver holds
    /// count for nothing until they are claimed: it has withdrawDelay for that.
    function initiateWithdraw(ChannelConfig calldata config, uint128 amount) external nonReentrant {
        if (!_isPayerSide(config)) revert InvalidChannel();
        if (amount == 0) revert NothingToWithdraw();
        bytes32 channelId = getChannelId(config);
        WithdrawalState storage pending = pendingWithdrawals[channelId];
        if (pending.initiatedAt != 0) revert WithdrawalAlreadyPending();
        if (amount > _unclaimed(channels[channelId])) revert WithdrawAmountExceedsAvailable();

        uint40 present = uint40(block.timestamp); // good for 34,000 years
        (pending.amount, pending.initiatedAt) = (amount, present);
        emit WithdrawInitiated(channelId, amount, present + config.withdrawDelay);
    }

    /// @notice Ends it: sends the payer what was asked for, or what is left unclaimed if that is less, be it nothing.
    function finalizeWithdraw(ChannelConfig calldata config) external nonReentrant {
        if (!_isPayerSide(config)) revert NotAuthorizedToFinalizeWithdraw();
        bytes32 channelId = getChannelId(config);
        WithdrawalState memory pending = pendingWithdrawals[channelId];
        if (pending.initiatedAt == 0) revert WithdrawalNotPending();
        if (block.timestamp < pending.initiatedAt + config.withdrawDelay) revert WithdrawDelayNotElapsed();

        delete pendingWithdrawals[channelId];
        uint128 amount = _least(pending.amount, _unclaimed(channels[channelId]));
        channels[channelId].balance -= amount;
        emit WithdrawFinalized(channelId, msg.sender, amount);
        _payBack(config, channelId, amount);
    }

    /// @notice The receiver, or its authorizer, lets the payer have amount back at once, or what is left unclaimed.
    function refund(ChannelConfig calldata config, uint128 amount) external nonReentrant {
        if (!_isReceiverSide(config)) revert NotAuthorizedToRefund();
        _refund(config, getChannelId(config), amount);
    }

    /// @notice The same, sent by anybody, signed by the receiver's authorizer for this nonce.
    function refundWithSignature(
        ChannelConfig calldata config,
        uint128 amount,
        uint256 nonce,
        bytes calldata receiverAuthorizerSignature
    ) external nonReentrant {
        bytes32 channelId = getChannelId(config);
        if (nonce != refundNonce[channelId]) revert InvalidRefundNonce();
        bytes32 digest = getRefundDigest(channelId, nonce, amount);
        _requireSigned(config.receiverAuthorizer, digest, receiverAuthorizerSignature);
        _refund(config, channelId, amount);
    }

    // ---- what is signed

    function getChannelId(ChannelConfig calldata config) public view returns (bytes32) {
        return _channelId(ChannelTypes.domainSeparator(), config);
    }

    function getVoucherDigest(bytes32 channelId, uint128 maxClaimableAmount) external view returns (bytes32) {
        return _digest(ChannelTypes.domainSeparator(), ChannelTypes.hashVoucher(channelId, maxClaimableAmount));
    }

    function getRefundDigest(bytes32 channelId, uint256 nonce, uint128 amount) public view returns (bytes32) {
        return _digest(ChannelTypes.domainSeparator(), ChannelTypes.hashRefund(channelId, nonce, amount));
    }

    function getClaimBatchDigest(VoucherClaim[] calldata voucherClaims) external view returns (bytes32) {
        bytes32 domain = ChannelTypes.domainSeparator();
        return _digest(domain, ChannelTypes.hashClaims(voucherClaims, _channelIds(domain, voucherClaims)));
    }

    /// @inheritdoc IERC5267
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        // The bits of 0x0f say that all are used but the salt.
        return (0x0f, ChannelTypes.NAME, ChannelTypes.VERSION, block.chainid, address(this), 0, new uint256[](0));
    }

    // ---- inner workings

    /// @dev Takes a claim that its channel's receiver has made or signed.
    function _claim(bytes32 domain, bytes32 channelId, VoucherClaim calldata c) private {
        ChannelState storage channel = channels[channelId];
        uint128 before = channel.totalClaimed;
        if (c.totalClaimed <= before) return;
        if (c.totalClaimed > c.voucher.maxClaimableAmount) revert ClaimExceedsCeiling();
        if (c.totalClaimed > channel.balance) revert ClaimExceedsBalance();
        bytes32 digest = _digest(domain, ChannelTypes.hashVoucher(channelId, c.voucher.maxClaimableAmount));
        ChannelConfig calldata config = c.voucher.channel;
        if (config.payerAuthorizer == address(0)) {
            _requireSigned(config.payer, digest, c.signature);
        } else if (ECDSA.recoverCalldata(digest, c.signature) != config.payerAuthorizer) {
            revert InvalidSignature();
        }

        uint128 added = c.totalClaimed - before;
        channel.totalClaimed = c.totalClaimed;
        receivers[config.receiver][config.token].totalClaimed += added;
        emit Claimed(channelId, msg.sender, added, c.totalClaimed);
    }

    /// @dev The nonce is spent even if nothing is left to refund. A pending withdrawal shrinks by what is refunded.
    function _refund(ChannelConfig calldata config, bytes32 channelId, uint128 amount) private {
        if (amount == 0) revert ZeroRefund();
        ++refundNonce[channelId];
        amount = _least(amount, _unclaimed(channels[channelId]));
        if (amount == 0) return;

        WithdrawalState storage pending = pendingWithdrawals[channelId];
        if (pending.initiatedAt != 0) {
            if (pending.amount > amount) pending.amount -= amount;
            else delete pendingWithdrawals[channelId];
        }
        channels[channelId].balance -= amount;
        emit Refunded(channelId, msg.sender, amount);
        _payBack(config, channelId, amount);
    }

    /// @dev Sends the payer what the caller has taken off the channel. Nothing may be written after this.
    function _payBack(ChannelConfig calldata config, bytes32 channelId, uint128 amount) private {
        if (channels[channelId].balance == 0) emit ChannelClosed(channelId, config); // so nothing was ever claimed
        if (amount > 0) IERC20(config.token).safeTransfer(config.payer, amount);
    }

    /// @dev Cannot underflow: no claim exceeds the balance, and only what is unclaimed is ever taken off it.
    function _unclaimed(ChannelState storage channel) private view returns (uint128) {
        return channel.balance - channel.totalClaimed;
    }

    function _least(uint128 a, uint128 b) private pure returns (uint128) {
        return uint128(Math.min(a, b));
    }

    function _requireUsable(ChannelConfig calldata config) private pure {
        if (
            config.payer == address(0) || config.receiver == address(0) || config.receiverAuthorizer == address(0)
                || config.token == address(0)
        ) revert InvalidChannel();
        if (config.withdrawDelay < MIN_WITHDRAW_DELAY || config.withdrawDelay > MAX_WITHDRAW_DELAY) {
            revert WithdrawDelayOutOfRange();
        }
    }

    function _isPayerSide(ChannelConfig calldata config) private view returns (bool) {
        return msg.sender == config.payer || msg.sender == config.payerAuthorizer;
    }

    function _isReceiverSide(ChannelConfig calldata config) private view returns (bool) {
        return msg.sender == config.receiver || msg.sender == config.receiverAuthorizer;
    }

    function _requireSigned(address signer, bytes32 digest, bytes calldata signature) private view {
        if (!SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature)) revert InvalidSignature();
    }

    function _digest(bytes32 domain, bytes32 structHash) private pure returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(domain, structHash);
    }

    function _channelId(bytes32 domain, ChannelConfig calldata config) private pure returns (bytes32) {
        return _digest(domain, ChannelTypes.hash(config));
    }

    function _channelIds(bytes32 domain, VoucherClaim[] calldata claims) private pure returns (bytes32[] memory ids) {
        ids = new bytes32[](claims.length);
        for (uint256 i = 0; i < claims.length; ++i) {
            ids[i] = _channelId(domain, claims[i].voucher.channel);
        }
    }
}
