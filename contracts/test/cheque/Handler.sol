// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Chequebook } from "../../src/Chequebook.sol";
import { ChequebookTest } from "./ChequebookTest.sol";

/// @dev Does to a chequebook what issuer and beneficiaries may do, in any order, and keeps books of its own: a naive
/// twin that says of every call whether it must succeed and what it must pay.
contract ChequebookHandler is ChequebookTest {
    uint256 private constant PAYEES = 3;

    /// @dev The twin of what a beneficiary has.
    struct Account {
        uint256 hard;
        uint256 decrease;
        uint256 timeout;
        uint256 readyAt;
        uint256 paid;
    }

    Account[PAYEES] private accounts;
    uint256[PAYEES] private keys = [uint256(0xa1), 0xa2, 0xa3];
    address[PAYEES] private payees = [vm.addr(0xa1), vm.addr(0xa2), vm.addr(0xa3)];
    uint256 public received;
    uint256 public withdrawn;
    uint256 public fees;
    bool public bouncing;
    uint256 private clock = 1_800_000_000;

    constructor() {
        book = Chequebook(factory.deploySimpleSwap(issuer, TIMEOUT, bytes32(0)));
    }

    modifier inTime() {
        vm.warp(clock);
        _;
    }

    function fund(uint256 amount) external {
        amount %= 1000;
        token.mint(address(book), amount);
        received += amount;
    }

    function cash(uint256 which, uint256 more, uint256 less) external inTime {
        which %= PAYEES;
        Account storage account = accounts[which];
        uint256 cumulative = account.paid + more % 1500;
        if (less % 8 == 0) cumulative -= less % (account.paid + 1) % (cumulative + 1);
        uint256 before = token.balanceOf(payees[which]);
        bytes memory signature = cheque(payees[which], cumulative);
        bool may = cumulative >= account.paid;
        vm.prank(payees[which]);
        try book.cashChequeBeneficiary(payees[which], cumulative, signature) {
            vm.assertTrue(may, "cashed an old cheque");
        } catch {
            vm.assertFalse(may, "did not cash");
            return;
        }
        uint256 got = pay(account, cumulative);
        vm.assertEq(token.balanceOf(payees[which]) - before, got, "what a cheque paid");
    }

    /// @dev Somebody cashes for a beneficiary, which pays a fee.
    function cashFor(uint256 which, uint256 more, uint256 fee) external inTime {
        which %= PAYEES;
        Account storage account = accounts[which];
        uint256 cumulative = account.paid + more % 1500;
        fee %= 50;
        bytes memory byIssuer = cheque(payees[which], cumulative);
        bytes memory byPayee = signed(
            keys[which],
            digest(abi.encode(book.CASHOUT_TYPEHASH(), book, address(this), cumulative, payees[which], fee))
        );
        uint256 due = owed(account, cumulative);
        bool may = fee == 0 || (due == cumulative - account.paid && due >= fee);
        try book.cashCheque(payees[which], payees[which], cumulative, byPayee, fee, byIssuer) {
            vm.assertTrue(may, "a fee for a part, or more than the payout");
        } catch {
            vm.assertFalse(may, "did not cash");
            return;
        }
        pay(account, cumulative);
        fees += fee;
    }

    function increase(uint256 which, uint256 amount) external inTime {
        which %= PAYEES;
        amount %= 1000;
        bool may = amount <= liquid();
        vm.prank(issuer);
        try book.increaseHardDeposit(payees[which], amount) {
            vm.assertTrue(may, "set aside what is not there");
        } catch {
            vm.assertFalse(may, "not set aside");
            return;
        }
        accounts[which].hard += amount;
        (accounts[which].decrease, accounts[which].readyAt) = (0, 0);
    }

    function prepare(uint256 which, uint256 amount) external inTime {
        which %= PAYEES;
        Account storage account = accounts[which];
        amount %= account.hard + 2;
        bool may = amount <= account.hard;
        vm.prank(issuer);
        try book.prepareDecreaseHardDeposit(payees[which], amount) {
            vm.assertTrue(may, "prepared too much");
        } catch {
            vm.assertFalse(may, "not prepared");
            return;
        }
        account.decrease = amount;
        account.readyAt = clock + (account.timeout == 0 ? TIMEOUT : account.timeout);
    }

    function decrease(uint256 which) external inTime {
        which %= PAYEES;
        Account storage account = accounts[which];
        bool may = account.readyAt != 0 && clock >= account.readyAt;
        try book.decreaseHardDeposit(payees[which]) {
            vm.assertTrue(may, "decreased too early");
        } catch {
            vm.assertFalse(may, "not decreased");
            return;
        }
        account.hard -= account.decrease < account.hard ? account.decrease : account.hard;
        (account.decrease, account.readyAt) = (0, 0);
    }

    function agree(uint256 which, uint256 span) external inTime {
        which %= PAYEES;
        span %= 20 days;
        Account storage account = accounts[which];
        bytes memory signature =
            signed(keys[which], digest(abi.encode(book.CUSTOMDECREASETIMEOUT_TYPEHASH(), book, payees[which], span)));
        bool may = span > (account.timeout == 0 ? TIMEOUT : account.timeout);
        vm.prank(issuer);
        try book.setCustomHardDepositTimeout(payees[which], span, signature) {
            vm.assertTrue(may, "made shorter");
        } catch {
            vm.assertFalse(may, "not made longer");
            return;
        }
        account.timeout = span;
    }

    function take(uint256 amount) external inTime {
        amount %= 1500;
        bool may = amount <= liquid();
        vm.prank(issuer);
        try book.withdraw(amount) {
            vm.assertTrue(may, "withdrew what is set aside");
        } catch {
            vm.assertFalse(may, "could not withdraw");
            return;
        }
        withdrawn += amount;
    }

    /// @dev Anybody may try what is the issuer's alone, or cash without a cheque.
    function steal(uint256 thief, uint256 which) external inTime {
        address who = address(uint160(bound(thief, 0x5000, 0x6000)));
        which %= PAYEES;
        uint256 before = book.balance();
        vm.prank(who);
        try book.withdraw(1) {
            vm.assertTrue(false, "withdrawn by a stranger");
        } catch { }
        bytes memory foreign = cheque(payees[which], type(uint128).max);
        vm.prank(who);
        try book.cashChequeBeneficiary(who, type(uint128).max, foreign) {
            vm.assertTrue(false, "cashed by a stranger");
        } catch { }
        vm.assertEq(book.balance(), before, "nothing went");
    }

    function pass(uint256 span) external {
        clock += span % 30 hours;
    }

    /// @dev The chequebook is what the books say, and solvent.
    function check() external view {
        uint256 aside;
        uint256 paid;
        uint256 got;
        for (uint256 i; i < PAYEES; ++i) {
            Account storage account = accounts[i];
            Chequebook.HardDeposit memory deposit = hard(payees[i]);
            bytes memory twin = abi.encode(account.hard, account.decrease, account.timeout, account.readyAt);
            vm.assertEq(keccak256(abi.encode(deposit)), keccak256(twin), "a hard deposit");
            vm.assertEq(book.paidOut(payees[i]), account.paid, "paid out");
            aside += account.hard;
            paid += account.paid;
            got += token.balanceOf(payees[i]);
        }
        vm.assertEq(book.totalHardDeposit(), aside, "the sum of hard deposits");
        vm.assertEq(book.totalPaidOut(), paid, "the sum of what was paid");
        vm.assertEq(got + fees, paid, "beneficiaries and callers have it");
        vm.assertEq(book.balance(), received - withdrawn - paid, "conserved");
        vm.assertGe(book.balance(), aside, "hard deposits are there");
        vm.assertEq(book.bounced(), bouncing, "bounced");
    }

    /// @dev The issuer gets back all that is not cashed: nothing is left behind.
    function emptyOut() external {
        for (uint256 i; i < PAYEES; ++i) {
            vm.prank(issuer);
            book.prepareDecreaseHardDeposit(payees[i], accounts[i].hard);
        }
        vm.warp(clock + 20 days);
        for (uint256 i; i < PAYEES; ++i) {
            book.decreaseHardDeposit(payees[i]);
        }
        uint256 all = book.balance();
        vm.prank(issuer);
        book.withdraw(all);
        vm.assertEq(token.balanceOf(address(book)), 0, "no value is stuck");
    }

    function liquid() private view returns (uint256 amount) {
        amount = token.balanceOf(address(book));
        for (uint256 i; i < PAYEES; ++i) {
            amount -= accounts[i].hard;
        }
    }

    function owed(Account storage account, uint256 cumulative) private view returns (uint256) {
        uint256 wanted = cumulative - account.paid;
        uint256 there = liquid() + account.hard;
        return wanted < there ? wanted : there;
    }

    /// @dev Books a payout after it was made: what there was is in the books only.
    function pay(Account storage account, uint256 cumulative) private returns (uint256 got) {
        uint256 wanted = cumulative - account.paid;
        uint256 there = received - withdrawn + account.hard;
        for (uint256 i; i < PAYEES; ++i) {
            there = there - accounts[i].hard - accounts[i].paid;
        }
        got = wanted < there ? wanted : there;
        if (got < wanted) bouncing = true;
        account.hard -= got < account.hard ? got : account.hard;
        account.paid += got;
    }
}
