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

// What `react-native bundle` asks for, and what a development server does; neither has Hermes read a minified text.
const PROFILES = ["default", "hermes-stable"];
const pairs = ["android", "ios"].flatMap((platform) => PROFILES.map((profile) => [platform, profile]));

const results = [];
for (const [platform, profile] of process.env.ENROLLKIT_FULL ? pairs : [pairs[0], pairs[3]]) {
  const bundle = join(here, `out/${platform}-${profile}.js`);
  mkdirSync(dirname(bundle), { recursive: true });
  await Metro.runBuild(config, { entry: "index.js", platform, dev: false, minify: false, unstable_transformProfile: profile, out: bundle });
  execFileSync(HERMESC, ["-O", "-w", "-emit-binary", "-out", `${bundle}.hbc`, bundle]);
  // Classes are no words of the old machine's: where they are left, the bundle runs in an engine as bare that knows them.
  const [program, ...args] = profile === "default" ? [HERMES, "-O", "-w"] : [process.execPath, "--jitless", "--require", join(here, "bare.cjs")];
  const said = execFileSync(program, [...args, bundle], { encoding: "utf8", maxBuffer: 1 << 26, timeout: 120_000 });
  const { counts, failures, values } = JSON.parse(said.match(/^acceptance: (.*)$/m)[1]);
  assert.deepEqual(failures, [], `${platform}, ${profile}`);
  results.push({ platform, profile, counts, values, bytes: statSync(bundle).size, compiled: statSync(`${bundle}.hbc`).size });
}
assert.ok(results[0].counts.check > 0 && results[0].counts.intent > 0 && results[0].counts.read > 0, JSON.stringify(results[0]));
for (const { counts, values } of results) assert.deepEqual({ counts, values }, { counts: results[0].counts, values: results[0].values });
for (const { platform, profile, bytes, compiled } of results) console.log(`${platform}, ${profile}: ${bytes} bytes, compiled ${compiled}`);
