/* Generated from schema.json by `npm run types`; do not edit. */

export interface AdvancementRow {
  bib: string;
  mark: string | null;
  by: string | null;
  certainty: string;
  rank: number | null;
  timeMs: number | null;
  name: string;
  nation: string;
  heat: string;
  time: string | null;
  timeRank: number | null;
  neededMs: number | null;
  words: string;
}
export interface Beat {
  serverUs: number;
  at: number;
  sources: SourceAge[];
}
export interface SourceAge {
  id: string;
  ageMs: number | null;
  alarm: string | null;
}
export interface CameFrom {
  round: string;
  rank: number | null;
  mark: string | null;
  by: string | null;
  timeMs: number | null;
  time: string | null;
  timeBy: string | null;
  changed: boolean;
}
export interface EventHeader {
  id: string;
  name: string;
  format: string;
}
export interface EventResults {
  meet: string;
  at: number;
  event: EventHeader;
  rounds: RoundResults[];
  final: FinalRow[];
  notes: Footnote[];
}
export interface RoundResults {
  id: string;
  name: string;
  status: string;
  heats: HeatResults[];
  advancement: AdvancementRow[];
}
export interface HeatResults {
  id: string;
  number: number;
  run: number;
  state: string;
  version: number;
  rows: ResultRow[];
  versions: VersionLine[];
}
export interface ResultRow {
  rank: number | null;
  bib: string;
  name: string;
  nation: string;
  timeMs: number | null;
  time: string | null;
  status: string | null;
  mark: string | null;
  remarks: string[];
  points: number | null;
  lapsDown: number;
  members: string[];
  notes: number[];
  timeBy: string | null;
  measuredMs: number | null;
  evidence: EvidenceRow[];
}
export interface EvidenceRow {
  kind: string;
  source: string;
  timeMs: number | null;
  place: number | null;
  precisionMs: number;
}
export interface VersionLine {
  run: number;
  version: number;
  at: number;
  recordedUs: number;
  state: string;
  actor: string;
  reason: string | null;
  changes: string[];
}
export interface FinalRow {
  rank: number | null;
  bib: string;
  name: string;
  nation: string;
  timeMs: number | null;
  status: string;
  points: number | null;
  members: string[];
  notes: number[];
  parts: FinalPart[];
}
export interface FinalPart {
  event: string;
  eventName: string;
  rank: number | null;
  points: number | null;
  status: string | null;
}
export interface Footnote {
  number: number;
  bib: string;
  code: string;
  round: string;
  roundName: string;
  heat: string;
  reason: string;
  judge: string | null;
  article: string | null;
  with: string[];
  byRule: boolean;
  lifted: string | null;
  onUs: number | null;
}
export interface FinalTable {
  event: string;
  eventName: string;
  status: string;
  rows: FinalRow[];
  heatsLeft: number;
}
export interface Frame {
  scope: string;
  epoch: string;
  seq: number;
  base: number | null;
  puts: {
    [k: string]: unknown;
  };
  removes: string[];
  highlights: HighlightLine[];
  serverUs: number;
}
export interface HighlightLine {
  kind: string;
  heat: string;
  bib: string | null;
  text: string;
  at: number;
}
export interface HeatHeader {
  meet: string;
  at: number;
  event: string;
  eventName: string;
  round: string;
  roundName: string;
  id: string;
  number: number;
  of: number;
  run: number;
  state: string;
  version: number;
  correction: VersionLine | null;
  juryOrder: JuryOrder | null;
  protestUntilUs: number | null;
  startListDoubt: string | null;
  reason: string | null;
  distanceM: number;
  laps: number;
  lapsToGo: number | null;
  format: string;
  bell: boolean;
  nextSprint: number | null;
  nextElimination: number | null;
  goOut: number;
  stillIn: number | null;
  proposed: ProposedOut[];
  lastSprint: SprintStanding | null;
  paused: string | null;
  commonLap: number | null;
  records: MarkLine[];
  orderAt: OrderAt | null;
  clock: RaceClock | null;
  rehearsal: boolean;
}
export interface JuryOrder {
  by: string;
  reason: string | null;
  recordedUs: number;
  against: string[];
}
export interface ProposedOut {
  lapsToGo: number;
  bibs: string[];
  unresolved: boolean;
}
export interface SprintStanding {
  lapsToGo: number;
  judged: boolean;
  complete: boolean;
  unresolved: boolean;
  scores: SprintScore[];
}
export interface SprintScore {
  bib: string;
  place: number;
  points: number;
}
export interface MarkLine {
  kind: string;
  timeMs: number;
  time: string;
  holder: string | null;
  paceMs: number;
}
export interface OrderAt {
  lap: number;
  atM: number | null;
}
export interface RaceClock {
  startUs: number;
  serverUs: number;
  rate: number;
  running: boolean;
  stoppedMs: number | null;
}
export interface HeatLine {
  id: string;
  event: string;
  eventName: string;
  round: string;
  roundName: string;
  number: number;
  of: number;
  state: string;
  order: number;
}
export interface HeatRow {
  order: number;
  rank: number | null;
  bib: string;
  name: string;
  shortName: string;
  nation: string;
  timeMs: number | null;
  time: string | null;
  status: string | null;
  mark: string | null;
  remarks: string[];
  lap: number;
  elapsedMs: number | null;
  gapMs: number | null;
  lapMs: number | null;
  lane: number | null;
  startMs: number | null;
  roundRank: number | null;
  aheadMs: number | null;
  members: string[];
  skater: string | null;
  points: number | null;
  pointsUnjudged: number | null;
  onTrack: number | null;
  lapsDown: number;
  inDanger: boolean;
  timeBy: string | null;
  measuredMs: number | null;
  from: CameFrom | null;
  proposed: string | null;
  proposedOut: boolean;
  out: OutOfRace | null;
  overdue: boolean;
  overdueMs: number | null;
  dueMs: number | null;
  projectedMs: number | null;
  projectedRestMs: number | null;
  commonMs: number | null;
  recordLapMs: number | null;
  unresolved: boolean;
  certainty: string | null;
  neededMs: number | null;
  words: string | null;
}
export interface OutOfRace {
  place: number;
  lapsToGo: number | null;
  cause: string;
}
export interface HeatState {
  rows: HeatRow[];
  highlights: HighlightLine[];
  sprints: SprintStanding[];
  eliminations: {
    lapsToGo: number;
    goOut: number;
  }[];
  meet: string;
  at: number;
  event: string;
  eventName: string;
  round: string;
  roundName: string;
  id: string;
  number: number;
  of: number;
  run: number;
  state: string;
  version: number;
  correction: VersionLine | null;
  juryOrder: JuryOrder | null;
  protestUntilUs: number | null;
  startListDoubt: string | null;
  reason: string | null;
  distanceM: number;
  laps: number;
  lapsToGo: number | null;
  format: string;
  bell: boolean;
  nextSprint: number | null;
  nextElimination: number | null;
  goOut: number;
  stillIn: number | null;
  proposed: ProposedOut[];
  lastSprint: SprintStanding | null;
  paused: string | null;
  commonLap: number | null;
  records: MarkLine[];
  orderAt: OrderAt | null;
  clock: RaceClock | null;
  rehearsal: boolean;
}
export interface MeetHeader {
  id: string;
  name: string;
  venue: string;
  timeZone: string;
  rehearsal: boolean;
  status: string;
}
export interface Pong {
  clientUs: number;
  serverUs: number;
}
export interface RoundTable {
  meet: string;
  event: string;
  eventName: string;
  id: string;
  name: string;
  status: string;
  rule: string | null;
  heatsLeft: number;
  cutMs: number | null;
  cut: string | null;
  lineAfter: number;
  rows: AdvancementRow[];
}

/** What a member is that the server has left out, by record. */
export const leftOut = {
  "HeatHeader": {
    "correction": null,
    "juryOrder": null,
    "protestUntilUs": null,
    "startListDoubt": null,
    "reason": null,
    "bell": false,
    "nextSprint": null,
    "nextElimination": null,
    "goOut": 0,
    "stillIn": null,
    "proposed": [],
    "lastSprint": null,
    "paused": null,
    "commonLap": null,
    "records": []
  },
  "HeatRow": {
    "lane": null,
    "startMs": null,
    "roundRank": null,
    "aheadMs": null,
    "members": [],
    "skater": null,
    "points": null,
    "pointsUnjudged": null,
    "onTrack": null,
    "lapsDown": 0,
    "inDanger": false,
    "timeBy": null,
    "measuredMs": null,
    "from": null,
    "proposed": null,
    "proposedOut": false,
    "out": null,
    "overdueMs": null,
    "dueMs": null,
    "projectedMs": null,
    "projectedRestMs": null,
    "commonMs": null,
    "recordLapMs": null,
    "unresolved": false,
    "words": null
  },
  "HeatState": {
    "correction": null,
    "juryOrder": null,
    "protestUntilUs": null,
    "startListDoubt": null,
    "reason": null,
    "bell": false,
    "nextSprint": null,
    "nextElimination": null,
    "goOut": 0,
    "stillIn": null,
    "proposed": [],
    "lastSprint": null,
    "paused": null,
    "commonLap": null,
    "records": []
  }
};
