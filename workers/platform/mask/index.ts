export { maskedPreview } from "./preview";
export { maskText, type Masking } from "./text";
export { maskValue } from "./value";
