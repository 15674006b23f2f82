// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { ChequebookTest } from "./ChequebookTest.sol";

/// @dev What chequebooks cost, as whole transactions. The payee has got money before.
contract ChequebookGasTest is ChequebookTest {
    function setUp() public override {
        super.setUp();
        token.mint(payee, 1);
    }

    /// forge-config: default.isolate = true
    function test_Deploy() public {
        factory.deploySimpleSwap(issuer, TIMEOUT, bytes32(uint256(1)));
        vm.snapshotGasLastCall("Chequebook", "deploySimpleSwap");
    }

    /// forge-config: default.isolate = true
    function test_Deposit() public {
        token.mint(issuer, 1000);
        vm.prank(issuer);
        token.transfer(address(book), 500);
        vm.snapshotGasLastCall("Chequebook", "deposit, again");
    }

    /// forge-config: default.isolate = true
    function test_Cash() public {
        cash(payee, 100);
        vm.snapshotGasLastCall("Chequebook", "cashChequeBeneficiary, first");
        cash(payee, 200);
        vm.snapshotGasLastCall("Chequebook", "cashChequeBeneficiary, again");
        increase(payee, 300);
        cash(payee, 300);
        vm.snapshotGasLastCall("Chequebook", "cashChequeBeneficiary, hard deposit");
        bytes memory byIssuer = cheque(payee, 400);
        bytes memory byPayee = cashout(other, 400, payee, 1);
        vm.prank(other);
        book.cashCheque(payee, payee, 400, byPayee, 1, byIssuer);
        vm.snapshotGasLastCall("Chequebook", "cashCheque, fee");
    }

    /// forge-config: default.isolate = true
    function test_HardDeposit() public {
        increase(payee, 300);
        vm.snapshotGasLastCall("Chequebook", "increaseHardDeposit, first");
        increase(payee, 300);
        vm.snapshotGasLastCall("Chequebook", "increaseHardDeposit, again");
        prepare(payee, 600);
        vm.snapshotGasLastCall("Chequebook", "prepareDecreaseHardDeposit");
        later(TIMEOUT);
        book.decreaseHardDeposit(payee);
        vm.snapshotGasLastCall("Chequebook", "decreaseHardDeposit");
        withdraw(100);
        vm.snapshotGasLastCall("Chequebook", "withdraw");
    }
}
