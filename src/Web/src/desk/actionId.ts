/** A fresh id for one action. `randomUUID` exists on secure pages only, and a desk may be reached by plain HTTP inside a house. */
export function actionId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
