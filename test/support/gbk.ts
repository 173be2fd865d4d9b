/** Text as GBK, which no Node can write by itself: every two bytes read back, turned around. Throws on what it lacks. */
export function gbk(text: string): Buffer {
  const bytes: number[] = []
  for (const sign of text) {
    const code = sign.charCodeAt(0)
    const pair = code < 0x80 ? [code] : pairs().get(sign)
    if (pair === undefined) throw new Error(`GBK has no ${sign}`)
    bytes.push(...pair)
  }
  return Buffer.from(bytes)
}

let known: Map<string, readonly [number, number]> | null = null

function pairs(): Map<string, readonly [number, number]> {
  if (known !== null) return known
  known = new Map()
  const decoder = new TextDecoder('gbk')
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const sign = decoder.decode(Uint8Array.of(lead, trail))
      if (sign.length === 1 && sign !== '\uFFFD') known.set(sign, [lead, trail])
    }
  return known
}
