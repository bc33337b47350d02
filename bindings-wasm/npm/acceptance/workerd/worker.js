import * as enrollkit from "enrollkit";
import { smoke } from "./smoke.mjs";

export default {
  fetch() {
    try {
      smoke(enrollkit);
      return new Response("ran");
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
