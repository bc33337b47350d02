"use client";

import * as enrollkit from "enrollkit";
import { smoke } from "../smoke.mjs";

export function Client() {
  smoke(enrollkit);
  return <p>client component: ran</p>;
}
