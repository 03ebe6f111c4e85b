import type { FinalTable, HeatHeader, HeatRow } from "@liveskate/wire";
import { screenOf, type Screen } from "@liveskate/live";
import { expect, test } from "vitest";
import { header, row } from "../../live/tests/samples.ts";
import { legendOf, partWords, trackWords } from "../src/index.ts";

const clock = { startUs: 0, serverUs: 0, rate: 1, running: true, stoppedMs: null };
const plain = { certainty: null, lapMs: null };
const screen = (heat: Partial<HeatHeader>, rows: HeatRow[], more: Partial<Screen> = {}): Screen => ({ ...screenOf([null]), heat: header({ clock, ...heat }), rows, ...more });
const marks = (shown: Screen, lastLaps = false): string[] => legendOf(shown, lastLaps).map((line) => line.split(":")[0]!);

test("a page without marks has no key", () => {
  expect(marks(screen({ state: "official" }, [row({ ...plain, status: "OK", time: "1:23.633", timeMs: 83_633 })]))).toEqual([]);
});

test("the key has what is on the page, and nothing else", () => {
  expect(marks(screen({}, [row({ ...plain, overdue: true })]))).toEqual(["italic rank", "not seen"]);
  expect(marks(screen({}, [row({ ...plain, lapMs: 17_000 })]), true)).toEqual(["italic rank", "b"]);
  expect(marks(screen({}, [row({ ...plain, certainty: "bubble", projectedMs: 86_000, lapsDown: 1, pointsUnjudged: 2 })]))).toEqual([
    "italic rank", "Last in", "≈", "(+2)", "\u22121 LAP",
  ]);
  expect(marks(screen({ format: "timeTrial" }, [row({ ...plain, rank: null, lane: 1 })]))).toEqual(["line 1, line 2"]);
});

test("every status, remark and record that a row can have is in the key", () => {
  const statuses = ["DNS", "DNF", "WDR", "EL", "DSQ-TF", "DSQ-SF", "DSQ-DF"];
  expect(marks(screen({}, statuses.map((status) => row({ ...plain, rank: null, status }))))).toEqual(statuses);
  const said = ["PF", "FS", "W1", "W2", "RR", "DNS2"];
  expect(marks(screen({ state: "official" }, [row({ ...plain, status: "OK", time: "1", remarks: [...said, "=WR (pending)"] })]))).toEqual([...said, "WR", "pending"]);
  expect(marks(screen({ state: "official" }, [row({ ...plain, unresolved: true, timeBy: "hand", time: "1", remarks: ["missed-read"] })]))).toEqual(["PF?", "M", "?"]);
});

test("what stands in a table beside the heat is in the key too", () => {
  const final: FinalTable = { event: "c", eventName: "Combined", status: "official", heatsLeft: 0, rows: [
    { bib: "11", name: "Anna ROSSI", nation: "ITA", rank: 1, timeMs: null, status: "OK", points: 8, members: [], notes: [],
      parts: [{ event: "e", eventName: "3000 m", rank: null, points: 0, status: "DSQ-SF" }] },
  ] };
  expect(marks({ ...screenOf([null]), final })).toEqual(["DSQ-SF"]);
});

test("a part of a combined does not say again whose it is", () => {
  const part = { event: "e", eventName: "Women's 3000 m points", rank: 3, points: 6, status: "OK" };
  expect(partWords(part, "Women's combined")).toBe("3000 m points: 3rd, 6 points");
  expect(partWords(part, "Combined")).toBe("Women's 3000 m points: 3rd, 6 points");
});

test("a place on the track is told where it is not the rank", () => {
  expect(trackWords(row({ points: 2, rank: 1, onTrack: 1 }))).toBeNull();
  expect(trackWords(row({ points: 2, rank: 1, onTrack: 4 }))).toBe("4th on the track");
});
