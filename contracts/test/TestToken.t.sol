// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { TestToken } from "../src/TestToken.sol";
import { Test } from "./Test.sol";
import { Wallet } from "./doubles/Wallet.sol";
import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC3009, IERC3009Cancel } from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import { IERC20Errors } from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import { ERC3009 } from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

contract TestTokenTest is Test {
    uint256 private constant KEY = uint256(keccak256("holder"));
    uint256 private constant NOW = 1_750_000_000;
    bytes32 private constant NONCE = keccak256("nonce");
    string private constant MEMBERS =
        "(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)";

    address private holder = vm.addr(KEY);
    address private friend = address(0xf12e4d);
    TestToken private token;

    function setUp() public {
        vm.warp(NOW);
        token = new TestToken(address(this));
        token.mint(holder, 1000);
    }

    function test_IsMoneyOfSixDecimals() public view {
        vm.assertEq(token.decimals(), 6, "decimals");
        vm.assertEq(bytes(token.name()), bytes("Candela Test Token"), "name");
        vm.assertEq(bytes(token.symbol()), bytes("CTT"), "symbol");
        vm.assertEq(token.totalSupply(), 1000, "supply");
    }

    function testFuzz_OnlyTheOwnerMints(address caller, uint128 amount) public {
        vm.assume(caller != address(this) && caller != friend);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, caller));
        vm.prank(caller);
        token.mint(caller, amount);
        token.mint(friend, amount);
        vm.assertEq(token.balanceOf(friend), amount, "minted");
    }

    // ---- signatures

    function sign(string memory primary, uint256 value, uint256 since, uint256 until)
        private
        view
        returns (bytes memory)
    {
        bytes32 typeHash = keccak256(abi.encodePacked(primary, MEMBERS));
        return signStruct(KEY, keccak256(abi.encode(typeHash, holder, friend, value, since, until, NONCE)));
    }

    function signStruct(uint256 key, bytes32 structHash) private view returns (bytes memory) {
        return signed(key, keccak256(bytes.concat(hex"1901", token.DOMAIN_SEPARATOR(), structHash)));
    }

    function transfer(uint256 value, uint256 since, uint256 until, bytes memory signature) private {
        token.transferWithAuthorization(holder, friend, value, since, until, NONCE, signature);
    }

    function receive_(uint256 value, uint256 since, uint256 until, bytes memory signature) private {
        token.receiveWithAuthorization(holder, friend, value, since, until, NONCE, signature);
    }

    function test_AnybodyTransfersWhatIsSigned() public {
        bytes memory signature = sign("TransferWithAuthorization", 70, 0, NOW + 1);
        vm.assertFalse(token.authorizationState(holder, NONCE), "spent, before");
        vm.expectEmit(address(token));
        emit IERC3009.AuthorizationUsed(holder, NONCE);
        transfer(70, 0, NOW + 1, signature);
        vm.assertEq(token.balanceOf(friend), 70, "friend");
        vm.assertTrue(token.authorizationState(holder, NONCE), "spent");
        usedUp();
        transfer(70, 0, NOW + 1, signature);
    }

    function test_OnlyWhoIsPaidReceives() public {
        bytes memory signature = sign("ReceiveWithAuthorization", 70, 0, NOW + 1);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, friend));
        receive_(70, 0, NOW + 1, signature);
        vm.prank(friend);
        receive_(70, 0, NOW + 1, signature);
        vm.assertEq(token.balanceOf(friend), 70, "friend");
        usedUp();
        vm.prank(friend);
        receive_(70, 0, NOW + 1, signature);
    }

    /// @dev Or who is meant to be the caller could be passed by.
    function test_OneKindIsNotTheOther() public {
        bytes memory toReceive = sign("ReceiveWithAuthorization", 70, 0, NOW + 1);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        transfer(70, 0, NOW + 1, toReceive);
        bytes memory toTransfer = sign("TransferWithAuthorization", 70, 0, NOW + 1);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        vm.prank(friend);
        receive_(70, 0, NOW + 1, toTransfer);
    }

    function testFuzz_HasItsTime(uint32 since, uint32 until) public {
        bytes memory signature = sign("TransferWithAuthorization", 70, since, until);
        bool inTime = since < NOW && NOW < until;
        if (!inTime) {
            vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009InvalidAuthorizationTime.selector, since, until));
        }
        transfer(70, since, until, signature);
        vm.assertEq(token.balanceOf(friend), inTime ? 70 : 0, "friend");
    }

    function test_TimesAreExclusive() public {
        uint32[4] memory times = [uint32(NOW), uint32(NOW + 1), uint32(NOW - 1), uint32(NOW)];
        testFuzz_HasItsTime(times[0], times[1]);
        testFuzz_HasItsTime(times[2], times[3]);
        testFuzz_HasItsTime(times[2], times[1]);
    }

    function testFuzz_IsForOneValue(uint256 value) public {
        vm.assume(value != 70);
        bytes memory signature = sign("TransferWithAuthorization", 70, 0, NOW + 1);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        transfer(value, 0, NOW + 1, signature);
    }

    function test_CanBeCancelled() public {
        bytes memory signature = sign("TransferWithAuthorization", 70, 0, NOW + 1);
        bytes32 typeHash = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");
        bytes memory notHis = signStruct(KEY + 1, keccak256(abi.encode(typeHash, holder, NONCE)));
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        token.cancelAuthorization(holder, NONCE, notHis);

        bytes memory cancel = signStruct(KEY, keccak256(abi.encode(typeHash, holder, NONCE)));
        vm.expectEmit(address(token));
        emit IERC3009Cancel.AuthorizationCanceled(holder, NONCE);
        token.cancelAuthorization(holder, NONCE, cancel);
        usedUp();
        transfer(70, 0, NOW + 1, signature);
        usedUp();
        token.cancelAuthorization(holder, NONCE, cancel);
    }

    function test_SignatureInThreePartsWorksToo() public {
        bytes32 typeHash = keccak256(abi.encodePacked("TransferWithAuthorization", MEMBERS));
        bytes32 structHash = keccak256(abi.encode(typeHash, holder, friend, 70, 0, NOW + 1, NONCE));
        bytes32 digest = keccak256(bytes.concat(hex"1901", token.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest);
        token.transferWithAuthorization(holder, friend, 70, 0, NOW + 1, NONCE, v, r, s);
        vm.assertEq(token.balanceOf(friend), 70, "friend");
    }

    function test_AWalletThatIsAContractSigns() public {
        address wallet = address(new Wallet(holder));
        token.mint(wallet, 100);
        bytes32 typeHash = keccak256(abi.encodePacked("TransferWithAuthorization", MEMBERS));
        bytes32 structHash = keccak256(abi.encode(typeHash, wallet, friend, 70, 0, NOW + 1, NONCE));
        token.transferWithAuthorization(wallet, friend, 70, 0, NOW + 1, NONCE, signStruct(KEY, structHash));
        vm.assertEq(token.balanceOf(friend), 70, "friend");
    }

    function test_Permit() public {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, holder, friend, 70, token.nonces(holder), NOW));
        bytes32 digest = keccak256(bytes.concat(hex"1901", token.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest);
        token.permit(holder, friend, 70, NOW, v, r, s);
        vm.assertEq(token.allowance(holder, friend), 70, "allowance");
        vm.prank(friend);
        token.transferFrom(holder, friend, 70);
        vm.assertEq(token.balanceOf(friend), 70, "friend");
    }

    function usedUp() private {
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009UsedAuthorization.selector, holder, NONCE));
    }
}
