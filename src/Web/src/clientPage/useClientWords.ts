import { clientEn } from '../i18n/client.en';
import { clientZh, type ClientWords } from '../i18n/client.zh';
import { useSurroundings } from '../settings/SettingsContext';

export const useClientWords = (): ClientWords => (useSurroundings().settings.language === 'zh' ? clientZh : clientEn);
