import { expect, test } from "vitest";
import { ClockOffset, elapsedMs } from "../src/index.ts";

test("of the last ten answers the fastest one counts", () => {
  const clock = new ClockOffset();
  clock.add(0, 1_000_000 + 40_000, 80_000); // 80 ms there and back
  clock.add(100_000, 1_100_000 + 3_000, 104_000); // 4 ms
  clock.add(200_000, 1_200_000 + 90_000, 300_000);
  expect(clock.best).toEqual({ us: 1_001_000, uncertainUs: 2_000 });
  for (let i = 1; i <= 10; i++) clock.add(i * 1_000_000, i * 1_000_000 + 1_025_000, i * 1_000_000 + 50_000);
  expect(clock.best).toEqual({ us: 1_000_000, uncertainUs: 25_000 });
});

test("when the clocks were set apart, what was measured before is forgotten at once", () => {
  const clock = new ClockOffset();
  clock.add(0, 1_000, 2_000);
  clock.add(10_000, 60_000_000 + 30_000, 50_000);
  expect(clock.best).toEqual({ us: 60_000_000, uncertainUs: 20_000 });
});

test("race time is computed from the start, the offset and the rate", () => {
  const clock = { startUs: 1_657_386_540_000_000, serverUs: 0, rate: 1, running: true, stoppedMs: null };
  const offset = { us: 2_500_000, uncertainUs: 1_000 };
  expect(elapsedMs(clock, clock.startUs - offset.us + 63_450_900, offset)).toBe(63_450);
  expect(elapsedMs({ ...clock, rate: 20 }, clock.startUs - offset.us + 1_000_000, offset)).toBe(20_000);
});

test("before the start the clock stands at zero, after the finish where it was stopped", () => {
  const clock = { startUs: 5_000_000, serverUs: 0, rate: 1, running: true, stoppedMs: null };
  const none = { us: 0, uncertainUs: 0 };
  expect(elapsedMs(clock, 4_000_000, none)).toBe(0);
  expect(elapsedMs({ ...clock, running: false, stoppedMs: 83_633 }, 9e15, none)).toBe(83_633);
  expect(elapsedMs({ ...clock, running: false }, 9e15, none)).toBeNull();
});
