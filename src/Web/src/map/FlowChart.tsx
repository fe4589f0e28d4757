import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useSurroundings } from '../settings/SettingsContext';
import { layoutFlows, noSegment, type Flow, type FlowBand } from './flowLayout';
import { fitted, widthOf } from './fit';
import { useMapWords } from './useMapWords';

/** The names on either side are written out as far as they leave the bands this much of the width. */
const bandShare = 0.36;
const labelWidthMin = 112;
/** Wider by steps, so that a digit more moves nothing. */
const labelStep = 24;
const bar = 4;
/** Between a name and its figure. */
const gap = 8;
const heightMin = 56;
const heightMax = 480;

/** Left where they were, right where they are, in proportion to the clients who moved. */
export function FlowChart({ flows, nameOf }: { flows: readonly Flow[]; nameOf: (key: string) => string }) {
  const { format } = useSurroundings();
  const words = useMapWords();
  const ref = useRef<HTMLDivElement>(null);
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const place = ref.current;
    if (place === null) {
      return;
    }
    const measure = () => setSize({ width: place.clientWidth, height: place.clientHeight });
    const resized = new ResizeObserver(measure);
    resized.observe(place);
    measure();
    return () => resized.disconnect();
  }, []);
  const layout = useMemo(() => layoutFlows(flows, Math.min(heightMax, Math.max(heightMin, height - 8))), [flows, height]);
  const needed = Math.max(0, ...[...layout.left, ...layout.right].map(({ key, clients }) => 12 + gap + widthOf(nameOf(key)) + widthOf(`+${format.yuan(clients)}`) * 1.1));
  const labelWidth = Math.max(labelWidthMin, Math.min(Math.ceil(needed / labelStep) * labelStep, Math.floor(width * (1 - bandShare) / 2)));
  const labelOf = (key: string, figure: string) => fitted(nameOf(key), labelWidth - 12 - gap - widthOf(figure) * 1.1);
  const x0 = labelWidth;
  const x1 = width - labelWidth;
  return (
    <div ref={ref} className="flow">
      {width > 2 * labelWidth && (
        <svg width={width} height={height} aria-hidden="true">
          <g transform="translate(0 4)">
            {layout.bands.map((band) => <path key={`${band.from.key} ${band.to.key}`} className={band.to.key === noSegment ? 'band out' : 'band'} d={pathOf(band, x0, x1)} />)}
            {layout.left.map((node) => (
              <g key={node.key}>
                <rect className="side" x={x0 - bar} y={node.y} width={bar} height={Math.max(1, node.height)} />
                <text x={x0 - 12} y={node.y + node.height / 2 + 4} textAnchor="end"><tspan className="f">−{format.yuan(node.clients)}</tspan>{'  '}{labelOf(node.key, `−${format.yuan(node.clients)}`)}<title>{nameOf(node.key)}</title></text>
              </g>
            ))}
            {layout.right.map((node) => (
              <g key={node.key}>
                <rect className="side" x={x1} y={node.y} width={bar} height={Math.max(1, node.height)} />
                <text x={x1 + 12} y={node.y + node.height / 2 + 4}>{labelOf(node.key, `+${format.yuan(node.clients)}`)}{'  '}<tspan className="b">+{format.yuan(node.clients)}</tspan><title>{nameOf(node.key)}</title></text>
              </g>
            ))}
          </g>
        </svg>
      )}
      <ul className="vh" aria-label={words.flowsLabel}>
        {layout.bands.map(({ from, to, clients }) => <li key={`${from.key} ${to.key}`}>{words.flow(nameOf(from.key), nameOf(to.key), format.yuan(clients))}</li>)}
      </ul>
    </div>
  );
}

function pathOf({ y0, y1, height }: FlowBand, x0: number, x1: number): string {
  const middle = (x0 + x1) / 2;
  const thick = Math.max(1, height);
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}V${y1 + thick}C${middle} ${y1 + thick} ${middle} ${y0 + thick} ${x0} ${y0 + thick}Z`;
}
