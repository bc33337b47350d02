// What an operator can do, in words. Everything else about it is enrollkit's.

import type { Acknowledged, Call, EnrolledUser, SmileIdActions, SmileIdIntent } from "enrollkit/page";

export type Change = Exclude<SmileIdIntent["action"], "smile_id.enrollee_info">;

export interface Description {
  readonly label: string;
  /** What it does, before it is done. */
  readonly text: string;
  /** What is so afterwards. */
  readonly done: string;
  readonly dangerous?: boolean;
  /** Whether it makes sense for a user. A flag that the service did not give rules nothing out. */
  readonly fits: (user: EnrolledUser) => boolean;
}

export const ACTIONS: Record<Change, Description> = {
  "smile_id.re_enroll": {
    label: "Allow re-enrollment",
    text: "The user may submit one more enrollment under the same id.",
    done: "may enroll once more",
    fits: (user) => user.allowNewEnroll !== true,
  },
  "smile_id.deactivate": {
    label: "Deactivate",
    text: "The user can't run any job until you reactivate them.",
    done: "is deactivated",
    fits: (user) => user.inactive !== true,
  },
  "smile_id.reactivate": {
    label: "Reactivate",
    text: "The user can run jobs again.",
    done: "is active",
    fits: (user) => user.inactive !== false,
  },
  "smile_id.flag_fraud": {
    label: "Flag as fraudulent",
    text: "Jobs of this user still run and collect data, and all of them are marked as failed.",
    done: "is flagged as fraudulent",
    fits: (user) => user.isFraudulent !== true,
  },
  "smile_id.clear_fraud": {
    label: "Clear the fraud flag",
    text: "The user can authenticate again.",
    done: "is not flagged any more",
    fits: (user) => user.isFraudulent !== false,
  },
  "smile_id.delete_permanently": {
    label: "Delete permanently",
    text: "This can't be undone, and nobody can ever use this id again.",
    done: "is deleted",
    dangerous: true,
    fits: () => true,
  },
};

/** The intent, as it will be sent. */
export function intentOf(action: Change, userId: string, confirm: string): SmileIdIntent {
  return action === "smile_id.delete_permanently" ? { action, user_id: userId, confirm } : { action, user_id: userId };
}

/** Throws `InvalidInput` where something is wrong with it: a confirmation that is not the user id, say. */
export function callOf(smile: SmileIdActions, intent: SmileIdIntent): Call<Acknowledged> {
  return smile.call(intent) as Call<Acknowledged>;
}
