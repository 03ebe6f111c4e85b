import { expect, test } from "vitest";
import { reduce, whole, type Held } from "../src/index.ts";
import { frame } from "./samples.ts";

const held = (over: Parameters<typeof frame>[0]): Held => {
  const next = reduce(null, frame(over));
  if (next === "watchAgain") throw new Error("a complete frame was refused");
  return next;
};

test("a complete frame replaces everything, also of another epoch", () => {
  const before = held({ seq: 9, puts: { heat: { id: "old" }, "row:1": { bib: "1" } } });
  const after = reduce(before, frame({ epoch: "e2", seq: 1, puts: { heat: { id: "new" } } }));
  expect(after).toMatchObject({ epoch: "e2", seq: 1 });
  expect([...(after as Held).records]).toEqual([["heat", whole("heat", { id: "new" })]]);
});

test("what the server left out is there: null, false, 0 or an empty list, and what it says stands", () => {
  const { records } = held({ seq: 1, puts: { heat: { id: "h" }, "row:1": { bib: "1", points: 0 }, "heat:h2": { id: "h2" } } });
  expect(records.get("heat")).toMatchObject({ id: "h", bell: false, proposed: [], lastSprint: null, goOut: 0 });
  expect(records.get("row:1")).toMatchObject({ bib: "1", points: 0, onTrack: null, lapsDown: 0, members: [] });
  expect(records.get("heat:h2")).toEqual({ id: "h2" });
});

test("a delta to exactly what is held puts and removes", () => {
  const before = held({ seq: 4, puts: { heat: { id: "h" }, "row:1": { bib: "1" }, "row:2": { bib: "2" } } });
  const after = reduce(before, frame({ base: 4, seq: 5, puts: { "row:2": { bib: "2", lap: 1 } }, removes: ["row:1"] })) as Held;
  expect(after.seq).toBe(5);
  expect(Object.fromEntries(after.records)).toEqual({ heat: whole("heat", { id: "h" }), "row:2": whole("row:2", { bib: "2", lap: 1 }) });
});

test("a delta may jump over numbers as long as its base is held", () => {
  const after = reduce(held({ seq: 4 }), frame({ base: 4, seq: 9 })) as Held;
  expect(after.seq).toBe(9);
});

test("what is both removed and put is there", () => {
  const after = reduce(held({ seq: 1, puts: { "row:1": { run: 1 } } }), frame({ base: 1, seq: 2, puts: { "row:1": { run: 2 } }, removes: ["row:1"] }));
  expect((after as Held).records.get("row:1")).toEqual(whole("row:1", { run: 2 }));
});

test.each([
  ["nothing is held", null, frame({ base: 1, seq: 2 })],
  ["a frame was lost", held({ seq: 4 }), frame({ base: 5, seq: 6 })],
  ["the frame is old", held({ seq: 4 }), frame({ base: 3, seq: 4 })],
  ["the server has started anew", held({ seq: 4 }), frame({ epoch: "e2", base: 4, seq: 5 })],
])("a delta is refused when %s", (_, before, delta) => {
  expect(reduce(before, delta)).toBe("watchAgain");
});

test("what was held is left as it was, also by the frame that follows it", () => {
  const before = held({ seq: 4, puts: { "row:1": { lap: 1 } } });
  reduce(before, frame({ base: 4, seq: 5, puts: { "row:1": { lap: 2 } } }));
  expect(before.records.get("row:1")).toEqual(whole("row:1", { lap: 1 }));
});

test("a record that is put again unchanged stays the same object", () => {
  const before = held({ seq: 4, puts: { "row:1": { lap: 1 } } });
  const after = reduce(before, frame({ seq: 5, puts: { "row:1": { lap: 1 } } })) as Held;
  expect(after.records.get("row:1")).toBe(before.records.get("row:1"));
});

test("highlights are kept over frames, once each, the last sixty", () => {
  const line = (at: number) => ({ kind: "lead", heat: "h", bib: "1", text: `moment ${at}`, at });
  let state = held({ seq: 1, highlights: [line(1)] });
  for (let seq = 2; seq <= 100; seq++)
    state = reduce(state, frame({ base: seq - 1, seq, highlights: [line(seq - 1), line(seq)] })) as Held;
  expect(state.highlights).toHaveLength(60);
  expect(state.highlights.at(-1)).toEqual(line(100));
  expect(new Set(state.highlights.map((l) => l.at)).size).toBe(60);
});

test("highlights that a greeting brings late stand where they belong", () => {
  const line = (at: number) => ({ kind: "lead", heat: "h", bib: "1", text: `moment ${at}`, at });
  const before = held({ seq: 1, highlights: [line(1), line(5)] });
  const after = reduce(before, frame({ base: null, seq: 9, highlights: [line(3), line(5), line(7)] })) as Held;
  expect(after.highlights.map((l) => l.at)).toEqual([1, 3, 5, 7]);
});
