/** A province-level unit of GB/T 2260 and where its tile stands: row 0 is north, column 0 west. */
export interface Province {
  readonly code: number;
  readonly name: { readonly zh: string; readonly en: string };
  readonly row: number;
  readonly column: number;
}

export const provinceRows = 8;
export const provinceColumns = 7;

/**
 * Fetched figures: codes, names and positions as the project's data `map/province-tiles.json` gives them (version of
 * November 2026). A schematic grid, one equal tile a unit: it says nothing of boundaries, coastlines or distances.
 */
const tiles: readonly (readonly [code: number, zh: string, en: string, row: number, column: number])[] = [
  [230000, '黑龙江', 'Heilongjiang', 0, 6],
  [150000, '内蒙古', 'Inner Mongolia', 1, 3],
  [110000, '北京', 'Beijing', 1, 4],
  [220000, '吉林', 'Jilin', 1, 6],
  [650000, '新疆', 'Xinjiang', 2, 0],
  [640000, '宁夏', 'Ningxia', 2, 2],
  [140000, '山西', 'Shanxi', 2, 3],
  [130000, '河北', 'Hebei', 2, 4],
  [120000, '天津', 'Tianjin', 2, 5],
  [210000, '辽宁', 'Liaoning', 2, 6],
  [630000, '青海', 'Qinghai', 3, 0],
  [620000, '甘肃', 'Gansu', 3, 1],
  [610000, '陕西', 'Shaanxi', 3, 2],
  [410000, '河南', 'Henan', 3, 3],
  [370000, '山东', 'Shandong', 3, 4],
  [540000, '西藏', 'Xizang', 4, 0],
  [510000, '四川', 'Sichuan', 4, 1],
  [500000, '重庆', 'Chongqing', 4, 2],
  [420000, '湖北', 'Hubei', 4, 3],
  [340000, '安徽', 'Anhui', 4, 4],
  [320000, '江苏', 'Jiangsu', 4, 5],
  [310000, '上海', 'Shanghai', 4, 6],
  [530000, '云南', 'Yunnan', 5, 1],
  [520000, '贵州', 'Guizhou', 5, 2],
  [430000, '湖南', 'Hunan', 5, 3],
  [360000, '江西', 'Jiangxi', 5, 4],
  [330000, '浙江', 'Zhejiang', 5, 5],
  [450000, '广西', 'Guangxi', 6, 2],
  [440000, '广东', 'Guangdong', 6, 3],
  [350000, '福建', 'Fujian', 6, 4],
  [710000, '台湾', 'Taiwan', 6, 6],
  [460000, '海南', 'Hainan', 7, 2],
  [820000, '澳门', 'Macao', 7, 3],
  [810000, '香港', 'Hong Kong', 7, 4],
];

export const provinces: readonly Province[] = tiles.map(([code, zh, en, row, column]) => ({ code, name: { zh, en }, row, column }));

const byCode = new Map(provinces.map((province) => [province.code, province]));

export const provinceOf = (code: number): Province | undefined => byCode.get(code);
