// An app of a Metro that reads no `exports`.
import { SmileIdRelay } from "enrollkit";

(globalThis.print ?? console.log)(`acceptance: ${JSON.stringify(new SmileIdRelay("/api/smile").reEnroll("user-42").url)}`);
