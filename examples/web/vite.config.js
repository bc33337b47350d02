import { defineConfig } from "vite";

export default defineConfig({
  build: {
    // Two pages: whoever signs up does not download the operators' desk.
    rolldownOptions: { input: ["index.html", "sign-up.html"] },
    // The page's policy has no room for what is written into the page itself.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
