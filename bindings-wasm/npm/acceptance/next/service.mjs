// Loaded before Next: what would go to Smile ID is answered here.

const elsewhere = globalThis.fetch;
globalThis.fetch = async (url, init) =>
  String(url) === "https://portal.smileidentity.com/api/v2/partner/enrollee" ? Response.json({ success: true }) : elsewhere(url, init);
