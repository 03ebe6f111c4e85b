export type * from "./generated.ts";
export type * from "./records.ts";
