import { expect, test } from "vitest";
import { projectedMs, unseenMs } from "../src/index.ts";
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

test("how long she has not been seen counts from her last reading, on her own clock; before the first one from her start", () => {
  expect(unseenMs(row({ elapsedMs: 34_000 }), 72_000)).toBe(38_000);
  expect(unseenMs(row({ elapsedMs: 34_000, startMs: 30_000 }), 72_000)).toBe(8_000);
  expect(unseenMs(row({ elapsedMs: null }), 25_000)).toBe(25_000);
  expect(unseenMs(row(), null)).toBeNull();
});
