// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Lottery } from "../../src/Lottery.sol";
import { TestToken } from "../../src/TestToken.sol";
import { Test } from "../Test.sol";

/// @dev Does to a lottery what anybody may do, in any order, and keeps books of its own: a naive twin that says of
/// every call whether it must succeed and what it must pay.
contract LotteryHandler is Test {
    uint256 private constant FUNDERS = 2;
    uint256 private constant PAYERS = 2;
    uint256 private constant PAYEES = 3; // and 0, the open pot
    uint256 private constant SERIES = 3; // few, so that tickets share them
    uint256 private constant PUNISHED = 1;

    /// @dev The twin of a pot, its fields in the same order.
    struct Book {
        uint256 amount;
        uint256 escrow;
        uint256 warnedAmount;
        uint256 warnedEscrow;
        uint256 unlockAt;
        uint256 heldUntil;
    }

    struct Issued {
        Lottery.Ticket ticket;
        bytes32 reveal;
        bytes signature;
        uint256 protested;
        uint256 funder;
        uint256 payer;
        uint256 payee;
    }

    Lottery public lottery = new Lottery();
    TestToken public token = new TestToken(address(this));
    uint256 public received;
    uint256 public withdrawn;
    uint256 public paid;
    uint256 public burned;
    uint256 public enforced;
    mapping(uint256 payee => uint256) public paidTo;
    mapping(uint256 funder => mapping(uint256 payer => mapping(uint256 payee => Book))) private books;
    mapping(
        uint256 funder
            => mapping(
            uint256 payer => mapping(uint256 payee => mapping(uint256 face => mapping(uint256 series => bool)))
        )
    ) private ended;
    Issued[] private issued;
    uint256 private clock = 1_800_000_000;
    address[PAYERS] private payers = [vm.addr(0x1000), vm.addr(0x1001)];

    modifier inTime() {
        vm.warp(clock);
        _;
    }

    function fund(uint256 funder, uint256 payer, uint256 payee, uint64 amount, uint64 escrow) external inTime {
        (funder, payer, payee) = (funder % FUNDERS, payer % PAYERS, payee % (PAYEES + 1));
        amount %= 1000;
        escrow = payee == 0 ? escrow % 1000 : 0;
        token.mint(address(this), uint256(amount) + escrow);
        token.approve(address(lottery), uint256(amount) + escrow);
        address giver = funderOf(funder);
        if (payee == 0) lottery.deposit(token, giver, payerOf(payer), amount, escrow);
        else lottery.lockFor(token, giver, payerOf(payer), payeeOf(payee), amount);
        books[funder][payer][payee].amount += amount;
        books[funder][payer][payee].escrow += escrow;
        received += uint256(amount) + escrow;
    }

    function warn(uint256 funder, uint256 payer, uint256 payee, uint128 amount, uint128 escrow) external inTime {
        (funder, payer, payee) = (funder % FUNDERS, payer % PAYERS, payee % (PAYEES + 1));
        if (amount % 2 == 0) amount %= 2000;
        if (escrow % 2 == 0) escrow %= 2000;
        vm.prank(funderOf(funder));
        lottery.warn(token, payerOf(payer), payeeOf(payee), amount, escrow);
        Book storage book = books[funder][payer][payee];
        book.warnedAmount = amount < book.amount ? amount : book.amount;
        book.warnedEscrow = escrow < book.escrow ? escrow : book.escrow;
        book.unlockAt = book.warnedAmount + book.warnedEscrow == 0 ? 0 : clock + 1 days;
    }

    function withdraw(uint256 funder, uint256 payer, uint256 payee) public inTime {
        (funder, payer, payee) = (funder % FUNDERS, payer % PAYERS, payee % (PAYEES + 1));
        Book storage book = books[funder][payer][payee];
        uint256 escrow = clock > book.heldUntil ? book.warnedEscrow : 0;
        uint256 sum = book.warnedAmount + escrow;
        bool may = book.unlockAt != 0 && clock >= book.unlockAt && sum != 0;
        address to = address(uint160(0x3000 + funder));
        uint256 before = token.balanceOf(to);

        vm.prank(funderOf(funder));
        try lottery.withdraw(token, payerOf(payer), payeeOf(payee), to) {
            vm.assertTrue(may, "withdrew too early or nothing");
        } catch {
            vm.assertFalse(may, "could not withdraw what was warned of in time");
            return;
        }
        vm.assertEq(token.balanceOf(to) - before, sum, "what was withdrawn");
        withdrawn += sum;
        book.amount -= book.warnedAmount;
        book.escrow -= escrow;
        book.warnedAmount = 0;
        book.warnedEscrow -= escrow;
        if (book.warnedEscrow == 0) book.unlockAt = 0;
    }

    function issue(uint256 funder, uint256 payer, uint256 payee, uint128 face, uint64 ratio, uint64 span, bytes32 seed)
        external
        inTime
    {
        (funder, payer, payee) = (funder % FUNDERS, payer % PAYERS, payee % PAYEES + 1);
        Issued memory made;
        (made.funder, made.payer, made.payee) = (funder, payer, payee);
        made.reveal = keccak256(abi.encode(issued.length));
        // Two of three surely win: there is more to see then.
        if (ratio % 3 != 0) ratio = type(uint64).max;
        made.ticket = Lottery.Ticket({
            funder: funderOf(funder),
            payer: payerOf(payer),
            payee: payeeOf(payee),
            token: address(token),
            series: uint64(span % SERIES),
            number: uint64(issued.length),
            face: face % 3 * 250,
            ratio: ratio,
            commitment: keccak256(abi.encode(made.reveal)),
            expiry: uint64(clock) + span % 4 days,
            seed: seed
        });
        made.signature = signed(0x1000 + payer, lottery.digestOf(made.ticket));
        issued.push(made);
    }

    function redeem(uint256 which) external inTime {
        if (issued.length == 0) return;
        Issued storage it = issued[which % issued.length];
        bool may = drawn(it) && due(it);
        try lottery.redeem(it.ticket, it.reveal, it.signature) {
            vm.assertTrue(may, "paid what was not due");
            pay(it);
        } catch {
            vm.assertFalse(may, "did not pay what was due");
        }
    }

    function redeemMany(uint256 from, uint256 n) external inTime {
        if (issued.length == 0) return;
        uint256 payee = issued[from % issued.length].payee;
        Issued[] memory picked = new Issued[](n % 6);
        uint256 count;
        // Twice round, so that some are in it twice.
        for (uint256 i; i < 2 * issued.length && count < picked.length; ++i) {
            Issued storage it = issued[(from % issued.length + i) % issued.length];
            if (it.payee == payee && drawn(it)) picked[count++] = it;
        }
        Lottery.Ticket[] memory tickets = new Lottery.Ticket[](count);
        bytes32[] memory reveals = new bytes32[](count);
        bytes[] memory signatures = new bytes[](count);
        for (uint256 i; i < count; ++i) {
            (tickets[i], reveals[i], signatures[i]) = (picked[i].ticket, picked[i].reveal, picked[i].signature);
        }
        try lottery.redeemMany(tickets, reveals, signatures) returns (uint256 sum) {
            uint256 before = paid;
            bool any;
            for (uint256 i; i < count; ++i) {
                Issued storage it = issued[tickets[i].number];
                if (!due(it)) continue;
                pay(it);
                any = true;
            }
            vm.assertTrue(any, "a batch that pays nothing succeeded");
            vm.assertEq(sum, paid - before, "what a batch paid");
        } catch {
            for (uint256 i; i < count; ++i) {
                vm.assertFalse(due(issued[tickets[i].number]), "a batch did not pay");
            }
        }
    }

    function protest(uint256 which) external inTime {
        if (issued.length == 0) return;
        Issued storage it = issued[which % issued.length];
        Book storage open = books[it.funder][it.payer][0];
        bool may = drawn(it) && !over(it) && it.protested == 0 && clock <= it.ticket.expiry && !covered(it)
            && open.escrow != 0;
        try lottery.protest(it.ticket, it.reveal, it.signature) {
            vm.assertTrue(may, "a protest without reason");
            it.protested = clock;
            open.heldUntil = clock + 2 days;
        } catch {
            vm.assertFalse(may, "a protest was not heard");
        }
    }

    function enforce(uint256 which) external inTime {
        if (issued.length == 0) return;
        Issued storage it = issued[which % issued.length];
        bool may =
            !over(it) && it.protested > PUNISHED && clock >= it.protested + 1 days && clock <= it.protested + 2 days;
        try lottery.enforce(it.ticket) {
            vm.assertTrue(may, "enforced what was not to be");
        } catch {
            vm.assertFalse(may, "not enforced");
            return;
        }
        if (covered(it)) return pay(it);
        it.protested = PUNISHED;
        ++enforced;
        Book storage open = books[it.funder][it.payer][0];
        burned += open.escrow;
        open.escrow = 0;
        open.warnedEscrow = 0;
    }

    /// @dev Anybody may try to take what is a funder's.
    function steal(uint256 thief, uint256 payer, uint256 payee) external inTime {
        address who = address(uint160(bound(thief, 0x5000, 0x6000)));
        payee %= PAYEES + 1;
        vm.prank(who);
        try lottery.withdraw(token, payerOf(payer % PAYERS), payeeOf(payee), who) {
            vm.assertTrue(false, "stolen");
        } catch { }
    }

    function pass(uint256 span) external {
        clock += span % 30 hours;
    }

    /// @dev Every pot is what the books say, and all of them are all there is.
    function check() external view {
        uint256 sum;
        for (uint256 f; f < FUNDERS; ++f) {
            for (uint256 p; p < PAYERS; ++p) {
                for (uint256 q; q <= PAYEES; ++q) {
                    Book storage book = books[f][p][q];
                    Lottery.Pot memory pot = lottery.potOf(token, funderOf(f), payerOf(p), payeeOf(q));
                    vm.assertEq(keccak256(abi.encode(pot)), keccak256(abi.encode(book)), "a pot");
                    require(pot.warnedAmount <= pot.amount && pot.warnedEscrow <= pot.escrow, "warned of too much");
                    sum += book.amount + book.escrow;
                }
            }
        }
        vm.assertEq(token.balanceOf(address(lottery)), sum, "solvent, and nothing besides");
        vm.assertEq(received, sum + withdrawn + paid + burned, "conserved");
        vm.assertEq(token.balanceOf(lottery.BURNED()), burned, "burned");
        for (uint256 q = 1; q <= PAYEES; ++q) {
            vm.assertEq(token.balanceOf(payeeOf(q)), paidTo[q], "payees have what they won");
        }
    }

    /// @dev Warns of everything, waits, and takes it: nothing is left behind.
    function emptyOut() external {
        for (uint256 i; i < FUNDERS * PAYERS * (PAYEES + 1); ++i) {
            vm.prank(funderOf(i % FUNDERS));
            lottery.warn(
                token,
                payerOf(i / FUNDERS % PAYERS),
                payeeOf(i / FUNDERS / PAYERS),
                type(uint128).max,
                type(uint128).max
            );
        }
        vm.warp(clock + 2 days + 1);
        for (uint256 i; i < FUNDERS * PAYERS * (PAYEES + 1); ++i) {
            vm.prank(funderOf(i % FUNDERS));
            try lottery.withdraw(
                token, payerOf(i / FUNDERS % PAYERS), payeeOf(i / FUNDERS / PAYERS), address(0x7777)
            ) { }
                catch { } // empty pots have nothing
        }
        vm.assertEq(token.balanceOf(address(lottery)), 0, "no value is stuck");
    }

    function drawn(Issued storage it) private view returns (bool) {
        uint256 draw = uint256(keccak256(bytes.concat(lottery.digestOf(it.ticket), it.reveal)));
        return draw % 2 ** 64 <= it.ticket.ratio;
    }

    function due(Issued storage it) private view returns (bool) {
        bool alive = clock <= it.ticket.expiry || (it.protested > PUNISHED && clock <= it.protested + 2 days);
        return !over(it) && alive && covered(it);
    }

    function over(Issued storage it) private view returns (bool) {
        return ended[it.funder][it.payer][it.payee][it.ticket.face][it.ticket.series];
    }

    function covered(Issued storage it) private view returns (bool) {
        return books[it.funder][it.payer][it.payee].amount >= it.ticket.face
            || books[it.funder][it.payer][0].amount >= it.ticket.face;
    }

    function pay(Issued storage it) private {
        uint256 face = it.ticket.face;
        bool lock = books[it.funder][it.payer][it.payee].amount >= face;
        Book storage book = books[it.funder][it.payer][lock ? it.payee : 0];
        ended[it.funder][it.payer][it.payee][it.ticket.face][it.ticket.series] = true;
        book.amount -= face;
        if (book.warnedAmount > book.amount) book.warnedAmount = book.amount;
        paid += face;
        paidTo[it.payee] += face;
    }

    function funderOf(uint256 i) private pure returns (address) {
        return address(uint160(0x1000 + i));
    }

    function payerOf(uint256 i) private view returns (address) {
        return payers[i];
    }

    function payeeOf(uint256 i) private pure returns (address) {
        return i == 0 ? address(0) : address(uint160(0x2000 + i));
    }
}
