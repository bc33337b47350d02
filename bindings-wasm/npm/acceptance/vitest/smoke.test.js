import * as enrollkit from "enrollkit";
import * as page from "enrollkit/page";
import * as slim from "enrollkit/slim";
import { test } from "vitest";
import { smoke, smokeOfPage } from "./smoke.mjs";

test("the default entry", () => smoke(enrollkit));
test("a page's entry", () => smokeOfPage(page));
test("slim", () => smoke(slim));
