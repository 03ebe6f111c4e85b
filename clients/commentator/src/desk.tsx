import type { FinalTable, HeatHeader, HighlightLine } from "@liveskate/wire";
import type { Page, Screen } from "@liveskate/live";
import {
  Ahead, Announcer, Clock, Field, FinalView, Freshness, gapWords, heatName, heatOf, inRound, isLastBell, JuryNotes, Legend, markWords, orderWords, paceWords, Programme,
  Refusal, Rehearsal, RoundView, Status, StatusNote, stoppedWords, titleOf,
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
                {titleOf(heat)} <span class="number">{heatOf(heat)}</span> {heat.run > 1 && <span class="run">Run {heat.run}</span>}
              </h1>
              <p class="standing">
                <Status page={page} heat={heat} /> <StatusNote page={page} heat={heat} />
                {heat.state !== "official" && rows.some((row) => row.time !== null) && <span class="say">Not official: say “provisional”.</span>}
                <span class="order-at">{[orderWords(heat), gapWords(rows)].filter((part) => part !== null).join(", ")}</span>
              </p>
              {heat.clock === null && round?.rule != null && <p class="rule">{round.rule}</p>}
              <JuryNotes page={page} heat={heat} />
              <Ahead heat={heat} rows={rows} />
              {heat.state !== "official" && heat.records.map((mark) => <p key={mark.kind} class="records">{markWords(mark)}, {paceWords(mark)}</p>)}
              <Order page={page} rows={rows} heat={heat} cutMs={round?.cutMs ?? null} />
            </>
          )}
          {heat === null && <Ranking final={final} heat={heat} />}
          {heat === null && programme.length > 0 && <Programme lines={programme} />}
        </section>
        <section class="side" aria-label="Moments and round">
          <Moments lines={moments} screen={page.screen.value} />
          {next !== null && (
            <p class="next">
              <span class="label">Next</span> {next.eventName}, {inRound(next)}
            </p>
          )}
          {tables.filter((table) => table.rule !== null).map((table) => <RoundView key={table.id} round={table} heat={heat} gaps active={active} />)}
          {heat !== null && <Ranking final={final} heat={heat} />}
          <Legend screen={page.screen.value} lastLaps />
        </section>
      </main>
      <Announcer page={page} />
    </div>
  );
}

const Ranking = ({ final, heat }: { final: FinalTable | null; heat: HeatHeader | null }): JSX.Element | null =>
  final === null || final.rows.length === 0 ? null : <FinalView final={final} heat={heat} />;

function Head({ page }: { page: Page }): JSX.Element {
  const { heat, rows, round, meet } = page.screen.value;
  const toGo = heat?.lapsToGo ?? null;
  const whose = heat === null ? null : stoppedWords(heat, rows);
  return (
    <header>
      <div class="connection">
        <Freshness page={page} />
        <span class="meet">{meet?.name}</span>
      </div>
      <Field label={whose === null ? "Race clock" : `${whose.label}: ${whose.name}`} name="time">
        <Clock page={page} />
      </Field>
      {heat?.laps !== 1 && (
        <Field label="Laps to go" name="to-go">
          {heat === null ? "–" : `${toGo ?? heat.laps}${isLastBell(heat) ? " · BELL" : ""}`}
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

const MOST_MOMENTS = 8;

/** What was said of another heat stands apart: nobody must read it out as news of this one. */
function Moments({ lines, screen }: { lines: readonly HighlightLine[]; screen: Screen }): JSX.Element {
  const heat = screen.heat?.id ?? null;
  const own = lines.filter((line) => line.heat === heat).slice(0, MOST_MOMENTS);
  const before = lines.filter((line) => line.heat !== heat).slice(0, MOST_MOMENTS - own.length);
  return (
    <div class="moments">
      <h2>Moments</h2>
      {(heat !== null || before.length === 0) && own.length === 0 && <p class="none">Nothing yet.</p>}
      <MomentLines lines={own} screen={screen} />
      {heat !== null && before.length > 0 && <h3>Before this heat</h3>}
      <MomentLines lines={before} screen={screen} />
    </div>
  );
}

/** "They are off." of another heat says of which. */
function MomentLines({ lines, screen }: { lines: readonly HighlightLine[]; screen: Screen }): JSX.Element {
  const whose = (line: HighlightLine): string | null => (line.heat === screen.heat?.id ? null : heatName(line.heat, screen));
  return (
    <ol>
      {lines.map((line) => (
        <li key={`${line.at}${line.kind}${line.bib}`} data-kind={line.kind}>
          {whose(line) !== null && <span class="whose">{`${whose(line)}: `}</span>}
          {line.text}
        </li>
      ))}
    </ol>
  );
}
