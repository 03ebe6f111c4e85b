// @vitest-environment happy-dom
import "@preact/signals";
import type { HeatRow } from "@liveskate/wire";
import { Feed, Page } from "@liveskate/live";
import { render, type ComponentType } from "preact";
import { render as renderToString } from "preact-render-to-string";
import { afterEach, expect, test } from "vitest";
import { Desk } from "../../../commentator/src/desk.tsx";
import { Phone } from "../../../mobile/src/phone.tsx";
import { Board } from "../../../scoreboard/src/board.tsx";
import { frame, header, row } from "../../live/tests/samples.ts";
import { HandSocket, HandTimers, settled } from "../../live/tests/track.ts";

/** A small generator of its own, so that a failure can be repeated. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function someRow(bib: string, order: number, roll: (n: number) => number): HeatRow {
  const finished = roll(2) === 0;
  return row({
    bib, order, rank: roll(5) === 0 ? null : order + 1, name: `Given FAMILY${bib}`, shortName: `FAMILY${bib}`,
    time: finished ? `1:23.${100 + roll(900)}` : null, timeMs: finished ? 83_500 : null, status: finished ? "OK" : roll(6) === 0 ? "DNF" : null,
    gapMs: order === 0 ? 0 : roll(900), lap: roll(5), overdue: roll(5) === 0, unresolved: roll(5) === 0,
    mark: [null, null, "Q", "q"][roll(4)]!, remarks: roll(5) === 0 ? ["FS"] : [], certainty: ["safe", "in", "bubble", "out", "gone"][roll(5)]!,
    out: roll(4) === 0 ? { place: order + 1, lapsToGo: roll(9), cause: "rule" } : null, lapsDown: roll(4) === 0 ? 1 : 0,
  });
}

const apps: [string, ComponentType<{ page: Page }>][] = [["scoreboard", Board], ["commentator", Desk], ["phone", Phone]];
const bare = (html: string): string =>
  html.replace(/="true"/g, "").replace(/=""/g, "").replace(/ style="[^"]*"/g, "").replace(/<div class="unseen">.*?<\/div>/, "").replace(/&[a-z#0-9]+;/g, "&");

afterEach(() => void (document.body.innerHTML = ""));

test.each(apps)("%s: after any frames the page is what it would be if it were drawn anew", async (_, App) => {
  const timers = new HandTimers();
  const socket = new HandSocket();
  const page = new Page(new Feed(() => socket, timers), timers, "now");
  void page.feed.run();
  await settled();
  render(<App page={page} />, document.body);

  const roll = dice(2026);
  let seq = 0;
  for (let round = 0; round < 40; round++) {
    const bibs = ["11", "12", "13", "14", "15", "16"].sort(() => roll(3) - 1).slice(0, 2 + roll(5));
    const puts = Object.fromEntries(bibs.map((bib, order) => [`row:${bib}`, someRow(bib, order, roll)]));
    const state = ["open", "armed", "running", "running", "finished", "provisional", "official"][roll(7)]!;
    const base = round > 0 && roll(2) === 0 ? seq : null;
    const removes = base === null ? [] : ["11", "12", "13", "14", "15", "16"].filter((bib) => !bibs.includes(bib)).map((bib) => `row:${bib}`);
    socket.send(frame({ base, seq: ++seq, puts: { heat: header({ state }), ...puts }, removes }));
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(bare(document.body.innerHTML)).toBe(bare(renderToString(<App page={page} />)));
  }
});
