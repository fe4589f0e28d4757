import { demoEn } from '../i18n/demo.en';
import { demoZh, type DemoWords } from '../i18n/demo.zh';
import { useSurroundings } from '../settings/SettingsContext';

export const useDemoWords = (): DemoWords => (useSurroundings().settings.language === 'zh' ? demoZh : demoEn);
