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
}
export interface FinalRow {
  rank: number | null;
  bib: string;
  name: string;
  nation: string;
  timeMs: number | null;
  status: string;
}
export interface FinalTable {
  event: string;
  eventName: string;
  status: string;
  rows: FinalRow[];
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
  reason: string | null;
  distanceM: number;
  laps: number;
  lapsToGo: number | null;
  orderAt: OrderAt | null;
  clock: RaceClock | null;
  rehearsal: boolean;
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
  overdue: boolean;
  unresolved: boolean;
  certainty: string | null;
  neededMs: number | null;
  words: string | null;
}
export interface HeatState {
  rows: HeatRow[];
  highlights: HighlightLine[];
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
  reason: string | null;
  distanceM: number;
  laps: number;
  lapsToGo: number | null;
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
