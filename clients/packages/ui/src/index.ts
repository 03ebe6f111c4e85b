export * from "./announcer.tsx";
export * from "./heat-words.ts";
export * from "./legend.tsx";
export * from "./parts.tsx";
export * from "./race.tsx";
export * from "./row-words.ts";
export * from "./tables.tsx";
export * from "./words.ts";
