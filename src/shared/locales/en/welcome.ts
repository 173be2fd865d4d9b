export const welcome = {
  title: 'Welcome to Haoka Desk',
  lead: 'Brings your upstream orders to this PC: see where each one stands and when it changed, and export to Excel or CSV.',
  real: {
    title: 'With your account',
    text: "Have the API key from the upstream's console ready, and the token or login and password. It takes a minute.",
    action: 'Add account',
  },
  practice: {
    title: 'Try it first',
    text: 'The practice account has thousands of made-up orders that change over time. No key needed; remove it with its data whenever you like.',
    action: 'Use the practice account',
  },
  privacy: 'Orders and keys stay encrypted on this PC; the app talks only to the API address you enter.',
}
