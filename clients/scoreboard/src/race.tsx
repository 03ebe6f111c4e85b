import type { HeatHeader, HeatRow } from "@liveskate/wire";
import type { Page } from "@liveskate/live";
import { Danger, Estimate, fromWords, initialled, isAgainstClock, laneWords, LapsDown, Marks, Name, placeOf, remarksOf, resultOf, roundRankWords, skaterWords, splitWords } from "@liveskate/ui";
import type { JSX } from "preact";
import { Fit } from "./fit.tsx";
import { linesOf, pageOf } from "./views.ts";

/** So many are shown at once; where there are more, fewer and larger, by turns. */
const MOST_ROWS = 12;
const ROWS_A_PAGE = 10;
const FEWEST_ROWS = 5;

/** Of a race under way, so many of the first never leave the board. */
const LEADERS = 4;

interface RaceRowsProps {
  page: Page;
  rows: readonly HeatRow[];
  heat: HeatHeader;
  second: number;
  turns: number;
}

/** Start list, live order and result are the same lines; only what is known of them grows. */
export function RaceRows({ page, rows, heat, second, turns }: RaceRowsProps): JSX.Element {
  const size = rows.length > MOST_ROWS ? ROWS_A_PAGE : MOST_ROWS;
  const shown = heat.state === "running"
    ? linesOf(rows, size, LEADERS, (row) => row.inDanger || row.proposedOut, second, turns)
    : pageOf(rows, size, second, turns);
  const headed = heat.clock !== null && rows.some((row) => row.points !== null);
  const paged = shown.pages > 1;
  // What stands above and below the lines takes half a line each.
  const lines = Math.max(FEWEST_ROWS, Math.min(rows.length, size)) + (headed ? 0.5 : 0) + (paged ? 0.5 : 0);
  return (
    <>
      {rows.length === 0 && <p class="follows">Start list follows</p>}
      <ol class={looksOf(rows, heat, page.screen.value.round?.rule != null)} style={{ "--lines": lines }}>
        {headed && <Heads />}
        {shown.rows.map((row, index) => (
          <RaceRow key={row.bib} page={page} row={row} heat={heat} last={index === shown.kept - 1} />
        ))}
      </ol>
      {paged && <PageNumber {...shown} />}
    </>
  );
}

/** A number without a unit says nothing to who comes in late. */
const Heads = (): JSX.Element => (
  <li class="row heads">
    <span class="points-head">Points</span>
    <span class="result">Time or gap</span>
  </li>
);

/** Room for what not every race has; all lines alike, so that figures stay in one column. */
function looksOf(rows: readonly HeatRow[], heat: HeatHeader, goesOn: boolean): string {
  const looks = ["rows"];
  const marks = Math.max(0, ...rows.map((row) => remarksOf(row).length + (row.mark === null ? 0 : 1)));
  if (rows.some((row) => remarksOf(row).length > 0)) looks.push("remarked");
  else if (!goesOn) looks.push("unmarked");
  if (marks > 1) looks.push(marks > 2 ? "crammed" : "doubled");
  if (rows.some((row) => row.points !== null)) looks.push("pointed");
  if (rows.some((row) => factsOf(row, heat) !== "")) looks.push("noted");
  if (heat.state === "running" && heat.laps > 1) looks.push("lapping");
  return looks.join(" ");
}

/** A second, small line for what the figures do not say: lane, place in the round, who of the team. */
function factsOf(row: HeatRow, heat: HeatHeader): string {
  const running = heat.state === "running";
  const team = running ? (isAgainstClock(heat) ? null : skaterWords(row, heat)) : row.members.map(initialled).join(", ");
  return [laneWords(row, heat), roundRankWords(row), team, fromWords(row)].filter((words) => words !== null && words !== "").join(" · ");
}

interface RaceRowProps {
  page: Page;
  row: HeatRow;
  heat: HeatHeader;
  /** The last of those who stay on the board. */
  last: boolean;
}

function RaceRow({ page, row, heat, last }: RaceRowProps): JSX.Element {
  const result = resultOf(row, heat);
  const name = heat.clock === null ? row.name : row.shortName;
  const facts = factsOf(row, heat);
  const looks = ["row", row.overdue ? "overdue" : "", row.out !== null ? "gone" : "", last ? "kept" : ""].filter((look) => look !== "").join(" ");
  return (
    <li class={looks} data-kind={result.kind} data-bib={row.bib} data-rank={row.rank ?? ""}>
      <span class="rank">{placeOf(row) ?? ""}</span>
      <span class="bib">{row.bib}</span>
      <span class="noc">{row.nation}</span>
      <span class="name">
        <Fit of={name}>
          <Name row={row} text={name} />
        </Fit>
        {facts !== "" && (
          <span class="facts">
            <Fit of={facts}>{facts}</Fit>
            {row.roundRank !== null && <Estimate page={page} row={row} />}
          </span>
        )}
      </span>
      <span class="lap">{splitWords(row, heat) ?? <LapsDown row={row} />}</span>
      {row.points !== null && heat.clock !== null && <Points row={row} />}
      {/* Who may be out has no use for a gap: the word takes its place, and the name keeps its own. */}
      <span class="result">{row.proposedOut || row.inDanger ? <Danger row={row} /> : result.text}</span>
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

/** Who stays, and which of the others are shown: a line below the fourth says neither. */
export const PageNumber = ({ page, pages, kept }: { page: number; pages: number; kept: number }): JSX.Element => (
  <p class="page-number">{`${kept > 0 ? `first ${kept} stay, below them ` : ""}page ${page} of ${pages}`}</p>
);
