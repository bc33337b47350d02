import type { PartnerIdForm } from "./generated/words.js";
import type { Plain } from "./plain.js";

/**
 * A message whose sender knew a fresh signature of ours. **Body, job id and user id are not authenticated**: act on what a
 * look-up confirms.
 */
export interface Verified {
  readonly ageSeconds: number;
  /** By the header, or by the body where there is none. Smile ID's own number of a job (`SmileJobID`) is another thing. */
  readonly jobId: string | undefined;
  readonly userId: string | undefined;
  /** Header and body, or two places of the body, name different jobs or users: only a look-up can tell. */
  readonly idsDiffer: boolean;
  /** The result's code as text of four digits, in whichever spelling it came: `"0840"`. */
  readonly resultCode: string | undefined;
  /** In which form the partner id was signed. */
  readonly partnerIdForm: PartnerIdForm;
  /** For finding redeliveries. */
  readonly deliveryKey: string;
  /** SHA-256 of the signature, to be stored in its place. */
  readonly pairKey: string;
  /** The body as JSON, its own keys kept; missing when it is not JSON. A callback's holds a live signature: do not log it. */
  readonly json: Plain | undefined;
}
