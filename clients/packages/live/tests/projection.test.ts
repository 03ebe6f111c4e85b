import { expect, test } from "vitest";
import { overdueMs, projectedMs } from "../src/index.ts";
import { row } from "./samples.ts";

test("an estimate only gets worse while nothing arrives", () => {
  const skating = row({ projectedMs: 86_100, projectedRestMs: 17_200 });
  expect(projectedMs(skating, 60_000)).toBe(86_100);
  expect(projectedMs(skating, 68_900)).toBe(86_100);
  expect(projectedMs(skating, 70_000)).toBe(87_200);
});

test("in a time trial the estimate runs on the skater's own clock", () => {
  expect(projectedMs(row({ startMs: 30_000, projectedMs: 50_000, projectedRestMs: 10_000 }), 71_000)).toBe(51_000);
});

test("without a clock the estimate is what the server said; without the server's there is none", () => {
  expect(projectedMs(row({ projectedMs: 86_100, projectedRestMs: 17_200 }), null)).toBe(86_100);
  expect(projectedMs(row(), 60_000)).toBeNull();
});

test("who is overdue is so by the screen's own clock, and never by less than the server said", () => {
  const late = row({ overdue: true, overdueMs: 3_000, dueMs: 60_000 });
  expect(overdueMs(late, 62_000)).toBe(3_000);
  expect(overdueMs(late, 65_000)).toBe(5_000);
  expect(overdueMs(row({ dueMs: 60_000 }), 90_000)).toBeNull();
});
