import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { statusNote, type Page } from "@liveskate/live";
import { Announcer, gapWords, heatOf, inRound, orderWords, protestWords, Refusal, Rehearsal, sprintWords, Status, titleOf } from "@liveskate/ui";
import type { JSX } from "preact";
import { Fit } from "./fit.tsx";
import { FinalBoard, ProgrammeBoard, RoundBoard } from "./lists.tsx";
import { SoFar } from "./so-far.tsx";
import { RaceRows } from "./race.tsx";
import { Side } from "./side.tsx";
import { viewAt, viewsOf } from "./views.ts";

const pinned = typeof location === "undefined" ? null : new URLSearchParams(location.search).get("view");

/** As many as skate at once against the clock: below them there is room for who has skated before. */
const FEW = 2;

export function Board({ page }: { page: Page }): JSX.Element {
  const screen = page.screen.value;
  const second = page.serverSecond.value;
  const view = viewAt(screen, second, pinned);
  const turns = viewsOf(screen).length;
  const { heat } = screen;
  return (
    <div class={`board view-${view}`} data-view={view}>
      <Head page={page} />
      <main>
        {(view === "start" || view === "race") && heat !== null && (
          <>
            <section class="list">
              <RaceRows page={page} rows={screen.rows} heat={heat} second={second} turns={turns} />
              {screen.rows.length <= FEW && <SoFar screen={screen} />}
            </section>
            <Side page={page} />
          </>
        )}
        {view === "round" && <RoundBoard page={page} second={second} turns={turns} />}
        {view === "final" && screen.final !== null && <FinalBoard final={screen.final} heat={heat} second={second} turns={turns} />}
        {view === "programme" && <ProgrammeBoard lines={screen.programme} second={second} turns={turns} />}
        {view === "empty" && <Empty page={page} />}
      </main>
      <Foot page={page} />
      <Announcer page={page} />
    </div>
  );
}

function Head({ page }: { page: Page }): JSX.Element {
  const { heat, meet, event, final } = page.screen.value;
  const title = heat !== null ? titleOf(heat) : (event?.name ?? final?.eventName ?? meet?.name ?? "LiveSkate");
  return (
    <header>
      <h1>
        <Fit of={title}>{title}</Fit>
      </h1>
      {heat !== null && (
        <p class="heat">
          {heatOf(heat)}
          {heat.run > 1 && <span class="run"> Run {heat.run}</span>}
        </p>
      )}
    </header>
  );
}

function Foot({ page }: { page: Page }): JSX.Element {
  const { heat, meet, next, rows } = page.screen.value;
  const notes = heat === null ? "" : notesOf(heat, rows, meet?.timeZone).join(" · ");
  return (
    <footer>
      <div class="standing">
        {heat !== null && <Status page={page} heat={heat} />}
        <span class="note">
          <Fit of={notes}>{notes}</Fit>
        </span>
        <Age page={page} />
      </div>
      <div class="around">
        {next !== null && next.id !== heat?.id && (
          <p class="next">
            <Fit of={next.id}>Next: {next.event === heat?.event ? inRound(next) : `${next.eventName}, ${inRound(next)}`}</Fit>
          </p>
        )}
        <Refusal page={page} />
        <Rehearsal page={page} />
      </div>
    </footer>
  );
}

/** What there is to say of the result as a whole, in one line: more of it is set narrower. */
function notesOf(heat: HeatHeader, rows: readonly HeatRow[], timeZone: string | undefined): readonly string[] {
  const running = heat.state === "running";
  return [
    running ? orderWords(heat) : null,
    running ? gapWords(rows) : null,
    running && heat.lastSprint !== null ? sprintWords(heat.lastSprint, rows) : null,
    statusNote(heat, timeZone, true),
    heat.startListDoubt === null ? null : "Start list: the jury decides",
    heat.juryOrder === null ? null : "Order set by the jury",
    heat.protestUntilUs === null ? null : protestWords(heat.protestUntilUs, timeZone),
  ].filter((words) => words !== null);
}

/** On a board nothing is the sign of health; what is old says how old. */
function Age({ page }: { page: Page }): JSX.Element | null {
  const { state, words, ageS } = page.fresh.value;
  const { heat } = page.screen.value;
  if (state === "live" || state === "source-down") return null;
  const asOf = heat?.orderAt && heat.state === "running" ? `as of lap ${heat.orderAt.lap}, ${ageS ?? 0} s ago. ` : "";
  return (
    <span class={`age ${state}`}>
      {asOf}
      {state === "late" ? "" : words}
    </span>
  );
}

function Empty({ page }: { page: Page }): JSX.Element {
  const { known, meet } = page.screen.value;
  return (
    <div class="empty">
      <p class="meet">{meet?.name ?? "LiveSkate"}</p>
      {meet !== null && <p class="venue">{meet.venue}</p>}
      <p>{known ? "Nothing is being skated right now" : "Waiting for the first results"}</p>
    </div>
  );
}
