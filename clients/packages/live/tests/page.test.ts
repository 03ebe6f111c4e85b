import { beforeEach, expect, test } from "vitest";
import { Feed, Page } from "../src/index.ts";
import { frame, header, row } from "./samples.ts";
import { HandSocket, HandTimers, settled } from "./track.ts";

let timers: HandTimers;
let socket: HandSocket;

beforeEach(() => {
  timers = new HandTimers();
  socket = new HandSocket();
});

async function open(scope = "now"): Promise<Page> {
  const page = new Page(new Feed(() => socket, timers), timers, scope);
  void page.feed.run();
  await settled();
  return page;
}

const running = (startedMsAgo: number, rate = 1) => ({
  startUs: timers.nowUs() + 7_000 - startedMsAgo * 1000, serverUs: 0, rate, running: true, stoppedMs: null,
});
const tick = (page: Page): void => page.tick(timers.nowUs());

test("the clock runs by the server's time, and is not counted", async () => {
  const page = await open();
  socket.send(frame({ puts: { heat: header({ clock: running(63_450) }) } }));
  tick(page);
  expect(page.clock.value).toBe("1:03.4");
  await timers.pass(1_000);
  tick(page);
  expect(page.clock.value).toBe("1:04.4");
});

test("the clock of a demo runs at the demo's speed", async () => {
  const page = await open();
  socket.send(frame({ puts: { heat: header({ clock: running(1_000, 20) }) } }));
  tick(page);
  expect(page.clock.value).toBe("0:20.0");
});

test("a stopped clock shows the winner's time to the thousandth", async () => {
  const page = await open();
  socket.send(frame({ puts: { heat: header({ clock: { ...running(0), running: false, stoppedMs: 83_633 } }) } }));
  tick(page);
  expect(page.clock.value).toBe("1:23.633");
});

test("without a start there is no clock", async () => {
  const page = await open();
  socket.send(frame({ puts: { heat: header() } }));
  expect(page.clock.value).toBeNull();
});

test("the clock goes on while nothing is heard, and loses its tenths when what is shown is stale", async () => {
  const page = await open();
  socket.send(frame({ puts: { heat: header({ clock: running(1_000) }) } }));
  await timers.pass(14_000);
  tick(page);
  expect(page.clock.value).toBe("0:15.0");
  await timers.pass(2_000);
  tick(page);
  expect(page.fresh.value.state).toBe("stale");
  expect(page.clock.value).toBe("0:17");
});

test("an offset that may be wrong by more than 50 ms shows no tenths", async () => {
  socket.answers["Ping"] = async (clientUs) => {
    await new Promise<void>((resolve) => timers.after(120, resolve));
    return { clientUs, serverUs: (clientUs as number) + 60_000 };
  };
  const page = await open();
  socket.send(frame({ puts: { heat: header({ clock: running(5_000) }) } }));
  await timers.pass(200);
  tick(page);
  expect(page.feed.offset.value?.uncertainUs).toBe(60_000);
  expect(page.clock.value).toBe("0:05");
});

test("a page of one heat also watches the event behind it, for the round", async () => {
  const page = await open("heat/m/h");
  socket.send(frame({ scope: "heat/m/h", puts: { heat: header(), "row:11": row() } }));
  expect(page.screen.value.round).toBeNull();
  expect(socket.watches().map(([scope]) => scope)).toEqual(["heat/m/h", "event/worldgames-2022/m1000"]);
  socket.send(frame({ scope: "event/worldgames-2022/m1000", puts: { "round:pre": { id: "pre" } } }));
  expect(page.screen.value.round?.id).toBe("pre");
});

test("a paused page stands still, and shows the newest when it goes on", async () => {
  const page = await open();
  socket.send(frame({ seq: 1, puts: { heat: header({ lapsToGo: 3 }) } }));
  page.paused.value = true;
  socket.send(frame({ base: 1, seq: 2, puts: { heat: header({ lapsToGo: 2 }) } }));
  expect(page.screen.value.heat?.lapsToGo).toBe(3);
  page.paused.value = false;
  expect(page.screen.value.heat?.lapsToGo).toBe(2);
});

test("freshness is one and the same object while nothing that can be read has changed", async () => {
  const page = await open();
  socket.beat();
  const before = page.fresh.value;
  await timers.pass(50);
  tick(page);
  expect(page.fresh.value).toBe(before);
});

test("race time is told in tenths while the clock runs, and not at all when it does not", async () => {
  const page = await open();
  socket.send(frame({ puts: { heat: header({ clock: running(63_450) }) } }));
  tick(page);
  expect(page.raceMs.value).toBe(63_400);
  socket.send(frame({ puts: { heat: header({ clock: { ...running(0), running: false, stoppedMs: 83_633 } }) } }));
  expect(page.raceMs.value).toBeNull();
});

test("a timing device that is away is said while somebody waits for it, and not after the race", async () => {
  const page = await open();
  const told = (state: string): string => {
    socket.send(frame({ puts: { heat: header({ state }) } }));
    socket.beat([{ id: "finish-1", ageMs: 70_000, alarm: "link down" }]);
    tick(page);
    return page.fresh.value.words;
  };
  expect(told("armed")).toBe("Live, but finish-1: link down");
  expect(told("running")).toBe("Live, but finish-1: link down");
  expect(told("official")).toBe("Live");
});
