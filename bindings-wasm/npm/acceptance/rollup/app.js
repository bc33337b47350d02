import * as enrollkit from "enrollkit/page";
import { smokeOfPage } from "./smoke.mjs";

smokeOfPage(enrollkit);
globalThis.acceptance = "ran";
