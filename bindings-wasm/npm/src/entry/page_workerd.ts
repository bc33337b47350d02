// For the condition `workerd`. Compiling is forbidden there at run time, so the module comes compiled.

import * as source from "../../generated/page/page.wasm";
import { glue } from "../page.js";
import { adopt, tryInitSync } from "../start.js";

export * from "../page_api.js";

/** Started by the import: there is nothing to wait for. */
export async function init(): Promise<void> {}

// workerd, wrangler and Cloudflare's plug-in give the module; Vite's own server builds and Node, which import WebAssembly as the
// language does, an instance of it. Asked for by a text, since no bundler knows both.
const module: unknown = Reflect.get(source, "default");
if (module instanceof WebAssembly.Module) tryInitSync(glue, () => module);
else adopt(glue, source);
