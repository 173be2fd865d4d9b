import { z } from 'zod'

// Imported before any schema: zod would otherwise try `new Function`, which the page's policy reports as a violation.
z.config({ jitless: true })
