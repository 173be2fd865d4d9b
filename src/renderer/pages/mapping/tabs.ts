/** The parts of the mapping page. */
export const tabs = ['fields', 'statuses', 'reading', 'unreadable'] as const
export type MappingTab = (typeof tabs)[number]
