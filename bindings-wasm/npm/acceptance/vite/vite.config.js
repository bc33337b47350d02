// The check runs the bundle without a page.
export default { build: { modulePreload: false, assetsInlineLimit: 0 } };
