// What a wallet built on viem does, done against a light client.
//
//   node wallet-viem.mjs http://127.0.0.1:8545 0xPREFUNDEDKEY
//
// With a ws:// address everything runs over one WebSocket, subscriptions included.
import {
  createPublicClient,
  createWalletClient,
  decodeEventLog,
  defineChain,
  encodeAbiParameters,
  encodeErrorResult,
  encodeFunctionData,
  getContract,
  http,
  parseEther,
  webSocket,
  zeroHash,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { assert, deadline, probe, rawReverts, readArguments, rejection, request, rpc, run } from "./steps.mjs";

const { url, key, live } = readArguments();
const { abi, bytecode, deployedBytecode } = probe;
const account = privateKeyToAccount(key);

// Retries would hide an answer that should have come at once.
const transport = live ? webSocket(url, { retryCount: 0 }) : http(url, { batch: true, retryCount: 0 });
const pollingInterval = 500;

// found returns the first error of the given name among err and its causes.
function found(err, name) {
  for (let at = err; at; at = at.cause) {
    if (at.name === name) return at;
  }
  throw new assert.AssertionError({ message: `no ${name} in: ${err}` });
}

await run(live ? "viem ws" : "viem", async (step) => {
  const chain = await step("chain id, as three methods tell it", async () => {
    const client = createPublicClient({ transport });
    const id = await client.getChainId();
    assert.ok(id > 0);
    const [raw, network] = await rpc(url, [request(1, "eth_chainId"), request(2, "net_version")]);
    assert.equal(Number(raw.result), id);
    assert.equal(typeof network.result, "string");
    return defineChain({
      id,
      name: "test",
      nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
      rpcUrls: { default: { http: [url] } },
    });
  });
  const reader = createPublicClient({ chain, transport, pollingInterval, cacheTime: 0 });
  const wallet = createWalletClient({ account, chain, transport });

  async function confirmed(hash) {
    const receipt = await deadline(reader.waitForTransactionReceipt({ hash }), `receipt of ${hash}`);
    assert.equal(receipt.status, "success");
    return receipt;
  }

  await step("balance and nonce", async () => {
    assert.ok((await reader.getBalance({ address: account.address })) > parseEther("1"), "not prefunded");
    const nonce = (blockTag) => reader.getTransactionCount({ address: account.address, blockTag });
    assert.ok((await nonce("pending")) >= (await nonce("latest")));
  });

  await step("latest block and fee data", async () => {
    const block = await reader.getBlock();
    assert.ok(block.baseFeePerGas > 0n);
    const fees = await reader.estimateFeesPerGas();
    assert.ok(fees.maxFeePerGas > fees.maxPriorityFeePerGas);
    assert.ok((await reader.getGasPrice()) > 0n);
    const history = await reader.getFeeHistory({ blockCount: 2, rewardPercentiles: [50] });
    assert.equal(history.baseFeePerGas.length, history.gasUsedRatio.length + 1);
  });

  const deployed = await step("deploy a contract", async () => {
    const receipt = await confirmed(await wallet.deployContract({ abi, bytecode }));
    assert.equal(await reader.getCode({ address: receipt.contractAddress }), deployedBytecode);
    return receipt;
  });
  const address = deployed.contractAddress;
  const contract = getContract({ address, abi, client: { public: reader, wallet } });

  await step("call it", async () => {
    assert.equal(await contract.read.count(), 0n);
    assert.equal(BigInt(await reader.getStorageAt({ address, slot: "0x0" })), 0n);
    assert.equal(await reader.getCode({ address, blockNumber: deployed.blockNumber - 1n }), undefined);
  });

  const bumped = await step("estimate, simulate, send, receipt with its event", async () => {
    const estimate = await contract.estimateGas.bump(["first"], { account });
    const { result, request: prepared } = await contract.simulate.bump(["first"], { account });
    assert.equal(result, 1n);
    const receipt = await confirmed(await wallet.writeContract(prepared));
    assert.ok(receipt.gasUsed <= estimate, `used ${receipt.gasUsed} of ${estimate} estimated`);
    const event = decodeEventLog({ abi, ...receipt.logs[0] });
    assert.deepEqual(event.args, { by: account.address, count: 1n, note: "first" });
    assert.equal(await contract.read.count(), 1n);
    return receipt;
  });

  await step("two transactions without waiting", async () => {
    const sent = [await contract.write.bump(["second"]), await contract.write.bump(["third"])];
    await Promise.all(sent.map(confirmed));
    assert.equal(await contract.read.count(), 3n);
  });

  await step("logs by event, by argument and by block", async () => {
    const range = { fromBlock: deployed.blockNumber, toBlock: "latest" };
    const all = await contract.getEvents.Bumped({ by: account.address }, range);
    assert.deepEqual(all.map((log) => log.args.note), ["first", "second", "third"]);
    const one = await contract.getEvents.Bumped({ count: [2n, 9n] }, range);
    assert.deepEqual(one.map((log) => log.args.note), ["second"]);
    const byHash = await reader.getLogs({ address, blockHash: bumped.blockHash });
    assert.equal(byHash[0].transactionHash, bumped.transactionHash);
  });

  await step("transaction and block by hash", async () => {
    const tx = await reader.getTransaction({ hash: bumped.transactionHash });
    assert.equal(tx.blockHash, bumped.blockHash);
    const block = await reader.getBlock({ blockHash: bumped.blockHash, includeTransactions: true });
    assert.ok(block.transactions.some((t) => t.hash === bumped.transactionHash));
    const unknown = await rejection(reader.getTransaction({ hash: `0x${"ab".repeat(32)}` }), "an unknown transaction");
    assert.equal(unknown.name, "TransactionNotFoundError");
  });

  await step("reverts: reason, custom error, panic", async () => {
    const call = (functionName, args) =>
      rejection(reader.simulateContract({ address, abi, functionName, args, account }), functionName);
    assert.equal(found(await call("failWithReason", []), "ContractFunctionRevertedError").reason, "no luck today");
    const { data } = found(await call("failWithError", [7n]), "ContractFunctionRevertedError");
    assert.deepEqual([data.errorName, ...data.args], ["Refused", account.address, 7n]);
    const panic = found(await call("failWithPanic", [0n]), "ContractFunctionRevertedError");
    assert.deepEqual([panic.data.errorName, ...panic.data.args], ["Panic", 0x12n]);
    const estimate = await rejection(contract.estimateGas.failWithReason({ account }), "estimating failWithReason");
    assert.match(String(estimate), /no luck today/);
    const encoded = (selector, type, value) => selector + encodeAbiParameters([{ type }], [value]).slice(2);
    await rawReverts(url, address, account.address, [
      {
        what: "reason",
        data: encodeFunctionData({ abi, functionName: "failWithReason" }),
        message: "execution reverted: no luck today",
        returns: encoded("0x08c379a0", "string", "no luck today"),
      },
      {
        what: "custom error",
        data: encodeFunctionData({ abi, functionName: "failWithError", args: [7n] }),
        message: "execution reverted",
        returns: encodeErrorResult({ abi, errorName: "Refused", args: [account.address, 7n] }),
      },
      {
        what: "panic",
        data: encodeFunctionData({ abi, functionName: "failWithPanic", args: [0n] }),
        message: "execution reverted: division or modulo by zero",
        returns: encoded("0x4e487b71", "uint256", 0x12n),
      },
    ]);
  });

  await step("BLOCKHASH and block values are the chain's", async () => {
    let at = await reader.getBlock();
    while (at.number <= bumped.blockNumber) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      at = await reader.getBlock();
    }
    const blockNumber = at.number;
    const old = blockNumber > 200n ? blockNumber - 200n : 0n;
    for (const number of [blockNumber - 1n, bumped.blockNumber, old]) {
      const seen = await reader.getBlock({ blockNumber: number });
      assert.equal(await contract.read.hashOf([number], { blockNumber }), seen.hash, `hash of block ${number}`);
    }
    assert.equal(await contract.read.hashOf([blockNumber + 1n], { blockNumber }), zeroHash);
    const [number, time] = await contract.read.here({ blockNumber });
    assert.deepEqual([number, time], [blockNumber, at.timestamp]);
  });

  await step("many slots in one call", async () => {
    await confirmed(await contract.write.fill([0n, 100n]));
    assert.equal(await contract.read.sum([0n, 100n]), 5050n);
    assert.equal(await contract.read.sum([50n, 100n]), 3775n, "half of the slots are empty");
  });

  await step("many calls at once, and a multicall", async () => {
    const blockNumber = await reader.getBlockNumber();
    const slots = await Promise.all(Array.from({ length: 40 }, (_, i) => contract.read.slots([BigInt(i)], { blockNumber })));
    assert.deepEqual(slots, Array.from({ length: 40 }, (_, i) => BigInt(i + 1)));
    const results = await reader.multicall({
      multicallAddress: address,
      contracts: [
        { address, abi, functionName: "sum", args: [0n, 10n] },
        { address, abi, functionName: "failWithReason" },
        { address, abi, functionName: "count" },
      ],
    });
    assert.deepEqual(results.map((r) => r.status), ["success", "failure", "success"]);
    assert.deepEqual([results[0].result, results[2].result], [55n, 3n]);
  });

  await step("a proof, and an access list", async () => {
    const proof = await reader.getProof({ address, storageKeys: [zeroHash] });
    assert.equal(proof.storageProof[0].value, 3n);
    assert.ok(proof.accountProof.length > 0 && proof.storageProof[0].proof.length > 0);
    const { accessList } = await reader.createAccessList({
      account,
      to: address,
      data: encodeFunctionData({ abi, functionName: "sum", args: [0n, 2n] }),
    });
    assert.equal(accessList.find((e) => e.address.toLowerCase() === address.toLowerCase())?.storageKeys.length, 2);
  });

  await step("state overrides", async () => {
    const { data } = await reader.call({
      to: address,
      data: encodeFunctionData({ abi, functionName: "count" }),
      stateOverride: [{ address, stateDiff: [{ slot: zeroHash, value: `0x${"63".padStart(64, "0")}` }] }],
    });
    assert.equal(BigInt(data), 99n);
  });

  await step("refused transactions, in geth's words", async () => {
    const poor = createWalletClient({ account: privateKeyToAccount(generatePrivateKey()), chain, transport });
    const to = account.address;
    const broke = await rejection(poor.sendTransaction({ to, value: 1n, gas: 21000n }), "sending without funds");
    found(broke, "InsufficientFundsError");
    const stale = await rejection(wallet.sendTransaction({ to, nonce: 0, gas: 21000n }), "an old nonce");
    found(stale, "NonceTooLowError");
  });

  await step("new blocks, none skipped", async () => {
    const numbers = await new Promise((resolve, reject) => {
      const seen = [];
      const stop = reader.watchBlocks({
        emitMissed: true,
        onError: reject,
        onBlock: ({ number }) => {
          seen.push(number);
          if (seen.length === 3) {
            stop();
            resolve(seen);
          }
        },
      });
    });
    assert.deepEqual(numbers, [numbers[0], numbers[0] + 1n, numbers[0] + 2n]);
  });

  await step(live ? "an event by subscription" : "an event by filter", async () => {
    let stop;
    const event = new Promise((resolve, reject) => {
      stop = contract.watchEvent.Bumped({}, { onLogs: ([log]) => resolve(log), onError: reject });
    });
    await new Promise((resolve) => setTimeout(resolve, 1000)); // viem does not say when it listens
    const receipt = await confirmed(await contract.write.bump(["heard"]));
    const log = await event;
    assert.deepEqual([log.args.note, log.transactionHash], ["heard", receipt.transactionHash]);
    stop();
  });
});
