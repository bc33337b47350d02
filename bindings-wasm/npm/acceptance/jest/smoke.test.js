const enrollkit = require("enrollkit");
const { smoke } = require("./smoke.cjs");

test("the default entry", () => smoke(enrollkit));
