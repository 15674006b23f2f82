// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Chequebook } from "../../src/Chequebook.sol";
import { ChequebookFactory } from "../../src/ChequebookFactory.sol";
import { ChequebookTest } from "./ChequebookTest.sol";
import { Errors } from "@openzeppelin/contracts/utils/Errors.sol";

contract ChequebookFactoryTest is ChequebookTest {
    function test_DeploysForItsTokenAndRemembers() public {
        vm.assertTrue(factory.deployedContracts(address(book)), "its own");
        vm.assertFalse(factory.deployedContracts(address(new Chequebook())), "not its own");
        vm.assertEq(factory.ERC20Address(), address(token), "the factory's token");
        vm.assertEq(address(book.token()), address(token), "the chequebook's");
        vm.assertEq(book.issuer(), issuer, "issuer");
        vm.assertEq(book.defaultHardDepositTimeout(), TIMEOUT, "timeout");
    }

    function test_AddressBelongsToWhoDeploys() public {
        vm.expectRevert(Errors.FailedDeployment.selector);
        factory.deploySimpleSwap(other, TIMEOUT, bytes32(0));
        vm.prank(other); // the same salt from somebody else takes nothing from the first
        address second = factory.deploySimpleSwap(issuer, TIMEOUT, bytes32(0));
        vm.assertTrue(second != address(book), "another address");
    }

    function test_NobodyInitialisesAgainNorTheMaster() public {
        Chequebook master = Chequebook(factory.master());
        vm.expectRevert(Chequebook.AlreadyInitialized.selector);
        book.init(other, address(token), 0);
        vm.expectRevert(Chequebook.AlreadyInitialized.selector);
        master.init(other, address(token), 0);
    }

    function test_RefusesWhatNobodyCouldUse() public {
        vm.expectRevert(Chequebook.InvalidIssuer.selector);
        factory.deploySimpleSwap(address(0), TIMEOUT, bytes32(uint256(1)));
        vm.expectRevert(Chequebook.TimeoutTooLong.selector);
        factory.deploySimpleSwap(issuer, 365 days + 1, bytes32(uint256(1)));
    }
}

contract ChequebookCashTest is ChequebookTest {
    function test_BeneficiaryCashesWhatIsNew() public {
        cash(payee, 100);
        cash(payee, 250);
        vm.assertEq(token.balanceOf(payee), 250, "the difference each time");
        vm.assertEq(book.paidOut(payee), 250, "paid out");
        vm.assertEq(book.totalPaidOut(), 250, "in all");
        vm.assertEq(book.balance(), 750, "left");
        vm.assertFalse(book.bounced(), "nothing bounced");
    }

    function test_LogsWhatWasPaid() public {
        bytes memory signature = cheque(payee, 100);
        vm.expectEmit(address(book));
        emit Chequebook.ChequeCashed(payee, cold, payee, 100, 100, 0);
        vm.prank(payee);
        book.cashChequeBeneficiary(cold, 100, signature);
        vm.assertEq(token.balanceOf(cold), 100, "to the recipient");
    }

    function test_OldChequePaysNothing() public {
        cash(payee, 100);
        cash(payee, 100);
        vm.assertEq(token.balanceOf(payee), 100, "once");
        bytes memory signature = cheque(payee, 99);
        vm.prank(payee);
        vm.expectRevert(abi.encodeWithSelector(Chequebook.NothingNew.selector, 100));
        book.cashChequeBeneficiary(payee, 99, signature);
    }

    function test_ChequeIsForOneBeneficiaryBookChainAndSum() public {
        bytes memory signature = cheque(payee, 100);
        vm.prank(other);
        vm.expectRevert(Chequebook.InvalidIssuerSignature.selector);
        book.cashChequeBeneficiary(other, 100, signature);

        vm.prank(payee);
        vm.expectRevert(Chequebook.InvalidIssuerSignature.selector);
        book.cashChequeBeneficiary(payee, 101, signature);

        Chequebook second = Chequebook(factory.deploySimpleSwap(issuer, TIMEOUT, bytes32(uint256(1))));
        vm.prank(payee);
        vm.expectRevert(Chequebook.InvalidIssuerSignature.selector);
        second.cashChequeBeneficiary(payee, 100, signature);

        vm.chainId(block.chainid + 1);
        vm.prank(payee);
        vm.expectRevert(Chequebook.InvalidIssuerSignature.selector);
        book.cashChequeBeneficiary(payee, 100, signature);
    }

    function test_OthersCashWithTheBeneficiarysSignature() public {
        bytes memory byIssuer = cheque(payee, 100);
        bytes memory byPayee = cashout(other, 100, cold, 7);
        vm.expectRevert(Chequebook.InvalidBeneficiarySignature.selector);
        book.cashCheque(payee, cold, 100, byPayee, 7, byIssuer); // it is for another sender
        vm.prank(other);
        vm.expectRevert(Chequebook.InvalidBeneficiarySignature.selector);
        book.cashCheque(payee, other, 100, byPayee, 7, byIssuer); // and another recipient
        vm.prank(other);
        book.cashCheque(payee, cold, 100, byPayee, 7, byIssuer);
        vm.assertEq(token.balanceOf(cold), 93, "recipient");
        vm.assertEq(token.balanceOf(other), 7, "caller");
    }

    function test_IssuersCallStandsForItsSignature() public {
        bytes memory byPayee = cashout(issuer, 100, payee, 0);
        vm.prank(issuer);
        book.cashCheque(payee, payee, 100, byPayee, 0, "");
        vm.assertEq(token.balanceOf(payee), 100, "paid");
    }

    function test_FeeIsNotMoreThanThePayout() public {
        bytes memory byIssuer = cheque(payee, 100);
        bytes memory byPayee = cashout(other, 100, payee, 101);
        vm.prank(other);
        vm.expectRevert(Chequebook.CannotPayCaller.selector);
        book.cashCheque(payee, payee, 100, byPayee, 101, byIssuer);
    }

    function testFuzz_PaysWhatThereIs(uint96 promised, uint96 there, uint96 hardDeposit, uint96 elses) public {
        uint256 total = 1000 + uint256(there);
        token.mint(address(book), there);
        hardDeposit = uint96(bound(hardDeposit, 0, total));
        elses = uint96(bound(elses, 0, total - hardDeposit));
        increase(payee, hardDeposit);
        increase(other, elses);
        cash(payee, promised);

        uint256 most = total - elses;
        uint256 want = promised < most ? promised : most;
        vm.assertEq(token.balanceOf(payee), want, "paid");
        vm.assertEq(hard(payee).amount, want > hardDeposit ? 0 : hardDeposit - want, "hard deposit first");
        vm.assertEq(hard(other).amount, elses, "the other's is not touched");
        vm.assertEq(book.bounced(), promised > most, "bounced");
        vm.assertGe(book.balance(), book.totalHardDeposit(), "solvent");
    }
}

contract ChequebookHardDepositTest is ChequebookTest {
    function test_SetsAsideLiquidBalanceOnly() public {
        increase(payee, 600);
        vm.assertEq(book.liquidBalance(), 400, "liquid");
        vm.assertEq(book.liquidBalanceFor(payee), 1000, "for the payee");
        vm.assertEq(book.liquidBalanceFor(other), 400, "for another one");
        vm.expectRevert(Chequebook.HardDepositExceedsBalance.selector);
        increase(other, 401);
        increase(other, 400);
        vm.assertEq(book.totalHardDeposit(), 1000, "all of it");
    }

    function test_DecreasesAfterTheTimeout() public {
        increase(payee, 600);
        prepare(payee, 200);
        vm.assertEq(hard(payee).canBeDecreasedAt, block.timestamp + TIMEOUT, "a day");
        later(TIMEOUT - 1);
        vm.expectRevert(abi.encodeWithSelector(Chequebook.NotYetTimedOut.selector, block.timestamp + 1));
        book.decreaseHardDeposit(payee);
        later(1);
        book.decreaseHardDeposit(payee);
        vm.assertEq(hard(payee).amount, 400, "as prepared");
        vm.assertEq(book.liquidBalance(), 600, "liquid again");
        vm.expectRevert(abi.encodeWithSelector(Chequebook.NotYetTimedOut.selector, 0));
        book.decreaseHardDeposit(payee);
    }

    function test_IncreaseTakesAPreparedDecreaseBack() public {
        increase(payee, 600);
        prepare(payee, 600);
        later(TIMEOUT);
        increase(payee, 0);
        vm.expectRevert(abi.encodeWithSelector(Chequebook.NotYetTimedOut.selector, 0));
        book.decreaseHardDeposit(payee);
        vm.assertEq(hard(payee).decreaseAmount, 0, "nothing pending");
    }

    function test_PreparesNoMoreThanThereIs() public {
        increase(payee, 600);
        vm.expectRevert(Chequebook.HardDepositNotSufficient.selector);
        prepare(payee, 601);
    }

    function test_TimeoutBecomesLongerByAgreement() public {
        increase(payee, 600);
        bytes memory agreed = timeout(7 days);
        vm.prank(issuer);
        book.setCustomHardDepositTimeout(payee, 7 days, agreed);
        prepare(payee, 600);
        vm.assertEq(hard(payee).canBeDecreasedAt, block.timestamp + 7 days, "as agreed");
    }

    function test_TimeoutIsNotSetWithoutThePayeeNorBeyondBounds() public {
        bytes memory agreed = timeout(7 days);
        vm.prank(issuer);
        vm.expectRevert(Chequebook.InvalidBeneficiarySignature.selector);
        book.setCustomHardDepositTimeout(payee, 8 days, agreed);
        agreed = timeout(365 days + 1);
        vm.prank(issuer);
        vm.expectRevert(Chequebook.TimeoutTooLong.selector);
        book.setCustomHardDepositTimeout(payee, 365 days + 1, agreed);
        agreed = timeout(TIMEOUT);
        vm.prank(issuer);
        vm.expectRevert(abi.encodeWithSelector(Chequebook.TimeoutNotLonger.selector, TIMEOUT));
        book.setCustomHardDepositTimeout(payee, TIMEOUT, agreed);
    }

    function test_OnlyTheIssuer() public {
        vm.expectRevert(Chequebook.NotIssuer.selector);
        book.withdraw(1);
        vm.expectRevert(Chequebook.NotIssuer.selector);
        book.increaseHardDeposit(payee, 1);
        vm.expectRevert(Chequebook.NotIssuer.selector);
        book.prepareDecreaseHardDeposit(payee, 0);
        bytes memory agreed = timeout(7 days);
        vm.expectRevert(Chequebook.NotIssuer.selector);
        book.setCustomHardDepositTimeout(payee, 7 days, agreed);
    }
}
