import { Dialog } from './Dialog';
import { followed } from '../shell/router';
import { useSurroundings } from './SettingsContext';

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map(([id, name]) => <option key={id} value={id}>{name}</option>)}
      </select>
    </label>
  );
}

export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { settings, change, t } = useSurroundings();
  const words = t.settings;
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="choices">
        <Choice label={words.language} value={settings.language} onChange={(language) => change({ language })}
          options={[['zh', '中文'], ['en', 'English']]} />
        <Choice label={words.theme} value={settings.theme} onChange={(theme) => change({ theme })}
          options={[['auto', words.auto], ['light', words.light], ['dark', words.dark]]} />
        <Choice label={words.market} value={settings.market} onChange={(market) => change({ market })}
          options={[['red-up', words.redUp], ['green-up', words.greenUp]]} />
        <Choice label={words.letters} value={settings.letters ? 'on' : 'off'} onChange={(value) => change({ letters: value === 'on' })}
          options={[['on', words.on], ['off', words.off]]} />
      </div>
      <p className="t12"><a href="/licences" onClick={(event) => { followed(event); event.currentTarget.closest('dialog')?.close(); }}>{t.licences.title}</a></p>
    </Dialog>
  );
}
