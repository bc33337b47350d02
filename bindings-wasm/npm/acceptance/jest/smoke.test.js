const enrollkit = require("enrollkit");
const page = require("enrollkit/page");
const { smoke, smokeOfPage } = require("./smoke.cjs");

test("the default entry", () => smoke(enrollkit));
test("a page's entry", () => smokeOfPage(page));
