import type { HeatHeader, HeatRow } from "@liveskate/wire";
import type { Page } from "@liveskate/live";
import { Announcer, gapWords, heatOf, orderWords, protestWords, Refusal, Rehearsal, Status, StatusNote, titleOf } from "@liveskate/ui";
import type { JSX } from "preact";
import { Fit } from "./fit.tsx";
import { FinalBoard, ProgrammeBoard, RoundBoard } from "./lists.tsx";
import { RaceRows } from "./race.tsx";
import { Side } from "./side.tsx";
import { viewAt, viewsOf } from "./views.ts";

const pinned = typeof location === "undefined" ? null : new URLSearchParams(location.search).get("view");

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
            <RaceRows page={page} rows={screen.rows} heat={heat} second={second} turns={turns} />
            <Side page={page} />
          </>
        )}
        {view === "round" && <RoundBoard page={page} second={second} turns={turns} />}
        {view === "final" && screen.final !== null && <FinalBoard final={screen.final} second={second} turns={turns} />}
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
          {heat.run > 1 && <span class="run">, run {heat.run}</span>}
        </p>
      )}
    </header>
  );
}

function Foot({ page }: { page: Page }): JSX.Element {
  const { heat, next, rows } = page.screen.value;
  return (
    <footer>
      <div class="standing">
        {heat !== null && <Status heat={heat} />}
        {heat !== null && <OrderNote heat={heat} rows={rows} />}
        {heat !== null && <StatusNote heat={heat} brief />}
        {heat?.startListDoubt != null && <span class="note">Start list: the jury decides</span>}
        {heat?.juryOrder != null && <span class="note">Order set by the jury</span>}
        {heat?.protestUntilUs != null && <span class="note">{protestWords(heat.protestUntilUs)}</span>}
        <Age page={page} />
      </div>
      {next !== null && next.id !== heat?.id && (
        <p class="next">
          Next: {next.event === heat?.event ? next.roundName : `${next.eventName}, ${next.roundName}`}, {heatOf(next).toLowerCase()}
        </p>
      )}
      <Refusal page={page} />
      <Rehearsal page={page} />
    </footer>
  );
}

function OrderNote({ heat, rows }: { heat: HeatHeader; rows: readonly HeatRow[] }): JSX.Element | null {
  const words = heat.state === "running" ? [orderWords(heat), gapWords(rows)].filter((part) => part !== null) : [];
  return words.length === 0 ? null : <span class="order-at">{words.join(", ")}</span>;
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
