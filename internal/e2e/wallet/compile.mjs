// Compiles Probe.sol into Probe.json. `make generate` runs it; the result is
// committed, so that tests need no compiler, and CI fails when it is stale.
import { readFileSync, writeFileSync } from "node:fs";
import solc from "solc";

const here = (name) => new URL(name, import.meta.url);

const input = {
  language: "Solidity",
  sources: { "Probe.sol": { content: readFileSync(here("Probe.sol"), "utf8") } },
  settings: {
    evmVersion: "shanghai", // runs on every chain that the tests use
    optimizer: { enabled: true, runs: 200 },
    metadata: { bytecodeHash: "none", appendCBOR: false }, // the code and nothing else
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
  },
};

const output = JSON.parse(solc.compile(JSON.stringify(input)));
const faults = (output.errors ?? []).map((e) => e.formattedMessage);
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}

const { abi, evm } = output.contracts["Probe.sol"].Probe;
const artifact = {
  compiler: solc.version(),
  bytecode: `0x${evm.bytecode.object}`,
  deployedBytecode: `0x${evm.deployedBytecode.object}`,
  abi,
};
writeFileSync(here("Probe.json"), `${JSON.stringify(artifact, null, 2)}\n`);
