import * as enrollkit from "enrollkit/page";
import { smokeOfPage } from "./smoke.mjs";

smokeOfPage(enrollkit);
const { pathname, href } = new URL("enrollkit/page.wasm", import.meta.url);
globalThis.acceptance = { address: (pathname ?? href).split("/").at(-1) };
