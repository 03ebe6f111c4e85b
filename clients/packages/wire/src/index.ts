export { leftOut } from "./generated.ts";
export type * from "./generated.ts";
export type * from "./records.ts";
