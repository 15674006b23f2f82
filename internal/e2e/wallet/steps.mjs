// The little that both wallet scripts share: named steps, assertions that say
// what they saw, and an exit code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export { assert };

export const probe = JSON.parse(readFileSync(new URL("Probe.json", import.meta.url), "utf8"));

// What one step may take: a transaction waits for a block, and blocks are seconds
// apart. A step that hangs fails by name instead of by the test runner's limit.
const stepLimit = Number(process.env.WALLET_STEP_SECONDS ?? 60) * 1000;

export function readArguments() {
  const [url, key] = process.argv.slice(2);
  if (!/^(https?|wss?):\/\//.test(url ?? "") || !/^0x[0-9a-f]{64}$/i.test(key ?? "")) {
    console.error("usage: node wallet-NAME.mjs http://HOST:PORT|ws://HOST:PORT 0xPRIVATEKEY");
    process.exit(2);
  }
  return { url, key, live: url.startsWith("ws") };
}

// deadline fails after the limit; what it waits for cannot be cancelled, but the
// process ends with the first failure.
export function deadline(promise, what, limit = stepLimit) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${limit / 1000} s`)), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// run calls main with a function step(name, fn) and exits 0 only if each step
// passed. The first failure ends it: later steps build on earlier ones.
export async function run(library, main) {
  let passed = 0;
  let current = "start";
  const step = async (name, fn) => {
    current = name;
    const result = await deadline(fn(), name);
    passed += 1;
    console.log(`${library}: ok ${name}`);
    return result;
  };
  try {
    await main(step);
  } catch (err) {
    console.error(`${library}: FAILED ${current}`);
    console.error(err);
    process.exit(1);
  }
  console.log(`${library}: ${passed} steps passed`);
  process.exit(0); // open sockets and pollers would keep the process alive
}

// rejection returns the error a promise fails with, and fails if it does not.
export async function rejection(promise, what) {
  try {
    await promise;
  } catch (err) {
    return err;
  }
  throw new assert.AssertionError({ message: `${what} should have failed` });
}

// rpc sends one raw request, or an array of them as a batch, over HTTP: what no
// library sends can be asked, and what it hides can be seen.
export async function rpc(url, body) {
  const response = await fetch(url.replace(/^ws/, "http"), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 200, `HTTP status ${response.status}`);
  return response.json();
}

export const request = (id, method, params = []) => ({ jsonrpc: "2.0", id, method, params });

// rawReverts asks eth_call directly: the code, wording and data of a revert are
// what every library builds its own error from.
export async function rawReverts(url, to, from, cases) {
  const replies = await rpc(
    url,
    cases.map((c, i) => request(i, "eth_call", [{ to, from, data: c.data }, "latest"])),
  );
  for (const [i, c] of cases.entries()) {
    const { error } = replies.find((r) => r.id === i);
    assert.ok(error, `${c.what}: no error`);
    assert.equal(error.code, 3, `${c.what}: code ${error.code} ${error.message}`);
    assert.equal(error.message, c.message, c.what);
    assert.equal(error.data, c.returns, `${c.what}: data`);
  }
}
