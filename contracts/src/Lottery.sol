// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { ReentrancyGuardTransient } from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title Lottery tickets as micropayments
/// @notice A payer signs tickets off chain. Each wins its face value with a stated probability, so that a payee earns
/// face times probability by a ticket and only winners cost gas. docs/spec/pay-lottery.md says who does what, when.
/// @dev Money lies in pots, keyed by token, funder, payer and payee. The funder put it there and alone gets it back;
/// the payer is the key that signs tickets. The pot of payee zero is open: whoever the payer names is paid from it, and
/// it
/// may hold an escrow besides, which pays nobody and is burned if the payer promised more than it made good. Any other
/// pot is a lock: only its payee is paid from it.
///
/// There is no constructor and no immutable: the code works wherever it is placed, by a genesis block too.
contract Lottery is ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice Seconds between a warning and the withdrawal of what was warned of.
    uint64 public constant DELAY = 1 days;
    /// @notice Seconds that a payer has, after a protest, to make good.
    uint64 public constant GRACE = 1 days;
    /// @notice Seconds after the grace in which a protest can be enforced.
    uint64 public constant WINDOW = 1 days;
    /// @notice Where burned escrow goes. Nobody has its key.
    address public constant BURNED = 0x000000000000000000000000000000000000dEaD;

    bytes32 private constant DOMAIN_TYPE =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant TICKET_TYPE = keccak256(
        "Ticket(address funder,address payer,address payee,address token,uint64 series,uint64 number,uint128 face,uint64 ratio,bytes32 commitment,uint64 expiry,bytes32 seed)"
    );

    address private constant ANYBODY = address(0);

    // What protests() says of a ticket that was protested and not made good.
    uint256 private constant PUNISHED = 1;

    /// @notice What a payer signs.
    struct Ticket {
        address funder;
        address payer;
        address payee;
        address token;
        uint64 series; // the payee's number for what it announced: commitment, face, ratio, expiry; one winner is paid
        uint64 number; // 1, 2, 3 … within a series
        uint128 face; // what a winner is paid
        uint64 ratio; // wins with probability (ratio + 1) / 2^64
        bytes32 commitment; // keccak256 of the payee's reveal
        uint64 expiry; // the last second in which it is paid
        bytes32 seed; // the payer's randomness, chosen after the commitment
    }

    /// @notice Money of one funder for one payer. What is warned of is never more than what is there.
    struct Pot {
        uint128 amount;
        uint128 escrow;
        uint128 warnedAmount;
        uint128 warnedEscrow;
        uint64 unlockAt; // from when on what is warned of can be withdrawn; 0: there was no warning
        uint64 heldUntil; // until when the escrow stays because of a protest
    }

    enum Outcome {
        Due,
        Paid,
        Expired,
        NotCovered
    }

    mapping(bytes32 id => Pot) private _pots;

    /// @dev A bit for each series whose winner was paid. The face value is part of the key: who has seen a reveal could
    /// else sign a winner of nothing, and end the series with it.
    mapping(bytes32 key => mapping(uint256 word => uint256)) private _paid;

    /// @notice When a ticket was protested, by its digest. 0: never; 1: it was, and the escrow was burned for it.
    mapping(bytes32 digest => uint256) public protests;

    /// @notice The whole new state of a pot, after every change of it: who watches needs no other read.
    event PotChanged(
        address indexed funder,
        address indexed payer,
        address indexed payee,
        address token,
        uint128 amount,
        uint128 escrow,
        uint128 warnedAmount,
        uint128 warnedEscrow,
        uint64 unlockAt,
        uint64 heldUntil
    );
    event Redeemed(
        bytes32 indexed digest, address indexed payer, address indexed payee, address token, uint64 series, uint128 face
    );
    event Withdrawn(
        address indexed funder,
        address indexed payer,
        address indexed payee,
        address token,
        address to,
        uint128 amount,
        uint128 escrow
    );
    /// @notice A winner was not covered. With the reveal anybody can redeem it once it is.
    event Protested(bytes32 indexed digest, address indexed payer, address indexed payee, bytes32 reveal, uint128 face);
    event EscrowBurned(
        bytes32 indexed digest, address indexed funder, address indexed payer, address token, uint128 amount
    );

    error NoFunder();
    error NoPayee();
    error WrongAmountReceived();
    error Locked(uint64 unlockAt);
    error NothingToWithdraw();
    error WrongReveal();
    error NotAWinner();
    error WrongSigner();
    error AlreadyPaid();
    error TicketExpired();
    error NotCovered();
    error MixedBatch();
    error NothingPaid();
    error CanBePaid();
    error AlreadyProtested();
    error NoEscrow();
    error NotProtested();
    error NotNow(uint256 from, uint256 until);

    // ---------------------------------------------------------------- funding

    /// @notice Adds to the open pot. Anybody may; only the funder gets it back. A running warning is left as it is.
    function deposit(IERC20 token, address funder, address payer, uint128 amount, uint128 escrow)
        external
        nonReentrant
    {
        _fund(token, funder, payer, ANYBODY, amount, escrow);
    }

    /// @notice Adds to the pot from which only this payee is paid.
    /// @dev It takes new money. Moving open money would take it from the other payees without a warning.
    function lockFor(IERC20 token, address funder, address payer, address payee, uint128 amount) external nonReentrant {
        if (payee == ANYBODY) revert NoPayee();
        _fund(token, funder, payer, payee, amount, 0);
    }

    /// @notice Warns that this much of a pot will be withdrawn, and starts the delay. It replaces an earlier warning.
    /// More than is there means all of it, zero of both takes the warning back. Payee zero is the open pot.
    function warn(IERC20 token, address payer, address payee, uint128 amount, uint128 escrow) external {
        Pot storage pot = _pots[_potId(address(token), msg.sender, payer, payee)];
        pot.warnedAmount = amount;
        pot.warnedEscrow = escrow;
        _clamp(pot);
        bool some = pot.warnedAmount != 0 || pot.warnedEscrow != 0;
        pot.unlockAt = some ? uint64(block.timestamp) + DELAY : 0;
        _log(address(token), msg.sender, payer, payee, pot);
    }

    /// @notice Pays out what was warned of, as far as it is still there. While a protest holds the escrow it stays,
    /// and can be withdrawn afterwards without a new warning.
    function withdraw(IERC20 token, address payer, address payee, address to) external nonReentrant {
        Pot storage pot = _pots[_potId(address(token), msg.sender, payer, payee)];
        if (pot.unlockAt == 0 || block.timestamp < pot.unlockAt) revert Locked(pot.unlockAt);
        uint128 amount = pot.warnedAmount;
        uint128 escrow = block.timestamp > pot.heldUntil ? pot.warnedEscrow : 0;
        if (amount == 0 && escrow == 0) revert NothingToWithdraw();
        pot.amount -= amount;
        pot.escrow -= escrow;
        pot.warnedAmount = 0;
        pot.warnedEscrow -= escrow;
        if (pot.warnedEscrow == 0) pot.unlockAt = 0;
        _log(address(token), msg.sender, payer, payee, pot);
        emit Withdrawn(msg.sender, payer, payee, address(token), to, amount, escrow);
        token.safeTransfer(to, uint256(amount) + escrow);
    }

    // ------------------------------------------------------------- redeeming

    /// @notice Pays a winner its whole face value, or reverts and leaves the ticket as good as it was. Anybody may call
    /// it; the money goes to the payee that the ticket names. With that the series is over: its reveal is known, so that
    /// no draw of it means anything any more, and what the payer signed besides is void.
    function redeem(Ticket calldata ticket, bytes32 reveal, bytes calldata signature) external nonReentrant {
        bytes32 digest = digestOf(ticket);
        _requireWinner(ticket, digest, reveal, signature);
        Outcome outcome = _take(ticket, digest);
        if (outcome == Outcome.Paid) revert AlreadyPaid();
        if (outcome == Outcome.Expired) revert TicketExpired();
        if (outcome == Outcome.NotCovered) revert NotCovered();
        IERC20(ticket.token).safeTransfer(ticket.payee, ticket.face);
    }

    /// @notice Pays as many winners of one payee and token as it can, each in whole. What others can change meanwhile
    /// (paid, expired, not covered) is passed over, so that nobody can spoil a batch by redeeming one of it first; what
    /// is wrong in itself reverts. So does a batch that pays nothing.
    /// @return sum What was paid.
    function redeemMany(Ticket[] calldata tickets, bytes32[] calldata reveals, bytes[] calldata signatures)
        external
        nonReentrant
        returns (uint256 sum)
    {
        bool any;
        for (uint256 i; i < tickets.length; ++i) {
            Ticket calldata ticket = tickets[i];
            if (ticket.payee != tickets[0].payee || ticket.token != tickets[0].token) revert MixedBatch();
            bytes32 digest = digestOf(ticket);
            _requireWinner(ticket, digest, reveals[i], signatures[i]);
            if (_take(ticket, digest) == Outcome.Due) {
                sum += ticket.face;
                any = true;
            }
        }
        if (!any) revert NothingPaid();
        IERC20(tickets[0].token).safeTransfer(tickets[0].payee, sum);
    }

    // ------------------------------------------------------------ overspending

    /// @notice Says that a winner is not covered. From now on the payer has GRACE to make good: deposit, and redeem the
    /// ticket itself with the reveal that is in the log. Until GRACE and WINDOW are over the escrow can't be withdrawn,
    /// and the ticket can be redeemed even if it expires meanwhile. One protest for a ticket, ever.
    function protest(Ticket calldata ticket, bytes32 reveal, bytes calldata signature) external nonReentrant {
        bytes32 digest = digestOf(ticket);
        _requireWinner(ticket, digest, reveal, signature);
        (uint256 bits, uint256 bit) = _series(ticket);
        if (bits & bit != 0) revert AlreadyPaid();
        if (protests[digest] != 0) revert AlreadyProtested();
        if (block.timestamp > ticket.expiry) revert TicketExpired();
        (bool covered,,) = _cover(ticket);
        if (covered) revert CanBePaid();
        Pot storage pot = _pots[_potId(ticket.token, ticket.funder, ticket.payer, ANYBODY)];
        if (pot.escrow == 0) revert NoEscrow();
        protests[digest] = block.timestamp;
        pot.heldUntil = uint64(block.timestamp) + GRACE + WINDOW;
        emit Protested(digest, ticket.payer, ticket.payee, reveal, ticket.face);
        _log(ticket.token, ticket.funder, ticket.payer, ANYBODY, pot);
    }

    /// @notice Ends a protest, after the grace: pays the ticket if it is covered by now, else burns the payer's whole
    /// escrow. After a burn the ticket can still be redeemed, until it expires, but is no reason for another one.
    function enforce(Ticket calldata ticket) external nonReentrant {
        bytes32 digest = digestOf(ticket);
        uint256 since = protests[digest];
        // Only what was found to be a signed winner was protested: nothing needs to be checked again.
        if (since <= PUNISHED) revert NotProtested();
        if (block.timestamp < since + GRACE || !_underProtest(since)) {
            revert NotNow(since + GRACE, since + GRACE + WINDOW);
        }
        Outcome outcome = _take(ticket, digest);
        if (outcome == Outcome.Paid) revert AlreadyPaid(); // this one or another of its series: made good
        if (outcome == Outcome.Due) {
            IERC20(ticket.token).safeTransfer(ticket.payee, ticket.face);
            return;
        }
        protests[digest] = PUNISHED;
        Pot storage pot = _pots[_potId(ticket.token, ticket.funder, ticket.payer, ANYBODY)];
        uint128 burned = pot.escrow;
        pot.escrow = 0;
        _clamp(pot);
        _log(ticket.token, ticket.funder, ticket.payer, ANYBODY, pot);
        emit EscrowBurned(digest, ticket.funder, ticket.payer, ticket.token, burned);
        if (burned != 0) IERC20(ticket.token).safeTransfer(BURNED, burned);
    }

    // ----------------------------------------------------------------- reading

    /// @notice A pot; payee zero is the open one.
    function potOf(IERC20 token, address funder, address payer, address payee) external view returns (Pot memory) {
        return _pots[_potId(address(token), funder, payer, payee)];
    }

    /// @notice Whether a ticket's series has had its winner. None of its tickets with that face value is paid then.
    function paid(Ticket calldata ticket) external view returns (bool) {
        (uint256 bits, uint256 bit) = _series(ticket);
        return bits & bit != 0;
    }

    /// @notice What a payer signs, and what is drawn from.
    function digestOf(Ticket calldata ticket) public view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domainSeparator(), keccak256(abi.encode(TICKET_TYPE, ticket))));
    }

    /// @notice Computed each time: the code holds neither its address nor its chain.
    function domainSeparator() public view returns (bytes32) {
        return keccak256(
            abi.encode(DOMAIN_TYPE, keccak256("Candela Lottery"), keccak256("1"), block.chainid, address(this))
        );
    }

    /// @notice The draw: from the digest and the reveal, never from the signature, of which there may be several.
    function wins(bytes32 digest, bytes32 reveal, uint64 ratio) public pure returns (bool) {
        return uint64(uint256(keccak256(abi.encode(digest, reveal)))) <= ratio;
    }

    // ----------------------------------------------------------------- private

    function _fund(IERC20 token, address funder, address payer, address payee, uint128 amount, uint128 escrow) private {
        if (funder == address(0)) revert NoFunder(); // nobody could withdraw it
        // A token that keeps a part for itself would let one pot be paid from another. Credited is what has come, so that
        // no view shows money that is still on its way.
        uint256 sum = uint256(amount) + escrow;
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), sum);
        if (token.balanceOf(address(this)) != before + sum) revert WrongAmountReceived();
        Pot storage to = _pots[_potId(address(token), funder, payer, payee)];
        to.amount += amount;
        to.escrow += escrow;
        _log(address(token), funder, payer, payee, to);
    }

    function _requireWinner(Ticket calldata ticket, bytes32 digest, bytes32 reveal, bytes calldata signature)
        private
        pure
    {
        if (keccak256(abi.encode(reveal)) != ticket.commitment) revert WrongReveal();
        if (!wins(digest, reveal, ticket.ratio)) revert NotAWinner();
        // 65 bytes and a low s, or it reverts.
        if (ECDSA.recoverCalldata(digest, signature) != ticket.payer) revert WrongSigner();
    }

    /// @dev Takes the face value out of the pot that has it, and marks the series: the caller must pay if it is due.
    function _take(Ticket calldata ticket, bytes32 digest) private returns (Outcome) {
        (uint256 bits, uint256 bit) = _series(ticket);
        if (bits & bit != 0) return Outcome.Paid;
        if (block.timestamp > ticket.expiry && !_underProtest(protests[digest])) return Outcome.Expired;
        (bool covered, Pot storage from, address whose) = _cover(ticket);
        if (!covered) return Outcome.NotCovered;
        _paid[_seriesKey(ticket)][ticket.series >> 8] = bits | bit;
        from.amount -= ticket.face;
        _clamp(from);
        _log(ticket.token, ticket.funder, ticket.payer, whose, from);
        emit Redeemed(digest, ticket.payer, ticket.payee, ticket.token, ticket.series, ticket.face);
        return Outcome.Due;
    }

    /// @dev The payee's lock if it has the whole face value, else the open pot. Never a part from each.
    function _cover(Ticket calldata ticket) private view returns (bool covered, Pot storage from, address whose) {
        whose = ticket.payee;
        from = _pots[_potId(ticket.token, ticket.funder, ticket.payer, whose)];
        if (from.amount < ticket.face) {
            whose = ANYBODY;
            from = _pots[_potId(ticket.token, ticket.funder, ticket.payer, whose)];
        }
        covered = from.amount >= ticket.face;
    }

    /// @dev Which of 256 series in a word were paid, and this one's bit.
    function _series(Ticket calldata ticket) private view returns (uint256 bits, uint256 bit) {
        bits = _paid[_seriesKey(ticket)][ticket.series >> 8];
        bit = uint256(1) << (ticket.series & 0xff);
    }

    function _seriesKey(Ticket calldata ticket) private pure returns (bytes32) {
        return keccak256(abi.encode(ticket.token, ticket.funder, ticket.payer, ticket.payee, ticket.face));
    }

    function _underProtest(uint256 since) private view returns (bool) {
        return since > PUNISHED && block.timestamp <= since + GRACE + WINDOW;
    }

    /// @dev Keeps the invariant of Pot: later deposits are not part of a warning that was for what is gone.
    function _clamp(Pot storage changed) private {
        if (changed.warnedAmount > changed.amount) changed.warnedAmount = changed.amount;
        if (changed.warnedEscrow > changed.escrow) changed.warnedEscrow = changed.escrow;
    }

    function _potId(address token, address funder, address payer, address payee) private pure returns (bytes32) {
        return keccak256(abi.encode(token, funder, payer, payee));
    }

    function _log(address token, address funder, address payer, address payee, Pot storage state) private {
        emit PotChanged(
            funder,
            payer,
            payee,
            token,
            state.amount,
            state.escrow,
            state.warnedAmount,
            state.warnedEscrow,
            state.unlockAt,
            state.heldUntil
        );
    }
}
