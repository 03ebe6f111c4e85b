import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Frame } from "@liveskate/wire";
import { reduce, whole, type Held } from "../src/index.ts";

const fixture = (name: string): string => readFileSync(new URL(`../../wire/fixtures/${name}`, import.meta.url), "utf8");
const frames = fixture("frames.jsonl").trim().split("\n").map((line) => JSON.parse(line) as Frame);
const final = JSON.parse(fixture("final.json")) as Record<string, unknown>;

test("the server's golden frames, one after another, end in the server's own final state", () => {
  let held: Held | null = null;
  for (const frame of frames) {
    const next = reduce(held, frame);
    if (next === "watchAgain") throw new Error(`frame ${frame.seq} does not follow ${held?.seq}`);
    held = next;
  }
  expect(Object.fromEntries(held!.records)).toEqual(Object.fromEntries(Object.entries(final).map(([id, record]) => [id, whole(id, record)])));
});

test("whichever golden delta is lost, the next one is refused and the next complete frame heals", () => {
  const deltas = frames.map((frame, index) => ({ frame, index })).filter(({ frame }) => frame.base !== null);
  expect(deltas.length).toBeGreaterThan(3);
  for (const { index: lost } of deltas) {
    let held: Held | null = null;
    let lagging = false;
    for (const [index, frame] of frames.entries()) {
      if (index === lost) {
        lagging = true;
        continue;
      }
      const next = reduce(held, frame);
      if (frame.base === null) lagging = false;
      expect(next === "watchAgain").toBe(lagging);
      if (next !== "watchAgain") held = next;
    }
  }
});
