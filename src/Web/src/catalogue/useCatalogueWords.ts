import { catalogueEn } from '../i18n/catalogue.en';
import { catalogueZh, type CatalogueWords } from '../i18n/catalogue.zh';
import { useSurroundings } from '../settings/SettingsContext';

export const useCatalogueWords = (): CatalogueWords => (useSurroundings().settings.language === 'zh' ? catalogueZh : catalogueEn);
