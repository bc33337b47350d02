// The program of this platform, without the package's own install script.
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

const programs = readdirSync("node_modules/@oven").map((name) => `node_modules/@oven/${name}/bin/bun`).filter(existsSync);
const bun = programs.find((program) => {
  try {
    return execFileSync(program, ["--version"]);
  } catch {
    return false;
  }
});
assert.ok(bun, `none of ${programs.join(", ")} runs here`);
const run = (...args) => execFileSync(bun, args, { stdio: "inherit" });
run("run", "esm.mjs");
run("run", "commonjs.cjs");
run("build", "esm.mjs", "--target=browser", "--outfile=out/app.mjs");
await import("./out/app.mjs");
