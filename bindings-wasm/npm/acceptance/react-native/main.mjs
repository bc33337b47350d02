import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { getDefaultConfig, mergeConfig } from "@react-native/metro-config";
import Metro from "metro";

const here = import.meta.dirname;
const root = process.env.ENROLLKIT_ROOT;
const require = createRequire(import.meta.url);
const BINARIES = { linux: "linux64-bin", darwin: "osx-bin", win32: "win64-bin" }[process.platform];
const binary = (name, file) => join(dirname(require.resolve(`${name}/package.json`)), file);
const HERMESC = binary("hermes-compiler", `hermesc/${BINARIES}/hermesc`);
const HERMES = binary("hermes-engine-cli", `${BINARIES}/hermes`);

// The vectors and their runner, as the app's own files. Metro does not know `.mjs`.
const vectors = join(root, "tests/vectors");
const files = readdirSync(vectors).filter((name) => name.endsWith(".json")).map((name) => ({ name, text: readFileSync(join(vectors, name), "utf8") }));
writeFileSync(join(here, "files.js"), `export const files = ${JSON.stringify(files)};\n`);
mkdirSync(join(here, "support"), { recursive: true });
for (const name of ["exact", "vectors", "page_vectors"]) {
  const text = readFileSync(join(root, `bindings-wasm/npm/test/support/${name}.mjs`), "utf8");
  writeFileSync(join(here, `support/${name}.js`), text.replaceAll(/(from "\.\/\w+)\.mjs"/g, '$1.js"'));
}

// A new project's configuration, but for what starts React Native itself.
const config = mergeConfig(getDefaultConfig(here), {
  watchFolders: [here],
  // Nothing of another run.
  cacheStores: [],
  resetCache: true,
  reporter: { update() {} },
  serializer: { getModulesRunBeforeMainModule: () => [] },
});

/** What an app says last: bundled, compiled as for a release, and run. */
async function said(entry, platform, profile, config) {
  const bundle = join(here, `out/${platform}-${profile}-${entry}`);
  mkdirSync(dirname(bundle), { recursive: true });
  // Nobody has Hermes read a minified text.
  await Metro.runBuild(config, { entry, platform, dev: false, minify: false, unstable_transformProfile: profile, out: bundle });
  execFileSync(HERMESC, ["-O", "-w", "-emit-binary", "-out", `${bundle}.hbc`, bundle]);
  // Classes are no words of the old machine's: where they are left, the bundle runs in an engine as bare that knows them.
  const [program, ...args] = profile === "default" ? [HERMES, "-O", "-w"] : [process.execPath, "--jitless", "--require", join(here, "bare.cjs")];
  const output = execFileSync(program, [...args, bundle], { encoding: "utf8", maxBuffer: 1 << 26, timeout: 120_000 });
  console.log(`${platform}, ${profile}, ${entry}: ${statSync(bundle).size} bytes, compiled ${statSync(`${bundle}.hbc`).size}`);
  return JSON.parse(output.match(/^acceptance: (.*)$/m)[1]);
}

// What `react-native bundle` asks for, and what a development server does.
const PROFILES = ["default", "hermes-stable"];
const pairs = ["android", "ios"].flatMap((platform) => PROFILES.map((profile) => [platform, profile]));
const isFull = process.env.ENROLLKIT_FULL !== undefined;
const results = [];
for (const [platform, profile] of isFull ? pairs : [pairs[0], pairs[3]]) {
  const { failures, ...result } = await said("index.js", platform, profile, config);
  assert.deepEqual(failures, [], `${platform}, ${profile}`);
  results.push(result);
}
for (const result of results) assert.deepEqual(result, results[0]);
assert.ok(["call", "check", "intent", "json", "no_response", "read", "value"].every((kind) => results[0].counts[kind] > 0), JSON.stringify(results[0]));

// Before Metro 0.82 no `exports` were read.
if (isFull) assert.equal(await said("old.js", "android", "default", mergeConfig(config, { resolver: { unstable_enablePackageExports: false } })), "/api/smile");
