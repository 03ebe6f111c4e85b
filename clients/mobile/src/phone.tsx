import type { HeatHeader } from "@liveskate/wire";
import { formatTimeOfDay, type Page } from "@liveskate/live";
import {
  Ahead, Announcer, Clock, FinalView, Freshness, gapWords, heatOf, inRound, JuryNotes, lapsToGoWords, Legend, orderWords, Programme, Records,
  Refusal, Rehearsal, RoundView, Status, StatusNote, stoppedWords, titleOf,
} from "@liveskate/ui";
import type { JSX } from "preact";
import { Rows } from "./rows.tsx";

export function Phone({ page }: { page: Page }): JSX.Element {
  const { heat, rows, round, rounds, final, programme, next } = page.screen.value;
  const active = new Set(rows.map((row) => row.bib));
  const tables = round !== null ? [round] : rounds;
  return (
    <div class="phone">
      <Bar page={page} />
      <Rehearsal page={page} />
      <Refusal page={page} />
      <main>
        {heat === null ? <Nothing page={page} /> : <Heat page={page} heat={heat} />}
        <Legend screen={page.screen.value} />
        {next !== null && next.id !== heat?.id && (
          <p class="next">
            Next: {next.eventName}, {inRound(next)}
          </p>
        )}
        {final !== null && final.rows.length > 0 && <FinalView final={final} heat={heat} />}
        {tables.filter((table) => table.rule !== null).map((table) => <RoundView key={table.id} round={table} heat={heat} gaps={false} active={active} />)}
        {heat === null && programme.length > 0 && <Programme lines={programme} />}
      </main>
      <Announcer page={page} />
    </div>
  );
}

function Bar({ page }: { page: Page }): JSX.Element {
  const { state } = page.fresh.value;
  const old = state === "reconnecting" || state === "stale";
  const paused = page.paused.value;
  return (
    <header>
      {paused ? <Paused page={page} /> : <Freshness page={page} />}
      {old && !paused ? (
        <button type="button" onClick={() => page.feed.resync()}>Retry</button>
      ) : (
        <button type="button" aria-pressed={paused} onClick={() => (page.paused.value = !paused)}>
          {paused ? "Go on" : "Pause"}
        </button>
      )}
    </header>
  );
}

/** Whatever the connection says: what stands here is as old as the pause. */
const Paused = ({ page }: { page: Page }): JSX.Element => (
  <span class="freshness late">
    <span class="dot" aria-hidden="true" />
    Paused: as of {formatTimeOfDay(page.shownAtMs.value)}
  </span>
);

function Heat({ page, heat }: { page: Page; heat: HeatHeader }): JSX.Element {
  const { rows, round } = page.screen.value;
  const whose = stoppedWords(heat, rows);
  return (
    <section class="heat" aria-label="Now">
      <h1>{titleOf(heat)}</h1>
      <p class="standing">
        {heat.of > 1 && <span class="number">{heatOf(heat)}</span>}
        {heat.run > 1 && <span class="run">Run {heat.run}</span>}
        <Status page={page} heat={heat} />
        <StatusNote page={page} heat={heat} />
      </p>
      {heat.clock !== null && (
        <p class="now">
          <Clock page={page} />
          {heat.state === "running" && heat.laps > 1 && heat.lapsToGo !== null && <span class="to-go">{lapsToGoWords(heat)}</span>}
          {whose !== null && <span class="whose">{`${whose.label.toLowerCase()}: `}<bdi>{whose.name}</bdi></span>}
        </p>
      )}
      {heat.state === "armed" && <p class="ready">On the line</p>}
      {heat.clock === null && round?.rule != null && <p class="rule">{round.rule}</p>}
      <JuryNotes page={page} heat={heat} />
      <Ahead heat={heat} rows={rows} />
      {heat.state !== "official" && <Records heat={heat} />}
      <Rows page={page} rows={rows} heat={heat} />
      {heat.state === "running" && <p class="order-at">{[orderWords(heat), gapWords(rows)].filter((part) => part !== null).join(", ")}</p>}
    </section>
  );
}

function Nothing({ page }: { page: Page }): JSX.Element {
  const { known, meet, programme, rounds, event } = page.screen.value;
  if (event !== null || programme.length + rounds.length > 0) return <h1>{event?.name ?? meet?.name}</h1>;
  return (
    <section class="nothing">
      <h1>{meet?.name ?? "LiveSkate"}</h1>
      <p>{known ? "Nothing is being skated right now." : "Waiting for the first results."}</p>
    </section>
  );
}
