import * as enrollkit from "enrollkit";
import { smoke } from "../smoke.mjs";
import { Client } from "./client.js";

export default function Page() {
  smoke(enrollkit);
  return (
    <main>
      <p>prerendered: ran</p>
      <Client />
    </main>
  );
}
