// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { TestToken } from "../src/TestToken.sol";
import { Test } from "./Test.sol";
import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";

contract TestTokenTest is Test {
    TestToken private token;

    function setUp() public {
        token = new TestToken(address(this));
    }

    function test_MintsForItsOwnerOnly() public {
        token.mint(address(1), 5);
        vm.assertEq(token.balanceOf(address(1)), 5, "minted");
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(2)));
        vm.prank(address(2));
        token.mint(address(2), 5);
    }
}
