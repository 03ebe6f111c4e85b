import type { HeatHeader, RoundTable } from "@liveskate/wire";
import { screenOf, type Screen } from "@liveskate/live";
import { expect, test } from "vitest";
import { DWELL_S, linesOf, pageOf, viewAt, viewsOf } from "../src/views.ts";

const screen = (state: string | null, over: Partial<Screen> = {}): Screen => ({
  ...screenOf([null]),
  heat: state === null ? null : ({ state } as HeatHeader),
  round: { id: "pre", rule: "Heat winners and the 12 fastest go through." } as RoundTable,
  ...over,
});

test.each([
  ["open", ["start"]], ["armed", ["start"]], ["running", ["race"]], ["finished", ["race"]], ["review", ["race"]],
  ["provisional", ["race", "round"]], ["official", ["race", "round"]], [null, ["round"]],
])("with a heat that is %s the board shows %j", (state, views) => expect(viewsOf(screen(state))).toEqual(views));

test("a race that is skated is never covered by a table, whatever the time", () => {
  for (let second = 0; second < 100; second++) expect(viewAt(screen("running"), second, "round")).toBe("race");
});

test("views take turns by the server's clock, so that all boards turn together", () => {
  expect([0, DWELL_S - 1, DWELL_S, 2 * DWELL_S].map((second) => viewAt(screen("official"), second, null))).toEqual([
    "race", "race", "round", "race",
  ]);
});

test("a pinned view stays", () => {
  expect(viewAt(screen("official"), 0, "round")).toBe("round");
});

test("a round without a rule, the last one, has no table of who goes through", () => {
  expect(viewsOf(screen("official", { round: { id: "final", rule: null } as RoundTable }))).toEqual(["race"]);
});

test("a long list is shown page by page, and every row has its turn", () => {
  const rows = Array.from({ length: 30 }, (_, i) => i);
  const seen = new Set<number>();
  for (let second = 0; second < 3 * DWELL_S; second++) for (const row of pageOf(rows, 12, second, 1).rows) seen.add(row);
  expect(seen.size).toBe(30);
  expect(pageOf(rows, 12, 0, 1)).toMatchObject({ page: 1, pages: 3, from: 0 });
});

test("with two views in turn the second page comes in the second round of turns", () => {
  const rows = Array.from({ length: 20 }, (_, i) => i);
  expect([0, 8, 16, 24].map((second) => pageOf(rows, 12, second, 2).page)).toEqual([1, 1, 2, 2]);
});

test("of a long race the first and who may be out never leave the board, the others take turns, and all keep their order", () => {
  const rows = Array.from({ length: 27 }, (_, i) => i);
  const seen = new Set<number>();
  for (let second = 0; second < 6 * DWELL_S; second++) {
    const shown = linesOf(rows, 10, 4, (row) => row >= 25, second, 1);
    expect(shown.rows).toEqual([...shown.rows].sort((a, b) => a - b));
    expect(shown.rows.slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(shown.rows.slice(-2)).toEqual([25, 26]);
    expect(shown.rows.length).toBeLessThanOrEqual(10);
    expect(shown).toMatchObject({ kept: 4, pages: 6 });
    for (const row of shown.rows) seen.add(row);
  }
  expect(seen.size).toBe(27);
  expect(linesOf(rows.slice(0, 10), 10, 4, () => true, 0, 1)).toMatchObject({ rows: rows.slice(0, 10), pages: 1, kept: 0 });
});
