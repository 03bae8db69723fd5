/** Both included. */
export type Bounds = { min: number | undefined; max: number | undefined };
