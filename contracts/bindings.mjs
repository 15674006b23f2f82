// Builds the contracts and writes bind/NAME.go for each that Go calls: go-ethereum's
// binding with the creation code, and the runtime code where a genesis block may
// place it. `make generate` runs it; CI fails when its output is stale.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Contracts with bindings. With runtime, the code works wherever it is placed: no
// constructor, no immutables.
const contracts = [
  { name: "BatchSettlement", runtime: true },
  { name: "Chequebook" },
  { name: "ChequebookFactory" },
  { name: "ERC3009Collector", runtime: true },
  { name: "Lottery", runtime: true },
  { name: "TestToken" },
];

// ERC-5267, which says a contract's domain, is left out: Go knows the domains, and the
// type of its result would be declared once for each contract, by the same name.
const wanted = ({ name }) => name !== "eip712Domain" && name !== "EIP712DomainChanged";

process.chdir(import.meta.dirname);
const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "candela-bind-"));
try {
  // Into a folder of its own: what other commands of forge left in out may lack the code.
  const out = join(scratch, "out");
  const places = [`--out=${out}`, `--cache-path=${join(scratch, "cache")}`];
  execFileSync("./forge", ["build", "src", "--quiet", ...places], { stdio: "inherit" });
  for (const { name, runtime } of contracts) {
    const { abi, bytecode, deployedBytecode } = JSON.parse(readFileSync(join(out, `${name}.sol`, `${name}.json`), "utf8"));
    writeFileSync(join(scratch, "abi"), JSON.stringify(abi.filter(wanted)));
    writeFileSync(join(scratch, "bin"), bytecode.object);
    const file = join("bind", `${name.toLowerCase()}.go`);
    const flags = ["--v2", "--pkg=bind", `--type=${name}`, `--out=${join(import.meta.dirname, file)}`];
    const input = [`--abi=${join(scratch, "abi")}`, `--bin=${join(scratch, "bin")}`];
    execFileSync("go", ["tool", "-modfile=tools/abigen/go.mod", "abigen", ...flags, ...input], { cwd: root, stdio: "inherit" });
    chmodSync(file, 0o644);
    if (!runtime) continue;

    if (Object.keys(deployedBytecode.immutableReferences ?? {}).length > 0 || abi.some((f) => f.type === "constructor")) {
      throw new Error(`${name} has a constructor or immutables, so its runtime code cannot be placed`);
    }
    const constant = `
// ${name}Runtime is the code of a deployed ${name}, for a genesis block to place.
const ${name}Runtime = "${deployedBytecode.object}"
`;
    writeFileSync(file, readFileSync(file, "utf8") + constant);
  }
} finally {
  rmSync(scratch, { recursive: true });
}
