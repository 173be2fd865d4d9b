/** The page's ground in either theme, which shows until its first paint. The same as `--ground` in the page's theme. */
export const backgrounds = { light: '#f4f5f7', dark: '#12151a' } as const
