import * as enrollkit from "enrollkit";
import * as slim from "enrollkit/slim";
import { test } from "vitest";
import { smoke } from "./smoke.mjs";

test("the default entry", () => smoke(enrollkit));
test("slim", () => smoke(slim));
