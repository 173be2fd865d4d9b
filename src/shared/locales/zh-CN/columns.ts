export const columns = {}
