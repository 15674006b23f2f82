// Builds the contracts and writes bind/NAME.go for each that Go calls: go-ethereum's
// binding with the creation code, and the runtime code where a genesis block may
// place it. `make generate` runs it; CI fails when its output is stale.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Contracts with bindings. With runtime, the code works wherever it is placed: no
// constructor, no immutables.
const contracts = [{ name: "TestToken" }];

process.chdir(import.meta.dirname);
execFileSync("./forge", ["build", "--quiet"], { stdio: "inherit" });

const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "candela-bind-"));
try {
  for (const { name, runtime } of contracts) {
    const { abi, bytecode, deployedBytecode } = JSON.parse(readFileSync(`out/${name}.sol/${name}.json`, "utf8"));
    writeFileSync(join(scratch, "abi"), JSON.stringify(abi));
    writeFileSync(join(scratch, "bin"), bytecode.object);
    const out = join("bind", `${name.toLowerCase()}.go`);
    const flags = ["--v2", "--pkg=bind", `--type=${name}`, `--out=${join(import.meta.dirname, out)}`];
    const input = [`--abi=${join(scratch, "abi")}`, `--bin=${join(scratch, "bin")}`];
    execFileSync("go", ["tool", "-modfile=tools/abigen/go.mod", "abigen", ...flags, ...input], { cwd: root, stdio: "inherit" });
    chmodSync(out, 0o644);
    if (!runtime) continue;

    if (Object.keys(deployedBytecode.immutableReferences ?? {}).length > 0 || abi.some((f) => f.type === "constructor")) {
      throw new Error(`${name} has a constructor or immutables, so its runtime code cannot be placed`);
    }
    const constant = `
// ${name}Runtime is the code of a deployed ${name}, for a genesis block to place.
const ${name}Runtime = "${deployedBytecode.object}"
`;
    writeFileSync(out, readFileSync(out, "utf8") + constant);
  }
} finally {
  rmSync(scratch, { recursive: true });
}
