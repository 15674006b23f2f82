// x402's facilitator over a chain that is not there: it is told that each transaction
// went well, and what it would have sent is kept.
import { decodeFunctionData, encodeFunctionData, encodeFunctionResult, parseAbi } from "viem";
import { BatchSettlementEvmScheme } from "@x402/evm/batch-settlement/facilitator";

const views = parseAbi([
  "function tryAggregate(bool requireSuccess, (address target, bytes callData)[] calls) returns ((bool success, bytes returnData)[])",
  "function channels(bytes32 channelId) view returns (uint128 balance, uint128 totalClaimed)",
  "function pendingWithdrawals(bytes32 channelId) view returns (uint128 amount, uint40 initiatedAt)",
  "function refundNonce(bytes32 channelId) view returns (uint256)",
  "function balanceOf(address account) view returns (uint256)",
]);

// The chain as far as a facilitator looks at it before it sends anything.
class Ledger {
  channels = new Map(); // id to { balance, totalClaimed, refundNonce }
  fortune = 10n ** 12n; // what every payer has

  channel(id) {
    if (!this.channels.has(id)) this.channels.set(id, { balance: 0n, totalClaimed: 0n, refundNonce: 0n });
    return this.channels.get(id);
  }

  answer(name, args) {
    switch (name) {
      case "channels": {
        const { balance, totalClaimed } = this.channel(args[0]);
        return [balance, totalClaimed];
      }
      case "pendingWithdrawals":
        return [0n, 0];
      case "refundNonce":
        return this.channel(args[0]).refundNonce;
      case "balanceOf":
        return this.fortune;
      case "receivers":
        return [1n, 0n]; // there is something to settle
      default:
        return undefined; // a trial of what it is about to send
    }
  }

  aggregate(calls) {
    return calls.map(({ callData }) => {
      const { functionName, args } = decodeFunctionData({ abi: views, data: callData });
      const result = this.answer(functionName, args);
      return { success: true, returnData: encodeFunctionResult({ abi: views, functionName, result }) };
    });
  }
}

export class Facilitator {
  ledger = new Ledger();
  #sent = [];
  #effect;
  #scheme;

  // address sends transactions, authorizer signs claims and refunds.
  constructor(address, authorizer) {
    const hash = `0x${"11".repeat(32)}`;
    const signer = {
      getAddresses: () => [address],
      getCode: async () => undefined, // nobody is a contract
      readContract: async ({ functionName, args }) =>
        functionName === "tryAggregate" ? this.ledger.aggregate(args[1]) : this.ledger.answer(functionName, args),
      writeContract: async (call) => {
        this.#sent.push(encodeFunctionData(call));
        this.#effect();
        return hash;
      },
      waitForTransactionReceipt: async () => ({ status: "success", logs: [] }),
    };
    this.#scheme = new BatchSettlementEvmScheme(signer, authorizer);
  }

  // The calldata of the one transaction that it sends for a payload; effect is what that
  // changes in the ledger. The facilitator waits until it sees it.
  async calldataOf(payload, requirements, effect = () => {}) {
    this.#sent = [];
    this.#effect = effect;
    const done = await this.#scheme.settle({ x402Version: 2, accepted: requirements, payload }, requirements);
    if (!done.success || this.#sent.length !== 1) throw new Error(`not settled: ${JSON.stringify(done)}`);
    return this.#sent[0];
  }
}
