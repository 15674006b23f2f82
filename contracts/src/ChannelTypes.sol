// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

/// @notice What makes a channel. Its EIP-712 digest is the channel's id, so nothing of it ever changes: other terms
/// are another channel.
struct ChannelConfig {
    /// Whose money is in the channel, and who gets back what is not claimed.
    address payer;
    /// The key that signs vouchers. Zero: the payer itself signs, if it is a contract by ERC-1271.
    address payerAuthorizer;
    /// Who is paid.
    address receiver;
    /// The key that signs claims and refunds for the receiver. Never zero.
    address receiverAuthorizer;
    /// The ERC-20 token that is paid in.
    address token;
    /// How long a payer's withdrawal waits, in seconds.
    uint40 withdrawDelay;
    /// Tells apart channels that are alike in all else.
    bytes32 salt;
}

/// @notice What a payer promises: the receiver may claim up to this much of the channel, over its whole life.
struct Voucher {
    ChannelConfig channel;
    uint128 maxClaimableAmount;
}

/// @notice A signed voucher, and how much the receiver takes of it: a total over the channel's whole life, not an
/// addition, so that claiming the same again changes nothing.
struct VoucherClaim {
    Voucher voucher;
    bytes signature;
    uint128 totalClaimed;
}

/// @title The typed data of x402's batch settlement: what is hashed of each type, by EIP-712.
library ChannelTypes {
    bytes32 internal constant DOMAIN =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 internal constant CHANNEL_CONFIG = keccak256(
        "ChannelConfig(address payer,address payerAuthorizer,address receiver,address receiverAuthorizer,address token,uint40 withdrawDelay,bytes32 salt)"
    );
    bytes32 internal constant VOUCHER = keccak256("Voucher(bytes32 channelId,uint128 maxClaimableAmount)");
    bytes32 internal constant REFUND = keccak256("Refund(bytes32 channelId,uint256 nonce,uint128 amount)");
    bytes32 internal constant CLAIM_ENTRY =
        keccak256("ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)");
    bytes32 internal constant CLAIM_BATCH = keccak256(
        "ClaimBatch(ClaimEntry[] claims)ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)"
    );

    string internal constant NAME = "x402 Batch Settlement";
    string internal constant VERSION = "1";
    bytes32 private constant NAME_HASH = keccak256(bytes(NAME));
    bytes32 private constant VERSION_HASH = keccak256(bytes(VERSION));

    /// @dev The domain of the contract that runs. It is made anew each time, from the address and the chain of this
    /// moment, and not in a constructor: so code placed by a genesis block has the right one, and so has either side
    /// of a chain that splits.
    function domainSeparator() internal view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN, NAME_HASH, VERSION_HASH, block.chainid, address(this)));
    }

    function hash(ChannelConfig calldata config) internal pure returns (bytes32) {
        return keccak256(abi.encode(CHANNEL_CONFIG, config)); // no dynamic member: the tuple is encoded in place
    }

    function hashVoucher(bytes32 channelId, uint128 maxClaimableAmount) internal pure returns (bytes32) {
        return keccak256(abi.encode(VOUCHER, channelId, maxClaimableAmount));
    }

    function hashRefund(bytes32 channelId, uint256 nonce, uint128 amount) internal pure returns (bytes32) {
        return keccak256(abi.encode(REFUND, channelId, nonce, amount));
    }

    /// @param channelIds the id of each claim's channel, in their order
    function hashClaims(VoucherClaim[] calldata claims, bytes32[] memory channelIds) internal pure returns (bytes32) {
        bytes32[] memory entries = new bytes32[](claims.length);
        for (uint256 i = 0; i < claims.length; ++i) {
            VoucherClaim calldata c = claims[i];
            entries[i] = keccak256(abi.encode(CLAIM_ENTRY, channelIds[i], c.voucher.maxClaimableAmount, c.totalClaimed));
        }
        return keccak256(abi.encode(CLAIM_BATCH, keccak256(abi.encodePacked(entries))));
    }
}
