import { afterEach, beforeEach, expect, test } from "vitest";
import { Feed, retryDelayMs, whole } from "../src/index.ts";
import { frame } from "./samples.ts";
import { HandSocket, HandTimers, settled } from "./track.ts";

let timers: HandTimers;
let sockets: HandSocket[];
let prepare: (socket: HandSocket, failures: number) => void;
let feed: Feed;

beforeEach(() => {
  timers = new HandTimers();
  sockets = [];
  prepare = () => undefined;
  feed = new Feed((failures) => {
    const socket = new HandSocket();
    prepare(socket, failures);
    sockets.push(socket);
    return socket;
  }, timers);
});
afterEach(() => feed.stop());

async function begin(scope = "now"): Promise<{ socket: HandSocket; held: ReturnType<Feed["watch"]> }> {
  const held = feed.watch(scope);
  void feed.run();
  await settled();
  return { socket: sockets[0]!, held };
}

test("the first watch names nothing, one after a break names what is held", async () => {
  const { socket, held } = await begin();
  expect(socket.watches()).toEqual([["now", null, null]]);
  socket.send(frame({ seq: 7, puts: { "row:1": { bib: "1" } } }));
  socket.break();
  await timers.pass(1_000);
  expect(sockets[1]!.watches()).toEqual([["now", "e1", 7]]);
  expect(held.value?.records.size).toBe(1);
});

test("what was held stays on the screen over a break, and is patched by what comes after", async () => {
  const { socket, held } = await begin();
  socket.send(frame({ seq: 7, puts: { "row:1": { bib: "1", lap: 1 } } }));
  socket.break();
  await settled();
  expect(feed.open.value).toBe(false);
  expect(held.value?.records.get("row:1")).toEqual(whole("row:1", { bib: "1", lap: 1 }));
  await timers.pass(1_000);
  sockets[1]!.send(frame({ base: 7, seq: 8, puts: { "row:1": { bib: "1", lap: 2 } } }));
  expect(feed.open.value).toBe(true);
  expect(held.value?.records.get("row:1")).toEqual(whole("row:1", { bib: "1", lap: 2 }));
});

test("after a lost frame it watches again, once, and shows the old state until the answer", async () => {
  const { socket, held } = await begin();
  socket.send(frame({ seq: 1, puts: { heat: { id: "a" } } }));
  await settled();
  socket.send(frame({ base: 2, seq: 3, puts: { heat: { id: "b" } } }));
  socket.send(frame({ base: 3, seq: 4, puts: { heat: { id: "c" } } }));
  await settled();
  expect(socket.watches()).toEqual([["now", null, null], ["now", "e1", 1]]);
  expect(held.value?.records.get("heat")).toEqual(whole("heat", { id: "a" }));
  socket.send(frame({ seq: 4, puts: { heat: { id: "c" } } }));
  expect(held.value?.records.get("heat")).toEqual(whole("heat", { id: "c" }));
});

test("it tries for ever, at growing distances up to five seconds, and lets every third attempt negotiate", async () => {
  const attempts: number[] = [];
  prepare = (socket, failures) => {
    attempts.push(failures);
    socket.opening = Promise.reject(new Error("refused"));
  };
  await begin();
  await timers.pass(600_000);
  expect(attempts.length).toBeGreaterThan(120);
  expect(attempts.slice(0, 4)).toEqual([0, 1, 2, 3]);
});

test("the wait is between half the step and the step, never more than five seconds", () => {
  expect(retryDelayMs(0, 0)).toBe(125);
  expect(retryDelayMs(0, 0.999_999)).toBeLessThan(250);
  expect(retryDelayMs(1_000, 0)).toBe(2_500);
  expect(retryDelayMs(1_000, 0.999_999)).toBeLessThanOrEqual(5_000);
});

test("an attempt that gets no answer at all is given up after six seconds", async () => {
  prepare = (socket) => void (socket.opening = new Promise(() => undefined));
  const { socket } = await begin();
  await timers.pass(5_900);
  expect(socket.stopped).toBe(false);
  await timers.pass(600);
  expect(socket.stopped).toBe(true);
  expect(sockets.length).toBe(2);
});

test("an attempt that cannot even be stopped does not hold up the next one", async () => {
  prepare = (socket) => {
    socket.opening = new Promise(() => undefined);
    socket.stop = () => new Promise(() => undefined);
  };
  await begin();
  await timers.pass(30_000);
  expect(sockets.length).toBeGreaterThanOrEqual(4);
});

test("attempts count as failed until the server was really heard", async () => {
  const failures: number[] = [];
  prepare = (_, failed) => void failures.push(failed);
  const { socket } = await begin();
  socket.break();
  await timers.pass(1_000);
  sockets[1]!.break();
  await timers.pass(1_000);
  sockets[2]!.beat();
  sockets[2]!.break();
  await timers.pass(1_000);
  expect(failures).toEqual([0, 1, 2, 1]);
});

test("beats and frames tell when the server was last heard", async () => {
  const { socket } = await begin();
  expect(feed.lastHeardUs.value).toBeNull();
  await timers.pass(1_000);
  socket.beat();
  expect(feed.lastHeardUs.value).toBe(timers.nowUs());
});

test("the offset is measured in a burst, then now and then", async () => {
  const { socket } = await begin();
  const pings = () => socket.calls.filter((call) => call.method === "Ping").length;
  await timers.pass(2_000);
  expect(pings()).toBe(6);
  expect(feed.offset.value).toEqual({ us: 7_000, uncertainUs: 0 });
  await timers.pass(60_000);
  expect(pings()).toBe(12);
});

test("a page that is seen again asks at once", async () => {
  const { socket } = await begin();
  socket.send(frame({ seq: 3 }));
  feed.resync();
  await settled();
  expect(socket.watches().at(-1)).toEqual(["now", "e1", 3]);
});

test("a page that is seen again does not wait for the next attempt", async () => {
  prepare = (socket) => void (socket.opening = Promise.reject(new Error("refused")));
  await begin();
  await timers.pass(60_000);
  const before = sockets.length;
  feed.resync();
  await settled();
  expect(sockets.length).toBe(before + 1);
});

test("a page that comes back after a long silence drops the dead connection", async () => {
  const { socket } = await begin();
  socket.beat();
  await timers.pass(7_000);
  feed.resync();
  await timers.pass(300);
  expect(socket.stopped).toBe(true);
  expect(sockets.length).toBe(2);
});

test("a scope that the server does not know is named, and asked for again", async () => {
  prepare = (socket) => {
    socket.answers["Watch"] = () => Promise.reject(new Error("An error occurred. HubException: There is no heat 'x'."));
  };
  const { socket } = await begin("heat/m/x");
  expect(feed.refusal.value).toBe("There is no heat 'x'.");
  socket.answers["Watch"] = () => undefined;
  await timers.pass(5_000);
  expect(feed.refusal.value).toBeNull();
  expect(socket.watches()).toHaveLength(2);
});

test("frames of a scope that nobody watches any more are left alone", async () => {
  const { socket, held } = await begin();
  feed.unwatch("now");
  socket.send(frame({ seq: 1 }));
  expect(held.value).toBeNull();
  expect(socket.calls.at(-1)).toEqual({ method: "Unwatch", args: ["now"] });
});
