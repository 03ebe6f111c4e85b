import { expect, test } from "vitest";
import { reduce, screenOf, statusNote, statusWord, type Held } from "../src/index.ts";
import { frame, header, row } from "./samples.ts";

const held = (puts: Record<string, unknown>): Held => reduce(null, frame({ puts })) as Held;

test("rows come in the server's order, whatever the order of the records", () => {
  const screen = screenOf([held({ "row:2": row({ bib: "2", order: 1 }), heat: header(), "row:1": row({ bib: "1", order: 0 }) })]);
  expect(screen.rows.map((r) => r.bib)).toEqual(["1", "2"]);
  expect(screen.heat?.id).toBe("m1000-pre-1");
});

test("a heat's own scope lies over its event's, which adds the round", () => {
  const heat = held({ heat: header(), "row:1": row() });
  const event = held({ event: { id: "m1000" }, "round:pre": { id: "pre" }, "round:final": { id: "final" } });
  const screen = screenOf([heat, event]);
  expect(screen.round?.id).toBe("pre");
  expect(screen.rounds.map((r) => r.id)).toEqual(["pre", "final"]);
});

test("before anything has come nothing is known, and nothing is invented", () => {
  expect(screenOf([null])).toMatchObject({ known: false, heat: null, rows: [], round: null, next: null, rehearsal: false });
});

test("invented data is known from the heat as well as from the meet", () => {
  expect(screenOf([held({ heat: header({ rehearsal: true }) })]).rehearsal).toBe(true);
  expect(screenOf([held({ meet: { rehearsal: true } })]).rehearsal).toBe(true);
});

test.each([
  ["scheduled", "START LIST"], ["open", "START LIST"], ["armed", "READY"], ["running", "LIVE"], ["finished", "LIVE"],
  ["provisional", "PROVISIONAL"], ["review", "UNDER REVIEW"], ["official", "OFFICIAL"], ["cancelled", "CANCELLED"],
  ["postponed", "POSTPONED"],
])("a heat that is %s is called %s", (state, word) => expect(statusWord(state)).toBe(word));

test("why there is no result is said; what was said of one skater is no reason of the heat's", () => {
  expect(statusNote(header({ state: "review", version: 1, reason: "blocking" }))).toBe("blocking");
  expect(statusNote(header({ state: "cancelled", reason: "rain" }))).toBe("rain");
  expect(statusNote(header({ state: "open", run: 2, clock: null, reason: "a marker had been moved" }))).toBe("a marker had been moved");
  expect(statusNote(header({ state: "open", clock: null, reason: "not there" }))).toBeNull();
  expect(statusNote(header({ state: "running", version: 0, reason: "W1: pushing" }))).toBeNull();
  expect(statusNote(header({ state: "official", version: 2, reason: "not there" }))).toBeNull();
});

const correction = {
  run: 1, version: 3, at: 9, recordedUs: Date.parse("2022-07-08T14:32:50") * 1000, state: "official", actor: "office", reason: "photo finish",
  changes: ["SWINGS 4th → 3rd", "KUO 3rd → 4th", "BRAMANTE 5th → DSQ-SF"],
};

test("a correction says when it was made, and what changed; on a board as much as there is room for", () => {
  const heat = header({ state: "official", version: 3, reason: "photo finish", correction });
  expect(statusNote(heat)).toBe("Version 3: CORRECTED 14:32: SWINGS 4th → 3rd; KUO 3rd → 4th; BRAMANTE 5th → DSQ-SF (photo finish)");
  expect(statusNote(heat, undefined, true)).toBe("Version 3: CORRECTED 14:32: SWINGS 4th → 3rd; KUO 3rd → 4th; and 1 more (photo finish)");
});

test("a review says its reason before what was corrected earlier", () => {
  const heat = header({ state: "review", version: 3, reason: "video", correction });
  expect(statusNote(heat)).toMatch(/^video · Version 3: CORRECTED/);
  expect(statusNote(heat, undefined, true)).toBe("video");
});
