// What a reader has already: a table of what is to be looked up, each delivery once.

/** @type {Map<string, object>} */
export const stored = new Map();

/**
 * @param {string} key
 * @param {object} job
 */
export async function storeOnce(key, job) {
  if (!stored.has(key)) stored.set(key, job);
}
