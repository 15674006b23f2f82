// What a wallet built on ethers v6 does, done against a light client.
//
//   node wallet-ethers.mjs http://127.0.0.1:8545 0xPREFUNDEDKEY
//
// With a ws:// address everything runs over one WebSocket, subscriptions included.
import {
  Contract,
  ContractFactory,
  Interface,
  JsonRpcProvider,
  NonceManager,
  Wallet,
  WebSocketProvider,
  ZeroHash,
  parseEther,
} from "ethers";
import { assert, deadline, probe, rawReverts, readArguments, rejection, request, rpc, run } from "./steps.mjs";

const { url, key, live } = readArguments();
const abi = new Interface(probe.abi);

const provider = live ? new WebSocketProvider(url) : new JsonRpcProvider(url);
if (!live) provider.pollingInterval = 500;
const signer = new Wallet(key, provider);
const wallet = new NonceManager(signer);
const me = signer.address;

// confirmed waits for a transaction and insists that it succeeded.
async function confirmed(tx) {
  const receipt = await deadline(tx.wait(1), `receipt of ${tx.hash}`);
  assert.equal(receipt.status, 1);
  assert.equal(receipt.hash, tx.hash);
  return receipt;
}

// after waits for a block later than number, so that it has a hash on chain.
async function after(number) {
  while ((await provider.getBlockNumber()) <= number) {
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

await run(live ? "ethers ws" : "ethers", async (step) => {
  await step("chain id, as three methods tell it", async () => {
    const { chainId } = await provider.getNetwork();
    assert.ok(chainId > 0n);
    const [id, network] = await rpc(url, [request(1, "eth_chainId"), request(2, "net_version")]);
    assert.equal(BigInt(id.result), chainId);
    assert.equal(typeof network.result, "string");
  });

  await step("balance and nonce", async () => {
    assert.ok((await provider.getBalance(me)) > parseEther("1"), `${me} is not prefunded`);
    assert.equal(await provider.getBalance("0x00000000000000000000000000000000000ca4de"), 0n);
    const latest = await provider.getTransactionCount(me, "latest");
    assert.ok((await provider.getTransactionCount(me, "pending")) >= latest);
  });

  await step("latest block and fee data", async () => {
    const block = await provider.getBlock("latest");
    const fees = await provider.getFeeData();
    assert.ok(block.baseFeePerGas > 0n);
    assert.ok(fees.gasPrice > 0n && fees.maxFeePerGas > fees.maxPriorityFeePerGas);
    const history = await provider.send("eth_feeHistory", ["0x2", "latest", [25, 75]]);
    assert.equal(history.baseFeePerGas.length, history.gasUsedRatio.length + 1);
  });

  const { contract, deployed } = await step("deploy a contract", async () => {
    const made = await new ContractFactory(abi, probe.bytecode, wallet).deploy();
    const receipt = await confirmed(made.deploymentTransaction());
    assert.equal(receipt.contractAddress, await made.getAddress());
    assert.equal(await provider.getCode(receipt.contractAddress), probe.deployedBytecode);
    return { contract: new Contract(receipt.contractAddress, abi, wallet), deployed: receipt };
  });
  const address = deployed.contractAddress;

  await step("call it", async () => {
    assert.equal(await contract.count(), 0n);
    assert.equal(BigInt(await provider.getStorage(address, 0)), 0n);
    assert.equal(await provider.getCode(address, deployed.blockNumber - 1), "0x", "no code before its block");
  });

  const bumped = await step("estimate, send, receipt with its event", async () => {
    const estimate = await contract.bump.estimateGas("first");
    assert.ok(estimate > 21000n);
    const receipt = await confirmed(await contract.bump("first"));
    assert.ok(receipt.gasUsed <= estimate, `used ${receipt.gasUsed} of ${estimate} estimated`);
    assert.equal(receipt.logs.length, 1);
    const event = abi.parseLog(receipt.logs[0]);
    assert.deepEqual([event.name, ...event.args], ["Bumped", me, 1n, "first"]);
    assert.equal(await contract.count(), 1n);
    assert.equal(BigInt(await provider.getStorage(address, 0)), 1n);
    return receipt;
  });

  await step("two transactions without waiting", async () => {
    const sent = [await contract.bump("second"), await contract.bump("third")];
    assert.equal(sent[1].nonce, sent[0].nonce + 1);
    await Promise.all(sent.map(confirmed));
    assert.equal(await contract.count(), 3n);
  });

  await step("logs by filter and by block", async () => {
    const all = await contract.queryFilter(contract.filters.Bumped(me), deployed.blockNumber, "latest");
    assert.deepEqual(all.map((log) => log.args.note), ["first", "second", "third"]);
    const one = await provider.getLogs({ address, topics: [null, null, `0x${"2".padStart(64, "0")}`], fromBlock: deployed.blockNumber });
    assert.deepEqual(one.map((log) => abi.parseLog(log).args.note), ["second"]);
    const byHash = await provider.getLogs({ address, blockHash: bumped.blockHash });
    assert.equal(byHash[0].transactionHash, bumped.hash);
    assert.deepEqual(await provider.getLogs({ address, topics: [ZeroHash], fromBlock: deployed.blockNumber }), []);
  });

  await step("transaction and block by hash", async () => {
    const tx = await provider.getTransaction(bumped.hash);
    assert.deepEqual([tx.from, tx.to, tx.blockNumber], [me, address, bumped.blockNumber]);
    const block = await provider.getBlock(bumped.blockHash, true);
    assert.ok(block.prefetchedTransactions.some((t) => t.hash === bumped.hash));
    assert.equal(await provider.getTransaction(`0x${"ab".repeat(32)}`), null);
  });

  await step("reverts: reason, custom error, panic", async () => {
    const reason = await rejection(contract.failWithReason.staticCall(), "failWithReason");
    assert.deepEqual([reason.code, reason.reason], ["CALL_EXCEPTION", "no luck today"]);
    const custom = await rejection(contract.failWithError.staticCall(7n), "failWithError");
    assert.equal(custom.revert.name, "Refused");
    assert.deepEqual([...custom.revert.args], [me, 7n]);
    const panic = await rejection(contract.failWithPanic.staticCall(0n), "failWithPanic");
    assert.equal(panic.revert.name, "Panic");
    const estimate = await rejection(contract.failWithReason.estimateGas(), "estimating failWithReason");
    assert.deepEqual([estimate.code, estimate.reason], ["CALL_EXCEPTION", "no luck today"]);
    const text = new Interface(["error Error(string)", "error Panic(uint256)"]);
    await rawReverts(url, address, me, [
      {
        what: "reason",
        data: abi.encodeFunctionData("failWithReason"),
        message: "execution reverted: no luck today",
        returns: text.encodeErrorResult("Error", ["no luck today"]),
      },
      {
        what: "custom error",
        data: abi.encodeFunctionData("failWithError", [7n]),
        message: "execution reverted",
        returns: abi.encodeErrorResult("Refused", [me, 7n]),
      },
      {
        what: "panic",
        data: abi.encodeFunctionData("failWithPanic", [0n]),
        message: "execution reverted: division or modulo by zero",
        returns: text.encodeErrorResult("Panic", [0x12n]),
      },
    ]);
  });

  await step("BLOCKHASH and block values are the chain's", async () => {
    await after(bumped.blockNumber);
    const at = await provider.getBlock("latest");
    for (const number of [at.number - 1, bumped.blockNumber, Math.max(at.number - 200, 0)]) {
      const seen = await provider.getBlock(number);
      assert.equal(await contract.hashOf(number, { blockTag: at.number }), seen.hash, `hash of block ${number}`);
    }
    assert.equal(await contract.hashOf(at.number + 1, { blockTag: at.number }), ZeroHash);
    const here = await contract.here({ blockTag: at.number });
    assert.deepEqual([Number(here.number), Number(here.time)], [at.number, at.timestamp]);
  });

  await step("many slots in one call", async () => {
    await confirmed(await contract.fill(0, 100));
    assert.equal(await contract.sum(0, 100), 5050n);
    assert.equal(await contract.sum(50, 100), 3775n, "half of the slots are empty");
  });

  await step("many calls at once", async () => {
    const at = await provider.getBlockNumber();
    const slots = await Promise.all(Array.from({ length: 40 }, (_, i) => contract.slots(i, { blockTag: at })));
    assert.deepEqual(slots, Array.from({ length: 40 }, (_, i) => BigInt(i + 1)));
    const results = await contract.aggregate3.staticCall([
      { target: address, allowFailure: false, callData: abi.encodeFunctionData("sum", [0, 10]) },
      { target: address, allowFailure: true, callData: abi.encodeFunctionData("failWithReason") },
      { target: address, allowFailure: false, callData: abi.encodeFunctionData("count") },
    ]);
    assert.deepEqual(results.map((r) => r.success), [true, false, true]);
    assert.equal(BigInt(results[0].returnData), 55n);
  });

  await step("plain transfers: legacy and with an access list", async () => {
    const to = Wallet.createRandom().address;
    await confirmed(await wallet.sendTransaction({ to, value: 1n, type: 0 }));
    await confirmed(await wallet.sendTransaction({ to, value: 2n, type: 1, accessList: [[address, [ZeroHash]]] }));
    assert.equal(await provider.getBalance(to), 3n);
  });

  await step("refused transactions, in geth's words", async () => {
    const poor = Wallet.createRandom(provider);
    const broke = await rejection(poor.sendTransaction({ to: me, value: 1n, gasLimit: 21000n }), "sending without funds");
    assert.equal(broke.code, "INSUFFICIENT_FUNDS");
    const stale = await rejection(signer.sendTransaction({ to: me, nonce: 0, gasLimit: 21000n }), "an old nonce");
    assert.equal(stale.code, "NONCE_EXPIRED");
  });

  await step("new blocks, none skipped", async () => {
    const numbers = await new Promise((resolve) => {
      const seen = [];
      provider.on("block", (number) => {
        seen.push(number);
        if (seen.length === 3) resolve(seen);
      });
    });
    assert.deepEqual(numbers, [numbers[0], numbers[0] + 1, numbers[0] + 2]);
    await provider.off("block");
  });

  await step(live ? "an event by subscription" : "an event by polling", async () => {
    let heard;
    const event = new Promise((resolve) => {
      heard = resolve;
    });
    await contract.on("Bumped", (...args) => heard(args));
    const receipt = await confirmed(await contract.bump("heard"));
    const [by, count, note, payload] = await event;
    assert.deepEqual([by, count, note], [me, 4n, "heard"]);
    assert.equal(payload.log.transactionHash, receipt.hash);
    await contract.off("Bumped");
  });
});
