// The project lies inside a larger one, whose lock files Next would otherwise take for its own.
export default { turbopack: { root: import.meta.dirname }, outputFileTracingRoot: import.meta.dirname };
