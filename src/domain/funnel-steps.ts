/** The steps of an order's way to its commission, in their order. A step's number is its place here. */
export const funnelSteps = ['placed', 'approved', 'shipped', 'activated', 'recharged', 'settled'] as const
export type FunnelStep = (typeof funnelSteps)[number]
