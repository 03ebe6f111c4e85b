import type { FinalTable, RoundTable } from "@liveskate/wire";
import { formatTime, type Screen } from "@liveskate/live";
import { countsAsLeft, heatsLeftWords, isAgainstClock, isSoFar, Name } from "@liveskate/ui";
import type { JSX } from "preact";
import { Fit } from "./fit.tsx";

/** As many lines as fit below two skaters. */
const MOST = 6;

interface Line {
  place: number;
  bib: string;
  nation: string;
  name: string;
  time: string;
}

/** Against the clock the others of the race have skated before: who leads, and what is to be beaten. */
export function SoFar({ screen: { heat, round, final } }: { screen: Screen }): JSX.Element | null {
  if (heat === null || heat.of === 1 || !isAgainstClock(heat)) return null;
  const lines = round !== null && round.rule !== null ? timesOf(round) : final !== null && isSoFar(final) ? ranksOf(final) : [];
  const left = round?.heatsLeft ?? final?.heatsLeft ?? 0;
  if (lines.length === 0) return null;
  return (
    <section class="so-far">
      <h2>
        Best so far <span class="note">{heatsLeftWords(left, countsAsLeft(heat))}</span>
      </h2>
      <ol>
        {lines.slice(0, MOST).map((line) => (
          <li key={line.bib} class="row">
            <span class="rank">{line.place}</span>
            <span class="noc">{line.nation}</span>
            <span class="name">
              <Fit of={line.name}>
                <Name row={line} text={line.name} />
              </Fit>
            </span>
            <span class="result">{line.time}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function timesOf({ rows }: RoundTable): readonly Line[] {
  const lines: Line[] = [];
  for (const { timeRank, time, bib, nation, name } of rows) if (timeRank !== null && time !== null) lines.push({ place: timeRank, bib, nation, name, time });
  return lines;
}

function ranksOf({ rows }: FinalTable): readonly Line[] {
  const lines: Line[] = [];
  for (const { rank, timeMs, bib, nation, name } of rows) if (rank !== null && timeMs !== null) lines.push({ place: rank, bib, nation, name, time: formatTime(timeMs) });
  return lines;
}
