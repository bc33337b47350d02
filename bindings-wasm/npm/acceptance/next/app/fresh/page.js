import * as enrollkit from "enrollkit";
import { smoke } from "../../smoke.mjs";
import { Client } from "../client.js";

export const dynamic = "force-dynamic";

export default function Page() {
  smoke(enrollkit);
  return (
    <main>
      <p>rendered by the server: ran</p>
      <Client />
    </main>
  );
}
