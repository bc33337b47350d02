import * as enrollkit from "enrollkit/page";
import address from "enrollkit/page.wasm?url";
import { smokeOfPage } from "./smoke.mjs";

smokeOfPage(enrollkit);
globalThis.acceptance = { address };
