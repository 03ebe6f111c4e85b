export * from "./announcer.tsx";
export * from "./parts.tsx";
export * from "./tables.tsx";
export * from "./words.ts";
