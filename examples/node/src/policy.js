// Who may do what to whom. What is not written here is refused.

/** Ids of the bank's own people; only an admin deals with them. */
const STAFF = /^staff-/;

const anyone = () => true;
const customers = (userId) => !STAFF.test(userId);

const everyday = [
  "smile_id.enrollee_info",
  "smile_id.re_enroll",
  "smile_id.deactivate",
  "smile_id.reactivate",
  "smile_id.flag_fraud",
  "smile_id.clear_fraud",
];

/** role → action → whose. Maps, because an object also has what its prototype has. */
const POLICY = new Map([
  ["operator", new Map(everyday.map((action) => [action, customers]))],
  ["admin", new Map([...everyday, "smile_id.delete_permanently"].map((action) => [action, anyone]))],
]);

export function allows({ role }, intent) {
  const whose = POLICY.get(role)?.get(intent.action);
  return whose !== undefined && whose(intent.user_id);
}

/** For the page, which then offers nothing that is refused anyway. It decides nothing. */
export function allowedActions({ role }) {
  return [...(POLICY.get(role)?.keys() ?? [])];
}
