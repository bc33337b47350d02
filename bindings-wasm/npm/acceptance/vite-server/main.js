import { strict as assert } from "node:assert";
import { pathToFileURL } from "node:url";

import { build, createServer } from "vite";

for (const conditions of [["workerd", "module"], ["node", "module"]]) {
  // Everything inside the bundle, as for a platform that takes one file.
  const ssr = { noExternal: true, resolve: { conditions, externalConditions: conditions } };
  const [name] = conditions;
  await build({ configFile: false, logLevel: "warn", ssr, build: { ssr: "server.js", ssrEmitAssets: true, outDir: `out/${name}` } });
  const { answer } = await import(pathToFileURL(`out/${name}/server.js`));
  assert.equal(answer, "ran", name);

  const server = await createServer({ configFile: false, logLevel: "warn", ssr, server: { middlewareMode: true } });
  try {
    assert.equal((await server.ssrLoadModule("/server.js")).answer, "ran", `${name}, development`);
  } finally {
    await server.close();
  }
}
