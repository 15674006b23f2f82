// Writes pay/channel/testdata/x402.json: what x402's own client and facilitator sign
// and send, for Go and the contracts to be compared with. Everything
// in it comes from @x402/evm: digests are those of the typed data that it asked its
// signers to sign, calldata is what its facilitator would have sent.
// `make generate` runs it.
import { now } from "./fixed.mjs";
import { mkdirSync, writeFileSync } from "node:fs";
import { getContractAddress, hashTypedData, keccak256, stringToHex, zeroAddress } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import {
  BATCH_SETTLEMENT_ADDRESS,
  BATCH_SETTLEMENT_DOMAIN,
  ERC3009_DEPOSIT_COLLECTOR_ADDRESS,
} from "@x402/evm";
import {
  buildChannelConfig,
  computeChannelId,
  createBatchSettlementEIP3009DepositPayload,
  signVoucher,
} from "@x402/evm/batch-settlement/client";
import { Facilitator } from "./facilitator.mjs";

const keyOf = (name) => keccak256(stringToHex(`x402 vectors: ${name}`));

// A signer that keeps what it signed last of each type.
function signer(name) {
  const account = privateKeyToAccount(keyOf(name));
  return {
    name,
    address: account.address,
    signed: {},
    async signTypedData(data) {
      const signature = await account.signTypedData(data);
      this.signed[data.primaryType] = { digest: hashTypedData(data), signature, message: data.message };
      return signature;
    },
  };
}

const payer = signer("payer");
const session = signer("session");
const operator = signer("operator");
const minter = signer("minter");
const receiver = privateKeyToAccount(keyOf("receiver")).address;

// The token of chain 1337 is what its minter deploys first.
const devToken = getContractAddress({ from: minter.address, nonce: 0n });

function requirements({ chainId, token, name, version, withdrawDelay }) {
  return {
    scheme: "batch-settlement",
    network: `eip155:${chainId}`,
    amount: "1000",
    asset: token,
    payTo: receiver,
    maxTimeoutSeconds: 3600,
    extra: { receiverAuthorizer: operator.address, withdrawDelay, name, version },
  };
}

async function voucher(config, network, amount) {
  const channelId = computeChannelId(config, network);
  const by = config.payerAuthorizer === payer.address ? payer : session;
  const { signature } = await signVoucher(by, channelId, amount, network);
  return { maxClaimableAmount: amount, signer: by.name, digest: by.signed.Voucher.digest, signature };
}

async function deposit(config, terms, amount, maxClaimable, facilitator) {
  const { payload } = await createBatchSettlementEIP3009DepositPayload(
    payer, 2, terms, config, amount, maxClaimable, session,
  );
  const { validAfter, validBefore, salt, signature } = payload.deposit.authorization.erc3009Authorization;
  const state = facilitator.ledger.channel(payload.voucher.channelId);
  const calldata = await facilitator.calldataOf(payload, terms, () => (state.balance += BigInt(amount)));
  return {
    channelId: payload.voucher.channelId,
    amount, validAfter, validBefore, salt,
    nonce: payer.signed.ReceiveWithAuthorization.message.nonce,
    digest: payer.signed.ReceiveWithAuthorization.digest,
    signature,
    calldata,
  };
}

async function claimOf(config, network, max, total) {
  const { signature } = await voucher(config, network, max);
  return { voucher: { channel: config, maxClaimableAmount: max }, signature, totalClaimed: total };
}

// The facilitator has the operator sign what it sends: claims, refunds.
async function claim(chainId, terms, claims, facilitator) {
  const calldata = await facilitator.calldataOf({ type: "claim", claims }, terms);
  entered(chainId, claims, facilitator);
  const { digest, signature } = operator.signed.ClaimBatch;
  return { claims, digest, signature, calldata };
}

function entered(chainId, claims, facilitator) {
  for (const c of claims) {
    facilitator.ledger.channel(computeChannelId(c.voucher.channel, chainId)).totalClaimed = BigInt(c.totalClaimed);
  }
}

// With claims, both go into one transaction.
async function refund(chainId, terms, config, amount, claims, facilitator) {
  const channelId = computeChannelId(config, chainId);
  const state = facilitator.ledger.channel(channelId);
  const refundNonce = state.refundNonce.toString();
  const zeroCharge = claims[0]?.voucher.maxClaimableAmount ?? state.totalClaimed.toString();
  const payload = {
    type: "refund",
    channelConfig: config,
    voucher: { channelId, ...(await voucher(config, terms.network, zeroCharge)) },
    amount,
    refundNonce,
    claims,
  };
  const calldata = await facilitator.calldataOf(payload, terms);
  entered(chainId, claims, facilitator);
  const left = state.balance - state.totalClaimed;
  state.balance -= BigInt(amount) < left ? BigInt(amount) : left;
  state.refundNonce += 1n;
  const { digest, signature } = operator.signed.Refund;
  return { channelId, nonce: refundNonce, amount, digest, signature, claims, calldata };
}

function config(terms, salt, payerAuthorizer) {
  const deps = { signer: payer, voucherSigner: session, payerAuthorizer, salt: keccak256(stringToHex(salt)) };
  return buildChannelConfig(deps, terms);
}

async function channel(name, config, network, amounts) {
  const vouchers = [];
  for (const amount of amounts) vouchers.push(await voucher(config, network, amount));
  return { name, config, channelId: computeChannelId(config, network), vouchers };
}

// Chain 1337 has a story that a chain can live through: its calldata, sent in the order
// of the file, leaves the balances at its end.
async function devChain() {
  const chainId = 1337;
  const terms = requirements({ chainId, token: devToken, name: "Candela Test Token", version: "1", withdrawDelay: 86400 });
  const facilitator = new Facilitator(minter.address, operator);
  const [first, second] = [config(terms, "first"), config(terms, "second")];
  const channels = [
    await channel("first", first, terms.network, ["1", "1000", "250000", "1000000"]),
    await channel("second", second, terms.network, ["700"]),
  ];

  const deposits = [
    await deposit(first, terms, "1000000", "1000", facilitator),
    await deposit(second, terms, "50000", "700", facilitator),
    await deposit(first, terms, "250000", "250000", facilitator), // a top-up
  ];
  const claims = [
    await claim(chainId, terms, [await claimOf(first, terms.network, "1000", "900")], facilitator),
    await claim(
      chainId, terms,
      [await claimOf(first, terms.network, "250000", "250000"), await claimOf(second, terms.network, "700", "650")],
      facilitator,
    ),
  ];
  const settle = {
    receiver, token: devToken,
    calldata: await facilitator.calldataOf({ type: "settle", receiver, token: devToken }, terms),
  };
  const refunds = [
    await refund(chainId, terms, first, "400000", [], facilitator),
    await refund(chainId, terms, second, "50000", [await claimOf(second, terms.network, "800", "800")], facilitator),
  ];
  const finalStates = channels.map(({ channelId }) => {
    const { balance, totalClaimed, refundNonce } = facilitator.ledger.channel(channelId);
    return {
      channelId, balance: balance.toString(), totalClaimed: totalClaimed.toString(), refundNonce: refundNonce.toString(),
    };
  });
  return { chainId, token: devToken, tokenName: "Candela Test Token", tokenVersion: "1", channels, deposits, claims, settle, refunds, finalStates };
}

// Ids, digests and signatures of another chain, with the least and the greatest values.
async function otherChain() {
  const token = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"; // USD Coin on Base
  const terms = requirements({ chainId: 8453, token, name: "USD Coin", version: "2", withdrawDelay: 900 });
  const most = (2n ** 128n - 1n).toString();
  const slow = { ...config(terms, "slow"), withdrawDelay: 2_592_000 };
  const bare = { ...config(terms, "bare"), salt: `0x${"00".repeat(32)}` };
  const channels = [
    await channel("the payer signs vouchers itself", config(terms, "own", payer.address), terms.network, ["5", most]),
    await channel("longest delay", slow, terms.network, ["0", "340282366920938463"]),
    await channel("no salt", bare, terms.network, [most]),
    await channel("no authorizer: ERC-1271", config(terms, "none", zeroAddress), terms.network, []),
  ];
  return { chainId: 8453, token, tokenName: "USD Coin", tokenVersion: "2", channels };
}

const people = [payer, session, operator, minter].map(({ name, address }) => ({ name, address, key: keyOf(name) }));
const vectors = {
  comment: "Written by contracts/vectors/x402.mjs with npm's @x402/evm 2.27.0. Keys are public knowledge.",
  now,
  settlement: BATCH_SETTLEMENT_ADDRESS,
  collector: ERC3009_DEPOSIT_COLLECTOR_ADDRESS,
  domain: BATCH_SETTLEMENT_DOMAIN,
  people: [...people, { name: "receiver", address: receiver, key: keyOf("receiver") }],
  chains: [await devChain(), await otherChain()],
};
const folder = new URL("../../pay/channel/testdata/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("x402.json", folder), `${JSON.stringify(vectors, null, 2)}\n`);
