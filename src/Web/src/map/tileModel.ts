import { sumOf, unknownMeasures, type Measures } from './measures';
import { provinces } from './provinces';
import { levelOf, nameIn, noNode, provinceCodeOf, provinceNode, type MapView, type Part } from './view';

/** `late`: an old figure. `unknown`: none was ever heard. `none`: there is nothing here to count. */
export type TileState = 'live' | 'late' | 'unknown' | 'none';

export interface TileModel {
  readonly key: string;
  readonly name: string;
  readonly state: TileState;
  readonly measures: Measures;
  /** When it was last heard of, ms of the screen's clock. */
  readonly heardAt: number | null;
  readonly row: number;
  readonly column: number;
  /** The nodes it stands for: the branches of a province, otherwise itself. */
  readonly nodes: readonly string[];
  /** The node that it opens; null where there is nothing to open. */
  readonly opens: string | null;
  readonly surging: boolean;
}

const roomyMax = 20;

/** Few tiles are wide and tell more. */
export const isRoomy = (node: string, tiles: readonly TileModel[]): boolean => levelOf(node) !== 'hq' && tiles.length <= roomyMax;

/** Provinces where they stand, or what is under a node by id in rows: no tile ever changes its place for a figure. */
export function tilesOf(node: string, view: MapView, language: 'zh' | 'en', nobody: string): TileModel[] {
  const parts = [...view.parts.values()];
  if (levelOf(node) === 'hq') {
    return provinces.map((province) => ({
      ...standing(parts.filter((part) => part.province === province.code)),
      key: provinceNode(province.code), name: province.name[language], row: province.row, column: province.column,
    }));
  }
  const under = partsUnder(node, view);
  const columns = under.length <= roomyMax ? 4 : 7;
  return under.map((part, index) => ({
    ...standing([part]),
    key: part.node, name: part.node === noNode ? nobody : nameIn(language, part.name, part.node),
    row: Math.floor(index / columns), column: index % columns,
  }));
}

/** The children of a node, by id and "none" last; of a province, its branches. */
export function partsUnder(node: string, view: MapView): Part[] {
  const province = provinceCodeOf(node);
  const parts = [...view.parts.values()].filter((part) => province === null || part.province === province);
  return parts.sort((a, b) => Number(a.node === noNode) - Number(b.node === noNode) || (a.node < b.node ? -1 : 1));
}

/** The node itself; of a province, what its branches are together. */
export function selfOf(node: string, view: MapView): Part {
  const province = provinceCodeOf(node);
  if (province === null) {
    return view.self;
  }
  const parts = partsUnder(node, view);
  const { measures, heardAt, state } = standing(parts);
  const instants = parts.flatMap(({ at }) => (at === null ? [] : [at]));
  return {
    node, name: null, province, measures, heardAt, late: state !== 'live',
    at: instants.length === 0 ? null : Math.min(...instants),
    surges: [...new Set(parts.flatMap(({ surges }) => surges))],
  };
}

function standing(parts: readonly Part[]): Pick<TileModel, 'state' | 'measures' | 'heardAt' | 'nodes' | 'opens' | 'surging'> {
  const [first] = parts;
  const heard = parts.flatMap(({ heardAt }) => (heardAt === null ? [] : [heardAt]));
  const known = parts.every(({ measures }) => measures !== unknownMeasures);
  return {
    state: first === undefined ? 'none' : !known ? 'unknown' : parts.some(({ late }) => late) ? 'late' : 'live',
    measures: sumOf(parts.map(({ measures }) => measures)),
    // A sum is as old as its oldest part.
    heardAt: heard.length === 0 ? null : Math.min(...heard),
    nodes: parts.map(({ node }) => node),
    opens: first === undefined || first.node === noNode ? null
      : parts.length === 1 || first.province === null ? first.node : provinceNode(first.province),
    surging: parts.some(({ surges }) => surges.length > 0),
  };
}
