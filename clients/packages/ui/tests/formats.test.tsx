import type { HeatRow, RaceClock } from "@liveskate/wire";
import { FinalView, Marks } from "@liveskate/ui";
import { Feed, formatTimeOfDay, Page } from "@liveskate/live";
import { render } from "preact-render-to-string";
import type { ComponentType } from "preact";
import { beforeEach, describe, expect, test } from "vitest";
import { Desk } from "../../../commentator/src/desk.tsx";
import { Phone } from "../../../mobile/src/phone.tsx";
import { Board } from "../../../scoreboard/src/board.tsx";
import { frame, header, row } from "../../live/tests/samples.ts";
import { HandSocket, HandTimers, settled } from "../../live/tests/track.ts";

type App = ComponentType<{ page: Page }>;

const apps: [string, App][] = [["scoreboard", Board], ["commentator", Desk], ["phone", Phone]];
const close: [string, App][] = [["commentator", Desk], ["phone", Phone]];
const points = { format: "points", laps: 25, lapsToGo: 9, nextSprint: 6 };
const elimination = { format: "elimination", laps: 20, lapsToGo: 9, nextElimination: 8, goOut: 2, stillIn: 14 };

let timers: HandTimers;
let socket: HandSocket;
let page: Page;

beforeEach(async () => {
  timers = new HandTimers();
  socket = new HandSocket();
  page = new Page(new Feed(() => socket, timers), timers, "now");
  void page.feed.run();
  await settled();
  socket.beat();
});

/** Without what explains the signs, and what only a screen reader says: a sign is to be found where it belongs. */
const html = (Of: App): string =>
  render(<Of page={page} />).replace(/<div class="unseen">.*?<\/div>|<(p|details) class="legend">.*?<\/\1>/gs, "");
const words = (app: App): string => html(app).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
const clock = (agoMs: number): RaceClock => ({ startUs: timers.nowUs() + 7_000 - agoMs * 1000, serverUs: 0, rate: 1, running: true, stoppedMs: null });
function show(heat: Parameters<typeof header>[0], rows: HeatRow[] = [row()]): void {
  const puts = { heat: header({ clock: clock(60_000), ...heat }), ...Object.fromEntries(rows.map((one) => [`row:${one.bib}`, one])) };
  socket.send(frame({ puts }));
  page.tick(timers.nowUs());
}

describe.each(apps)("%s", (_, app) => {
  test("shows points, and in parentheses those that the judges have not said", () => {
    show(points, [row({ points: 7, pointsUnjudged: 2 }), row({ bib: "12", order: 1, points: 3, pointsUnjudged: 0 })]);
    expect(words(app)).toMatch(/5 \(\+2\).* 3 /);
    expect(words(app)).toContain("Next sprint in 3 laps");
  });

  test("has no points where the format gives none", () => {
    show({});
    expect(html(app)).not.toContain("points");
  });

  test("tells a sprint that the transponders propose from one that the judges have said", () => {
    const sprint = { lapsToGo: 12, judged: false, complete: true, unresolved: false, scores: [{ bib: "11", place: 1, points: 2 }] };
    show({ ...points, lastSprint: sprint });
    expect(words(app)).toContain("Sprint at 12 to go, not judged yet: JIMÉNEZ (+2)");
    show({ ...points, lastSprint: { ...sprint, judged: true } });
    expect(words(app)).toContain("Sprint at 12 to go: JIMÉNEZ 2");
  });

  test("says who is a lap down, who goes out next, and who may be out already", () => {
    show(elimination, [row({ lapsDown: 1 }), row({ bib: "12", order: 1, inDanger: true }), row({ bib: "13", order: 2, proposedOut: true, inDanger: true })]);
    expect(words(app)).toMatch(/\u22121 LAP .*OUT NEXT .*OUT\? /);
    expect(words(app)).toContain("Next elimination at the end of this lap: 2 go out, 14 still in");
  });

  test("keeps who is out with EL and the place, in another look", () => {
    show(elimination, [row(), row({ bib: "12", order: 1, rank: null, status: "EL", lapsDown: 3, out: { place: 15, lapsToGo: 10, cause: "lapped" } })]);
    expect(html(app)).toMatch(/class="(row )?gone( told)?"/);
    expect(words(app)).toMatch(/ 15 .* EL /);
    expect(words(app)).not.toContain("LAPS ");
  });

  test("rings the bell when the server says so, and before the last lap says what for beside the laps to go", () => {
    show({ ...points, lapsToGo: 7, bell: true });
    expect(words(app)).toContain("Bell: sprint at the end of this lap");
    expect(words(app)).toMatch(/Laps to go 7|7 laps to go/);
    expect(words(app)).not.toContain("BELL");
    show({ ...elimination, bell: true });
    expect(words(app)).toContain("Bell: elimination at the end of this lap: 2 go out");
    show({ ...points, lapsToGo: 1, nextSprint: 0, bell: true });
    expect(words(app)).toMatch(/BELL|Last lap · bell/);
    expect(words(app)).toContain("Bell: last sprint at the end of this lap");
    show({ ...points, lapsToGo: 1, bell: false });
    expect(words(app)).not.toMatch(/bell/i);
  });

  test("shows lane, place in the round, and an estimate that is no time", () => {
    show({ format: "timeTrial" }, [row({ lane: 2, roundRank: 3, gapMs: 389, projectedMs: 86_190, projectedRestMs: 17_000 })]);
    expect(words(app)).toMatch(/line 2 · 3rd at this point/);
    show({ format: "timeTrial" }, [row({ lane: 2, roundRank: 1, aheadMs: 237, gapMs: 0 })]);
    expect(words(app)).toContain("line 2 · 1st at this point, 0.237 ahead");
    expect(words(app)).toMatch(/split 34\.567|34\.567 split/);
    show({ format: "timeTrial" }, [row({ lane: 2, roundRank: 3, gapMs: 389, projectedMs: 86_190, projectedRestMs: 17_000 })]);
    expect(html(app)).toMatch(/class="estimate"[^>]*>≈ 1:26\.1</);
    expect(words(app)).toMatch(/\+0\.389.*gaps to the best of the round|gaps to the best of the round.*\+0\.389/);
  });

  test("counts no laps where the line is crossed once, and tells a lane from a line", () => {
    show({ format: "sprint", distanceM: 100, laps: 1, lapsToGo: 1 }, [row({ lane: 2 })]);
    expect(words(app)).toMatch(/lane 2/);
    expect(html(app)).not.toContain("to-go");
  });

  test("lets an estimate only get worse while nothing arrives", async () => {
    show({}, [row({ projectedMs: 86_190, projectedRestMs: 17_000, roundRank: 1 })]);
    await timers.pass(12_000);
    page.tick(timers.nowUs());
    expect(html(app)).toContain("≈ 1:29.0");
  });

  test.each([["neutralised", "NEUTRALISED"], ["stopped", "STOPPED"]])("says that a race is %s", (paused, word) => {
    show({ paused });
    expect(words(app)).toContain(word);
  });

  test("says that a heat is cancelled, and why", () => {
    show({ state: "cancelled", clock: null, reason: "rain" });
    expect(words(app)).toMatch(/CANCELLED.*rain/);
  });

  test("says what was corrected, whose order it is, and until when it may be disputed", () => {
    const recordedUs = Date.parse("2022-07-08T14:32:50") * 1000;
    show({
      state: "provisional", version: 2, protestUntilUs: recordedUs,
      juryOrder: { by: "office/ana", reason: "photo finish", recordedUs, against: ["KUO 4th → 3rd"] },
      correction: { run: 1, version: 2, at: 9, recordedUs, state: "provisional", actor: "office", reason: null, changes: ["SWINGS 4th → 3rd"] },
    });
    expect(words(app)).toContain("CORRECTED 14:32: SWINGS 4th → 3rd");
    expect(words(app)).toContain("Order set by the jury");
    expect(words(app)).toContain("Protests until 14:32");
  });

  test("says that a start list is not what the round before gives any more", () => {
    show({ state: "open", startListDoubt: "Preliminary round has changed since the draw: PROKOP loses, ROUMEC gains a place." });
    expect(words(app)).toMatch(/(ROUMEC gains a place\. The|Start list: the) jury decides/);
  });

  test("marks a time taken by hand, and one that is too close to tell", () => {
    show({ state: "provisional" }, [row({ time: "1:23.6", timeMs: 83_600, timeBy: "hand", unresolved: true, remarks: ["unresolved"], status: "OK" })]);
    expect(words(app)).toMatch(/ PF\? .*M /);
    expect(words(app)).not.toContain("unresolved");
  });

  test.each([
    ["finished", "first, not confirmed"], ["provisional", "first, provisional"], ["review", "first, under review"], ["official", "winner"],
  ])("says whose time a stopped clock shows, and that nobody has won before the result is official: %s", (state, said) => {
    const stopped = { state, of: 1, clock: { ...clock(0), running: false, stoppedMs: 83_633 } };
    const timed = row({ time: "1:23.633", timeMs: 83_633, status: "OK" });
    show(stopped, [row({ bib: "12", status: "DSQ-TF", rank: null, shortName: "SWINGS" }), timed]);
    expect(words(app).toLowerCase()).toMatch(new RegExp(`${said}:? jiménez.*1:23\\.6`));
    if (state !== "official") expect(words(app)).not.toMatch(/winner/i);
    show(stopped, [{ ...timed, points: 7, pointsUnjudged: 0, rank: 2, onTrack: 2 }, { ...timed, bib: "13", order: 1, points: 3, rank: 1, onTrack: 1, shortName: "MANTIA" }]);
    expect(words(app)).not.toMatch(/winner/i);
    expect(words(app)).toMatch(/first over the line.*MANTIA/i);
  });

  test("once the leader is in, says of the others at which lap their gap was taken, and who of a team is still on the track", () => {
    const team = { members: ["Anna ROSSI"], skater: "Anna ROSSI" };
    show({ format: "relay", lapsToGo: 0, orderAt: { lap: 5, atM: null } }, [
      row({ ...team, lap: 5, time: "1:46.310", timeMs: 106_310, status: "OK" }), row({ ...team, bib: "12", order: 1, rank: 2, lap: 4, gapMs: 432, skater: "Rita FAGUNDES" }),
    ]);
    expect(words(app)).toMatch(/1:46\.310 .*lap 4: \+0\.432/);
    expect(words(app)).toContain("on track: Rita FAGUNDES");
    expect(words(app)).not.toContain("on track: Anna ROSSI");
    expect(words(app)).not.toContain("order at the finish");
    expect(words(app)).toContain("others still to finish");
  });

  test("shows the record to beat before the start", () => {
    show({ state: "open", clock: null, records: [{ kind: "WR", timeMs: 80_000, time: "1:20.000", holder: "MANTIA", paceMs: 16_000 }] });
    expect(words(app)).toContain("WR 1:20.000 MANTIA");
  });
});

describe.each(apps)("%s", (_, app) => {
  test("against the clock shows who has skated before, and how many heats are left", () => {
    const line = { bib: "21", name: "Eva BIANCHI", nation: "ITA", rank: 1, timeMs: 18_342, status: "OK", points: null, members: [], notes: [], parts: [] };
    const final = { event: "m1000", eventName: "200 m time trial", status: "scheduled", heatsLeft: 2, rows: [line] };
    const heat = header({ format: "timeTrial", laps: 1, clock: clock(5_000), lapsToGo: 1 });
    socket.send(frame({ puts: { heat, final, "row:11": row({ elapsedMs: null, gapMs: null, lap: 0 }) } }));
    page.tick(timers.nowUs());
    expect(words(app)).toMatch(/so far,? this heat and 1 more .*1 ITA (21 )?Eva BIANCHI 18\.342/);
    expect(words(app)).not.toMatch(/final ranking/i);
    socket.send(frame({ seq: 2, puts: { heat, final: { ...final, heatsLeft: 1 }, "row:11": row() } }));
    expect(words(app)).toContain("this heat is the last");
  });

  test("gives times of day of the track, and says so where the reader's clock is another", () => {
    const meet = { id: "m", name: "Cup", venue: "Hall", timeZone: "Pacific/Kiritimati", rehearsal: false, status: "running" };
    const heat = header({ state: "provisional", version: 1, protestUntilUs: Date.parse("2022-07-08T10:30:00Z") * 1000 });
    socket.send(frame({ puts: { meet, heat, "row:11": row() } }));
    expect(words(app)).toContain("Protests until 00:30 at the track");
  });

  test("gives a combined its points for a result, and says what they are made of where there is room", () => {
    const parts = [
      { event: "w100", eventName: "100 m", rank: 1, points: 8, status: "OK" }, { event: "wp", eventName: "3000 m points", rank: null, points: 0, status: "DSQ-SF" },
      { event: "we", eventName: "3000 m elimination", rank: null, points: null, status: null },
    ];
    const rows = [{ bib: "11", name: "Anna ROSSI", nation: "ITA", rank: 1, timeMs: null, status: "OK", points: 8, members: [], notes: [], parts }];
    socket.send(frame({ puts: {
      meet: { id: "m", name: "Cup", venue: "Hall", timeZone: "Etc/UTC", rehearsal: true, status: "running" },
      event: { id: "c", name: "Combined", format: "combined" }, final: { event: "c", eventName: "Combined", status: "running", heatsLeft: 0, rows },
    } }));
    page.tick(timers.nowUs());
    expect(words(app)).toMatch(/Combined.* 1 .*Anna ROSSI.* 8 /);
    expect(words(app)).toContain("Rehearsal");
    expect(words(app)).not.toMatch(/no heat is on|Nothing is being/);
    if (app !== Board) expect(words(app)).toContain("100 m: 1st, 8 points 3000 m points: DSQ-SF, 0 points 3000 m elimination: –");
  });
});

test("the board shows who of a team is on the track, and before and after the race all of them", () => {
  const team = row({ name: "Italy", shortName: "Italy", members: ["Anna ROSSI", "Eva BIANCHI"], skater: "Eva BIANCHI" });
  show({ format: "relay" }, [team]);
  expect(words(Board)).toContain("on track: Eva BIANCHI");
  expect(words(Board)).not.toContain("ROSSI");
  show({ format: "relay", state: "provisional" }, [{ ...team, status: "OK", time: "1:46.310", timeMs: 106_310 }]);
  expect(words(Board)).toContain("A. ROSSI, E. BIANCHI");
});

test("a paused phone does not say that it is live", async () => {
  show({});
  page.tick(timers.nowUs());
  expect(words(Phone)).toMatch(/^ Live /);
  page.paused.value = true;
  const at = formatTimeOfDay(timers.nowUs() / 1000);
  await timers.pass(5_000);
  socket.beat();
  page.tick(timers.nowUs());
  expect(words(Phone)).toMatch(new RegExp(`^ Paused: as of ${at} Go on .* NOT LIVE`));
  page.tick(timers.nowUs() + 20_000_000);
  expect(words(Phone)).toContain(`Paused: as of ${at} Go on`);
});

test("the board says what the two numbers of a points race are", () => {
  show(points, [row({ points: 7, pointsUnjudged: 2 })]);
  expect(words(Board)).toMatch(/ Points Time or gap 1 /);
  show({}, [row()]);
  expect(words(Board)).not.toContain("Time or gap");
});

test("the final ranking has the points and the skaters, and EL for who was eliminated", () => {
  const line = { bib: "11", name: "Italy", nation: "ITA", rank: 1, timeMs: null, status: "OK", points: 17, members: ["Anna ROSSI"], notes: [], parts: [] };
  const html = render(<FinalView heat={null} final={{ event: "e", eventName: "Relay", status: "official", heatsLeft: 0, rows: [line, { ...line, bib: "12", rank: 2, status: "EL", points: 0 }] }} />);
  expect(html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ")).toMatch(/Points Time 1 ITA 11 Italy 17 Anna ROSSI 2 ITA 12 Italy 0 EL/);
});

test("a record that nobody has ratified has its word, or on a board a question mark", () => {
  const beaten = row({ remarks: ["WR (pending)"] });
  expect(render(<Marks row={beaten} />)).toContain(">WR (pending)<");
  expect(render(<Marks row={beaten} brief />)).toMatch(/title="WR \(pending\)">WR\?</);
});

describe.each(close)("%s", (_, app) => {
  test("names a team's skaters, and who of them is in the race", () => {
    show({ format: "relay" }, [row({ name: "Italy", members: ["Anna ROSSI", "Eva BIANCHI"], skater: "Eva BIANCHI" })]);
    expect(words(app)).toMatch(/Italy .*Anna ROSSI, Eva BIANCHI .*on track: Eva BIANCHI/);
    show({ format: "teamTimeTrial" }, [row({ name: "Italy", members: ["Anna ROSSI", "Eva BIANCHI"], skater: "Eva BIANCHI" })]);
    expect(words(app)).toContain("time taken on: Eva BIANCHI");
  });

  test("says whom the transponders propose for out, and that the judges decide", () => {
    show({ ...elimination, proposed: [{ lapsToGo: 10, bibs: ["11"], unresolved: true }] });
    expect(words(app)).toContain("Last at 10 to go by transponder: 11 JIMÉNEZ, too close to tell. The judges decide.");
  });

  test("says when and why somebody went out, and what the track measured", () => {
    show(elimination, [row({ status: "EL", out: { place: 15, lapsToGo: 10, cause: "gave-up" } }), row({ bib: "12", order: 1, timeBy: "RR", measuredMs: 83_500 })]);
    expect(words(app)).toContain("out at 10 to go (gave up)");
    expect(words(app)).toContain("time exchanged, measured 1:23.500");
  });

  test("says how long somebody who is overdue has not been seen", async () => {
    show({}, [row({ overdue: true, overdueMs: 2_000, dueMs: 58_000, elapsedMs: 41_000 })]);
    await timers.pass(3_000);
    page.tick(timers.nowUs());
    expect(words(app)).toContain("not seen for 22 s");
  });
});
