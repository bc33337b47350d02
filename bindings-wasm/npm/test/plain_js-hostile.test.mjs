// What the default entry is asked with hostile and with exact values, with a page's names as plain JavaScript in the place of a server's.

process.env.ENROLLKIT_ENTRY = "plain";
await import("./hostile.test.mjs");
await import("./exact.test.mjs");
