import { spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

copyFileSync("user.ts", "esm.mts");
copyFileSync("user.ts", "commonjs.cts");

const page = { lib: ["es2022", "dom", "dom.iterable"], types: [] };
const server = { lib: ["es2022"], types: ["node"] };
const strict = { strict: true, noEmit: true, target: "es2022", skipLibCheck: false, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true };

let failures = 0;
for (const compiler of ["typescript", "typescript-5"]) {
  // The elder one resolves both in the same way.
  const repeats = (resolution) => compiler === "typescript-5" && resolution.moduleResolution === "nodenext";
  for (const [scope, types] of Object.entries({ page, server })) {
    for (const [resolution, files] of [
      [{ module: "node16", moduleResolution: "node16" }, ["esm.mts", "commonjs.cts"]],
      [{ module: "nodenext", moduleResolution: "nodenext" }, ["esm.mts", "commonjs.cts"]],
      [{ module: "esnext", moduleResolution: "bundler" }, ["user.ts"]],
    ]) {
      if (repeats(resolution) && !process.env.ENROLLKIT_FULL) continue;
      // Types of Node itself are not ours to check, and they are wrong under some settings.
      const compilerOptions = { ...strict, ...types, ...resolution };
      writeFileSync("tsconfig.json", JSON.stringify({ compilerOptions, files }));
      const tsc = spawnSync(process.execPath, [join("node_modules", compiler, "bin/tsc"), "-p", "tsconfig.json"], { encoding: "utf8" });
      const failed = tsc.status !== 0;
      failures += Number(failed);
      console.log(`${failed ? "FAILED" : "passed"}: ${compiler}, ${scope}, ${resolution.moduleResolution}\n${tsc.stdout}${tsc.stderr}`);
    }
  }
}
process.exitCode = failures === 0 ? 0 : 1;
