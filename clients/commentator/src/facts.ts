import type { HeatHeader, HeatRow } from "@liveskate/wire";
import { evidenceWords, fromWords, laneWords, outWords, ownStartWords, recordWords, roundRankWords, skaterWords, trackWords } from "@liveskate/ui";

/** What can be said of one skater or team beside the numbers, a line each. */
export function factsOf(row: HeatRow, heat: HeatHeader): readonly string[] {
  const short = [laneWords(row, heat), roundRankWords(row), trackWords(row), outWords(row), ownStartWords(row), evidenceWords(row)];
  return [
    row.members.join(", "),
    skaterWords(row, heat),
    short.filter((words) => words !== null).join(" · "),
    fromWords(row),
    row.order === 0 ? recordWords(row, heat.records[0]?.kind) : null,
    heat.clock === null || heat.state === "running" ? null : row.words,
  ].filter((fact): fact is string => !!fact);
}
