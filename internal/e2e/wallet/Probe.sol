// SPDX-License-Identifier: LGPL-3.0-or-later
pragma solidity 0.8.37;

/// What the wallet tests deploy: one function for each thing a wallet may meet.
contract Probe {
    /// One call of a batch, and its result, in the shape wallets' multicall uses.
    struct Call3 {
        address target;
        bool allowFailure;
        bytes callData;
    }

    struct Result {
        bool success;
        bytes returnData;
    }

    uint256 public count;
    mapping(uint256 => uint256) public slots;

    event Bumped(address indexed by, uint256 indexed count, string note);

    error Refused(address who, uint256 wanted);

    /// Counts one up, and says so in an event.
    function bump(string calldata note) external returns (uint256) {
        count += 1;
        emit Bumped(msg.sender, count, note);
        return count;
    }

    /// Writes n slots that lie far apart in the storage trie.
    function fill(uint256 first, uint256 n) external {
        for (uint256 i = first; i < first + n; i++) {
            slots[i] = i + 1;
        }
    }

    /// Reads n slots: each is one proof for a light client.
    function sum(uint256 first, uint256 n) external view returns (uint256 total) {
        for (uint256 i = first; i < first + n; i++) {
            total += slots[i];
        }
    }

    /// The chain's own answer to a question that a light client must not guess.
    function hashOf(uint256 number) external view returns (bytes32) {
        return blockhash(number);
    }

    /// The block that a call runs on.
    function here() external view returns (uint256 number, uint256 time, uint256 fee, uint256 chain) {
        return (block.number, block.timestamp, block.basefee, block.chainid);
    }

    function failWithReason() external pure {
        revert("no luck today");
    }

    function failWithError(uint256 wanted) external view {
        revert Refused(msg.sender, wanted);
    }

    function failWithPanic(uint256 divisor) external pure returns (uint256) {
        return 1 / divisor;
    }

    /// Many calls in one, as wallets batch them.
    function aggregate3(Call3[] calldata calls) external payable returns (Result[] memory results) {
        results = new Result[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            (bool ok, bytes memory data) = calls[i].target.call(calls[i].callData);
            require(ok || calls[i].allowFailure, "Probe: a call failed");
            results[i] = Result(ok, data);
        }
    }

    receive() external payable {}
}
