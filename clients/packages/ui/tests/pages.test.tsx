import type { HeatLine, HeatRow, RoundTable } from "@liveskate/wire";
import { Feed, Page } from "@liveskate/live";
import { render } from "preact-render-to-string";
import type { ComponentType } from "preact";
import { beforeEach, describe, expect, test } from "vitest";
import { Desk } from "../../../commentator/src/desk.tsx";
import { Phone } from "../../../mobile/src/phone.tsx";
import { Board } from "../../../scoreboard/src/board.tsx";
import { frame, header, row } from "../../live/tests/samples.ts";
import { HandSocket, HandTimers, settled } from "../../live/tests/track.ts";
import { certaintyWord, heatName, initialled, inRound, orderWords, resultOf } from "../src/index.ts";

const apps: [string, ComponentType<{ page: Page }>][] = [["scoreboard", Board], ["commentator", Desk], ["phone", Phone]];

let socket: HandSocket;
let page: Page;

beforeEach(async () => {
  const timers = new HandTimers();
  socket = new HandSocket();
  page = new Page(new Feed(() => socket, timers), timers, "now");
  void page.feed.run();
  await settled();
  socket.beat();
});

const words = (app: ComponentType<{ page: Page }>): string => html(app).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
const html = (App: ComponentType<{ page: Page }>): string => render(<App page={page} />);
const show = (heat: Parameters<typeof header>[0], rows: HeatRow[] = [row()], more: Record<string, unknown> = {}): void =>
  socket.send(frame({ puts: { heat: header(heat), ...Object.fromEntries(rows.map((one) => [`row:${one.bib}`, one])), ...more } }));

const running = { startUs: 0, serverUs: 0, rate: 1, running: true, stoppedMs: null };

const round: RoundTable = {
  meet: "m", event: "m1000", eventName: "Men's 1000 m sprint", id: "pre", name: "Preliminary round", status: "running",
  rule: "Heat winners and the 12 fastest go through.", heatsLeft: 2, cutMs: 86_905, cut: "1:26.905", lineAfter: 1,
  rows: ["11", "12"].map((bib, index) => ({
    bib, mark: null, by: index === 0 ? "time" : null, certainty: index === 0 ? "bubble" : "out", rank: 2, timeMs: 86_905 + index,
    name: `Skater ${bib}`, nation: "COL", heat: "m1000-pre-1", time: "1:26.905", timeRank: index + 1, neededMs: null, words: "Last in.",
  })),
};

describe.each(apps)("%s", (_, app) => {
  test.each([
    ["open", "START LIST"], ["armed", "READY"], ["running", "LIVE"], ["provisional", "PROVISIONAL"], ["review", "UNDER REVIEW"],
    ["official", "OFFICIAL"],
  ])("says in a word that a heat is %s", (state, word) => {
    show({ state });
    expect(words(app)).toContain(word);
  });

  test("says that what is shown is made up, and only then", () => {
    show({ rehearsal: false });
    expect(words(app)).not.toContain("Rehearsal");
    show({ rehearsal: true });
    expect(words(app)).toContain("Rehearsal: bibs, chips and splits are made up");
  });

  test("says which version a corrected result is, and why a result is under review", () => {
    const correction = { run: 1, version: 2, at: 9, recordedUs: 0, state: "official", actor: "office", reason: "photo finish", changes: ["KUO 4th → 3rd"] };
    show({ state: "official", version: 2, correction });
    expect(words(app)).toMatch(/Version 2: CORRECTED .*: KUO 4th → 3rd \(photo finish\)/);
    show({ state: "review", version: 2, reason: "blocking" });
    expect(words(app)).toMatch(/UNDER REVIEW .*blocking/);
  });

  test("gives each row its bib and rank for whoever looks from outside", () => {
    show({}, [row(), row({ bib: "12", order: 1, rank: null })]);
    expect(html(app)).toMatch(/data-bib="11" data-rank="1"/);
    expect(html(app)).toMatch(/data-bib="12" data-rank(="")?[ >]/);
  });

  test("shows rows in the server's order, without a rule of its own", () => {
    show({}, [row({ bib: "9", order: 1, rank: 1 }), row({ bib: "8", order: 0, rank: 2 })]);
    const bibs = [...html(app).matchAll(/data-bib="(\d+)"/g)].map((match) => match[1]);
    expect(bibs).toEqual(["8", "9"]);
  });

  test("shows a mark as its letter, and a status as its word", () => {
    show({ state: "official" }, [row({ mark: "Q", time: "1:23.633", timeMs: 83_633, status: "OK" }), row({ bib: "12", order: 1, status: "DSQ-TF" })]);
    expect(words(app)).toMatch(/1:23\.633 .*\bQ\b/);
    expect(words(app)).toContain("DSQ-TF");
  });

  test("names the next heat", () => {
    const next: HeatLine = {
      id: "m1000-semi-2", event: "m1000", eventName: "Men's 1000 m sprint", round: "semi", roundName: "Semifinals", number: 2, of: 4,
      state: "scheduled", order: 7,
    };
    show({}, [row()], { next });
    expect(words(app)).toMatch(/Next.*Semifinals, heat 2\/4/);
  });

  test("says how old it is once the server is silent", () => {
    show({});
    page.tick(page.feed.lastHeardUs.peek()! + 16_000_000);
    expect(words(app)).toMatch(/Stale since \d\d:\d\d:\d\d/);
    expect(words(app)).toContain("NOT LIVE");
    expect(words(app).replace("NOT LIVE", "")).not.toMatch(/\bLIVE\b/);
  });

  test("shows something sensible before anything has come, and when nothing is on", () => {
    expect(words(app)).toMatch(/Waiting for the first/);
    socket.send(frame({ puts: { meet: { id: "m", name: "The World Games", venue: "CrossPlex", timeZone: "UTC", rehearsal: false, status: "x" } } }));
    expect(words(app)).toContain("The World Games");
  });
});

test.each([["commentator", Desk], ["phone", Phone]] as const)("%s shows the round with its cut line in words, and who is on", (_, app) => {
  show({}, [row()], { round });
  expect(words(app)).toContain("1:26.905 is the slowest time that goes through");
  expect(words(app)).toMatch(/Skater 11.*Last in.*Cut line.*Skater 12.*Out/);
  expect(html(app)).toMatch(/class="active" data-bib="11"/);
});

test("the time column says what is known: a status, a time, the leader's own, a gap, laps behind, not seen, or nothing", () => {
  const shown = (over: Partial<HeatRow>): ReturnType<typeof resultOf> => resultOf(row(over), header({ orderAt: { lap: 2, atM: null } }));
  expect(shown({ status: "DNS", time: "1:00.000" })).toEqual({ text: "DNS", kind: "status" });
  expect(shown({ status: "OK", time: "1:23.633" })).toEqual({ text: "1:23.633", kind: "time" });
  expect(shown({ gapMs: 0 })).toEqual({ text: "34.567", kind: "leader" });
  expect(shown({ gapMs: 389 })).toEqual({ text: "+0.389", kind: "gap" });
  expect(shown({ gapMs: 16_787, lapsDown: 1 })).toEqual({ text: "\u22121 LAP", kind: "laps" });
  expect(shown({ gapMs: 389, overdue: true })).toEqual({ text: "not seen", kind: "late" });
  expect(shown({ gapMs: null })).toEqual({ text: "", kind: "none" });
});

test("who led at a lap that others have gone beyond has no leader's time any more; against the clock nobody is beyond", () => {
  const heat = header({ orderAt: { lap: 3, atM: null } });
  expect(resultOf(row({ lap: 2, gapMs: 0 }), heat)).toEqual({ text: "+0.000", kind: "gap" });
  expect(resultOf(row({ lap: 2, gapMs: 0, roundRank: 1 }), heat)).toEqual({ text: "34.567", kind: "gap" });
});

test.each([
  ["María Fernanda GUZMÁN ECHEVERRY", "M. GUZMÁN ECHEVERRY"], ["Алексей ЙЁЛКИН", "А. ЙЁЛКИН"], ["Gülşen ĞİŞÇİ", "G. ĞİŞÇİ"],
  ["怡君 陳", "怡君 陳"], ["Nordic Select", "Nordic Select"], ["No. 26", "No. 26"], ["LI", "LI"],
])("a narrow column has %s as %s", (name, short) => expect(initialled(name)).toBe(short));

test("a round with one heat does not count it", () => {
  expect(inRound({ roundName: "Final", number: 1, of: 1 })).toBe("Final");
  expect(inRound({ roundName: "Heats", number: 2, of: 4 })).toBe("Heats, heat 2/4");
});

describe.each([["commentator", Desk], ["phone", Phone]] as const)("%s", (_, app) => {
  test("says nothing of going through before anything was read of her", () => {
    const unread = { elapsedMs: null, gapMs: null, lapMs: null, lap: 0, certainty: "out" };
    show({ clock: running }, [row(unread)]);
    expect(html(app)).not.toContain("certainty");
    show({ clock: running }, [row({ ...unread, elapsedMs: 17_000, gapMs: 389, lap: 1 })]);
    expect(html(app)).toContain('class="certainty out"');
  });

  test("says before the start what she did in the round before", () => {
    const from = { round: "pre", rank: 2, mark: "q", by: "time", timeMs: 85_310, time: "1:25.310", timeBy: null, changed: false };
    show({ state: "open", round: "semi" }, [row({ from, elapsedMs: null, gapMs: null, lapMs: null, rank: null, lap: 0 })]);
    expect(words(app)).toContain("before: 2nd in the heat, 1:25.310, qualified on time");
  });
});

test("the desk has no column before the start that only a race fills, and none of laps where there is one", () => {
  show({ state: "open" }, [row({ elapsedMs: null, gapMs: null, lapMs: null, rank: null, lap: 0, status: "DNS" })]);
  expect(words(Desk)).not.toMatch(/Rank|Time or gap|To next|Last lap/);
  expect(words(Desk)).toMatch(/JIMÉNEZ.*DNS/);
  show({ clock: running, laps: 1 }, [row(), row({ bib: "12", order: 1 })]);
  expect(words(Desk)).toMatch(/Rank.*Time or gap.*To next/);
  expect(words(Desk)).not.toMatch(/Last lap/);
});

test("the desk keeps what was said of another heat apart from this one's news", () => {
  const line = { kind: "leader", bib: "11", at: 5 };
  socket.send(frame({
    puts: { heat: header(), "row:11": row() },
    highlights: [{ ...line, heat: "m1000-pre-0", text: "The result is official." }, { ...line, heat: header().id, at: 9, text: "JIMÉNEZ leads." }],
  }));
  expect(words(Desk)).toMatch(/Moments JIMÉNEZ leads\. Before this heat Preliminary round, heat 0: The result is official\./);
});

test("the order says at which point it was taken", () => {
  expect(orderWords(header({ orderAt: { lap: 3, atM: null } }))).toBe("order at lap 3");
  expect(orderWords(header({ orderAt: { lap: 0, atM: 111.12 } }))).toBe("order at 111.12 m");
  expect(orderWords(header({ orderAt: { lap: 5, atM: null } }))).toBe("others still to finish");
  expect(orderWords(header({ state: "finished", orderAt: { lap: 5, atM: null } }))).toBe("order at the finish");
  expect(orderWords(header({ orderAt: null }))).toBeNull();
  expect(orderWords(header({ format: "timeTrial" }))).toBeNull();
});

test("every certainty has a word of its own", () => {
  expect(new Set(["safe", "in", "bubble", "out", "gone"].map(certaintyWord)).size).toBe(5);
});

test("a heat that only its id is known of has its name from what else is on the page", () => {
  const line: HeatLine = { id: "w500-final-1", event: "w500", eventName: "Women's 500 m", round: "final", roundName: "Final", number: 1, of: 1, state: "official", order: 1 };
  const screen = { heat: header(), rounds: [], programme: [line] };
  expect(heatName("w500-final-1", screen)).toBe("Women's 500 m, Final");
  expect(heatName("m1000-pre-3", screen)).toBe("Preliminary round, heat 3");
  expect(heatName("m1000-semi-3", screen)).toBeNull();
});
