// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Chequebook } from "../../src/Chequebook.sol";
import { ChequebookFactory } from "../../src/ChequebookFactory.sol";
import { TestToken } from "../../src/TestToken.sol";
import { Test } from "../Test.sol";

/// @dev A chequebook with 1000 in it, and beneficiaries that can sign.
abstract contract ChequebookTest is Test {
    uint256 internal constant ISSUER_KEY = 0x155;
    uint256 internal constant PAYEE_KEY = 0xbee;
    uint256 internal constant TIMEOUT = 1 days;

    TestToken internal token = new TestToken(address(this));
    ChequebookFactory internal factory = new ChequebookFactory(address(token));
    Chequebook internal book;
    address internal issuer = vm.addr(ISSUER_KEY);
    address internal payee = vm.addr(PAYEE_KEY);
    address internal cold = address(0xc01d);
    address internal other = address(0xca7);

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        book = Chequebook(factory.deploySimpleSwap(issuer, TIMEOUT, bytes32(0)));
        token.mint(address(book), 1000);
    }

    function cheque(address beneficiary, uint256 cumulativePayout) internal view returns (bytes memory) {
        return signed(ISSUER_KEY, digest(abi.encode(book.CHEQUE_TYPEHASH(), book, beneficiary, cumulativePayout)));
    }

    function cashout(address sender, uint256 requestPayout, address recipient, uint256 callerPayout)
        internal
        view
        returns (bytes memory)
    {
        bytes memory message = abi.encode(book.CASHOUT_TYPEHASH(), book, sender, requestPayout, recipient, callerPayout);
        return signed(PAYEE_KEY, digest(message));
    }

    function timeout(uint256 decreaseTimeout) internal view returns (bytes memory) {
        bytes memory message = abi.encode(book.CUSTOMDECREASETIMEOUT_TYPEHASH(), book, payee, decreaseTimeout);
        return signed(PAYEE_KEY, digest(message));
    }

    /// @dev What is signed: the domain names no contract.
    function digest(bytes memory message) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId)"),
                keccak256("Chequebook"),
                keccak256("1.0"),
                block.chainid
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, keccak256(message)));
    }

    function cash(address beneficiary, uint256 cumulativePayout) internal {
        bytes memory signature = cheque(beneficiary, cumulativePayout);
        vm.prank(beneficiary);
        book.cashChequeBeneficiary(beneficiary, cumulativePayout, signature);
    }

    function increase(address beneficiary, uint256 amount) internal {
        vm.prank(issuer);
        book.increaseHardDeposit(beneficiary, amount);
    }

    function prepare(address beneficiary, uint256 amount) internal {
        vm.prank(issuer);
        book.prepareDecreaseHardDeposit(beneficiary, amount);
    }

    function withdraw(uint256 amount) internal {
        vm.prank(issuer);
        book.withdraw(amount);
    }

    function hard(address beneficiary) internal view returns (Chequebook.HardDeposit memory deposit) {
        (deposit.amount, deposit.decreaseAmount, deposit.timeout, deposit.canBeDecreasedAt) =
            book.hardDeposits(beneficiary);
    }

    function later(uint256 span) internal {
        vm.warp(block.timestamp + span);
    }
}
