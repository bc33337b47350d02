// Where a WebAssembly that is not inside comes from.

/** The bytes of the WebAssembly, or what `WebAssembly.compile` made of them. (Node's own types know no `WebAssembly`.) */
export type Module = ArrayBuffer | ArrayBufferView | object;

/** Where the WebAssembly comes from: its address, a response, its bytes, or the compiled module. */
export type Source = string | URL | Response | Module;
