// Node as bare as Hermes.
for (const name of ["WebAssembly", "URL", "URLSearchParams", "fetch", "Headers", "Request", "Response", "FormData", "Blob", "AbortController", "AbortSignal", "ReadableStream", "structuredClone", "SharedArrayBuffer", "DOMException"]) {
  delete globalThis[name];
}
