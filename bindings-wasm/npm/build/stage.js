// `node stage.js VERSION FOLDER`: what `npm pack` packs. The package's own package.json says nothing of how it is made.

import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const [version, folder] = process.argv.slice(2);
if (version === undefined || folder === undefined) throw new Error("usage: node stage.js VERSION FOLDER");
const npm = dirname(dirname(fileURLToPath(import.meta.url)));
const workspace = join(npm, "../..");

rmSync(folder, { recursive: true, force: true });
cpSync(join(npm, "dist"), join(folder, "dist"), { recursive: true });
for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) cpSync(join(workspace, name), join(folder, name));
for (const name of ["README.md", "RECIPES.md", "REACT_NATIVE.md"]) cpSync(join(npm, name), join(folder, name));

const { private: _, scripts, devDependencies, "//": reasons, ...manifest } = JSON.parse(readFileSync(join(npm, "package.json"), "utf8"));
writeFileSync(join(folder, "package.json"), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);

const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((file) => statSync(file).isFile());
// Paths of sources get into panics: of the machine that built this, its users should learn nothing.
for (const file of files) {
  const bytes = readFileSync(file);
  for (const trace of [workspace, join(homedir(), ".cargo"), "index.crates.io", "registry.npmjs.org"]) {
    if (!bytes.includes(trace)) continue;
    console.error(`${relative(folder, file)} names ${trace}`);
    process.exit(1);
  }
}

const kilobytes = (count) => `${(count / 1000).toFixed(1)} KB`;
console.log(`${"".padEnd(24)}${"raw".padStart(12)}${"gzip".padStart(12)}`);
let [raw, declarations] = [0, 0];
for (const file of files.sort()) {
  const bytes = readFileSync(file);
  raw += bytes.length;
  if (/\.d\.c?ts$/.test(file)) declarations += bytes.length;
  else if (file.startsWith(join(folder, "dist"))) {
    console.log(`${relative(folder, file).padEnd(24)}${kilobytes(bytes.length).padStart(12)}${kilobytes(gzipSync(bytes, { level: 9 }).length).padStart(12)}`);
  }
}
console.log(`${"declarations".padEnd(24)}${kilobytes(declarations).padStart(12)}`);
console.log(`${`all ${files.length} files`.padEnd(24)}${kilobytes(raw).padStart(12)}`);
