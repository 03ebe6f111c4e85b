export * from "./clock.ts";
export * from "./feed.ts";
export * from "./format.ts";
export * from "./freshness.ts";
export * from "./page.ts";
export * from "./reduce.ts";
export * from "./screen.ts";
export * from "./socket.ts";
