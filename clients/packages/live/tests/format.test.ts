import { expect, test } from "vitest";
import { formatAge, formatClock, formatGap, formatTime, MINUS } from "../src/index.ts";

test.each([
  [83_633, "1:23.633"], [60_000, "1:00.000"], [59_999, "59.999"], [9_007, "9.007"], [0, "0.000"],
  [3_600_000, "1:00:00.000"], [3_723_456, "1:02:03.456"], [-1_200, MINUS + "1.200"],
])("%i ms is written %s", (ms, text) => expect(formatTime(ms)).toBe(text));

test("fewer digits are cut, never rounded", () => {
  expect(formatTime(83_999, 1)).toBe("1:23.9");
  expect(formatTime(59_999, 0)).toBe("59");
  expect(formatTime(-999, 1)).toBe(MINUS + "0.9");
});

test.each([
  [0, "0:00.0"], [7_399, "0:07.3"], [59_999, "0:59.9"], [60_000, "1:00.0"], [63_450, "1:03.4"], [3_600_000, "1:00:00.0"], [-5, "0:00.0"],
])("the running clock at %i ms shows %s", (ms, text) => expect(formatClock(ms, true)).toBe(text));

test("the clock without tenths keeps its shape", () => {
  expect(formatClock(7_399, false)).toBe("0:07");
  expect(formatClock(63_450, false)).toBe("1:03");
});

test("a gap carries its sign, and the minus is not a hyphen", () => {
  expect(formatGap(389)).toBe("+0.389");
  expect(formatGap(0)).toBe("+0.000");
  expect(formatGap(-1_204, 1)).toBe("\u22121.2");
});

test("an age grows coarser", () => {
  expect([formatAge(4_900), formatAge(119_000), formatAge(120_000), formatAge(7_300_000)]).toEqual(["4 s", "119 s", "2 min", "2 h"]);
});
