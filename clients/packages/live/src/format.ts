/** Times are always written 1:23.456, whatever the machine's language; cut, never rounded; minus is U+2212. */

export const MINUS = "\u2212";

type Decimals = 0 | 1 | 2 | 3;

/** 83633 -> "1:23.633"; below a minute "23.633"; from an hour "1:02:03.456". */
export function formatTime(ms: number, decimals: Decimals = 3): string {
  const whole = Math.trunc(Math.abs(ms));
  const fraction = decimals === 0 ? "" : "." + two(whole % 1000, 3).slice(0, decimals);
  const seconds = Math.floor(whole / 1000) % 60;
  const minutes = Math.floor(whole / 60_000) % 60;
  const hours = Math.floor(whole / 3_600_000);
  const sign = ms < 0 ? MINUS : "";
  if (hours > 0) return `${sign}${hours}:${two(minutes)}:${two(seconds)}${fraction}`;
  return minutes > 0 ? `${sign}${minutes}:${two(seconds)}${fraction}` : `${sign}${seconds}${fraction}`;
}

/** A race clock always shows minutes, so that it does not change its shape at the first one: "0:07.3". */
export function formatClock(ms: number, tenths: boolean): string {
  const text = formatTime(Math.max(0, ms), tenths ? 1 : 0);
  return ms < 60_000 ? "0:" + text.padStart(tenths ? 4 : 2, "0") : text;
}

/** A difference with its sign: "+0.389", "−1.200"; equal is "+0.000". */
export function formatGap(ms: number, decimals: Decimals = 3): string {
  return (ms < 0 ? "" : "+") + formatTime(ms, decimals);
}

/** Time of day where the screen stands: "14:32:07". */
export function formatTimeOfDay(unixMs: number): string {
  const at = new Date(unixMs);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** "14:32" where the race is skated; where the reader's own clock shows something else, it says so. */
export function formatVenueTime(unixMs: number, timeZone: string | undefined): string {
  const here = formatTimeOfDay(unixMs).slice(0, 5);
  const there = timeZone === undefined ? here : timeIn(unixMs, timeZone);
  return there === here ? here : `${there} at the track`;
}

/** A zone that this browser does not know leaves the reader's own. */
function timeIn(unixMs: number, timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(unixMs);
  } catch {
    return formatTimeOfDay(unixMs).slice(0, 5);
  }
}

/** An age in words, never finer than it can be believed: "4 s", "2 min". */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

const two = (n: number, width = 2): string => String(n).padStart(width, "0");
