import type { HeatHeader } from "@liveskate/wire";
import type { Page } from "@liveskate/live";
import { Ahead, Clock, Estimate, Field, markWords, stoppedWords } from "@liveskate/ui";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Fit } from "./fit.tsx";

const BELL_MS = 3_000;

export function Side({ page }: { page: Page }): JSX.Element {
  const { heat, round, rows } = page.screen.value;
  if (heat === null) return <aside />;
  const started = heat.clock !== null;
  const running = heat.state === "running";
  const [first] = rows;
  const hasPoints = heat.nextSprint !== null || heat.stillIn !== null || heat.lastSprint !== null;
  const estimate = hasPoints || first === undefined || first.roundRank !== null || first.projectedMs === null ? null : first;
  const looks = [hasPoints ? "crowded" : "", estimate !== null && round?.cut != null ? "busy" : ""].join(" ").trim();
  const stopped = heat.clock?.running === false;
  return (
    <aside class={looks}>
      {stopped && heat.clock?.stoppedMs === null ? null : started ? (
        <Field label={stopped ? stoppedWords(rows) : "Time"} name="time">
          <Clock page={page} />
        </Field>
      ) : (
        <Field label="Distance" name="distance">
          {heat.distanceM} m
        </Field>
      )}
      {running && heat.laps > 1 ? (
        <LapsToGo heat={heat} />
      ) : (
        !started &&
        heat.laps > 1 && (
          <Field label="Laps" name="laps">
            {heat.laps}
          </Field>
        )
      )}
      {heat.state === "armed" && <p class="ready">READY</p>}
      {(running || !started) && <Ahead heat={heat} rows={rows} brief />}
      {estimate !== null && (
        <Field label={<Fit of={estimate.shortName}>Estimate, {estimate.shortName}</Fit>} name="projected">
          <Estimate page={page} row={estimate} />
        </Field>
      )}
      {!started && heat.records.map((mark) => <p key={mark.kind} class="records">{markWords(mark)}</p>)}
      {round?.cut != null && (
        <Field label="Slowest time through" name="cut">
          {round.cut}
        </Field>
      )}
      {round?.rule != null && !running && <p class="rule">{round.rule}</p>}
    </aside>
  );
}

function LapsToGo({ heat }: { heat: HeatHeader }): JSX.Element | null {
  const toGo = heat.lapsToGo;
  const ringing = useBell(heat.bell ? toGo : null);
  if (toGo === null) return null;
  if (toGo === 0) return <Field label="Leader has finished" name="to-go over">FINISH</Field>;
  const label = toGo === 1 ? "Last lap" : "Laps to go";
  if (ringing) return <Field label={toGo === 1 ? label : `${toGo} laps to go`} name="to-go bell">BELL</Field>;
  return (
    <Field label={heat.bell ? `${label} · bell` : label} name="to-go">
      {toGo}
    </Field>
  );
}

/** True for three seconds after the bell has rung for a lap; null while it does not ring. */
function useBell(lap: number | null): boolean {
  const [ringing, setRinging] = useState(false);
  useEffect(() => {
    setRinging(lap !== null);
    if (lap === null) return;
    const id = setTimeout(() => setRinging(false), BELL_MS);
    return () => clearTimeout(id);
  }, [lap]);
  return ringing;
}
