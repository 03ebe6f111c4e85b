import { expect, test } from "vitest";
import { formatTimeOfDay, freshness } from "../src/index.ts";

const heard = { nowUs: 0, lastUs: 1_700_000_000_000_000, open: true, sources: [] };
const after = (ms: number, over: Partial<typeof heard> = {}) => freshness({ ...heard, nowUs: heard.lastUs + ms * 1000, ...over });
const at = formatTimeOfDay(heard.lastUs / 1000);

test.each([
  [0, "live", "Live"], [2_500, "live", "Live"], [2_501, "late", "2 s behind"], [6_000, "late", "6 s behind"],
  [6_001, "reconnecting", `Reconnecting… last update ${at}`], [15_000, "reconnecting", `Reconnecting… last update ${at}`],
  [15_001, "stale", `Stale since ${at}`],
])("%i ms after the last beat it is %s", (ms, state, words) => expect(after(ms)).toMatchObject({ state, words }));

test("a closed socket is not live, however young the last beat is, and goes stale all the same", () => {
  expect(after(100, { open: false }).state).toBe("reconnecting");
  expect(after(15_001, { open: false }).state).toBe("stale");
});

test("before anything was heard it is neither live nor stale", () => {
  expect(freshness({ ...heard, lastUs: null }).state).toBe("connecting");
});

test("a silent decoder is named while the server itself is well", () => {
  const sources = [
    { id: "finish-1", ageMs: 70_000, alarm: "nothing heard for 70 s" },
    { id: "start-1", ageMs: 10, alarm: null },
  ];
  const down = freshness({ ...heard, nowUs: heard.lastUs, sources });
  expect(down).toMatchObject({ state: "source-down", words: "Live, but finish-1: nothing heard for 70 s" });
  const both = [...sources, { id: "start-1", ageMs: 1, alarm: "link down" }];
  expect(freshness({ ...heard, nowUs: heard.lastUs, sources: both }).words).toBe("Live, but finish-1: nothing heard for 70 s, and 1 more");
  expect(freshness({ ...heard, nowUs: heard.lastUs + 3_000_000, sources }).state).toBe("late");
});
