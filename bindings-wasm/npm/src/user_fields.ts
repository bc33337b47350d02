import { withText } from "./checked.js";
import { withBytes } from "./encoded.js";
import { settled } from "./errors.js";
import type { Intent } from "./generated/intents.js";
import type { SignUpUser } from "./generated/sign_up_user.js";
import { hasExtraKeys, keep, withIntent } from "./intent.js";
import { server } from "./server.js";

/**
 * The same sign-up with further fields of the user, in the place of those that have the same name: what a back end sets itself,
 * after `selfService` kept the form from it. All else stays as it was parsed, to the last digit.
 */
export function withUserFields(intent: Intent, fields: Partial<SignUpUser> | string): Intent {
  const extraKeys = hasExtraKeys(intent);
  const withFields = (text: string) =>
    withText(fields, (fieldsText) =>
      settled(withBytes(text, (bytes) => withBytes(fieldsText, (more) => server().withUserFields(bytes, more, extraKeys)))),
    );
  return keep(withIntent(intent, withFields), extraKeys);
}
