// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { ReentrancyGuardTransient } from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title A chequebook, with Swarm's ABI and typed data (ERC20SimpleSwap)
/// @notice The issuer signs cheques off chain; each names all that its beneficiary has been promised so far. They are
/// paid from what the issuer put in, first from the part that is set aside for the beneficiary: its hard deposit.
/// @dev Nothing but a hard deposit is sure: the rest the issuer may withdraw at any moment, and may have promised
/// several times. docs/spec/pay-cheque.md says what is kept of the original and what is mended.
contract Chequebook is ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice No hard deposit can be set aside for longer after its decrease was prepared.
    uint256 public constant MAX_TIMEOUT = 365 days;

    bytes32 public constant EIP712DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId)");
    bytes32 public constant CHEQUE_TYPEHASH =
        keccak256("Cheque(address chequebook,address beneficiary,uint256 cumulativePayout)");
    bytes32 public constant CASHOUT_TYPEHASH = keccak256(
        "Cashout(address chequebook,address sender,uint256 requestPayout,address recipient,uint256 callerPayout)"
    );
    bytes32 public constant CUSTOMDECREASETIMEOUT_TYPEHASH =
        keccak256("CustomDecreaseTimeout(address chequebook,address beneficiary,uint256 decreaseTimeout)");

    /// @dev decreaseAmount counts only while canBeDecreasedAt is not zero.
    struct HardDeposit {
        uint256 amount;
        uint256 decreaseAmount;
        uint256 timeout; // seconds; 0: defaultHardDepositTimeout
        uint256 canBeDecreasedAt; // 0: no decrease is prepared
    }

    /// @notice What cheques are paid in.
    IERC20 public token;
    /// @notice What each beneficiary has got so far.
    mapping(address beneficiary => uint256) public paidOut;
    uint256 public totalPaidOut;
    mapping(address beneficiary => HardDeposit) public hardDeposits;
    uint256 public totalHardDeposit;
    /// @notice Who signs the cheques, and owns what is not paid.
    address public issuer;
    /// @notice Whether a cheque was ever worth more than what was there. It stays so.
    bool public bounced;
    /// @notice Seconds between preparing a decrease and decreasing, where none other was agreed.
    uint256 public defaultHardDepositTimeout;

    event ChequeCashed(
        address indexed beneficiary,
        address indexed recipient,
        address indexed caller,
        uint256 totalPayout,
        uint256 cumulativePayout,
        uint256 callerPayout
    );
    event ChequeBounced();
    event HardDepositAmountChanged(address indexed beneficiary, uint256 amount);
    event HardDepositDecreasePrepared(address indexed beneficiary, uint256 decreaseAmount);
    event HardDepositTimeoutChanged(address indexed beneficiary, uint256 timeout);
    event Withdraw(uint256 amount);

    error AlreadyInitialized();
    error InvalidIssuer();
    error NotIssuer();
    error InvalidIssuerSignature();
    error InvalidBeneficiarySignature();
    error NothingNew(uint256 paidOut);
    error CannotPayCaller();
    error HardDepositNotSufficient();
    error HardDepositExceedsBalance();
    error NotYetTimedOut(uint256 canBeDecreasedAt);
    error TimeoutTooLong();
    error TimeoutNotLonger(uint256 timeout);
    error LiquidBalanceNotSufficient();

    modifier onlyIssuer() {
        if (msg.sender != issuer) revert NotIssuer();
        _;
    }

    /// @notice Takes the place of a constructor: chequebooks are clones. The factory calls it in the same transaction.
    function init(address _issuer, address _token, uint256 _defaultHardDepositTimeout) external {
        if (issuer != address(0)) revert AlreadyInitialized();
        if (_issuer == address(0)) revert InvalidIssuer();
        if (_defaultHardDepositTimeout > MAX_TIMEOUT) revert TimeoutTooLong();
        issuer = _issuer;
        token = IERC20(_token);
        defaultHardDepositTimeout = _defaultHardDepositTimeout;
    }

    // ------------------------------------------------------------- reading

    function balance() public view returns (uint256) {
        return token.balanceOf(address(this));
    }

    /// @notice What is not set aside for anybody. It underflows, and all else stops, if the token took balance away.
    function liquidBalance() public view returns (uint256) {
        return balance() - totalHardDeposit;
    }

    /// @notice The most that this beneficiary would be paid now.
    function liquidBalanceFor(address beneficiary) public view returns (uint256) {
        return liquidBalance() + hardDeposits[beneficiary].amount;
    }

    // ------------------------------------------------------------- cashing

    /// @notice The beneficiary cashes a cheque; the money goes to the recipient.
    function cashChequeBeneficiary(address recipient, uint256 cumulativePayout, bytes calldata issuerSig)
        external
        nonReentrant
    {
        _cash(msg.sender, recipient, cumulativePayout, 0, issuerSig);
    }

    /// @notice Anybody whom the beneficiary's signature names cashes a cheque for it, for a fee out of the payout.
    function cashCheque(
        address beneficiary,
        address recipient,
        uint256 cumulativePayout,
        bytes calldata beneficiarySig,
        uint256 callerPayout,
        bytes calldata issuerSig
    ) external nonReentrant {
        bytes32 cashout = keccak256(
            abi.encode(CASHOUT_TYPEHASH, address(this), msg.sender, cumulativePayout, recipient, callerPayout)
        );
        if (_signer(cashout, beneficiarySig) != beneficiary) revert InvalidBeneficiarySignature();
        _cash(beneficiary, recipient, cumulativePayout, callerPayout, issuerSig);
    }

    // ------------------------------------------------------- hard deposits

    /// @notice Sets aside more of the liquid balance for a beneficiary, and takes back a prepared decrease.
    function increaseHardDeposit(address beneficiary, uint256 amount) external nonReentrant onlyIssuer {
        if (amount > liquidBalance()) revert HardDepositExceedsBalance();
        HardDeposit storage deposit = hardDeposits[beneficiary];
        deposit.amount += amount;
        deposit.decreaseAmount = 0;
        deposit.canBeDecreasedAt = 0;
        totalHardDeposit += amount;
        emit HardDepositAmountChanged(beneficiary, deposit.amount);
    }

    /// @notice Warns a beneficiary that its hard deposit will be smaller after the timeout. It replaces an earlier one.
    function prepareDecreaseHardDeposit(address beneficiary, uint256 decreaseAmount) external onlyIssuer {
        HardDeposit storage deposit = hardDeposits[beneficiary];
        if (decreaseAmount > deposit.amount) revert HardDepositNotSufficient();
        deposit.canBeDecreasedAt = block.timestamp + _timeout(deposit);
        deposit.decreaseAmount = decreaseAmount;
        emit HardDepositDecreasePrepared(beneficiary, decreaseAmount);
    }

    /// @notice Makes a hard deposit smaller, as prepared; by less if meanwhile less is left.
    /// @dev In the original this reverted for ever once a cheque had been cashed in between.
    function decreaseHardDeposit(address beneficiary) external {
        HardDeposit storage deposit = hardDeposits[beneficiary];
        if (deposit.canBeDecreasedAt == 0 || block.timestamp < deposit.canBeDecreasedAt) {
            revert NotYetTimedOut(deposit.canBeDecreasedAt);
        }
        uint256 decrease = Math.min(deposit.decreaseAmount, deposit.amount);
        deposit.amount -= decrease;
        deposit.decreaseAmount = 0;
        deposit.canBeDecreasedAt = 0;
        totalHardDeposit -= decrease;
        emit HardDepositAmountChanged(beneficiary, deposit.amount);
    }

    /// @notice Agrees with a beneficiary, by its signature, on a longer timeout for its hard deposit.
    /// @dev The signature has no nonce, so an old one could be used again. In the original that shortened a timeout
    /// that had been made longer since; here a timeout only grows.
    function setCustomHardDepositTimeout(address beneficiary, uint256 hardDepositTimeout, bytes calldata beneficiarySig)
        external
        onlyIssuer
    {
        HardDeposit storage deposit = hardDeposits[beneficiary];
        if (hardDepositTimeout > MAX_TIMEOUT) revert TimeoutTooLong();
        if (hardDepositTimeout <= _timeout(deposit)) revert TimeoutNotLonger(_timeout(deposit));
        bytes32 agreed =
            keccak256(abi.encode(CUSTOMDECREASETIMEOUT_TYPEHASH, address(this), beneficiary, hardDepositTimeout));
        if (_signer(agreed, beneficiarySig) != beneficiary) revert InvalidBeneficiarySignature();
        deposit.timeout = hardDepositTimeout;
        emit HardDepositTimeoutChanged(beneficiary, hardDepositTimeout);
    }

    /// @notice Pays liquid balance back to the issuer, at once: whoever holds a cheque beyond its hard deposit gives
    /// credit.
    function withdraw(uint256 amount) external nonReentrant onlyIssuer {
        if (amount > liquidBalance()) revert LiquidBalanceNotSufficient();
        emit Withdraw(amount);
        token.safeTransfer(issuer, amount);
    }

    // ------------------------------------------------------------- private

    /// @dev Pays what there is of what a cheque has promised beyond what was paid. The beneficiary, or who has its
    /// signature, calls; the issuer's own call stands for its signature.
    function _cash(
        address beneficiary,
        address recipient,
        uint256 cumulativePayout,
        uint256 callerPayout,
        bytes calldata issuerSig
    ) private {
        if (msg.sender != issuer) {
            bytes32 cheque = keccak256(abi.encode(CHEQUE_TYPEHASH, address(this), beneficiary, cumulativePayout));
            if (_signer(cheque, issuerSig) != issuer) revert InvalidIssuerSignature();
        }
        uint256 paid = paidOut[beneficiary];
        if (cumulativePayout < paid) revert NothingNew(paid);
        uint256 requestPayout = cumulativePayout - paid;
        HardDeposit storage deposit = hardDeposits[beneficiary];
        uint256 totalPayout = Math.min(requestPayout, liquidBalanceFor(beneficiary));
        // A fee only for cashing it all: else its signature would be good for a fee with each part, and an issuer
        // could let the caller have everything, fee by fee.
        if (callerPayout > totalPayout || (callerPayout != 0 && totalPayout != requestPayout)) {
            revert CannotPayCaller();
        }

        uint256 hardDepositUsage = Math.min(totalPayout, deposit.amount);
        if (hardDepositUsage != 0) {
            deposit.amount -= hardDepositUsage;
            totalHardDeposit -= hardDepositUsage;
        }
        paidOut[beneficiary] = paid + totalPayout;
        totalPaidOut += totalPayout;
        emit ChequeCashed(beneficiary, recipient, msg.sender, totalPayout, cumulativePayout, callerPayout);
        if (totalPayout != requestPayout) {
            bounced = true;
            emit ChequeBounced();
        }
        token.safeTransfer(recipient, totalPayout - callerPayout);
        if (callerPayout != 0) token.safeTransfer(msg.sender, callerPayout);
    }

    function _timeout(HardDeposit storage deposit) private view returns (uint256) {
        return deposit.timeout == 0 ? defaultHardDepositTimeout : deposit.timeout;
    }

    /// @dev 65 bytes and a low s, or it reverts. The domain has no contract: that is in each message.
    function _signer(bytes32 message, bytes calldata signature) private view returns (address) {
        bytes32 domain =
            keccak256(abi.encode(EIP712DOMAIN_TYPEHASH, keccak256("Chequebook"), keccak256("1.0"), block.chainid));
        return ECDSA.recoverCalldata(keccak256(abi.encodePacked(hex"1901", domain, message)), signature);
    }
}
