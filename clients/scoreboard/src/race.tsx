import type { HeatHeader, HeatRow } from "@liveskate/wire";
import type { Page } from "@liveskate/live";
import { Danger, Estimate, laneWords, LapsDown, Marks, Name, placeOf, remarksOf, resultOf, roundRankWords } from "@liveskate/ui";
import type { JSX } from "preact";
import { Fit } from "./fit.tsx";
import { pageOf } from "./views.ts";

const MOST_ROWS = 12;
const FEWEST_ROWS = 5;

interface RaceRowsProps {
  page: Page;
  rows: readonly HeatRow[];
  heat: HeatHeader;
  second: number;
  turns: number;
}

/** Start list, live order and result are the same lines; only what is known of them grows. Type grows to fill the board. */
export function RaceRows({ page, rows, heat, second, turns }: RaceRowsProps): JSX.Element {
  const shown = pageOf(rows, MOST_ROWS, second, turns);
  const lines = Math.max(FEWEST_ROWS, Math.min(rows.length, MOST_ROWS));
  return (
    <div class="list">
      {rows.length === 0 && <p class="follows">Start list follows</p>}
      <ol class={looksOf(rows)} style={{ "--lines": lines }}>
        {shown.rows.map((row) => (
          <RaceRow key={row.bib} page={page} row={row} heat={heat} />
        ))}
      </ol>
      {shown.pages > 1 && <PageNumber {...shown} />}
    </div>
  );
}

/** Room for what not every race has; all lines alike, so that figures stay in one column. */
function looksOf(rows: readonly HeatRow[]): string {
  const looks = ["rows"];
  if (rows.some((row) => remarksOf(row).length > 0)) looks.push("remarked");
  if (rows.some((row) => remarksOf(row).length + (row.mark === null ? 0 : 1) > 2)) looks.push("crammed");
  if (rows.some((row) => row.points !== null)) looks.push("pointed");
  if (rows.some(isNoted)) looks.push("noted");
  return looks.join(" ");
}

/** Against the clock a second, small line fits: few are on the track. */
const isNoted = (row: HeatRow): boolean => row.lane !== null || row.roundRank !== null;

function RaceRow({ page, row, heat }: { page: Page; row: HeatRow; heat: HeatHeader }): JSX.Element {
  const result = resultOf(row);
  const name = heat.clock === null ? row.name : row.shortName;
  const behind = heat.state === "running" && heat.orderAt !== null && row.status === null && row.lap < heat.orderAt.lap;
  const looks = ["row", row.overdue ? "overdue" : "", row.out !== null ? "gone" : ""].filter((look) => look !== "").join(" ");
  return (
    <li class={looks} data-kind={result.kind} data-bib={row.bib} data-rank={row.rank ?? ""}>
      <span class="rank">{placeOf(row) ?? ""}</span>
      <span class="bib">{row.bib}</span>
      <span class="noc">{row.nation}</span>
      <span class="name">
        <Fit of={name}>
          <Name row={row} text={name} />
        </Fit>
        {isNoted(row) && (
          <span class="facts">
            <span>{[laneWords(row, heat), roundRankWords(row)].filter((words) => words !== null).join(" · ")}</span>
            <Estimate page={page} row={row} />
          </span>
        )}
      </span>
      <span class="lap">
        <Danger row={row} />
        {row.lapsDown > 0 ? <LapsDown row={row} /> : behind && row.lap > 0 ? `lap ${row.lap}` : ""}
      </span>
      {row.points !== null && heat.clock !== null && <Points row={row} />}
      <span class="result">{result.text}</span>
      <span class="marks">
        <Marks row={row} brief />
      </span>
    </li>
  );
}

/** Points that the judges have not said are set smaller, in parentheses. */
function Points({ row }: { row: HeatRow }): JSX.Element {
  const unjudged = row.pointsUnjudged ?? 0;
  return (
    <span class="points">
      <span>{(row.points ?? 0) - unjudged}</span>
      {unjudged > 0 && <small> {`(+${unjudged})`}</small>}
    </span>
  );
}

export const PageNumber = ({ page, pages }: { page: number; pages: number }): JSX.Element => (
  <p class="page-number">
    {page}/{pages}
  </p>
);
