// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

/// @title One way to bring a payer's tokens into a channel.
interface IDepositCollector {
    /// @notice Moves amount of token from payer to the caller, the settlement contract, or reverts. The payer's
    /// consent must name channelId, or a stranger could put the payer's money into a channel of his own.
    /// @param collectorData what this way needs: signatures, nonces, times
    function collect(address payer, address token, uint256 amount, bytes32 channelId, bytes calldata collectorData)
        external;
}
