import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Below this the letters would be slits; from here on they also grow smaller. */
const NARROWEST = 0.65;

/** A board never cuts a name short with dots: what is too long is set narrower. Measured once per text and width, not per frame. */
export function Fit({ children, of }: { children: ComponentChildren; of: string }): JSX.Element {
  const box = useRef<HTMLSpanElement>(null);
  const ink = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const measure = (): void => {
      if (!box.current || !ink.current) return;
      const room = box.current.clientWidth - 2 * parseFloat(getComputedStyle(box.current).paddingLeft);
      const scale = Math.min(1, room / Math.max(1, ink.current.offsetWidth));
      ink.current.style.transform = scale < 1 ? `scale(${scale}, ${Math.min(1, scale / NARROWEST)})` : "";
    };
    measure();
    // The column may grow narrower with the window, and beside a remark; the observer is silent while it does not.
    const watch = new ResizeObserver(measure);
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, [of]);
  return (
    <span class="fit" ref={box}>
      <span class="ink" ref={ink}>
        {children}
      </span>
    </span>
  );
}
