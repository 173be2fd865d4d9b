/** What lets one of the app's commands run where there is no display: it opens no window, so it needs no GPU either. */
export const withoutDisplay = [
  '--ozone-platform=headless',
  '--disable-gpu',
  '--disable-software-rasterizer',
  // Chromium's own complaints about the missing GPU and bus; the app's errors come through all the same.
  '--log-level=3',
] as const
