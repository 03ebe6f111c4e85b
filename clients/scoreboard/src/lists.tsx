import type { AdvancementRow, FinalRow, FinalTable, HeatHeader, HeatLine } from "@liveskate/wire";
import { statusWord, type Page } from "@liveskate/live";
import { cutWords, finalTitle, finalWords, heatNumber, heatsLeftWords, initialled, inRound, isOnIn, isSoFar, isWaiting, Name, partWords, Through, wayOf } from "@liveskate/ui";
import { Fragment, type ComponentChildren, type JSX } from "preact";
import { Fit } from "./fit.tsx";
import { PageNumber } from "./race.tsx";
import { pageOf } from "./views.ts";

const ROWS_A_COLUMN = 9;
const FEWEST_ROWS = 7;

interface Turn {
  second: number;
  turns: number;
}

/** Who goes through: all entrants of the round, in one or two columns, with the line where it falls. */
export function RoundBoard({ page, second, turns }: { page: Page } & Turn): JSX.Element | null {
  const { heat, round: own, rounds, rows } = page.screen.value;
  const round = own ?? rounds[0];
  if (round === undefined) return null;
  const racing = new Set(rows.map((row) => row.bib));
  const line = round.lineAfter;
  const skated = round.rows.filter((row) => !isWaiting(row) || racing.has(row.bib));
  return (
    <Columns
      rows={skated.length === 0 ? round.rows : skated}
      title={`${round.name}: who goes through`}
      note={`${round.rule ?? ""} · ${heatsLeftWords(round.heatsLeft, isOnIn(heat, round))}`}
      second={second}
      turns={turns}
    >
      {(row, index, name) => (
        <Fragment key={row.bib}>
          <RoundLine row={row} name={name} racing={racing.has(row.bib)} />
          {index === line - 1 && line < round.rows.length && <li class="cut-line">{cutWords(round)}</li>}
        </Fragment>
      )}
    </Columns>
  );
}

function RoundLine({ row, name, racing }: { row: AdvancementRow; name: string; racing: boolean }): JSX.Element {
  return (
    <li class={`row${racing ? " racing" : ""}`} data-bib={row.bib}>
      <span class="way">{wayOf(row)}</span>
      <span class="noc">{row.nation}</span>
      <span class="name">
        <Fit of={name}>
          <Name row={row} text={name} />
        </Fit>
      </span>
      <span class="lap">{`h${heatNumber(row.heat)}`}</span>
      <span class="result">{row.time ?? "–"}</span>
      <span class="marks">
        <Through row={row} />
      </span>
    </li>
  );
}

/** A combined has no time: its points are the result. */
const inPoints = (row: FinalRow): boolean => row.parts.length > 0 && row.status === "OK";

/** Who skated for a team; what the points of a combined are made of. */
const factsOf = (row: FinalRow, { eventName }: FinalTable): string =>
  (row.parts.length > 0 ? row.parts.map((part) => partWords(part, eventName)).join(" · ") : row.members.map(initialled).join(", "));

export function FinalBoard({ final, heat, second, turns }: { final: FinalTable; heat: HeatHeader | null } & Turn): JSX.Element {
  const title = finalTitle(final, heat) + (final.rows.some(inPoints) ? " by points" : "");
  return (
    <Columns rows={final.rows} title={title.charAt(0).toUpperCase() + title.slice(1)} note={isSoFar(final) ? "" : statusWord(final.status)} second={second} turns={turns}>
      {(row, _, name) => (
        <li class="row ranked" key={row.bib} data-bib={row.bib} data-rank={row.rank ?? ""}>
          <span class="rank">{row.rank ?? "–"}</span>
          <span class="noc">{row.nation}</span>
          <span class="name">
            <Fit of={name}>
              <Name row={row} text={name} />
            </Fit>
            {factsOf(row, final) !== "" && (
              <span class="facts">
                <Fit of={factsOf(row, final)}>{factsOf(row, final)}</Fit>
              </span>
            )}
          </span>
          <span class="lap">{row.points === null || inPoints(row) ? "" : `${row.points} points`}</span>
          <span class="result">{inPoints(row) ? row.points : finalWords(row)}</span>
        </li>
      )}
    </Columns>
  );
}

export function ProgrammeBoard({ lines, second, turns }: { lines: readonly HeatLine[] } & Turn): JSX.Element {
  return (
    <Columns rows={lines} title="Programme" note="" second={second} turns={turns}>
      {(line) => (
        <li class="row programme-line" key={line.id} data-heat={line.id}>
          <span class="name">
            <Fit of={line.eventName + inRound(line)}>
              {line.eventName}, {inRound(line)}
            </Fit>
          </span>
          <span class="result">{statusWord(line.state)}</span>
        </li>
      )}
    </Columns>
  );
}

interface ColumnsProps<T> extends Turn {
  rows: readonly T[];
  title: string;
  note: string;
  /** With a name as long as the column has room for. */
  children: (row: T, index: number, name: string) => ComponentChildren;
}

function Columns<T extends object>({ rows, title, note, second, turns, children }: ColumnsProps<T>): JSX.Element {
  const shown = pageOf(rows, 2 * ROWS_A_COLUMN, second, turns);
  const half = shown.rows.length > ROWS_A_COLUMN ? Math.ceil(shown.rows.length / 2) : shown.rows.length;
  // One line more than rows: the cut line needs its place.
  const lines = Math.max(FEWEST_ROWS, half + 1);
  const columns = [shown.rows.slice(0, half), shown.rows.slice(half)].filter((column) => column.length > 0);
  return (
    <section class="full">
      <h2>
        <span>{title}</span> <span class="note">{note}</span>
        {shown.pages > 1 && <PageNumber {...shown} />}
      </h2>
      <div class={`columns of-${columns.length}`} style={{ "--lines": lines }}>
        {columns.map((column, nth) => (
          <ol class="rows" key={nth}>
            {column.map((row, index) => {
              const name = "name" in row ? String(row.name) : "";
              return children(row, shown.from + nth * half + index, columns.length > 1 ? initialled(name) : name);
            })}
          </ol>
        ))}
      </div>
    </section>
  );
}
