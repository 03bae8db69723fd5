export const hubVersion = "0.1.0";
