// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Lottery } from "../../src/Lottery.sol";
import { LotteryTest } from "./LotteryTest.sol";

/// @dev What the lottery costs, as whole transactions. The payee has got money before.
contract LotteryGasTest is LotteryTest {
    function setUp() public override {
        super.setUp();
        token.mint(payee, 1);
    }

    /// forge-config: default.isolate = true
    function test_Fund() public {
        deposit(5000, 1000);
        vm.snapshotGasLastCall("Lottery", "deposit, first");
        deposit(5000, 0);
        vm.snapshotGasLastCall("Lottery", "deposit, again");
        lock(payee, 1000);
        vm.snapshotGasLastCall("Lottery", "lockFor, first");
        lock(payee, 1000);
        vm.snapshotGasLastCall("Lottery", "lockFor, again");
    }

    /// forge-config: default.isolate = true
    function test_Redeem() public {
        deposit(5000, 1000);
        redeem(winner(payee, 1, 100));
        vm.snapshotGasLastCall("Lottery", "redeem, open pot");
        lock(payee, 1000);
        redeem(winner(payee, 2, 100));
        vm.snapshotGasLastCall("Lottery", "redeem, lock");
    }

    /// forge-config: default.isolate = true
    function test_RedeemTen() public {
        deposit(5000, 1000);
        Lottery.Ticket[] memory tickets = new Lottery.Ticket[](10);
        bytes32[] memory reveals = new bytes32[](10);
        bytes[] memory signatures = new bytes[](10);
        for (uint64 i; i < 10; ++i) {
            tickets[i] = winner(payee, i + 1, 100);
            reveals[i] = REVEAL;
            signatures[i] = sign(tickets[i]);
        }
        lottery.redeemMany(tickets, reveals, signatures);
        vm.snapshotGasLastCall("Lottery", "redeemMany, ten, open pot");
    }

    /// forge-config: default.isolate = true
    function test_Withdraw() public {
        deposit(5000, 1000);
        warn(OPEN, ALL, ALL);
        vm.snapshotGasLastCall("Lottery", "warn");
        later(1 days);
        withdraw(OPEN);
        vm.snapshotGasLastCall("Lottery", "withdraw");
    }

    /// forge-config: default.isolate = true
    function test_Protest() public {
        deposit(99, 1000);
        Lottery.Ticket memory ticket = winner(payee, 1, 100);
        protest(ticket);
        vm.snapshotGasLastCall("Lottery", "protest");
        later(1 days);
        lottery.enforce(ticket);
        vm.snapshotGasLastCall("Lottery", "enforce, burns");
    }
}
