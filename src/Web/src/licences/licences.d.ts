/** Made by the build from the lock files: see licences.ts beside vite.config.ts. */
declare module 'virtual:licences' {
  interface ShippedPackage {
    readonly name: string;
    readonly version: string;
    readonly licence: string | null;
  }
  export const npm: readonly ShippedPackage[];
  export const nuget: readonly ShippedPackage[];
}
