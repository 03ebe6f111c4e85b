import { effect } from "@preact/signals";
import { browserTimers, Feed, openSignalR, Page } from "@liveskate/live";
import { render, type ComponentType } from "preact";
import "./base.css";

// A row that is moved by moveBefore and gets another class at once keeps its old look in Chromium (seen in 156). Preact moves by insertBefore
// where there is nothing else, as in every browser before 2025.
Reflect.deleteProperty(Element.prototype, "moveBefore");

const DRAWN_EVERY_US = 50_000;
const AT_LEAST_EVERY_MS = 250;

export interface Boot {
  app: ComponentType<{ page: Page }>;
  /** The shortest time (ms) between two frames that this page asks for; the server's own for boards where it is absent. */
  pace?: number;
}

/** Connects a page to the server it came from. `?scope=` says what it shows, `?pace=` how often it may change. */
export function boot({ app: App, pace }: Boot): void {
  const query = new URLSearchParams(location.search);
  const asked = query.get("pace") ?? pace?.toString();
  const hub = asked === undefined ? "/live" : `/live?pace=${encodeURIComponent(asked)}`;
  const page = new Page(new Feed(openSignalR(hub), browserTimers), browserTimers, query.get("scope") ?? "now");

  mirror(page);
  render(<App page={page} />, document.getElementById("app")!);
  keepTicking(page);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") page.feed.resync();
  });
  addEventListener("online", () => page.feed.resync());
  void page.feed.run();
}

/** The state of the page, where a style sheet and a test can see it. */
function mirror(page: Page): void {
  const { dataset } = document.body;
  effect(() => void (dataset["freshness"] = page.fresh.value.state));
  effect(() => void (dataset["state"] = page.screen.value.heat?.state ?? "none"));
  effect(() => void (dataset["heat"] = page.screen.value.heat?.id ?? ""));
  effect(() => void (dataset["rehearsal"] = String(page.screen.value.rehearsal)));
}

/** Frames draw the clock while the page is seen; the timer goes on where frames do not. */
function keepTicking(page: Page): void {
  let drawn = 0;
  const draw = (): void => {
    const now = browserTimers.nowUs();
    if (now - drawn >= DRAWN_EVERY_US) page.tick((drawn = now));
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
  setInterval(() => page.tick(browserTimers.nowUs()), AT_LEAST_EVERY_MS);
}
