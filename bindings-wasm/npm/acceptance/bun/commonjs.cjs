const { smoke } = require("./smoke.cjs");

smoke(require("enrollkit"));
