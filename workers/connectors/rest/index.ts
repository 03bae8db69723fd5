export { baseUrlOf } from "./build";
export { rotateAtVendor } from "./rotate";
export { testVendor, type VendorTest } from "./test-vendor";
