import type { Frame, HeatHeader, HeatRow } from "@liveskate/wire";

export function frame(over: Partial<Frame>): Frame {
  return { scope: "now", epoch: "e1", seq: 1, base: null, puts: {}, removes: [], highlights: [], serverUs: 0, ...over };
}

export function header(over: Partial<HeatHeader> = {}): HeatHeader {
  return {
    meet: "worldgames-2022", at: 1, event: "m1000", eventName: "Men's 1000 m sprint", round: "pre", roundName: "Preliminary round",
    id: "m1000-pre-1", number: 1, of: 4, run: 1, state: "running", version: 0, reason: null, distanceM: 1000, laps: 5,
    lapsToGo: 3, orderAt: { lap: 2, atM: null }, clock: null, rehearsal: false, format: "sprint", bell: false, nextSprint: null, nextElimination: null,
    goOut: 0, stillIn: null, proposed: [], lastSprint: null, paused: null, commonLap: null, records: [], correction: null, juryOrder: null,
    protestUntilUs: null, startListDoubt: null, ...over,
  };
}

export function row(over: Partial<HeatRow> = {}): HeatRow {
  return {
    order: 0, rank: 1, bib: "11", name: "Andrés JIMÉNEZ", shortName: "JIMÉNEZ", nation: "COL", timeMs: null, time: null, status: null,
    mark: null, remarks: [], lap: 2, elapsedMs: 34_567, gapMs: 0, lapMs: 17_001, overdue: false, unresolved: false, certainty: "in",
    neededMs: 86_905, words: "In as things stand.", lane: null, startMs: null, roundRank: null, aheadMs: null, members: [], skater: null, points: null,
    pointsUnjudged: null, onTrack: null, lapsDown: 0, inDanger: false, timeBy: null, measuredMs: null, from: null, proposed: null,
    proposedOut: false, out: null, overdueMs: null, dueMs: null, projectedMs: null, projectedRestMs: null, commonMs: null, recordLapMs: null,
    ...over,
  };
}
