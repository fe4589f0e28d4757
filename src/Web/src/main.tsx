import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { SettingsProvider } from './settings/SettingsContext';
import './styles/tokens.css';
import './styles/base.css';
import './styles/desk.css';
import './styles/client.css';
import './styles/pages.css';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no #root.');
}
createRoot(root).render(<StrictMode><SettingsProvider><App /></SettingsProvider></StrictMode>);
