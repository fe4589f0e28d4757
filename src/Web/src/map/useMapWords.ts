import { mapEn } from '../i18n/map.en';
import { mapZh, type MapWords } from '../i18n/map.zh';
import { useSurroundings } from '../settings/SettingsContext';

export function useMapWords(): MapWords {
  return useSurroundings().settings.language === 'zh' ? mapZh : mapEn;
}
