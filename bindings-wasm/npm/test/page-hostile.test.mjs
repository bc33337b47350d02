// What the default entry is asked with hostile and with exact values, with a page's names in the place of a server's.

process.env.ENROLLKIT_ENTRY = "page";
await import("./hostile.test.mjs");
await import("./exact.test.mjs");
