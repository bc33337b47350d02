import * as enrollkit from "enrollkit";
import { smoke } from "./smoke.mjs";

smoke(enrollkit);
const { pathname, href } = new URL("enrollkit/enrollkit.wasm", import.meta.url);
globalThis.acceptance = { address: (pathname ?? href).split("/").at(-1) };
