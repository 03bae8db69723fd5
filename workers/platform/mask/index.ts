export { maskText, type Masking } from "./text";
export { maskValue } from "./value";
