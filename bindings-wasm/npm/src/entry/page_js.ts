// For engines without WebAssembly (React Native's Hermes, iOS in Lockdown Mode): the page's build again, as plain JavaScript.

import { instantiate } from "../../generated/page/plain.js";
import { glue } from "../page.js";
import { adopt } from "../start.js";

export * from "../page_api.js";

/** Started by the import: there is nothing to wait for. */
export async function init(): Promise<void> {}

adopt(glue, instantiate(glue.imports()));
