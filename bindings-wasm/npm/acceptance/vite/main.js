import * as enrollkit from "enrollkit";
import address from "enrollkit/enrollkit.wasm?url";
import { smoke } from "./smoke.mjs";

smoke(enrollkit);
globalThis.acceptance = { address };
