import type { HighlightLine } from "@liveskate/wire";
import type { Page } from "@liveskate/live";
import {
  Ahead, Announcer, certaintyLegend, Clock, Field, FinalView, Freshness, gapWords, heatOf, JuryNotes, markWords, orderWords, paceWords, Programme,
  raceLegend, Refusal, Rehearsal, RoundView, Status, StatusNote, stoppedWords, titleOf,
} from "@liveskate/ui";
import type { JSX } from "preact";
import { Order } from "./order.tsx";

/** One page for the whole heat: nothing to click between the start list and the result. */
export function Desk({ page }: { page: Page }): JSX.Element {
  const { heat, rows, round, rounds, final, programme, moments, next, known, meet, event } = page.screen.value;
  const active = new Set(rows.map((row) => row.bib));
  const tables = round !== null ? [round] : rounds;
  return (
    <div class="desk">
      <Head page={page} />
      <Rehearsal page={page} />
      <Refusal page={page} />
      <main>
        <section class="heat" aria-label="Heat">
          {heat === null ? (
            <p class="nothing">{known ? event === null ? `${meet?.name ?? "Nothing"}: no heat is on.` : event.name : "Waiting for the first state from the server."}</p>
          ) : (
            <>
              <h1>
                {titleOf(heat)} <span class="number">{heatOf(heat)}</span>
              </h1>
              <p class="standing">
                <Status heat={heat} /> <StatusNote heat={heat} />
                {heat.state !== "official" && rows.some((row) => row.time !== null) && <span class="say">Not official: say “provisional”.</span>}
                <span class="order-at">{[orderWords(heat), gapWords(rows)].filter((part) => part !== null).join(", ")}</span>
              </p>
              {heat.clock === null && round?.rule != null && <p class="rule">{round.rule}</p>}
              <JuryNotes heat={heat} />
              <Ahead heat={heat} rows={rows} />
              {heat.state !== "official" && heat.records.map((mark) => <p key={mark.kind} class="records">{markWords(mark)}, {paceWords(mark)}</p>)}
              <Order page={page} rows={rows} heat={heat} cutMs={round?.cutMs ?? null} />
            </>
          )}
          {programme.length > 0 && <Programme lines={programme} />}
        </section>
        <section class="side" aria-label="Moments and round">
          <Moments lines={moments} />
          {next !== null && (
            <p class="next">
              <span class="label">Next</span> {titleOf(next)}, {heatOf(next).toLowerCase()}
            </p>
          )}
          {tables.filter((table) => table.rule !== null).map((table) => <RoundView key={table.id} round={table} gaps active={active} />)}
          {final !== null && final.rows.length > 0 && <FinalView final={final} />}
          <p class="legend">{certaintyLegend}</p>
          <p class="legend">{raceLegend}</p>
        </section>
      </main>
      <Announcer page={page} />
    </div>
  );
}

function Head({ page }: { page: Page }): JSX.Element {
  const { heat, rows, round, meet } = page.screen.value;
  const toGo = heat?.lapsToGo ?? null;
  return (
    <header>
      <div class="connection">
        <Freshness page={page} />
        <span class="meet">{meet?.name}</span>
      </div>
      <Field label={heat?.clock?.running === false ? stoppedWords(rows) : "Race clock"} name="time">
        <Clock page={page} />
      </Field>
      {heat?.laps !== 1 && (
        <Field label="Laps to go" name="to-go">
          {heat === null ? "–" : `${toGo ?? heat.laps}${heat.bell ? " · BELL" : ""}`}
        </Field>
      )}
      {round?.rule != null && (
        <Field label="Slowest time through" name="cut">
          {round.cut ?? "–"}
        </Field>
      )}
    </header>
  );
}

function Moments({ lines }: { lines: readonly HighlightLine[] }): JSX.Element {
  return (
    <div class="moments">
      <h2>Moments</h2>
      {lines.length === 0 && <p class="none">Nothing yet.</p>}
      <ol>
        {lines.slice(0, 8).map((line) => (
          <li key={`${line.at}${line.kind}${line.bib}`} data-kind={line.kind}>
            {line.text}
          </li>
        ))}
      </ol>
    </div>
  );
}
