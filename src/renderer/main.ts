import './zod-jitless.ts'

// Afterwards and apart: pages are files of their own that share some with this one, and what is shared runs first.
await import('./start.ts')
