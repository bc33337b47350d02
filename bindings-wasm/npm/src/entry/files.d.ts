// What the build makes of the WebAssembly file depends on the entry: its text where it is inside, a compiled module in workerd.
declare module "*.wasm" {
  const content: unknown;
  export default content;
}
