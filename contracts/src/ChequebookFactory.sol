// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

import { Chequebook } from "./Chequebook.sol";
import { Clones } from "@openzeppelin/contracts/proxy/Clones.sol";

/// @title Makes chequebooks for one token, with Swarm's ABI (SimpleSwapFactory)
/// @notice A beneficiary accepts cheques only of chequebooks that a factory it knows has deployed: their code is the
/// master's.
contract ChequebookFactory {
    /// @notice The token of all its chequebooks.
    // forge-lint: disable-next-line(mixed-case-variable)
    address public ERC20Address;
    /// @notice The code behind its chequebooks, which are clones.
    address public master;
    mapping(address chequebook => bool) public deployedContracts;

    event SimpleSwapDeployed(address contractAddress);

    constructor(address _ERC20Address) {
        ERC20Address = _ERC20Address;
        Chequebook code = new Chequebook();
        code.init(address(1), address(0), 0); // so that nobody else does
        master = address(code);
    }

    /// @notice Deploys a chequebook for an issuer. Its address depends on the caller and its salt, so that nobody can
    /// take it first.
    function deploySimpleSwap(address issuer, uint256 defaultHardDepositTimeoutDuration, bytes32 salt)
        external
        returns (address chequebook)
    {
        chequebook = Clones.cloneDeterministic(master, keccak256(abi.encode(msg.sender, salt)));
        deployedContracts[chequebook] = true;
        emit SimpleSwapDeployed(chequebook);
        Chequebook(chequebook).init(issuer, ERC20Address, defaultHardDepositTimeoutDuration);
    }
}
