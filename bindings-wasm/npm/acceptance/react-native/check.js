// The least that tests need, in words that every engine here knows.

export function equal(actual, expected, about = "") {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value) ?? String(value));
  if (is !== should) throw new Error(`${about}: expected ${should}, not ${is}`);
}

/** The error of `work`, which must be one of this class. */
export function refusal(Type, work) {
  try {
    work();
  } catch (error) {
    return ofClass(Type, error);
  }
  throw new Error("nothing was refused");
}

/** The same of what comes later. */
export function rejection(Type, promise) {
  return promise.then(
    () => {
      throw new Error("nothing was refused");
    },
    (error) => ofClass(Type, error),
  );
}

function ofClass(Type, error) {
  if (!(error instanceof Type)) throw error;
  return error;
}
