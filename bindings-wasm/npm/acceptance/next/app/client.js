"use client";

import * as enrollkit from "enrollkit/page";
import { smokeOfPage } from "../smoke.mjs";

export function Client() {
  smokeOfPage(enrollkit);
  return <p>client component: ran</p>;
}
