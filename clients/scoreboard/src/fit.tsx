import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const NARROWEST = 0.5;

/** A board never cuts a name short with dots: what is too long is set narrower. Measured once per text and size, not per frame. */
export function Fit({ children, of }: { children: ComponentChildren; of: string }): JSX.Element {
  const box = useRef<HTMLSpanElement>(null);
  const ink = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const measure = (): void => {
      if (!box.current || !ink.current) return;
      const scale = Math.min(1, box.current.clientWidth / Math.max(1, ink.current.offsetWidth));
      ink.current.style.transform = scale < 1 ? `scaleX(${Math.max(NARROWEST, scale)})` : "";
    };
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, [of]);
  return (
    <span class="fit" ref={box}>
      <span class="ink" ref={ink}>
        {children}
      </span>
    </span>
  );
}
