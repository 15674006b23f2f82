// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { BatchSettlement } from "../../src/BatchSettlement.sol";
import { ChannelConfig, VoucherClaim } from "../../src/ChannelTypes.sol";
import { ChannelTest } from "./ChannelTest.sol";

/// @dev The digests, against EIP-712 spelled out. That x402's own client has the same is shown with its vectors, in
/// bind/ and pay/channel.
contract TypedDataTest is ChannelTest {
    function digest(bytes32 structHash) private view returns (bytes32) {
        return digestAt(SETTLEMENT, structHash);
    }

    function digestAt(address where, bytes32 structHash) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("x402 Batch Settlement"),
                keccak256("1"),
                block.chainid,
                where
            )
        );
        return keccak256(bytes.concat(hex"1901", domain, structHash));
    }

    /// @dev As x402's contract on Base Sepolia answers.
    function test_TypeHashes() public view {
        bytes32[5] memory got = [
            settlement.CHANNEL_CONFIG_TYPEHASH(),
            settlement.VOUCHER_TYPEHASH(),
            settlement.REFUND_TYPEHASH(),
            settlement.CLAIM_ENTRY_TYPEHASH(),
            settlement.CLAIM_BATCH_TYPEHASH()
        ];
        bytes32[5] memory want = [
            bytes32(0x1c9a06ceab9b0ebbd3301dc56c9111bb6d9af421356dc9ccb3b7084c755db308),
            0x1e1bd6ff84c3e0d9029a292b212e039c0ca97ec497c55191a4a5874294609a69,
            0xbe23ad087435072cd69b49cc5b92de10ee610fce7ae0ab428307972d764bb216,
            0x30b9a0367528fca13c3e8ec6134c3113f1887ebe7a1ad61de0955aac288b0cf5,
            0x42bd57c010b870c2e96203c66341f28a6a19b4d56a74533a8eb5f706b9fd6d57
        ];
        for (uint256 i = 0; i < got.length; ++i) {
            vm.assertEq(got[i], want[i], "type hash");
        }
    }

    function testFuzz_ChannelId(ChannelConfig memory c) public view {
        bytes32 structHash = keccak256(
            abi.encode(
                settlement.CHANNEL_CONFIG_TYPEHASH(),
                c.payer,
                c.payerAuthorizer,
                c.receiver,
                c.receiverAuthorizer,
                c.token,
                uint256(c.withdrawDelay),
                c.salt
            )
        );
        vm.assertEq(id(c), digest(structHash), "channel id");
    }

    function testFuzz_Voucher(bytes32 channelId, uint128 max) public view {
        bytes32 structHash = keccak256(abi.encode(settlement.VOUCHER_TYPEHASH(), channelId, uint256(max)));
        vm.assertEq(settlement.getVoucherDigest(channelId, max), digest(structHash), "voucher");
    }

    function testFuzz_Refund(bytes32 channelId, uint256 nonce, uint128 amount) public view {
        bytes32 structHash = keccak256(abi.encode(settlement.REFUND_TYPEHASH(), channelId, nonce, uint256(amount)));
        vm.assertEq(settlement.getRefundDigest(channelId, nonce, amount), digest(structHash), "refund");
    }

    function testFuzz_ClaimBatch(VoucherClaim[] memory claims) public view {
        bytes memory entries;
        for (uint256 i = 0; i < claims.length; ++i) {
            bytes32 entry = keccak256(
                abi.encode(
                    settlement.CLAIM_ENTRY_TYPEHASH(),
                    id(claims[i].voucher.channel),
                    uint256(claims[i].voucher.maxClaimableAmount),
                    uint256(claims[i].totalClaimed)
                )
            );
            entries = bytes.concat(entries, entry);
        }
        bytes32 structHash = keccak256(abi.encode(settlement.CLAIM_BATCH_TYPEHASH(), keccak256(entries)));
        vm.assertEq(settlement.getClaimBatchDigest(claims), digest(structHash), "claim batch");
    }

    function test_DomainIsTold() public {
        vm.chainId(77);
        (bytes1 fields, string memory name, string memory version, uint256 chainId, address where,,) =
            settlement.eip712Domain();
        vm.assertEq(uint8(fields), 0x0f, "fields");
        vm.assertEq(bytes(name), bytes("x402 Batch Settlement"), "name");
        vm.assertEq(bytes(version), bytes("1"), "version");
        vm.assertEq(chainId, 77, "chain id");
        vm.assertEq(where, SETTLEMENT, "contract");
    }

    function test_CodeNeedsNoConstructor() public {
        BatchSettlement placed = BatchSettlement(address(0x9999));
        vm.etch(address(placed), SETTLEMENT.code);
        ChannelConfig memory c = aliceToBob();
        bytes32 structHash = keccak256(abi.encode(settlement.CHANNEL_CONFIG_TYPEHASH(), c));
        vm.assertEq(placed.getChannelId(c), digestAt(address(placed), structHash), "channel id");
    }
}
