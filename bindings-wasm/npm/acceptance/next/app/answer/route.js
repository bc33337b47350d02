import * as enrollkit from "enrollkit";
import { smoke } from "../../smoke.mjs";

export const dynamic = "force-dynamic";

export function GET() {
  smoke(enrollkit);
  return Response.json({ answer: "ran" });
}
