import { useEffect } from 'react';

/** What lives as long as the page that opened it, and believes the browser's word on its network. */
export interface Line {
  start(): void;
  stop(): void;
  setOnline(online: boolean): void;
}

export function useLine(line: Line): void {
  useEffect(() => {
    const online = () => line.setOnline(true);
    const offline = () => line.setOnline(false);
    addEventListener('online', online);
    addEventListener('offline', offline);
    line.start();
    return () => {
      removeEventListener('online', online);
      removeEventListener('offline', offline);
      line.stop();
    };
  }, [line]);
}
