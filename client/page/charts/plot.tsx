import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot, { type AlignedData, type Options } from 'uplot';
import 'uplot/dist/uPlot.min.css';

/** The page's colours, as a canvas needs them. */
export interface Inks {
  readonly text: string;
  readonly line: string;
  readonly bars: string;
  readonly accent: string;
}

interface Props {
  readonly data: AlignedData;
  readonly options: (inks: Inks) => Omit<Options, 'width' | 'height'>;
  /** What the picture shows, for those who do not see it. */
  readonly says: string;
}

const [WIDTH, HEIGHT] = [420, 180];

/** A chart in the page's colours; drawn again when these change. */
export function Plot({ data, options, says }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const turn = useColourTurns();
  useEffect(() => {
    const { current } = holder;
    if (!current) return undefined;
    const width = Math.min(WIDTH, current.clientWidth || WIDTH);
    const plot = new uPlot({ ...options(inksOf(current)), width, height: HEIGHT }, data, current);
    return () => plot.destroy();
  }, [data, turn]);
  return <div ref={holder} class="plot" role="img" aria-label={says} />;
}

function inksOf(element: Element): Inks {
  const style = getComputedStyle(element);
  const ink = (name: string): string => style.getPropertyValue(`--${name}`).trim() || style.color;
  return { text: style.color, line: ink('line'), bars: ink('bar'), accent: ink('accent') };
}

const COLOURS = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'];

/** Counts how often the colours around the page changed: by the system, or by the theme an editor puts on the page. */
function useColourTurns(): number {
  const [turns, setTurns] = useState(0);
  useEffect(() => {
    const turn = (): void => setTurns((count) => count + 1);
    const queries = COLOURS.map((query) => matchMedia(query));
    const theme = new MutationObserver(turn);
    for (const query of queries) query.addEventListener('change', turn);
    theme.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    return () => {
      for (const query of queries) query.removeEventListener('change', turn);
      theme.disconnect();
    };
  }, []);
  return turns;
}
