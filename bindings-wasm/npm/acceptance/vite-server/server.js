import * as enrollkit from "enrollkit";
import { smoke } from "./smoke.mjs";

smoke(enrollkit);
export const answer = "ran";
